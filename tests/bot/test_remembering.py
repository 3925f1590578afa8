"""What was answered is logged, whatever happens to the log meanwhile."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.remembering import Remembering
from db import LogError, RowError, UnknownKeyError


class FlakyLog:
    """Takes numbers, while it works."""

    def __init__(self) -> None:
        self.broken = False
        self.refused: set[int] = set()
        self.attempts = 0
        self.written: list[int] = []
        self.at_once = 0
        self._writing = 0

    def write(self, number: int) -> Callable[[], Awaitable[None]]:
        """What writes this number."""

        async def attempt() -> None:
            self.attempts += 1
            self._writing += 1
            self.at_once = max(self.at_once, self._writing)
            await asyncio.sleep(0)
            self._writing -= 1
            if number in self.refused:
                raise RowError(f"{number} does not fit")
            if self.broken:
                raise LogError("the disk is full")
            self.written.append(number)

        return attempt


@pytest.fixture
def log() -> FlakyLog:
    """One that works."""
    return FlakyLog()


@pytest.fixture
async def remembering() -> AsyncIterator[Remembering]:
    """With short pauses."""
    remembering = Remembering(pause=0.02, longest_pause=0.05, limit=20)
    yield remembering
    await remembering.close(1)


async def until(true: Callable[[], bool]) -> None:
    """Wait for something, but not for ever."""
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 - what it waits for is no event
            await asyncio.sleep(0.005)


async def test_everything_is_written_once_it_can_be(
    log: FlakyLog, remembering: Remembering, caplog: pytest.LogCaptureFixture
) -> None:
    """While it cannot, one write at a time is tried; that it fails and that it works again is said once."""
    log.broken = True
    caplog.set_level(logging.INFO)
    remembering.add(log.write(0))
    await until(lambda: remembering.failing is not None)
    assert remembering.failing == "the disk is full"
    log.at_once = 0
    for number in range(1, 10):
        remembering.add(log.write(number))
    before = log.attempts
    await until(lambda: log.attempts >= before + 4)
    assert (log.at_once, remembering.waiting, log.written) == (1, 10, [])
    log.broken = False
    await until(lambda: remembering.waiting == 0)
    assert sorted(log.written) == list(range(10))
    assert remembering.failing is None
    assert caplog.text.count("answers are not logged for now: the disk is full") == 1
    assert caplog.text.count("answers are logged again") == 1


async def test_the_pauses_grow_up_to_a_limit(log: FlakyLog) -> None:
    """A log that stays broken is not hammered."""
    remembering = Remembering(pause=0.02, longest_pause=0.08)
    log.broken = True
    remembering.add(log.write(1))
    await asyncio.sleep(0.6)
    assert 4 <= log.attempts <= 11  # after 0, 20, 60, 140 milliseconds, then every 80
    await remembering.close(1)
    assert remembering.given_up == 1


async def test_what_cannot_wait_fails_at_once_while_it_is_known_to_fail(log: FlakyLog) -> None:
    """What may take long is tried again when the pause is over; its success lets the others go on."""
    remembering = Remembering(pause=0.1)
    log.broken = True
    for _ in range(3):
        with pytest.raises(LogError, match="the disk is full"):
            await remembering.now(log.write(1), probe=True)
    assert log.attempts == 1
    log.broken = False
    await asyncio.sleep(0.15)
    with pytest.raises(LogError):
        await remembering.now(log.write(4))
    remembering.add(log.write(2))
    await remembering.now(log.write(3), probe=True)
    await remembering.now(log.write(4))
    await until(lambda: len(log.written) == 3)
    await remembering.close(1)


async def test_an_entry_that_does_not_fit_holds_up_no_other(
    log: FlakyLog, remembering: Remembering, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said, and says nothing about the log."""
    log.refused = {1}
    for number in range(3):
        remembering.add(log.write(number))
    await until(lambda: remembering.waiting == 0)
    assert sorted(log.written) == [0, 2]
    assert (remembering.failing, remembering.given_up) == (None, 1)
    assert "answered but not logged: 1 does not fit" in caplog.text
    with pytest.raises(RowError):
        await remembering.now(log.write(1))
    assert remembering.failing is None


async def test_more_than_can_wait_is_counted_and_said(
    log: FlakyLog, remembering: Remembering, caplog: pytest.LogCaptureFixture
) -> None:
    """Memory has an end."""
    log.broken = True
    remembering.add(log.write(0))
    await until(lambda: remembering.failing is not None)
    for number in range(1, 30):
        remembering.add(log.write(number))
    await until(lambda: remembering.waiting == 20)
    assert remembering.given_up == 10
    assert "answered but not logged: too many wait for the log" in caplog.text


async def test_the_end_gives_everything_one_more_attempt(
    log: FlakyLog, remembering: Remembering, caplog: pytest.LogCaptureFixture
) -> None:
    """At once, without the pause; afterwards it can be used again."""
    slow = Remembering(pause=60)
    log.broken = True
    for number in range(5):
        slow.add(log.write(number))
    await until(lambda: slow.failing is not None and slow.waiting == 5)
    log.broken = False
    async with asyncio.timeout(1):
        await slow.close(1)
    assert sorted(log.written) == [0, 1, 2, 3, 4]
    log.broken = True
    slow.add(log.write(5))
    async with asyncio.timeout(1):
        await slow.close(1)
    assert "1 answered but not logged: the disk is full" in caplog.text
    assert slow.given_up == 1
    log.broken = False
    remembering.add(log.write(6))
    await remembering.close(1)
    assert log.written[-1] == 6


async def test_the_end_waits_for_a_bounded_time(caplog: pytest.LogCaptureFixture) -> None:
    """A log that does not answer at all."""
    remembering = Remembering()

    async def never() -> None:
        await asyncio.sleep(60)

    for _ in range(3):
        remembering.add(never)
    async with asyncio.timeout(2):
        await remembering.close(0.1)
    assert "3 answered but not logged: the log took over 0.1 s" in caplog.text
    assert remembering.waiting == 0


async def test_what_is_said_of_an_answer_waits_until_that_is_logged(
    log: FlakyLog, remembering: Remembering, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody presses a button before the question is written: nothing else waits, and no fault of the log is seen."""
    known = False

    async def vote() -> None:
        if not known:
            raise UnknownKeyError("no question in the log has this key")
        await log.write(7)()

    remembering.add(vote)
    remembering.add(log.write(1))
    await until(lambda: log.written == [1])
    assert (remembering.failing, remembering.waiting) == (None, 1)
    known = True
    await until(lambda: log.written == [1, 7])
    known = False
    remembering.add(vote)
    await remembering.close(0.2)
    assert remembering.waiting == 0
    assert "1 answered but not logged: the log took over 0.2 s" in caplog.text


async def test_a_key_that_stays_unknown_is_given_up(remembering: Remembering, caplog: pytest.LogCaptureFixture) -> None:
    """Its question was removed: that is said, and it is not tried for ever."""

    async def vote() -> None:
        raise UnknownKeyError("no question in the log has the key 'k'")

    remembering.add(vote)
    await remembering.close(15)
    assert (remembering.given_up, remembering.failing) == (1, None)
    assert "not logged: no question in the log has the key 'k'" in caplog.text
