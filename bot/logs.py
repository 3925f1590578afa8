"""What the program says on standard error: a line for each record, which nobody can forge and which shows no secret.

For people (``console``) or for programs (``json``); both name the update that a line belongs to. Above DEBUG no line
holds what people wrote: of an error in the handling of an update, its kind and its places are said, not its text.
"""

import contextvars
import datetime as dt
import json
import logging
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Literal, cast

import regex
import structlog
from structlog.stdlib import ProcessorFormatter

from bot.redaction import RedactedStream, Redactor

# At INFO and below httpx names every address that it calls; the bot's addresses hold the token.
TALKATIVE: Final = ("httpx", "httpcore", "asyncio", "aiohttp", "alembic", "uvicorn")
Form = Literal["console", "json"]
UPDATE: Final = "update"
"""The field that names the update in whose handling a line was said; with it errors keep their texts to themselves."""
_CHAT: Final = "chat"
_CHAT_DIGITS: Final = 12
_WITHHELD: Final = "its text may hold what a person wrote; LOG_LEVEL=DEBUG shows it"
_TRACEBACK: Final = "\n  | "  # before each of its lines: none of them can pass for a line of the log
# What commands a terminal, ends a line for some reader, turns the reading direction, or cannot be written.
_COMMANDING: Final = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]")
_OF_STRUCTLOG: Final = frozenset({"exc_info", "stack_info", "_from_structlog"})


class Record(logging.LogRecord):
    """A record that knows two things more.

    Attributes:
        template: its message before the arguments are put in.
        fault: the error that it tells of.
        foreign: whether it tells of what nobody caught.
    """

    template: str = ""
    fault: BaseException | None = None
    foreign: bool = False


class LineFormatter(ProcessorFormatter):
    """Makes one line of a record, a traceback below it; without secrets.

    Args:
        redactor: that blots them out.
        form: for people or for programs.
        tell_all: whether texts of errors are told that may hold what people wrote.
    """

    def __init__(self, redactor: Redactor, form: Form = "console", *, tell_all: bool = False) -> None:
        render = structlog.processors.JSONRenderer(json.dumps, ensure_ascii=False) if form == "json" else _for_people
        super().__init__(
            foreign_pre_chain=[structlog.contextvars.merge_contextvars, self._facts],
            processors=[ProcessorFormatter.remove_processors_meta, render],
        )
        self.redactor = redactor
        self.form = form
        self._tell_all = tell_all

    def _facts(self, _: Any, __: str, said: Any) -> dict[str, Any]:
        """What a line says, in order."""
        record: logging.LogRecord = said.pop("_record")
        message = self.redactor(said.pop("event"))
        fields = {name: said[name] for name in sorted(said) if name not in _OF_STRUCTLOG}
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        line = {
            "_record": record,
            "_from_structlog": False,
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            **fields,
            "message": _on_one_line(message),
        }
        if below := self._below(record, withheld=not self._tell_all and UPDATE in fields):
            line["exception"] = "\n".join(map(_on_one_line, self.redactor(below).split("\n")))
        return line

    def _below(self, record: logging.LogRecord, *, withheld: bool) -> str:
        """The traceback of the error that a record tells of, or where it was made; empty without either."""
        error = getattr(record, "fault", None) or (record.exc_info[1] if record.exc_info else None)
        if error is None:
            told = [record.exc_text]
        elif withheld or (getattr(record, "foreign", False) and not self._tell_all):
            told = [*_places(error)]
        else:
            told = ["".join(traceback.format_exception(error)).rstrip("\n")]
        return "\n".join(each for each in (*told, record.stack_info) if each)


def set_up_logging(level: str, form: Form = "console", secrets: Iterable[str] = ()) -> None:
    """Send all records to standard error, libraries' only from WARNING on unless ``level`` is DEBUG.

    From here on no handler of anybody sees a secret, and nothing that Python writes to ``sys.stderr`` holds one.

    Args:
        level: DEBUG, INFO, WARNING or ERROR.
        form: of the lines.
        secrets: what must never be shown.
    """
    redactor = Redactor(secrets)
    stream = sys.stderr.stream if isinstance(sys.stderr, RedactedStream) else sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter(redactor, form, tell_all=level == "DEBUG"))
    logging.setLogRecordFactory(record_factory(redactor))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    sys.stderr = cast("Any", RedactedStream(stream, redactor))
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.DEBUG if level == "DEBUG" else logging.WARNING)
    # It repeats what it could not read, which is what people wrote; what matters of it we say ourselves.
    logging.getLogger("telegram").setLevel(logging.DEBUG if level == "DEBUG" else logging.CRITICAL + 1)
    logging.getLogger("telegram.ext.ExtBot").addFilter(_shows_no_updates)


def record_factory(redactor: Redactor) -> Callable[..., Record]:
    """What makes records that hold no secret in their text and traceback, whoever's handler formats them."""

    def make(*facts: Any, **more: Any) -> Record:
        record = Record(*facts, **more)
        record.template = template = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001 - anything can be wrong with it, and a line must not cost what says it
            message = record.msg = f"a line whose arguments do not fit: {template}"
            record.args = None
        clean = redactor(message)
        if clean != message:
            record.msg, record.args, record.template = clean, None, redactor(template)
        if record.exc_info and record.exc_info[1] is not None:
            record.fault = record.exc_info[1]
            told = "".join(traceback.format_exception(record.exc_info[1])).rstrip("\n")
            if (clean := redactor(told)) != told:
                record.exc_info, record.exc_text = None, clean
        if record.stack_info:
            record.stack_info = redactor(record.stack_info)
        return record

    return make


def name_in_lines(update: int | None, chat: str | None = None) -> None:
    """From now on, lines that are said here and in what begins here name an update; also those of other threads.

    Args:
        update: Telegram's number of it; None names none.
        chat: the hash that stands for its chat, of which the beginning is shown; None where there is no chat.
    """
    if update is None:
        structlog.contextvars.unbind_contextvars(UPDATE, _CHAT)
    else:
        known = {} if chat is None else {_CHAT: chat[:_CHAT_DIGITS]}
        structlog.contextvars.bind_contextvars(**{UPDATE: update}, **known)


def context_for_lines() -> contextvars.Context:
    """A context for a task of its own: it holds what lines name here, and nothing else."""
    context = contextvars.Context()
    context.run(structlog.contextvars.bind_contextvars, **structlog.contextvars.get_contextvars())
    return context


def _shows_no_updates(record: logging.LogRecord) -> bool:
    """Whether a line shows no updates as they were fetched, with all that people in groups say to each other."""
    match record.args:
        case ["getUpdates", [*_]]:
            return False
    return True


def redacted(text: str) -> str:
    """The text without the secrets that `set_up_logging` was told of."""
    for formatter in _formatters():
        text = formatter.redactor(text)
    return text


def is_for_programs() -> bool:
    """Whether standard error is written for programs to read, a JSON object a line."""
    return any(formatter.form == "json" for formatter in _formatters())


def _formatters() -> Iterator[LineFormatter]:
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, LineFormatter):
            yield handler.formatter


def _for_people(_: Any, __: str, line: Any) -> str:
    """The fields stand before the message, so that no message can pass for one of them."""
    time, level, name = line.pop("time"), line.pop("level"), line.pop("logger")
    message, below = line.pop("message"), line.pop("exception", None)
    fields = f" [{' '.join(f'{key}={value}' for key, value in line.items())}]" if line else ""
    traced = "".join(_TRACEBACK + each for each in below.split("\n")) if below else ""
    return f"{time} {level} {name}{fields}: {message}{traced}"


def _on_one_line(text: str) -> str:
    """The text with all that could end the line or command what shows it as Python escapes it."""
    if text.isprintable():
        return text
    return _COMMANDING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _places(error: BaseException) -> Iterator[str]:
    """Where an error and those that led to it arose, the first one first, and what they are; nothing that they say."""
    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    for each in reversed(chain):
        yield "Traceback (most recent call last):"
        yield "".join(traceback.format_tb(each.__traceback__)).rstrip("\n")
        yield f"{type(each).__module__}.{type(each).__qualname__} ({_WITHHELD})"
        if isinstance(each, BaseExceptionGroup):
            for part in each.exceptions:
                yield from _places(part)
