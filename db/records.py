"""What is kept of a question: the facts that go into the log and come out of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A quote that was shown: ``body[start:end] == text`` in the article whose file has this sha256."""

    rank: int
    article_id: str
    sha256: str
    start: int
    end: int
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class LoggedQuestion:
    """One question as it stands in the log.

    Attributes:
        id: None until it is written.
        asked_at: with a time zone.
        asker: keyed hash of the user, None when nobody is known (the command line).
    """

    asked_at: dt.datetime
    channel: str
    language: str
    text: str
    band: str
    corpus_version: str
    latency_ms: float
    missing_terms: tuple[str, ...] = ()
    did_you_mean: str | None = None
    asker: str | None = None
    passages: tuple[ShownPassage, ...] = ()
    id: int | None = None


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which questions are wanted; None means any.

    Attributes:
        contains: part of the question, in any case.
        since: asked then or later, with a time zone.
        before: asked earlier than then, with a time zone.
    """

    band: str | None = None
    channel: str | None = None
    contains: str | None = None
    since: dt.datetime | None = None
    before: dt.datetime | None = None


def _plain_types(record: type) -> dict[str, Any]:
    hints = get_type_hints(record)
    return {name: tuple if get_origin(hint) is tuple else hint for name, hint in hints.items()}


_TYPES: Final = {record: _plain_types(record) for record in (LoggedQuestion, ShownPassage)}


def mistyped(record: LoggedQuestion | ShownPassage) -> list[str]:
    """Names of the fields whose values are not of the type that they were declared with; SQLite keeps any type."""
    return [name for name, kind in _TYPES[type(record)].items() if not isinstance(getattr(record, name), kind)]
