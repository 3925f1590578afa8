"""Many chats at once, each in its own order."""

import asyncio
from collections import defaultdict
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.lanes import Lanes, slot_free_for_others

ARRIVALS = st.lists(st.tuples(st.sampled_from(["a", "b", "c", None]), st.booleans(), st.integers(0, 2)), max_size=30)


@given(ARRIVALS, st.integers(1, 4))
def test_the_order_of_a_lane_is_kept_whatever_comes_between(
    arrivals: list[tuple[str | None, bool, int]], slots: int
) -> None:
    """Everything is done, one after the other in a lane, never more than there are slots; what is alone is alone."""
    begun: dict[str | None, list[int]] = defaultdict(list)
    running: list[int] = []

    async def job(number: int, lane: str | None, turns: int, *, alone: bool) -> None:
        begun[lane].append(number)
        running.append(number)
        for _ in range(turns):
            assert len(running) <= (1 if alone else slots)
            await asyncio.sleep(0)
        running.remove(number)

    async def play() -> None:
        lanes = Lanes(slots)
        for number, (lane, alone, turns) in enumerate(arrivals):
            lanes.put(lane, partial(job, number, lane, turns, alone=alone), alone=alone)
        async with asyncio.timeout(5):
            while lanes.tasks:
                await asyncio.wait(lanes.tasks)
        assert lanes._slots._free._value == slots

    asyncio.run(play())
    expected: dict[str | None, list[int]] = defaultdict(list)
    for number, (lane, _, _) in enumerate(arrivals):
        expected[lane].append(number)
    assert {lane: numbers if lane else sorted(numbers) for lane, numbers in begun.items()} == expected


@pytest.mark.parametrize("alone", [False, True])
async def test_what_waits_lends_its_slot(*, alone: bool) -> None:
    """Another lane goes on meanwhile, the own one does not."""
    lanes, seen = Lanes(slots=1), []

    async def patient() -> None:
        async with slot_free_for_others():
            await asyncio.sleep(0.05)
        seen.append("patient")

    async def say(word: str) -> None:
        seen.append(word)

    lanes.put("a", patient, alone=alone)
    lanes.put("a", partial(say, "behind it"))
    lanes.put("b", partial(say, "elsewhere"))
    async with asyncio.timeout(5):
        await asyncio.wait(lanes.tasks)
    assert seen == ["elsewhere", "patient", "behind it"]


async def test_a_job_that_fails_does_not_stop_its_lane(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged."""
    lanes, done = Lanes(), asyncio.Event()

    async def fail() -> None:
        raise RuntimeError("nobody thought of that")

    async def work() -> None:
        done.set()

    lanes.put("a", fail)
    lanes.put("a", work)
    async with asyncio.timeout(5):
        await done.wait()
    assert "nobody thought of that" in caplog.text


async def test_giving_up_cancels_what_runs_and_begins_nothing() -> None:
    """What waits is left."""
    lanes, seen = Lanes(), []

    async def long(number: int) -> None:
        seen.append(number)
        await asyncio.sleep(60)

    for number in range(3):
        lanes.put("a", partial(long, number))
    assert lanes.waiting("a") == 2
    assert lanes.waiting("b") == 0
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await lanes.give_up()
    assert seen == [0]
    assert not lanes.tasks
