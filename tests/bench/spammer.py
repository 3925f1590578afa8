"""How much later is a person answered while another one sends 200 messages at once?

Goal: less than 150 ms, with the limits that are set by default, and with none, where only the order of chats helps.

The bot runs as a process of its own against the Bot API server on loopback. A person asks, alone; then 200 messages of
somebody else arrive together, and the person asks again behind them. What is shown is the difference.
"""

import asyncio
import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator

from tests.bot_api import BotApiServer
from tests.builders import SEEDS

MESSAGES = 200
ROUNDS = 15
GOAL = 0.150  # seconds
_NAMES = ("Galuzin", "Peskov", "Zakharova", "Bayramov", "Mirzoyan", "Lavrov", "Pashinyan", "Aliyev", "Hovhannisyan")
_THINGS = (
    "the corridor",
    "the checkpoint",
    "the protests",
    "the peace talks",
    "the ceasefire",
    "peacekeepers",
    "the war",
)
_QUESTION = "What did {} say about {}?"
_SETTINGS = {"with limits": {}, "without limits": {"PERSON_LIMIT": "0", "CHAT_QUEUE": "1000"}}


async def answered_after(server: BotApiServer, person: int, question: str) -> float:
    """Seconds from a question to its answer."""
    start = time.perf_counter()
    server.send_text(question, user_id=person)
    await server.wait_for_messages(person, 1, timeout=60)
    return time.perf_counter() - start


async def quiet(server: BotApiServer) -> None:
    """Until the bot has had nothing to do for a while."""
    calls = -1
    while calls != len(server.calls_of("sendMessage")):
        calls = len(server.calls_of("sendMessage"))
        await asyncio.sleep(0.5)


async def delays(server: BotApiServer, numbers: Iterator[int]) -> list[float]:
    """By how much a person was answered later in each round, in seconds."""
    found = []
    for _ in range(ROUNDS):
        words = _QUESTION.format(_NAMES[next(numbers) % len(_NAMES)], _THINGS[next(numbers) % len(_THINGS)])
        alone = await answered_after(server, next(numbers), words)
        await quiet(server)
        spammer = next(numbers)
        for number in range(MESSAGES):
            said = _QUESTION.format(_NAMES[number % len(_NAMES)], f"{_THINGS[number % len(_THINGS)]} {number}")
            server.send_text(said, user_id=spammer)
        behind = await answered_after(server, next(numbers), f"{words} Please")
        found.append(behind - alone)
        await quiet(server)
        print(f"  alone {alone * 1e3:4.0f} ms, behind {MESSAGES} messages {behind * 1e3:4.0f} ms", flush=True)
    return found


async def measured(settings: dict[str, str]) -> list[float]:
    """The same, of a bot with these settings."""
    with tempfile.TemporaryDirectory() as folder:
        async with BotApiServer() as server:
            known = {
                "TELEGRAM_BOT_TOKEN": server.token, "TELEGRAM_API_URL": server.url, "LOG_LEVEL": "WARNING",
                "DATABASE_URL": f"sqlite:///{folder}/log.db", "CORPUS": str(SEEDS), "DATA": f"{folder}/corpus",
                "ADDED": f"{folder}/added",
            }  # fmt: skip
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "serve", env={**os.environ, **known, **settings}
            )
            await server.wait_for_poll(timeout=30)
            numbers = itertools.count(5000)
            await answered_after(server, next(numbers), "Who is Galuzin?")  # the first answer loads what it needs
            found = await delays(server, numbers)
            process.terminate()
            await process.wait()
            assert server.invalid == []
            return found


async def main() -> None:
    """Print the delays, and whether the goal is met."""
    for name, settings in _SETTINGS.items():
        print(f"{name}:")
        found = sorted(await measured(settings))
        median = statistics.median(found)
        verdict = "met" if median < GOAL else "missed"
        print(
            f"{name}: answered {median * 1e3:.0f} ms later (median of {ROUNDS}, {found[0] * 1e3:.0f} to "
            f"{found[-1] * 1e3:.0f}); the goal of {GOAL * 1e3:.0f} ms is {verdict}"
        )


if __name__ == "__main__":
    asyncio.run(main())
