"""Counts of the log: whatever was asked, they are what a model in memory counts, and they add up."""

import asyncio
import datetime as dt
import itertools
import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from db import Day, Feedback, LogError, LogFilter, LoggedQuestion, QueryLog
from tests.db.test_query_log import NOON, asked

BANDS = ["found", "weak", "none"]
TEXTS = ["Where is the road?", "where is  the ROAD", "Дорога?", "дорога", "?!", "İ 🎉", "when"]
VERDICTS = ["up", "down", "wish", "chosen"]


@st.composite
def logs(draw: st.DrawFn) -> list[tuple[LoggedQuestion, list[Feedback]]]:
    """Questions of some days, with what was said of them."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        question = asked(
            draw(st.sampled_from(TEXTS)),
            asked_at=NOON + dt.timedelta(hours=draw(st.integers(-100, 100))),
            band=draw(st.sampled_from(BANDS)),
            channel=draw(st.sampled_from(["cli", "private", "group"])),
            language=draw(st.sampled_from(["en", "ru"])),
            asker=draw(st.sampled_from([None, "ann", "bob"])),
            latency_ms=float(draw(st.integers(0, 50))),
            key=f"key {number}",
            passages=(),
        )
        people = draw(st.lists(st.sampled_from(["ann", "bob"]), unique=True))
        said = [
            Feedback(f"key {number}", NOON, person, draw(st.sampled_from(VERDICTS)), note=None) for person in people
        ]
        found.append((question, said))
    return found


async def filled(log: QueryLog, entries: list[tuple[LoggedQuestion, list[Feedback]]]) -> None:
    """Write them, in their order, into a log that is empty from now on."""
    await log.database.write(_clear, None)
    calls = {"up": log.vote, "down": log.vote, "wish": log.wish, "chosen": log.choose}
    await asyncio.gather(*(log.add(question) for question, _ in entries))
    await asyncio.gather(*(calls[each.verdict](each) for _, said in entries for each in said))


def _clear(connection: Connection, items: list[None]) -> list[None]:
    connection.exec_driver_sql("DELETE FROM question")
    return items


def words(text: str) -> str:
    """What tells questions apart, said in another way than the program does."""
    kept = "".join(sign if sign.isalnum() or sign == "\u0307" else " " for sign in text.casefold()).split()
    return " ".join(kept) or text


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=logs(), from_hour=st.none() | st.integers(-120, 100), hours=st.integers(1, 150))
async def test_what_is_counted_adds_up(
    tmp_path: Path,
    entries: list[tuple[LoggedQuestion, list[Feedback]]],
    from_hour: int | None,
    hours: int,
) -> None:
    """Days, bands, channels, languages, people, votes and times, of any part of the log."""
    since = None if from_hour is None else NOON + dt.timedelta(hours=from_hour)
    before = NOON + dt.timedelta(hours=(from_hour or 0) + hours)
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        await filled(log, entries)
        found = await log.statistics(since, before)
    inside = [each for each in entries if (since is None or each[0].asked_at >= since) and each[0].asked_at < before]
    questions = [question for question, _ in inside]
    verdicts = Counter(each.verdict for _, said in inside for each in said)
    assert found.questions == len(questions)
    assert sum(count for _, count in found.channels) == sum(count for _, count in found.languages) == len(questions)
    assert dict(found.channels) == Counter(each.channel for each in questions)
    assert {band: found.of_band(band) for band in BANDS} == {b: sum(q.band == b for q in questions) for b in BANDS}
    dates = [day.date for day in found.days]
    assert all(later - earlier == dt.timedelta(days=1) for earlier, later in itertools.pairwise(dates))
    assert {day.date: day.questions for day in found.days if day.questions} == Counter(
        each.asked_at.date() for each in questions
    )
    assert found.people == len({each.asker for each in questions} - {None})
    assert [found.ups, found.downs, found.wishes, found.chosen] == [verdicts[verdict] for verdict in VERDICTS]
    times = sorted(each.latency_ms for each in questions)
    assert found.median_ms == (times[(len(times) - 1) // 2] if times else None)
    assert dict(found.top) == {
        next(each.text for each in reversed(questions) if words(each.text) == kind): count
        for kind, count in Counter(words(each.text) for each in questions).items()
    }
    assert [count for _, count in found.top] == sorted((count for _, count in found.top), reverse=True)


async def test_the_time_of_nearly_all_answers(tmp_path: Path) -> None:
    """Ninety-five in a hundred, and the hundredth day counts as much as the first."""
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        await asyncio.gather(*(log.add(asked(latency_ms=float(number))) for number in range(1, 101)))
        found = await log.statistics()
    assert (found.median_ms, found.p95_ms) == (50.0, 95.0)
    assert found.days[0] == Day(NOON.date(), found=100)
    assert found.days[-1].date == dt.datetime.now(dt.UTC).date()


async def test_an_empty_log_has_no_numbers(tmp_path: Path) -> None:
    """And no days, unless it was said from when on."""
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        found = await log.statistics()
        assert (found.questions, found.days, found.median_ms, found.top) == (0, (), None, ())
        days = (await log.statistics(NOON, NOON + dt.timedelta(hours=13))).days
        assert days == (Day(NOON.date()), Day(NOON.date() + dt.timedelta(days=1)))
        assert await log.unanswered() == []
        assert [each async for each in log.each()] == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=logs(), limit=st.integers(1, 5))
async def test_what_is_missed_most_comes_first(
    tmp_path: Path, entries: list[tuple[LoggedQuestion, list[Feedback]]], limit: int
) -> None:
    """The same words count together; nothing that was answered well and liked is among them, and nothing else lacks."""
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        await filled(log, entries)
        found = await log.unanswered(100)
        assert await log.unanswered(limit) == found[:limit]
    missed = [
        (question, [each for each in said if each.verdict in {"down", "wish"}])
        for question, said in entries
        if question.band != "found" or {each.verdict for each in said} & {"down", "wish"}
    ]
    assert sum(each.times for each in found) == len(missed)
    assert {words(each.text): each.times for each in found} == Counter(words(question.text) for question, _ in missed)
    assert sum(each.downs + each.wishes for each in found) == sum(len(said) for _, said in missed)
    weights = [each.times + each.downs + each.wishes for each in found]
    assert weights == sorted(weights, reverse=True)


async def test_what_people_wish_for_stands_with_the_question(tmp_path: Path) -> None:
    """Their notes in their order; a question that its asker changed is not missed by anybody."""
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        await log.add(asked("the rod", band="none", key="first"))
        await log.add(asked("the road", band="none", key="second", replaces="first", missing_terms=("road",)))
        await log.add(asked("The road?", band="weak", key="third", asker="ann", missing_terms=()))
        for person, key, note in (("ann", "second", "the new one"), ("bob", "third", None), ("ann", "third", "soon")):
            await log.wish(Feedback(key, NOON, person, "wish", note=note))
        [found] = await log.unanswered()
        assert (found.text, found.times, found.people, found.wishes) == ("The road?", 2, 2, 3)
        assert (found.band, found.missing_terms, found.notes) == ("weak", (), ("the new one", "soon"))
        await log.vote(Feedback("first", NOON, "ann", "down"))
        assert [each.text for each in await log.unanswered()] == ["The road?", "the rod"]
        assert await log.unanswered(since=NOON + dt.timedelta(seconds=1)) == []


async def test_every_question_comes_once_with_what_was_said(tmp_path: Path) -> None:
    """More than one batch, oldest first, those that the filter passes."""
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        for first in range(0, 1100, 100):
            questions = [asked(str(n), key=str(n), band=BANDS[n % 3]) for n in range(first, first + 100)]
            await asyncio.gather(*map(log.add, questions))
        vote = Feedback("700", NOON, "ann", "up", rank=2)
        await log.vote(vote)
        found = [each async for each in log.each()]
        assert sorted(int(question.text) for question, _ in found) == list(range(1100))
        assert [question.id for question, _ in found] == list(range(1, 1101))
        assert [said for question, said in found if question.text == "700"] == [(vote,)]
        assert sum(len(said) for _, said in found) == 1
        assert all(len(question.passages) == 2 for question, _ in found)
        assert len([each async for each in log.each(LogFilter(band="weak"))]) == 367


@pytest.mark.parametrize(
    "damage",
    ["asked_at = '2026-03, noon'", "text = x'80'", "latency_ms = 'long'", "band = 'lost'", "language = x'80'"],
)
async def test_a_row_that_cannot_be_counted_is_named(tmp_path: Path, damage: str) -> None:
    """SQLite keeps a value of any type in any column; what is wrong is not left out in silence."""
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        for _ in range(3):
            await log.add(asked(band="none"))
        connection = sqlite3.connect(tmp_path / "log.db")
        connection.execute(f"UPDATE question SET {damage} WHERE id = 2")  # noqa: S608
        connection.commit()
        connection.close()
        with pytest.raises(LogError, match="row 2 of the log's table 'question'"):
            await log.statistics()
        if "lost" not in damage:
            with pytest.raises(LogError, match="row 2 of the log's table 'question'"):
                await log.unanswered()
