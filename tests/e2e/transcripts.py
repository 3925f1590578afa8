"""The conversations in the README, played against the strict server with the articles that ship.

`python -m tests.e2e.transcripts` writes them anew.
"""

import asyncio
import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Final

from tests.bot_api import BotApiServer
from tests.builders import SEEDS
from tests.e2e.running import ADA, BOB, running_bot, settings_for
from tests.e2e.stage import Stage

README: Final = SEEDS.parent / "README.md"
_REGION: Final = re.compile(r"(<!-- conversations -->\n)(.*)(<!-- end of conversations -->)", re.DOTALL)
_GROUP: Final = -100200

Scene = Callable[[Stage], Awaitable[object]]


async def found(stage: Stage) -> None:
    """The best passage first, the sentence that answers in bold; the others folded."""
    await stage.say("What road links Armenia to Karabakh?")


async def weak(stage: Stage) -> None:
    """What the articles lack is said before what comes nearest."""
    await stage.say("Why would the small country not leave the military alliance?")


async def none(stage: Stage) -> None:
    """Nothing is made up; what the articles are about is said."""
    await stage.say("Who won the Champions League in 2023?")


async def paged(stage: Stage) -> None:
    """The same message turns its pages; the other order is a button away."""
    await stage.say("What road links Armenia to Karabakh?")
    await stage.press("More")
    await stage.press("Newest first")


async def judged(stage: Stage) -> None:
    """One vote a person and passage, taken back by the same button; what is wrong with it need not be said."""
    await stage.say("When did the separatist war end?")
    await stage.press("👎")
    await stage.press("Outdated")


async def read_around(stage: Stage) -> None:
    """What stands before and after a quote, in the same message."""
    await stage.say("When did the separatist war end?")
    await stage.press("📖")


async def wished(stage: Stage) -> None:
    """What nobody could answer is on the editors' list, with what the person hopes to learn."""
    await stage.say("Who won the Champions League in 2023?")
    await stage.press("Tell the editors")
    await stage.say("I write about football, too.", reply_to_bot=True)


async def misspelt(stage: Stage) -> None:
    """Words that are probably others are searched for, and said."""
    await stage.say("wat did bayramof say about the protets")


async def filtered(stage: Stage) -> None:
    """Who wrote, when, which words: in signs, and in one's own words."""
    await stage.say("checkpoint source:Asbarez")
    await stage.say("What did Press TV write about the checkpoint in April 2023?")


async def followed_up(stage: Stage) -> None:
    """It has no subject of its own, and takes that of the first."""
    await stage.say("When was the checkpoint set up?")
    await stage.say("and by whom?")


async def edited(stage: Stage) -> None:
    """The answer is edited with it."""
    await stage.say("Who won the Champions League in 2023?")
    await stage.edit("When did the separatist war end?")


async def timeline(stage: Stage) -> None:
    """For “how did it come to this”: dated quotes in order."""
    await stage.say("/timeline Lachin corridor")


async def opened_again(stage: Stage) -> None:
    """By its link, for somebody else: each quote stands, was changed, or is gone."""
    await stage.say("What road links Armenia to Karabakh?")
    link = stage.shared()
    _change(stage.articles, "000_*.txt", "Azerbaijan on Sunday established", "Azerbaijan on Sunday evening set up")
    _change(stage.articles, "002_*.txt", "^Since December 2022.*", "")
    await stage.reload()
    stage.tell("an article was changed, and a paragraph of another one was taken out")
    await stage.open(link)


def _change(articles: Path, name: str, before: str, after: str) -> None:
    """Put other words into an article in place of those that a pattern finds."""
    [path] = articles.glob(name)
    text = re.sub(before, after, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


async def for_admins(stage: Stage) -> None:
    """In private: what people asked and the articles lack."""
    for question in ("Who won the Champions League?", "who won the champions league"):
        await stage.say(question, name="Bob", user_id=BOB, quiet=True)
    await stage.say("/unanswered")


async def another_language(stage: Stage) -> None:
    """The bot speaks that of the person; quotes stay as they were written."""
    await stage.say("Почему малая страна не выходит из военного союза?", language_code="ru")
    await stage.say("/language Türkçe", language_code="ru")
    await stage.say("Who won the Champions League in 2023?", language_code="ru")


async def in_a_group(stage: Stage) -> None:
    """Only what is meant for the bot is heard; the answer is a reply."""
    where: dict[str, Any] = {"chat_id": _GROUP, "chat_type": "supergroup"}
    await stage.silence("Is the road closed again?", name="Bob", user_id=BOB, **where)
    await stage.say("/ask When did the separatist war end?", user_id=ADA, **where)


async def in_other_chats(stage: Stage) -> None:
    """Cards to choose from, of which one becomes a message of the person."""
    results = await stage.offer("gold mine protests")
    await stage.choose(results[0]["id"])


SCENES: Final[Mapping[str, Scene]] = {
    "an answer": found,
    "more of it": paged,
    "an opinion": judged,
    "reading around": read_around,
    "perhaps an answer": weak,
    "no answer": none,
    "telling the editors": wished,
    "misspelt": misspelt,
    "filters": filtered,
    "a second question": followed_up,
    "an edited question": edited,
    "a timeline": timeline,
    "opened again": opened_again,
    "in a group": in_a_group,
    "in another chat": in_other_chats,
    "in other languages": another_language,
    "for admins": for_admins,
}


async def played(scene: Scene, folder: Path) -> str:
    """A conversation as the README shows it; no call may be invalid."""
    articles = folder / "articles"
    shutil.copytree(SEEDS, articles, ignore=shutil.ignore_patterns("questions.toml"))
    async with BotApiServer() as server:
        settings = settings_for(server, folder, corpus=articles, admin_ids=str(ADA), max_shrink=100)
        async with running_bot(settings, server):
            stage = Stage(server, folder, articles)
            await scene(stage)
        if server.invalid:
            raise AssertionError(server.invalid)
    today = dt.datetime.now(dt.UTC).date()
    said = "\n".join(stage.lines).strip("\n")
    return said.replace(f"{today:%-d %B %Y}", "(that day)").replace(f"{today}", "(that day)")


def block(name: str, said: str) -> str:
    """A conversation as the README shows it, below what it is an example of."""
    about = " ".join((SCENES[name].__doc__ or "").split())
    return f"**{name.capitalize()}.** {about}\n\n```\n{said}\n```\n"


def region() -> str:
    """All that the README shows of conversations."""
    found = _REGION.search(README.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError("the README has no place for conversations")
    return found[2]


async def _write() -> None:
    blocks = []
    for name, scene in SCENES.items():
        with tempfile.TemporaryDirectory() as folder:
            blocks.append(block(name, await played(scene, Path(folder))))
    said = "\n" + "\n".join(blocks) + "\n"
    text = _REGION.sub(lambda match: match[1] + said + match[3], README.read_text(encoding="utf-8"))
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_write())
