"""Whatever workers do and whenever they die: each update is logged exactly once, and lanes keep their order."""

import asyncio
import tempfile
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from db import Arrival, Closing, Inbox, OpenUpdate, QueryLog
from db.workers import LEASE_SECONDS, Workers
from tests.db.test_query_log import asked

Result = TypeVar("Result")
LANES = st.sampled_from(["a", "b", None])
WORKERS = st.integers(0, 2)


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """What time it is."""
        return self.now


class Worker:
    """One that lives, with what it has in hand."""

    def __init__(self, log: QueryLog, name: str, clock: Clock) -> None:
        self.inbox = Inbox(log.database, name, Workers(name, clock))
        self.hands: list[OpenUpdate] = []
        self.begun: list[OpenUpdate] = []

    def next(self, lane: str | None) -> OpenUpdate | None:
        """What comes first in a lane."""
        return next((each for each in self.hands if each.lane == lane), None)


class InboxMachine(RuleBasedStateMachine):
    """Three places for workers on one file; one that dies is followed by another."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.log = QueryLog(f"sqlite:///{Path(self.folder.name) / 'log.db'}")
        self.clock = Clock()
        self.handed_over: set[int] = set()
        self.births = 0

    def run(self, call: Coroutine[Any, Any, Result]) -> Result:
        """Its result."""
        return self.runner.run(call)

    @initialize()
    def begin(self) -> None:
        """Everybody lives."""
        self.workers = [self.born() for _ in range(3)]

    def born(self) -> Worker:
        """A new worker."""
        self.births += 1
        return Worker(self.log, f"elsewhere:0:1:{self.births}", self.clock)

    @rule(place=WORKERS, lanes=st.lists(LANES, max_size=4), again=st.integers(0, 3))
    def store(self, place: int, lanes: Sequence[str | None], again: int) -> None:
        """Some are new, and some were sent before."""
        first = len(self.handed_over)
        lane_of = dict(enumerate(lanes, first))
        before = [Arrival(number, "{}", "a") for number in sorted(self.handed_over)[-again:] if again]
        arrivals = [*before, *(Arrival(number, "{}", lane) for number, lane in lane_of.items())]
        got = self.run(self.workers[place].inbox.store(arrivals))
        self.handed_over.update(lane_of)
        assert {each.update_id for each in got} <= lane_of.keys()
        self.workers[place].hands += got

    @rule(place=WORKERS, lanes=st.lists(LANES, min_size=1, max_size=3), more=st.lists(LANES, max_size=2))
    def store_and_be_cancelled(self, place: int, lanes: Sequence[str | None], more: Sequence[str | None]) -> None:
        """Nobody gets them, until they are taken over; what is stored meanwhile does not overtake them."""
        first = len(self.handed_over)
        numbered = [Arrival(number, "{}", lane) for number, lane in enumerate([*lanes, *more], first)]

        async def leave() -> list[OpenUpdate]:
            task = asyncio.create_task(self.workers[place].inbox.store(numbered[: len(lanes)]))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait({task})
            return await self.workers[place].inbox.store(numbered[len(lanes) :])

        got = self.run(leave())
        self.handed_over.update(each.update_id for each in numbered)
        self.workers[place].hands += got

    @rule(place=WORKERS)
    def take_over(self, place: int) -> None:
        """It lives, and gets what is free."""
        worker = self.workers[place]
        got = self.run(worker.inbox.take_over())
        assert {each.id for each in got}.isdisjoint(each.id for each in worker.hands)
        worker.hands += got

    @rule(place=WORKERS, lane=LANES, at_once=st.booleans())
    def handle(self, place: int, lane: str | None, at_once: bool) -> None:
        """The next of a lane; perhaps it is closed twice at the same time."""
        worker = self.workers[place]
        update = worker.next(lane)
        if update is None:
            return
        worker.hands.remove(update)
        closing = Closing(update.id, "answered", question=asked(f"{update.update_id}", channel=lane or "none"))

        async def close() -> list[bool]:
            return await asyncio.gather(*(worker.inbox.close_update(closing) for _ in range(1 + at_once)))

        assert sum(self.run(close())) == 1

    @rule(place=WORKERS)
    def die(self, place: int) -> None:
        """With all that it had in hand."""
        self.workers[place] = self.born()

    @rule(place=WORKERS)
    def leave(self, place: int) -> None:
        """Giving back what it had in hand."""
        worker = self.workers[place]
        self.run(worker.inbox.release([each.id for each in worker.hands]))
        worker.hands = []

    @rule()
    def wait(self) -> None:
        """As long as it takes to tell the dead; those who live go on beating."""
        for worker in self.workers:
            worker.hands += self.run(worker.inbox.take_over())
        self.clock.now += LEASE_SECONDS / 2
        for worker in self.workers:
            worker.hands += self.run(worker.inbox.take_over())
        self.clock.now += LEASE_SECONDS / 2

    @invariant()
    @precondition(lambda self: hasattr(self, "workers"))
    def nothing_is_held_twice(self) -> None:
        """By those who live."""
        held = [each.id for worker in self.workers for each in worker.hands]
        assert len(held) == len(set(held))

    def teardown(self) -> None:
        """In the end one worker deals with all that is left, and everything is in the log once, lanes in order."""
        try:
            if hasattr(self, "workers"):
                self.finish()
        finally:
            self.run(self.log.close())
            self.runner.close()
            self.folder.cleanup()

    def finish(self) -> None:
        """Deal with the rest; the dead are told by their silence."""
        self.workers = self.workers[:1]
        self.wait()
        self.wait()
        self.wait()
        for lane in ("a", "b", None):
            while self.workers[0].next(lane):
                self.handle(0, lane, at_once=False)
        assert self.run(self.workers[0].inbox.depth()).waiting == 0
        logged = [(q.channel, int(q.text)) for q in reversed(self.run(self.log.latest(limit=10_000)))]
        assert sorted(number for _, number in logged) == sorted(self.handed_over)
        for lane in ("a", "b"):
            in_lane = [number for channel, number in logged if channel == lane]
            assert in_lane == sorted(in_lane)


TestInbox = InboxMachine.TestCase
TestInbox.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
