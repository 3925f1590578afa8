"""What Telegram hands over: updates of all kinds, and the addresses, feeds and settings that people write."""

import asyncio
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, Final

from telegram.ext import Application
from telegram.request import BaseRequest, RequestData

from bot.answering import AnswerService
from bot.errors import BotError, FetchError, SettingsError
from bot.gathering.addresses import may_connect, target_of
from bot.gathering.feed_entries import read_feed
from bot.gathering.fetching import Page
from bot.settings import read_settings
from bot.telegram.admission import Admission, commands_of
from bot.telegram.asking import Asking
from bot.telegram.cards import Choice
from bot.telegram.dealing import Dealing
from bot.telegram.deep_links import DeepLinks
from bot.telegram.deliveries import Delivery, Outcome
from bot.telegram.edits import Edits
from bot.telegram.guests import Guests
from bot.telegram.handlers import Handlers
from bot.telegram.inline import Inline
from bot.telegram.presence import Presence
from bot.telegram.raw_updates import arrival_of, lane_of
from bot.telegram.reactions import Reactions
from db import QueryLog
from retrieval import Retriever, Span, read_corpus
from tests.builders import SEEDS
from tests.fuzz.file_targets import TARGETS as FILES
from tests.fuzz.mutating import PIECES, bytes_of, mutated_either, mutated_text, text_of
from tests.fuzz.target import Run, Target
from tests.fuzz.text_targets import of_text

_BOT: Final = {"id": 42, "is_bot": True, "first_name": "Verbatim", "username": "verbatim_bot"}
_ANN: Final = {"id": 1001, "is_bot": False, "first_name": "Ann", "language_code": "en"}
_PRIVATE: Final = {"id": 1001, "type": "private", "first_name": "Ann"}
_GROUP: Final = {"id": -1002, "type": "supergroup", "title": "Group", "is_forum": True}
_TEXTS: Final = (
    *(
        "/start",
        "/start inline",
        "/start a_abcdefghijkl",
        "/timeline Lachin corridor",
        "/timeline",
        "/help",
        "/ask Which road links them?",
        "/ask@verbatim_bot who?",
        "/sources",
        "/privacy",
        "/unknown x",
    ),
    *("Which road links Armenia to Karabakh?", "Кто это сказал?", "/add https://example.org", ""),
)


def _message(text: str, chat: dict[str, Any], **more: Any) -> dict[str, Any]:
    command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
    entities = [{"type": "bot_command", "offset": 0, "length": len(command)}] if command else []
    said = {"text": text, "entities": entities} if text else {}
    return {"message_id": 7, "date": 1_700_000_000, "chat": chat, "from": _ANN, **said, **more}


def _examples() -> Iterator[dict[str, Any]]:
    for chat in (_PRIVATE, _GROUP):
        for text in _TEXTS:
            yield {"message": _message(text, chat)}
    caption = {"caption": "/ask who?", "caption_entities": [{"type": "bot_command", "offset": 0, "length": 4}]}
    photo = [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]
    file = {"file_id": "x", "file_unique_id": "y", "file_name": "a.pdf", "file_size": 5}
    first = _message("first", _GROUP)
    yield {"message": _message("", _PRIVATE, photo=photo, **caption)}
    yield {"message": _message("", _PRIVATE, document=file)}
    yield {"message": _message("/ask who?", _GROUP, message_thread_id=3, is_topic_message=True, reply_to_message=first)}
    yield {"message": _message("/ask who?", _GROUP, sender_chat={"id": -1002, "type": "channel", "title": "x"})}
    yield {"message": _message("", _GROUP, new_chat_members=[_ANN])}
    yield {"message": _message("", _GROUP, migrate_to_chat_id=-1003)}
    yield {"edited_message": _message("/ask who?", _PRIVATE, edit_date=1_700_000_001)}
    yield {"channel_post": _message("/ask who?", {"id": -5, "type": "channel", "title": "x"})}
    pressed = {"id": "9", "from": _ANN, "chat_instance": "1", "data": "apply:abc:", "message": _message("x", _PRIVATE)}
    yield {"callback_query": pressed}
    for query, offset in (("who", ""), ("", ""), ("Lachin corridor", "6ae3fb4df6f7:5"), ("", "6ae3fb4df6f7:5")):
        yield {"inline_query": {"id": "9", "from": _ANN, "query": query, "offset": offset}}
    result_id = Choice(2, "0" * 64, Span(5, 99)).result_id
    yield {"chosen_inline_result": {"result_id": result_id, "from": _ANN, "query": "who said so?"}}
    reaction = {"old_reaction": [{"type": "emoji", "emoji": "👍"}], "new_reaction": [{"type": "paid"}]}
    yield {"message_reaction": {"chat": _PRIVATE, "message_id": 8, "user": _ANN, "date": 1, **reaction}}
    named = [{"type": "mention", "offset": 0, "length": 13}]
    yield {"guest_message": _message("@verbatim_bot who?", _GROUP, guest_query_id="9") | {"entities": named}}
    member = {"user": _BOT, "status": "member"}
    yield {"my_chat_member": {"chat": _PRIVATE, "from": _ANN, "date": 1, "old_chat_member": member,
                              "new_chat_member": {"user": _BOT, "status": "kicked", "until_date": 0}}}  # fmt: skip


_UPDATES: Final = tuple(json.dumps({"update_id": n, **each}).encode() for n, each in enumerate(_examples(), start=1))


def _said_otherwise(random: Random, example: bytes) -> bytes:
    """An update with other texts, places and numbers, each of the kind that Telegram has there."""
    update = json.loads(example)
    for holder, key in list(_leaves(update)):
        value = holder[key]
        if (
            random.random() < 0.3
            and isinstance(value, str)
            and key in {"text", "caption", "data", "query", "file_name"}
        ):
            holder[key] = text_of(mutated_text(random, value.encode())).encode("utf-8", "replace").decode()[:4096]
        elif random.random() < 0.2 and key in {"first_name", "title", "language_code", "username"}:
            holder[key] = random.choice(PIECES).encode("utf-8", "replace").decode() * random.randint(1, 60)
        elif random.random() < 0.2 and key in {"offset", "length"} and isinstance(value, int):
            holder[key] = random.choice((0, 1, 2, 5, 100, 4096))
        elif random.random() < 0.05 and key in {"id", "update_id", "message_id"} and isinstance(value, int):
            holder[key] = random.choice((1, 2**31, 2**52, -(2**52), 1087968824, 777000))
    return json.dumps(update).encode()


def _anything(random: Random, example: bytes) -> bytes:
    """An update in which anything may stand anywhere, or that is none."""
    if random.random() < 0.1:
        return mutated_either(random, example)
    update = json.loads(example)
    for _ in range(random.randint(1, 4)):
        leaves = list(_leaves(update))
        if not leaves:
            break
        holder, key = random.choice(leaves)
        if random.random() < 0.2:
            del holder[key]
        else:
            holder[key] = random.choice((None, True, 0, -1, 2**70, 1.5, "", "x", random.choice(PIECES), [], {}, [{}],
                                         {"id": "x"}, [[1]], holder))  # fmt: skip
            if holder[key] is holder:
                holder[key] = json.loads(example)
    return json.dumps(update).encode()


def _leaves(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a value, as what holds it and its key there."""
    found = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in list(found):
        yield value, key
        yield from _leaves(each)


class _Answering(BaseRequest):
    """A Bot API that says yes to everything, without a network."""

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    @property
    def read_timeout(self) -> float | None:
        """Never waited for."""
        return None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """What was sent, as it arrived, however long that may take."""
        assert method == "POST"
        sent = request_data.parameters if request_data else {}
        if url.endswith("/getMe"):
            result: Any = _BOT
        elif url.endswith("/answerGuestQuery"):
            result = {"inline_message_id": "7"}
        elif url.endswith("/sendMessage"):
            text = str(sent["text"])
            assert 0 < len(text.encode("utf-16-le")) // 2 <= 4096
            result = {"message_id": 8, "date": 1, "chat": _PRIVATE, "text": text}
        else:
            result = True
        return 200, json.dumps({"ok": True, "result": result}).encode()


class _Bot:
    """The handlers of the bot, what they answer with, and what went wrong in them."""

    def __init__(self, runner: asyncio.Runner, folder: Path) -> None:
        self._runner = runner
        self._errors: list[BaseException] = []
        self._service = AnswerService(
            Retriever(read_corpus(SEEDS)), QueryLog(f"sqlite:///{folder / 'log.db'}"), b"k" * 16
        )
        self._application = (
            Application.builder().token("42:x").request(_Answering()).get_updates_request(_Answering())
            .updater(None).build()
        )  # fmt: skip
        asking = Asking(self._service)
        for each in (
            DeepLinks(self._service, asking),
            Handlers(self._service, asking, frozenset({1001})),
            Edits(self._service, asking),
            Reactions(self._service),
            Inline(self._service),
            Guests(self._service),
        ):
            each.register(self._application)
        self._application.add_error_handler(self._note)
        runner.run(self._application.initialize())
        settings = read_settings(admin_ids="1001", chats="-1002")
        self._doors = [
            Admission(self._application.bot, commands_of(self._application), each, Presence())
            for each in (settings, settings.model_copy(update={"chats": frozenset()}))
        ]

    async def _note(self, _: object, context: Any) -> None:
        self._errors.append(context.error)

    def hand_over(self, data: bytes, *, strict: bool) -> None:
        """An update as it is received: let in or not, put into its lane, read, answered.

        Args:
            data: as it came.
            strict: whether it must be read, and dealt with without an error.
        """
        try:
            raw = json.loads(data)
        except (ValueError, RecursionError):
            return
        if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
            return
        for door in self._doors:
            refusal = door.judge(raw)
            assert refusal is None or refusal.words is None or refusal.words.format(**refusal.values)
        arrival_of(raw).body.encode()
        self._errors.clear()
        self._runner.run(self._handle(raw, strict=strict))
        if strict and self._errors:
            raise self._errors[0]

    async def _handle(self, raw: dict[str, Any], *, strict: bool) -> None:
        delivery = Delivery(raw["update_id"], lane_of(raw), None)
        await Dealing(self._application.bot, self._service, self._application.process_update).deal_with(raw, delivery)
        assert not strict or delivery.outcome is Outcome.ANSWERED

    def close(self) -> None:
        """Let go of everything."""
        self._runner.run(self._application.shutdown())
        self._runner.run(self._service.close())


@contextmanager
def _strict(folder: Path) -> Iterator[Run]:
    with asyncio.Runner() as runner:
        bot = _Bot(runner, folder)
        yield lambda data: bot.hand_over(data, strict=True)
        bot.close()


@contextmanager
def _lenient(folder: Path) -> Iterator[Run]:
    with asyncio.Runner() as runner:
        bot = _Bot(runner, folder)
        yield lambda data: bot.hand_over(data, strict=False)
        bot.close()


def _address(text: str) -> None:
    for private in (False, True):
        target = target_of(text, private=private)
        assert target.host == target.host.lower()
        assert not any(character in target.authority for character in "\r\n /@")
        may_connect(target.host, private=private)


@contextmanager
def _fed(_: Path) -> Iterator[Run]:
    def run(data: bytes) -> None:
        for entry in read_feed(Page("https://news.example/feed", data, "application/xml", None)).entries:
            repr(entry).encode()
            assert entry.key
            assert "\n" not in (entry.title or "")

    yield run


def _set(text: str) -> None:
    names = ("telegram_bot_token", "telegram_api_url", "database_url", "feeds", "admin_ids", "hash_key", "feed_minutes",
             "passages", "web", "watch", "log_level", "index", "max_shrink", "added", "chats")  # fmt: skip
    name = names[hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[0] % len(names)]
    read_settings(**{name: text})


_FEEDS: Final = next(target.examples for target in FILES if target.name == "files .xml")
_ADDRESSES: Final = (
    *("https://example.org/a?b=c#d", "http://[::1]:80/x", "https://пример.рф/путь%20a", "http://0x7f.1/"),
    *("https://user:pass@a.b/", "http://127.0.0.1:8080", "HTTPS://EXAMPLE.org.", "ftp://a.b"),
)
_VALUES: Final = (
    *("123456:AbC-dEf", "http://127.0.0.1:8081", "sqlite:///.data/x.db", "https://example.org/feed, https://a"),
    *("1234567,7654321", "30", "public", "true", "INFO", "a" * 20),
)
TARGETS: Final = (
    Target("updates", _strict, _UPDATES, _said_otherwise, longest=1 << 20, share=0.2),
    Target("updates of any form", _lenient, _UPDATES, _anything, longest=1 << 20, share=0.2),
    Target(
        "addresses", of_text(_address), tuple(map(bytes_of, _ADDRESSES)), raises=(FetchError,), grows=True, share=0.5
    ),
    Target("feeds", _fed, _FEEDS, mutated_either, (FetchError,), share=0.15),
    Target("settings", of_text(_set), tuple(map(bytes_of, _VALUES)), raises=(SettingsError, BotError), share=0.4),
)
