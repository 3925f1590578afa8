"""Answer, then log: the path of every question."""

import asyncio
import datetime as dt
import gc
import logging
import sqlite3
import weakref
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.answering import AnswerService, Channel
from bot.verifying import verify_quotes
from db import LoggedQuestion, QueryLog
from retrieval import Answer, Band, MemoryCatalog, Retriever, read_corpus
from tests.builders import SEEDS, make_corpus

QUESTION = "What road links Armenia to Karabakh?"


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[AnswerService]:
    """The production service over the production corpus, with a log of its own."""
    log = QueryLog(f"sqlite:///{tmp_path}/log.db")
    service = AnswerService(Retriever(read_corpus(SEEDS)), log, b"key", passages=2)
    yield service
    await service.close()


async def test_a_question_is_answered_and_logged(service: AnswerService) -> None:
    """With all that is needed to prove later what was shown."""
    answered = await service.answer(QUESTION, Channel.PRIVATE, user_id=1001)
    await service.close()
    (logged,) = await service.log.latest()
    assert answered.answer.band is Band.FOUND
    assert (logged.text, logged.channel, logged.band) == (QUESTION, "private", "found")
    assert logged.corpus_version == service.retriever.catalog.version
    assert logged.latency_ms == answered.latency_ms > 0
    assert [shown.text for shown in logged.passages] == [passage.quote for passage in answered.answer.passages]
    assert len(logged.passages) == 2
    result = await verify_quotes(service.log, service.retriever.catalog)
    assert (result.quotes, result.exact, result.gone, result.mismatches) == (2, 2, 0, ())


def written(folder: Path) -> bytes:
    """All that the log's files hold."""
    return b"".join(path.read_bytes() for path in folder.glob("log.db*"))


async def test_users_are_kept_as_a_keyed_hash_only(service: AnswerService, tmp_path: Path) -> None:
    """The same user is the same hash, another key makes other people, and the number is nowhere in the file."""
    other = AnswerService(service.retriever, service.log, b"another key")
    for each, user in [(service, 987654321), (service, 987654321), (service, 123456789), (other, 987654321)]:
        await each.answer(QUESTION, Channel.GROUP, user_id=user)
        await each.close()
    fourth, third, second, first = (question.asker for question in await service.log.latest())
    assert first == second
    assert len({first, third, fourth}) == 3
    await service.close()
    assert b"987654321" not in written(tmp_path)


class CountingRetriever(Retriever):
    """Counts what it is asked."""

    asked = 0

    def answer(self, *wanted: Any, **more: Any) -> Answer:
        """The same as ever."""
        self.asked += 1
        return super().answer(*wanted, **more)


async def test_an_answer_is_remembered_as_long_as_its_articles_serve(service: AnswerService) -> None:
    """What many ask is found once a day; where other articles serve, nothing holds the answer of before."""
    service.retriever = retriever = CountingRetriever(service.retriever.collection)
    today = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
    for asked_at in (today, today + dt.timedelta(hours=1), today + dt.timedelta(days=1)):
        answered = await service.answer(QUESTION, Channel.CLI, asked_at=asked_at)
        assert answered.answer.band is Band.FOUND
    assert retriever.asked == 2
    service.retriever = CountingRetriever(service.retriever.collection)
    gone = weakref.ref(retriever)
    del retriever
    gc.collect()
    assert gone() is None
    await service.answer(QUESTION, Channel.CLI, asked_at=today)
    assert vars(service.retriever)["asked"] == 1


async def test_a_long_question_keeps_nobody_waiting(service: AnswerService) -> None:
    """It is answered beside what else goes on; a short one from few articles is there at once."""
    loop = asyncio.get_running_loop()
    for question, others in [(QUESTION, 0), (QUESTION * 10, 1)]:
        ticks: list[float] = []
        loop.call_soon(ticks.append, loop.time())
        await service.answer(question, Channel.CLI)
        assert len(ticks) == others


async def test_a_failing_log_never_costs_the_answer(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is said in the program's own log, for the operator."""
    (tmp_path / "log.db").write_text("no database " * 100)
    service = AnswerService(Retriever(read_corpus(SEEDS)), QueryLog(f"sqlite:///{tmp_path}/log.db"), b"key")
    with caplog.at_level(logging.ERROR):
        answered = await service.answer(QUESTION, Channel.CLI)
        await service.close()
    assert answered.answer.band is Band.FOUND
    assert "answered but not logged" in caplog.text


async def test_text_that_is_no_unicode_is_answered_and_logged(service: AnswerService) -> None:
    """A terminal can hand over half of a character."""
    await service.answer("Lachin \udc80 corridor", Channel.CLI)
    await service.close()
    assert [question.text for question in await service.log.latest()] == ["Lachin ? corridor"]


async def test_verify_finds_what_is_not_exact(service: AnswerService, tmp_path: Path) -> None:
    """A quote from a file that has changed is counted apart: nothing can be said of it."""
    await service.answer(QUESTION, Channel.CLI)
    await service.close()
    corpus = make_corpus(tmp_path / "corpus", {"a.txt": "The road is open."})
    result = await verify_quotes(service.log, MemoryCatalog(corpus))
    assert (result.quotes, result.exact, result.gone) == (2, 0, 2)


class BrokenLog(QueryLog):
    """Fails in a way that nobody thought of."""

    async def add(self, question: LoggedQuestion) -> int:
        """Not."""
        raise RuntimeError(f"no log for {len(question.text)} characters")


async def test_a_log_that_fails_in_any_way_never_costs_the_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor does it keep the service from closing."""
    log = BrokenLog(f"sqlite:///{tmp_path}/log.db")
    async with AnswerService(Retriever(read_corpus(SEEDS)), log, b"key") as service:
        assert (await service.answer(QUESTION, Channel.CLI)).answer.band is Band.FOUND
    assert "answered but not logged" in caplog.text
    assert "RuntimeError: no log for" in caplog.text


@pytest.mark.parametrize(("busy", "patience"), [(0.3, 15.0), (1.0, 0.2)])
async def test_a_locked_log_delays_the_end_for_a_bounded_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, busy: float, patience: float
) -> None:
    """Answers come at once; at the end it is said how many questions are missing."""
    url = f"sqlite:///{tmp_path}/log.db"
    async with QueryLog(url) as log:
        await log.count()
    other = sqlite3.connect(tmp_path / "log.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    service = AnswerService(Retriever(read_corpus(SEEDS)), QueryLog(url, busy_seconds=busy), b"key", patience=patience)
    async with asyncio.timeout(2):
        for _ in range(30):
            await service.answer(QUESTION, Channel.CLI)
    async with asyncio.timeout(4):
        await service.close()
    other.close()
    if patience < busy:
        assert "30 answered but not logged: the log took over 0.2 s" in caplog.text
    else:
        assert "30 answered but not logged: the query log" in caplog.text
