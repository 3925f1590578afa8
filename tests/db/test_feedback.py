"""What people think of answers: one vote of each, found again from the answer, never from the person."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from db import Feedback, LogError, Place, Preferences, QueryLog, ShownPassage, UnknownKeyError
from tests.db.test_query_log import NOON, PASSAGE, asked

KEY = "a1b2c3d4e5f6"
UP = Feedback(KEY, NOON, "ann", "up", rank=1)
DOWN = replace(UP, verdict="down")
PLACES = (Place("11" * 16, "question", 7), Place("22" * 16, "answer", 8))


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[QueryLog]:
    """A log with an answer that can be reopened."""
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        await log.add(asked(key=KEY, places=PLACES, follows="Who closed the road?"))
        yield log


async def test_an_answer_is_found_by_its_key_and_by_its_messages(log: QueryLog) -> None:
    """Whole, as it was written."""
    found = await log.by_key(KEY)
    assert found == asked(key=KEY, places=PLACES, follows="Who closed the road?", id=1)
    assert [await log.by_place(place.hash) for place in PLACES] == [(found, place) for place in PLACES]
    assert await log.places_of(KEY) == PLACES
    assert await log.by_key("nobody") is None
    assert await log.by_place("33" * 16) is None
    assert await log.places_of("nobody") == ()


async def test_an_edited_question_takes_the_places_of_the_first(log: QueryLog) -> None:
    """The messages are the same; both questions stay, and the later one says which it replaces."""
    later = asked("Where is the river?", key="later", replaces=KEY, places=PLACES)
    await log.add(later)
    assert await log.by_place(PLACES[1].hash) == (replace(later, id=2), PLACES[1])
    assert await log.places_of(KEY) == ()
    assert (await log.latest())[1].key == KEY


async def test_a_message_that_comes_later_is_a_place_too(log: QueryLog) -> None:
    """Written twice it is there once; of a key that is not there it is told."""
    wish = Place("33" * 16, "wish", 9)
    await asyncio.gather(log.add_place(KEY, wish), log.add_place(KEY, wish))
    assert await log.places_of(KEY) == (*PLACES, wish)
    found = await log.by_place(wish.hash)
    assert found is not None
    assert (found[0].key, found[1]) == (KEY, wish)
    with pytest.raises(UnknownKeyError):
        await log.add_place("unknown", wish)


async def test_a_key_is_of_one_question(log: QueryLog) -> None:
    """A second one with the same is not taken; those that have none are many."""
    results = await asyncio.gather(
        *map(log.add, [asked(), asked(key=KEY), asked(), asked(key="other")]), return_exceptions=True
    )
    assert [isinstance(each, LogError) for each in results] == [False, True, False, False]
    assert await log.count() == 4


async def test_what_is_shown_later_is_kept_once(log: QueryLog) -> None:
    """However often somebody pages there and back; the order is that of the ranks."""
    more = [replace(PASSAGE, rank=rank, start=rank, score=None, via="more") for rank in (4, 3)]
    around = replace(PASSAGE, start=0, end=90, score=None, via="around")
    await log.add_shown(KEY, more)
    await asyncio.gather(log.add_shown(KEY, [*more, PASSAGE]), log.add_shown(KEY, [around, around]))
    found = await log.by_key(KEY)
    assert found is not None
    assert [(each.rank, each.via) for each in found.passages] == [
        (1, "answer"), (1, "around"), (2, "answer"), (3, "more"), (4, "more"),
    ]  # fmt: skip
    assert found.passages[-1] == more[0]


async def test_pressing_again_takes_back_and_the_other_replaces(log: QueryLog) -> None:
    """Of one person, for each passage and for the whole answer by itself."""
    assert await log.vote(UP) == UP
    assert await log.vote(DOWN) == DOWN
    assert await log.vote(replace(DOWN, reason="outdated")) == replace(DOWN, reason="outdated")
    assert await log.vote(replace(UP, rank=None)) == replace(UP, rank=None)
    assert await log.vote(replace(UP, by="bob")) == replace(UP, by="bob")
    assert len(await log.feedback_of(KEY)) == 3
    assert await log.vote(DOWN) is None
    assert await log.feedback_of(KEY) == [replace(UP, rank=None), replace(UP, by="bob")]


async def test_a_reaction_that_is_told_twice_counts_once(log: QueryLog) -> None:
    """And one that is taken off is gone, as often as that is told."""
    reaction = replace(UP, rank=None, via="reaction")
    for _ in range(2):
        await log.put_vote(reaction)
        assert await log.feedback_of(KEY) == [reaction]
    for _ in range(2):
        await log.withdraw(reaction)
        assert await log.feedback_of(KEY) == []


async def test_a_wish_is_one_and_keeps_its_note(log: QueryLog) -> None:
    """Votes do not touch it, and a note that comes later is added."""
    wish = Feedback(KEY, NOON, "ann", "wish")
    await log.wish(wish)
    await log.wish(replace(wish, note="about the new bridge 🎉"))
    await log.wish(wish)
    await log.vote(replace(UP, rank=None))
    await log.vote(replace(UP, rank=None))
    assert await log.feedback_of(KEY) == [replace(wish, note="about the new bridge 🎉")]


async def test_what_was_chosen_is_kept_once(log: QueryLog) -> None:
    """Each passage by itself."""
    chosen = Feedback(KEY, NOON, "ann", "chosen", rank=2, via="inline")
    for each in (chosen, chosen, replace(chosen, rank=1)):
        await log.choose(each)
    assert await log.feedback_of(KEY) == [chosen, replace(chosen, rank=1)]


async def test_a_key_that_is_not_there_is_told_as_that(log: QueryLog) -> None:
    """So that the caller can wait for it; others who write at the same time are not held up."""
    unknown = replace(UP, key="unknown")
    writes = [
        log.vote(unknown), log.vote(UP), log.put_vote(unknown), log.withdraw(unknown), log.add_shown("unknown", []),
        log.wish(replace(unknown, verdict="wish")), log.choose(replace(unknown, verdict="chosen")),
    ]  # fmt: skip
    results = await asyncio.gather(*writes, return_exceptions=True)
    assert [isinstance(each, UnknownKeyError) for each in results] == [True, False, True, True, True, True, True]
    assert await log.feedback_of("unknown") == []
    assert await log.feedback_of(KEY) == [UP]


async def test_a_verdict_of_another_kind_is_refused(log: QueryLog) -> None:
    """It would count as what it is not."""
    for call in (
        log.vote(replace(UP, verdict="wish")),
        log.wish(UP),
        log.choose(UP),
        log.put_vote(replace(UP, verdict="x")),
    ):
        with pytest.raises(ValueError, match="the verdict must be"):
            await call
    with pytest.raises(ValueError, match="a reason goes with"):
        await log.vote(replace(UP, reason="outdated"))


def _clear(connection: Connection, items: list[None]) -> list[None]:
    connection.exec_driver_sql("DELETE FROM feedback")
    return items


PRESS = st.tuples(st.sampled_from(["ann", "bob"]), st.sampled_from([None, 1, 2]), st.sampled_from(["up", "down"]))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses=st.lists(PRESS, max_size=12))
async def test_votes_are_what_was_pressed_last(log: QueryLog, presses: list[tuple[str, int | None, str]]) -> None:
    """Whatever is pressed by whom, in one transaction or many: a model in memory says the same."""
    expected: dict[tuple[str, int | None], str] = {}
    for person, rank, verdict in presses:
        if expected.get((person, rank)) == verdict:
            del expected[person, rank]
        else:
            expected[person, rank] = verdict
    await log.database.write(_clear, None)
    votes = [Feedback(KEY, NOON, person, verdict, rank) for person, rank, verdict in presses]
    await asyncio.gather(*map(log.vote, votes))
    found = await log.feedback_of(KEY)
    assert {(each.by, each.rank): each.verdict for each in found} == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE feedback SET at = 'noon'", "row 1 of the log's table 'feedback'"),
        ("UPDATE feedback SET verdict = x'80'", "row 1 .* 'feedback' is damaged: wrong types in verdict"),
        ("UPDATE place SET message_id = 'first'", "row 1+ .* 'place'"),
    ],
)
async def test_a_damaged_row_is_named(log: QueryLog, tmp_path: Path, damage: str, said: str) -> None:
    """SQLite keeps a value of any type in any column."""
    await log.vote(UP)
    connection = sqlite3.connect(tmp_path / "log.db")
    connection.execute(damage)
    connection.commit()
    connection.close()
    with pytest.raises(LogError, match=said):
        await (log.places_of(KEY) if "place" in damage else log.feedback_of(KEY))


async def test_a_person_has_the_language_that_they_chose_last(log: QueryLog) -> None:
    """Until they take it back; then nothing is known of them."""
    preferences = Preferences(log.database)
    assert await preferences.language_of("ann") is None
    for language in ("ru", "hy"):
        await preferences.set_language("ann", language)
    await preferences.set_language("bob", "tr")
    assert [await preferences.language_of(each) for each in ("ann", "bob")] == ["hy", "tr"]
    await preferences.set_language("ann", None)
    assert [await preferences.language_of(each) for each in ("ann", "bob")] == [None, "tr"]


async def test_all_kinds_of_quotes_are_read_for_the_proof(log: QueryLog) -> None:
    """Whatever was asked for when they were shown."""
    for rank, via in enumerate(("more", "around", "article", "timeline", "inline", "link"), start=3):
        await log.add_shown(KEY, [ShownPassage(rank, "a", "0" * 64, 1, 2, None, "x", via)])
    assert [shown.via async for _, shown in log.shown_passages()] == [
        "answer", "answer", "more", "around", "article", "timeline", "inline", "link",
    ]  # fmt: skip
