"""What goes on after an update was handled."""

import asyncio
from contextvars import ContextVar

import pytest
import structlog

from bot.logs import name_in_lines
from bot.telegram.background import Background
from bot.telegram.lanes import Lanes, slot_free_for_others

VARIABLE: ContextVar[str] = ContextVar("variable", default="nothing")


async def test_it_holds_nothing_of_the_update_that_began_it() -> None:
    """Above all none of its slots, which it must not lend to others."""
    background, lanes, seen = Background(), Lanes(slots=1), []

    async def work() -> None:
        async with slot_free_for_others():
            seen.append(VARIABLE.get())
            seen.append(str(lanes._slots._free._value))

    async def update() -> None:
        VARIABLE.set("the update's")
        background.start(work(), "work")

    lanes.put("a chat", update)
    await asyncio.wait(lanes.tasks)
    await background.close()
    assert seen == ["nothing", "1"]


async def test_its_lines_name_the_update_that_began_it() -> None:
    """So that one can see in the log what brought them about."""
    background, seen = Background(), []

    async def work() -> None:
        seen.append(structlog.contextvars.get_contextvars())

    async def update() -> None:
        name_in_lines(7, "0123456789abcdef")
        background.start(work(), "work")

    await asyncio.create_task(update())
    await background.close()
    assert seen == [{"update": 7, "chat": "0123456789ab"}]


async def test_the_end_waits_and_then_cancels(caplog: pytest.LogCaptureFixture) -> None:
    """What is cancelled may still say a last word."""
    background, said = Background(patience=0.1), []

    async def work(seconds: float) -> None:
        try:
            await asyncio.sleep(seconds)
            said.append("done")
        except asyncio.CancelledError:
            await asyncio.sleep(0.05)
            said.append("cancelled")
            raise

    background.start(work(0.01), "short")
    background.start(work(60), "long")
    async with asyncio.timeout(10):
        await background.close()
    assert said == ["done", "cancelled"]
    assert caplog.records == []


async def test_a_fault_is_logged_under_its_name(caplog: pytest.LogCaptureFixture) -> None:
    """And ends nothing else."""
    background = Background()

    async def work() -> None:
        raise RuntimeError("nobody thought of that")

    background.start(work(), "a reload")
    await background.close()
    assert "a reload ended with a fault" in caplog.text
    assert "nobody thought of that" in caplog.text
