"""CPU of the bot for an update, against an echo bot on the same transport and against itself without an inbox.

Goals: at least 60% of the echo bot's updates a second, and at least 80% of those that are held in memory only.

All run as processes of their own against the Bot API server on loopback; the CPU of a run without updates, start and
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
ROUNDS = 3
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
    """Print milliseconds of CPU an update for all of them, and the ratios."""
    bots = {
        "echo": ["-m", "tests.bench.echo_bot", "echo"],
        "memory only": ["-m", "tests.bench.memory_bot", "serve"],
        "inbox": ["-m", "bot", "serve"],
    }
    cost = dict.fromkeys(bots, 0.0)
    for _ in range(ROUNDS):  # in turns: what else the machine does hits all of them
        with tempfile.TemporaryDirectory() as folder:  # a server's updates have the same numbers in every round
            settings = {
                "DATABASE_URL": f"sqlite:///{Path(folder) / 'log.db'}", "CORPUS": str(SEEDS), "LOG_LEVEL": "WARNING",
                "DATA": f"{folder}/corpus", "ADDED": f"{folder}/added",
            }  # fmt: skip
            await spent(bots["inbox"], settings, 0)  # the first run makes the log's tables
            for name, arguments in bots.items():
                idle = await spent(arguments, settings, 0)
                cost[name] += (await spent(arguments, settings, UPDATES) - idle) / UPDATES / ROUNDS * 1e3
    print("; ".join(f"{name} {each:.2f} ms" for name, each in cost.items()), "an update")
    print(f"verbatim handles {cost['echo'] / cost['inbox']:.0%} of the echo bot's updates a second of CPU", end=", ")
    print(f"and with the inbox {cost['memory only'] / cost['inbox']:.0%} of those without")


if __name__ == "__main__":
    asyncio.run(main())
