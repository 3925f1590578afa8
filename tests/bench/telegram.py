"""CPU of the bot for an update, against an echo bot on the same transport. Goal: at least 60% of its updates a second.

Both run as processes of their own against the Bot API server on loopback; the CPU of a run without updates, start and
end, is taken off.
"""

import asyncio
import os
import resource
import sys
import tempfile
from pathlib import Path

from tests.bot_api import BotApiServer
from tests.builders import SEEDS

UPDATES = 1_000
USERS = 50
QUESTION = "What road links Armenia to Karabakh?"


async def spent(arguments: list[str], environment: dict[str, str], updates: int) -> float:
    """Seconds of CPU that a bot needs from its start to its end with so many updates."""
    async with BotApiServer() as server:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            env={**os.environ, **environment, "TELEGRAM_BOT_TOKEN": server.token, "TELEGRAM_API_URL": server.url},
        )
        await server.wait_for_poll(timeout=30)
        for number in range(updates):
            server.send_text(QUESTION, user_id=5000 + number % USERS)
        for user in range(5000, 5000 + (USERS if updates else 0)):
            await server.wait_for_messages(user, updates // USERS, timeout=120)
        process.terminate()
        await process.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"  {' '.join(arguments[:3])}: {updates} updates, {len(server.invalid)} invalid calls")
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


async def main() -> None:
    """Print milliseconds of CPU an update for both, and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'log.db'}", "CORPUS": str(SEEDS), "LOG_LEVEL": "WARNING",
        }  # fmt: skip
        ours, echo = ["-m", "bot", "serve"], ["-m", "tests.bench.echo_bot", "echo"]
        cost = {}
        for name, arguments in (("echo", echo), ("verbatim", ours)):
            await spent(arguments, settings, 0)  # the first run makes the log's tables
            idle = await spent(arguments, settings, 0)
            cost[name] = (await spent(arguments, settings, UPDATES) - idle) / UPDATES * 1e3
    print(f"echo bot {cost['echo']:.2f} ms, verbatim {cost['verbatim']:.2f} ms an update", end="; ")
    print(f"verbatim handles {cost['echo'] / cost['verbatim']:.0%} of the echo bot's updates a second of CPU")


if __name__ == "__main__":
    asyncio.run(main())
