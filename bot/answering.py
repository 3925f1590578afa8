"""Answer, then log: the one path that every front end takes, however a question arrives."""

import asyncio
import datetime as dt
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache, partial
from types import TracebackType
from typing import Final, Self
from weakref import WeakValueDictionary

from bot.chosen_languages import ChosenLanguages
from bot.recall import Recall
from bot.remembering import Remembering
from db import LoggedQuestion, Place, Preferences, QueryLog, ShownPassage
from retrieval import Answer, Entry, Order, Passage, Retriever, Timeline

_LINES: Final = 15  # of a timeline
_KEY_BYTES: Final = 9  # twelve characters; one of 5e21
_PLACE_DIGITS: Final = 32

_REMEMBERED: Final = 256  # answers; what many ask, and what somebody pages through, is found once
# From so few paragraphs an answer to so short a question takes 1 to 4 ms. A thread would not free the event loop of
# them: two threads that compute take turns of 5 ms, and the turns cost more than the answer.
_FEW_PARAGRAPHS: Final = 10_000
_SHORT: Final = 200  # code points


class Channel(StrEnum):
    """Where a question came from."""

    CLI = "cli"
    CHAT = "chat"
    PRIVATE = "private"
    GROUP = "group"
    INLINE = "inline"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and how long it took.

    Attributes:
        key: by which it is found again; nobody can guess it.
        latency_ms: milliseconds from the question's arrival to its answer.
        timeline: where one was asked for; the answer is that to its topic.
    """

    answer: Answer
    key: str
    latency_ms: float
    timeline: Timeline | None = None


class AnswerService:
    """Answers questions and remembers them. An async context manager, which closes it.

    Args:
        retriever: of the corpus that serves now.
        log: where questions are written, after they are answered.
        hash_key: turns user ids into what stands for them in the log; with another key they are other people.
        passages: at most so many in an answer.
        patience: seconds that closing waits for the log.

    Attributes:
        log: the same.
        page_size: at most so many passages in an answer, and on each further page of it.
        remembering: sees to it that what goes into the log gets there.
        recall: finds again what was answered.
        languages: what people chose to be spoken to in.
        on_answered: is told of every answer, and of the channel of its question.
    """

    def __init__(
        self, retriever: Retriever, log: QueryLog, hash_key: bytes, passages: int = 3, patience: float = 15
    ) -> None:
        self.retriever = retriever
        self.log = log
        self._hash_key = hash_key
        self.page_size = passages
        self._patience = patience
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self.remembering = Remembering()
        self.recall = Recall(log, self.remembering)
        self.languages = ChosenLanguages(Preferences(log.database))
        self.on_answered: Callable[[Channel, Answered], None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def answer(
        self,
        question: str,
        channel: Channel,
        user_id: int | None = None,
        *,
        asked_at: dt.datetime | None = None,
        previous: str | None = None,
        replaces: str | None = None,
        places: Sequence[Place] = (),
        as_timeline: bool = False,
        record: Callable[[LoggedQuestion], None] | None = None,
    ) -> Answered:
        """Answer a question. It is logged afterwards, and a log that fails costs nobody the answer.

        Args:
            question: any text. What cannot be written as UTF-8 is replaced.
            channel: where it came from.
            user_id: of the asker on that channel, None if unknown; kept only as a keyed hash.
            asked_at: when it was asked, with a time zone, where that is not now: “yesterday” is the asker's.
            previous: what was asked before, which a question without a subject of its own is about.
            replaces: the key of the question that was edited into this one.
            places: of the messages in which it is asked.
            as_timeline: whether it is a topic, to be told in dated quotes.
            record: is told what is to be logged, and sees to it; None: the service does.
        """
        asked_at = asked_at or dt.datetime.now(dt.UTC)
        start = time.perf_counter()
        readable = question.encode("utf-8", "replace").decode("utf-8")
        async with self._turn_of(user_id):
            timeline = await self._told(readable, asked_at.date()) if as_timeline else None
            answer = timeline.answer if timeline else await self._found(readable, asked_at.date(), previous=previous)
        key = secrets.token_urlsafe(_KEY_BYTES)
        answered = Answered(answer, key, round((time.perf_counter() - start) * 1000, 3), timeline)
        if self.on_answered is not None:
            self.on_answered(channel, answered)
        asker = None if user_id is None else self.pseudonym(user_id)
        entry = replace(_entry(answered, asked_at, channel, asker), replaces=replaces, places=tuple(places))
        self.recall.keep(entry)
        (record or self.remember)(entry)
        return answered

    async def page(self, entry: LoggedQuestion, offset: int, order: Order = Order.BEST) -> Answer:
        """Other passages for a question that was answered, from the articles as they are now.

        Args:
            entry: the question.
            offset: how many passages stand before them.
            order: in which they come.
        """
        return await self._found(entry.text, entry.asked_at.date(), previous=entry.follows, offset=offset, order=order)

    @property
    def retriever(self) -> Retriever:
        """Of the corpus that serves now; from the moment on that another is set, that one answers."""
        return self._retriever

    @retriever.setter
    def retriever(self, retriever: Retriever) -> None:
        self._retriever = retriever
        self._is_small = retriever.catalog.paragraph_count <= _FEW_PARAGRAPHS
        self._answer = lru_cache(_REMEMBERED)(retriever.answer)  # of no other version: it holds what it answers from

    async def _found(
        self, question: str, asked_on: dt.date, *, previous: str | None, offset: int = 0, order: Order = Order.BEST
    ) -> Answer:
        """At once where that takes hardly longer than handing it to a thread, else in a thread."""
        find = partial(self._answer, question, self.page_size, asked_on, previous=previous, offset=offset, order=order)
        if self._is_small and len(question) + len(previous or "") <= _SHORT:
            return find()
        return await asyncio.to_thread(find)

    async def _told(self, topic: str, asked_on: dt.date) -> Timeline:
        return await asyncio.to_thread(self.retriever.timeline, topic, _LINES, asked_on)

    def _turn_of(self, user_id: int | None) -> AbstractAsyncContextManager[None]:
        """One question of a person at a time: asking in many chats at once must not keep others waiting."""
        if user_id is None:
            return nullcontext()
        return self._turns.setdefault(user_id, asyncio.Lock())

    def remember(self, entry: LoggedQuestion) -> None:
        """Log a question that was answered, in the background."""
        self.remembering.add(partial(self.log.add, entry))

    async def close(self) -> None:
        """Wait until everything is in the log, but not for ever, then let go of it."""
        await self.remembering.close(self._patience)
        await self.log.close()

    def place(self, chat_id: int, message_id: int) -> str:
        """What stands for a message in the logs: a keyed hash, which tells neither its chat nor who wrote it."""
        place = f"place {chat_id}:{message_id}"
        return hmac.new(self._hash_key, place.encode(), hashlib.sha256).hexdigest()[:_PLACE_DIGITS]

    def place_of(self, chat_id: int, message_id: int, kind: str) -> Place:
        """A message as the log knows it, with what stands in it."""
        return Place(self.place(chat_id, message_id), kind, message_id)

    def pseudonym(self, user_id: int) -> str:
        """What stands for a user in the logs: a keyed hash."""
        return hmac.new(self._hash_key, str(user_id).encode(), hashlib.sha256).hexdigest()


def _entry(answered: Answered, asked_at: dt.datetime, channel: Channel, asker: str | None) -> LoggedQuestion:
    answer, told = answered.answer, answered.timeline
    return LoggedQuestion(
        asked_at=asked_at,
        channel=channel,
        language=answer.language,
        text=answer.question,
        band=answer.band,
        missing_terms=answer.missing_terms,
        did_you_mean=answer.did_you_mean,
        corpus_version=answer.corpus_version,
        latency_ms=answered.latency_ms,
        asker=asker,
        passages=tuple(map(shown_entry, told.entries) if told else map(shown_passage, answer.passages)),
        key=answered.key,
        follows=answer.understood.follows,
    )


def shown_passage(passage: Passage) -> ShownPassage:
    """A passage as the log keeps it."""
    return ShownPassage(
        rank=passage.rank,
        article_id=passage.article.id,
        sha256=passage.article.sha256,
        start=passage.span.start,
        end=passage.span.end,
        score=passage.score,
        text=passage.quote,
    )


def shown_entry(entry: Entry) -> ShownPassage:
    """A line of a timeline as the log keeps it: the words that it quotes."""
    shown, span = shown_passage(entry.passage), entry.span
    return replace(shown, start=span.start, end=span.end, text=entry.quote, via="timeline")
