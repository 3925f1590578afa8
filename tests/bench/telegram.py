"""CPU of the bot for an update, against an echo bot on the same transport and against itself without an inbox.

Goals: at least 60% of the echo bot's updates a second, and at least 80% of those that are held in memory only.

All run as processes of their own against the Bot API server on loopback. What they spend is read (on Linux) when they
have answered a few questions and again when they have answered all; so starting up and what goes on only then, such as
the menus, is left out. They are asked one question again and again, and questions of which no two are the same.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from retrieval.wordings import read_questions
from tests.bot_api import BotApiServer
from tests.builders import SEEDS

UPDATES = 1_000
USERS = 50
FIRST_USER = 5_000
EACH_BEFORE = 2
ROUNDS = 3
SAME = ["What road links Armenia to Karabakh?"]
SAID_BEFORE = ("", "Please: ", "Tell me, ", "Hello! ")
SAID_AFTER = ("", " Thanks", " Anybody?")


def different() -> list[str]:
    """Questions that the seeds answer, or do not, as people put them; no two are the same."""
    asked = [question.ask for question in read_questions(SEEDS / "questions.toml")]
    return [f"{before}{ask}{after}" for before in SAID_BEFORE for after in SAID_AFTER for ask in asked]


async def spent(arguments: list[str], environment: dict[str, str], asked: Sequence[str]) -> float:
    """Seconds of CPU that a bot needs for an update."""
    async with BotApiServer() as server:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            env={**os.environ, **environment, "TELEGRAM_BOT_TOKEN": server.token, "TELEGRAM_API_URL": server.url},
        )
        await server.wait_for_poll(timeout=30)
        await answered(server, SAME, USERS * EACH_BEFORE)
        before = cpu_of(process.pid)
        await answered(server, asked, UPDATES)
        after = cpu_of(process.pid)
        process.terminate()
        await process.wait()
        print(f"  {' '.join(arguments[:3])}: {len(server.invalid)} invalid calls")
        return (after - before) / UPDATES


async def answered(server: BotApiServer, asked: Sequence[str], updates: int) -> None:
    """Ask so much and wait for what comes back, and a moment for what is written behind it."""
    known = len(server.messages(FIRST_USER))
    for number in range(updates):
        server.send_text(asked[number % len(asked)], user_id=FIRST_USER + number % USERS)
    for user in range(FIRST_USER, FIRST_USER + USERS):
        await server.wait_for_messages(user, known + updates // USERS, timeout=120)
    await asyncio.sleep(0.2)


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process has used so far, all of its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
                    cost[kind, name] += await spent(arguments, settings, asked) / ROUNDS
    for kind in questions:
        echo, memory, inbox = (cost[kind, name] for name in bots)
        print(f"{kind}: " + "; ".join(f"{name} {cost[kind, name] * 1e3:.2f} ms" for name in bots), "an update")
        print(f"  verbatim handles {echo / inbox:.0%} of the echo bot's updates a second of CPU", end=", ")
        print(f"and with the inbox {memory / inbox:.0%} of those without")


if __name__ == "__main__":
    asyncio.run(main())
