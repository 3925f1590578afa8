"""The conversations in the README, played against the strict server with the articles that ship.

`python -m tests.e2e.transcripts` writes them anew.
"""

import asyncio
import re
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Final

from tests.bot_api import BotApiServer
from tests.builders import SEEDS
from tests.e2e.running import ADA, BOB, running_bot, settings_for
from tests.e2e.stage import Stage

README: Final = SEEDS.parent / "README.md"
_PLACE: Final = "<!-- conversation: {name} -->\n```\n"
_GROUP: Final = -100200

Scene = Callable[[Stage], Awaitable[object]]


async def found(stage: Stage) -> None:
    """The articles answer."""
    await stage.say("What road links Armenia to Karabakh?")


async def weak(stage: Stage) -> None:
    """They may not."""
    await stage.say("Why would the small country not leave the military alliance?")


async def none(stage: Stage) -> None:
    """They do not."""
    await stage.say("Who won the Champions League in 2023?")


async def misspelt(stage: Stage) -> None:
    """Words that are probably others."""
    await stage.say("wat did bayramof say about the protets")


async def in_a_group(stage: Stage) -> None:
    """Only what is meant for the bot is heard."""
    where: dict[str, Any] = {"chat_id": _GROUP, "chat_type": "supergroup"}
    await stage.silence("Is the road closed again?", name="Bob", user_id=BOB, **where)
    await stage.say("/ask When did the separatist war end?", user_id=ADA, **where)


async def in_other_chats(stage: Stage) -> None:
    """Inline mode."""
    results = await stage.offer("gold mine protests")
    await stage.choose(results[0]["id"])


SCENES: Final[Mapping[str, Scene]] = {
    "an answer": found,
    "perhaps an answer": weak,
    "no answer": none,
    "misspelt": misspelt,
    "in a group": in_a_group,
    "in another chat": in_other_chats,
}


async def played(scene: Scene, folder: Path) -> str:
    """A conversation as the README shows it; no call may be invalid."""
    async with BotApiServer() as server:
        async with running_bot(settings_for(server, folder), server):
            stage = Stage(server)
            await scene(stage)
        if server.invalid:
            raise AssertionError(server.invalid)
    return "\n".join(stage.lines).strip("\n")


def printed(name: str, text: str) -> str:
    """What the README says in place of a conversation; empty where it has no such place."""
    return match[1] if (match := _pattern(name).search(text)) else ""


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(_PLACE.format(name=name)) + r"(.*?)\n```\n", re.DOTALL)


async def _write() -> None:
    text = README.read_text(encoding="utf-8")
    for name, scene in SCENES.items():
        with tempfile.TemporaryDirectory() as folder:
            said = await played(scene, Path(folder))
        block = f"{_PLACE.format(name=name)}{said}\n```\n"
        text = _pattern(name).sub(lambda _, block=block: block, text)  # type: ignore[misc]
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_write())
