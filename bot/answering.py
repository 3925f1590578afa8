"""Answer, then log: the one path that every front end takes, however a question arrives."""

import asyncio
import datetime as dt
import hashlib
import hmac
import logging
import time
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Final, Self

from db import LogError, LoggedQuestion, QueryLog, ShownPassage
from retrieval import Answer, Passage, Retriever

_logger: Final = logging.getLogger(__name__)


class Channel(StrEnum):
    """Where a question came from."""

    CLI = "cli"
    CHAT = "chat"
    PRIVATE = "private"
    GROUP = "group"


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
    """

    def __init__(
        self, retriever: Retriever, log: QueryLog, hash_key: bytes, passages: int = 3, patience: float = 15
    ) -> None:
        self.retriever = retriever
        self.log = log
        self._hash_key = hash_key
        self._passages = passages
        self._patience = patience
        self._unwritten: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def answer(self, question: str, channel: Channel, user_id: int | None = None) -> Answered:
        """Answer a question. It is logged afterwards, and a log that fails costs nobody the answer.

        Args:
            question: any text. What cannot be written as UTF-8 is replaced.
            channel: where it came from.
            user_id: of the asker on that channel, None if unknown; kept only as a keyed hash.
        """
        asked_at = dt.datetime.now(dt.UTC)
        start = time.perf_counter()
        readable = question.encode("utf-8", "replace").decode("utf-8")
        answer = await asyncio.to_thread(self.retriever.answer, readable, self._passages, asked_at.date())
        answered = Answered(answer, round((time.perf_counter() - start) * 1000, 3))
        asker = None if user_id is None else self.pseudonym(user_id)
        task = asyncio.create_task(self._write(_entry(answered, asked_at, channel, asker)))
        self._unwritten.add(task)
        task.add_done_callback(self._unwritten.discard)
        return answered

    async def close(self) -> None:
        """Wait until everything is in the log, but not for ever, then let go of it."""
        if self._unwritten:
            _, late = await asyncio.wait(self._unwritten, timeout=self._patience)
            for task in late:
                task.cancel()
            if late:
                seconds = f"{self._patience:g} s"
                _logger.error("%d questions were answered but not logged: the log took over %s", len(late), seconds)
        await self.log.close()

    async def _write(self, entry: LoggedQuestion) -> None:
        try:
            await self.log.add(entry)
        except LogError as error:
            _logger.error("a question was answered but not logged: %s", error)  # noqa: TRY400 - the reason is enough
        except Exception:
            _logger.exception("a question was answered but not logged")

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
