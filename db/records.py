"""What is kept of a question, an update, a reload, a feed: the facts that go into the log and come out of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final, TypeVar, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A quote that was shown: ``body[start:end] == text`` in the article whose body has this sha256.

    Attributes:
        rank: from 1, best first; of words around a quote, or of its whole article, the quote's.
        score: None where no search found it.
        via: answer, more, around, article, timeline, inline or link: what was asked for when it was shown.
    """

    rank: int
    article_id: str
    sha256: str
    start: int
    end: int
    score: float | None
    text: str
    via: str = "answer"


@dataclass(frozen=True, slots=True)
class Place:
    """A message in which a question was asked or answered, or more was asked about it.

    Attributes:
        hash: stands for the chat and the message, and does not say which.
        kind: question, answer, or wish where what the person hopes to learn was asked.
        message_id: in its chat.
    """

    hash: str
    kind: str
    message_id: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one person thinks of an answer, or of a passage in it.

    Attributes:
        key: of the answer.
        at: when it was said, with a time zone.
        by: keyed hash of the person.
        verdict: up, down, wish (that articles would answer it) or chosen (sent from what was offered inline).
        rank: of the passage; None: the whole answer.
        reason: of a down: wrong_passage, outdated or other_question; None where none was given.
        note: of a wish: the person's own words.
        via: button, reaction or inline.
    """

    key: str
    at: dt.datetime
    by: str
    verdict: str
    rank: int | None = None
    reason: str | None = None
    note: str | None = None
    via: str = "button"


@dataclass(frozen=True, slots=True)
class LoggedQuestion:
    """One question as it stands in the log.

    Attributes:
        id: None until it is written.
        asked_at: with a time zone.
        asker: keyed hash of the user, None when nobody is known (the command line).
        delivery: what became of the answer on its way to the asker; None where nothing was sent (the command line).
        passages: all that were shown for it, also later, by their rank.
        key: what buttons and links carry; None where nobody could press one.
        replaces: key of the question that was edited into this one.
        follows: the earlier question whose subject it took; None where it took none.
        places: the messages in which it was asked and answered.
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
    delivery: str | None = None
    passages: tuple[ShownPassage, ...] = ()
    key: str | None = None
    replaces: str | None = None
    follows: str | None = None
    places: tuple[Place, ...] = ()
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


@dataclass(frozen=True, slots=True)
class LoggedReload:
    """One attempt to change the articles that can be quoted, and what came of it.

    Attributes:
        started_at: with a time zone.
        seconds: how long it took.
        channel: telegram, cli, folder, feed or start: what asked for it.
        action: reload or rollback.
        result: applied, unchanged, held (a gate was not passed) or failed (an error).
        version_before: of the articles that served until then; None where there were none.
        version_after: that it was about; None where it failed before one was made.
        added: articles; `changed`, `removed` and `unchanged` count them too.
        rejected: files, and parts of the manifest and of the aliases, that were not taken.
        failures: of the gates, a sentence each.
        rejections: why something was not taken, an entry each; of more than a hundred the first hundred are kept.
        error: why it failed.
        by: keyed hash of the admin who asked for it, None where nobody did or nobody is known.
        id: None until it is written.
    """

    started_at: dt.datetime
    seconds: float
    channel: str
    action: str
    result: str
    version_before: str | None = None
    version_after: str | None = None
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    rejected: int = 0
    failures: tuple[str, ...] = ()
    rejections: tuple[str, ...] = ()
    error: str | None = None
    by: str | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed since it was last asked for.

    Attributes:
        url: of the feed.
        etag: of the HTTP answer, to ask whether anything has changed.
        last_modified: the same, as the server wrote it.
        checked_at: when it was last asked for, with a time zone; None if never.
        next_check: when it is to be asked for again, with a time zone; None: at once.
        failures: how often it failed since it last succeeded.
        error: why it failed the last time; None when it did not.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    checked_at: dt.datetime | None = None
    next_check: dt.datetime | None = None
    failures: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update that was handed over.

    Attributes:
        update_id: the same when it is handed over again.
        body: JSON, as it came.
        lane: what keeps its order, a chat; None where order does not matter.
    """

    update_id: int
    body: str
    lane: str | None = None


@dataclass(frozen=True, slots=True)
class OpenUpdate:
    """An update that waits to be dealt with.

    Attributes:
        id: in the order of arrival.
        received_at: with a time zone.
        attempts: how often it was begun, as `Inbox.begin` counts.
    """

    id: int
    update_id: int
    body: str
    lane: str | None
    received_at: dt.datetime
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Closing:
    """What became of an update.

    Attributes:
        id: of the open update.
        outcome: a word.
        error: why it could not be dealt with.
        keep: whether its body is kept aside, for the operator to look at.
        question: what goes into the query log with it.
    """

    id: int
    outcome: str
    error: str | None = None
    keep: bool = False
    question: LoggedQuestion | None = None


@dataclass(frozen=True, slots=True)
class InboxDepth:
    """How full the inbox is.

    Attributes:
        waiting: updates that are open.
        oldest: when the oldest of them came, with a time zone; None where none waits.
        aside: closed ones that were kept aside.
    """

    waiting: int
    oldest: dt.datetime | None
    aside: int


Record = TypeVar("Record", LoggedQuestion, ShownPassage, Place, Feedback, LoggedReload, FeedState)


def _plain_types(record: type) -> dict[str, Any]:
    hints = get_type_hints(record)
    return {name: tuple if get_origin(hint) is tuple else hint for name, hint in hints.items()}


_TYPES: Final = {
    record: _plain_types(record) for record in (LoggedQuestion, ShownPassage, Place, Feedback, LoggedReload, FeedState)
}


def mistyped(record: LoggedQuestion | ShownPassage | Place | Feedback | LoggedReload | FeedState) -> list[str]:
    """Names of the fields whose values are not of the type that they were declared with; SQLite keeps any type."""
    return [name for name, kind in _TYPES[type(record)].items() if not isinstance(getattr(record, name), kind)]
