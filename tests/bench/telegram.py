"""CPU of the bot for an update, against an echo bot on the same transport and against itself without an inbox.

Goals: at least 60% of the echo bot's updates a second, and at least 80% of those that are held in memory only.

All run as processes of their own against the Bot API server on loopback; the CPU of a run without updates, start and
end, is taken off. They are asked one question again and again, and questions of which no two are the same.
"""

import asyncio
import os
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from retrieval.wordings import read_questions
from tests.bot_api import BotApiServer
from tests.builders import SEEDS

UPDATES = 1_000
USERS = 50
ROUNDS = 3
SAME = ["What road links Armenia to Karabakh?"]
SAID_BEFORE = ("", "Please: ", "Tell me, ", "Hello! ")
SAID_AFTER = ("", " Thanks", " Anybody?")


def different() -> list[str]:
    """Questions that the seeds answer, or do not, as people put them; no two are the same."""
    asked = [question.ask for question in read_questions(SEEDS / "questions.toml")]
    return [f"{before}{ask}{after}" for before in SAID_BEFORE for after in SAID_AFTER for ask in asked]


async def spent(arguments: list[str], environment: dict[str, str], updates: int, asked: Sequence[str] = SAME) -> float:
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
            server.send_text(asked[number % len(asked)], user_id=5000 + number % USERS)
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
    questions = {"the same question": SAME, "different questions": different()}
    cost = {(kind, name): 0.0 for kind in questions for name in bots}
    for _ in range(ROUNDS):  # in turns: what else the machine does hits all of them
        with tempfile.TemporaryDirectory() as folder:  # a server's updates have the same numbers in every run
            settings = {
                "CORPUS": str(SEEDS), "LOG_LEVEL": "WARNING", "DATA": f"{folder}/corpus", "ADDED": f"{folder}/added",
                "PERSON_LIMIT": "0",
            }  # fmt: skip
            for name, arguments in bots.items():
                for kind, asked in questions.items():
                    settings["DATABASE_URL"] = f"sqlite:///{Path(folder) / f'{name} {kind}.db'}"
                    await spent(arguments, settings, 0)  # the first run makes the log's tables
                    idle = await spent(arguments, settings, 0)
                    cost[kind, name] += (await spent(arguments, settings, UPDATES, asked) - idle) / UPDATES / ROUNDS
    for kind in questions:
        echo, memory, inbox = (cost[kind, name] for name in bots)
        print(f"{kind}: " + "; ".join(f"{name} {cost[kind, name] * 1e3:.2f} ms" for name in bots), "an update")
        print(f"  verbatim handles {echo / inbox:.0%} of the echo bot's updates a second of CPU", end=", ")
        print(f"and with the inbox {memory / inbox:.0%} of those without")


if __name__ == "__main__":
    asyncio.run(main())
