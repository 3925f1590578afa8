"""Answer, then log: the one path that every front end takes, however a question arrives."""

import asyncio
import datetime as dt
import hashlib
import hmac
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

from bot.remembering import Remembering
from db import LoggedQuestion, QueryLog, ShownPassage
from retrieval import Answer, Passage, Retriever


class Channel(StrEnum):
    """Where a question came from."""

    CLI = "cli"
    CHAT = "chat"
    PRIVATE = "private"
    GROUP = "group"
    INLINE = "inline"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and how long it took.

    Attributes:
        latency_ms: milliseconds from the question's arrival to its answer.
    """

    answer: Answer
    latency_ms: float


class AnswerService:
    """Answers questions and remembers them. An async context manager, which closes it.

    Args:
        retriever: of the corpus that serves now.
        log: where questions are written, after they are answered.
        hash_key: turns user ids into what stands for them in the log; with another key they are other people.
        passages: at most so many in an answer.
        patience: seconds that closing waits for the log.

    Attributes:
        remembering: sees to it that what goes into the log gets there.
        on_answered: is told of every answer, and of the channel of its question.
    """

    def __init__(
        self, retriever: Retriever, log: QueryLog, hash_key: bytes, passages: int = 3, patience: float = 15
    ) -> None:
        self.retriever = retriever
        self.log = log
        self._hash_key = hash_key
        self._passages = passages
        self._patience = patience
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self.remembering = Remembering()
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
        record: Callable[[LoggedQuestion], None] | None = None,
    ) -> Answered:
        """Answer a question. It is logged afterwards, and a log that fails costs nobody the answer.

        Args:
            question: any text. What cannot be written as UTF-8 is replaced.
            channel: where it came from.
            user_id: of the asker on that channel, None if unknown; kept only as a keyed hash.
            asked_at: when it was asked, with a time zone, where that is not now: “yesterday” is the asker's.
            record: is told what is to be logged, and sees to it; None: the service does.
        """
        asked_at = asked_at or dt.datetime.now(dt.UTC)
        start = time.perf_counter()
        readable = question.encode("utf-8", "replace").decode("utf-8")
        async with self._turn_of(user_id):
            answer = await asyncio.to_thread(self.retriever.answer, readable, self._passages, asked_at.date())
        answered = Answered(answer, round((time.perf_counter() - start) * 1000, 3))
        if self.on_answered is not None:
            self.on_answered(channel, answered)
        asker = None if user_id is None else self.pseudonym(user_id)
        (record or self.remember)(_entry(answered, asked_at, channel, asker))
        return answered

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

    def pseudonym(self, user_id: int) -> str:
        """What stands for a user in the logs: a keyed hash."""
        return hmac.new(self._hash_key, str(user_id).encode(), hashlib.sha256).hexdigest()


def _entry(answered: Answered, asked_at: dt.datetime, channel: Channel, asker: str | None) -> LoggedQuestion:
    answer = answered.answer
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
        passages=tuple(_shown(rank, passage) for rank, passage in enumerate(answer.passages, start=1)),
    )


def _shown(rank: int, passage: Passage) -> ShownPassage:
    return ShownPassage(
        rank=rank,
        article_id=passage.article.id,
        sha256=passage.article.sha256,
        start=passage.span.start,
        end=passage.span.end,
        score=passage.score,
        text=passage.quote,
    )
