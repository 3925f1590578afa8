"""Reactions to an answer are votes on it."""

from pathlib import Path

from tests.bot_api import BotApiServer
from tests.e2e.reading import rows
from tests.e2e.running import ADA, BOB, running_bot, settings_for

GROUP = -100200
VOTES = "SELECT verdict, via, rank, length(by) FROM feedback ORDER BY id"


async def test_reactions_are_votes(server: BotApiServer, tmp_path: Path) -> None:
    """The last one counts; what says nothing of an answer, and what is no answer, does not."""
    settings = settings_for(server, tmp_path)
    async with running_bot(settings, server):
        server.send_text("Who is Galuzin?")
        (answer,) = await server.wait_for_messages(ADA, 1)
        server.react(ADA, answer.message_id, "👎")
        server.react(ADA, answer.message_id, "🔥")
        server.react(ADA, min(server.state.chats[ADA].heard), "👎")
        server.send_text("/help")
        _, help_ = await server.wait_for_messages(ADA, 2)
        server.react(ADA, help_.message_id, "👍")
    assert rows(tmp_path, VOTES) == [("up", "reaction", None, 64)]
    async with running_bot(settings, server):
        server.react(ADA, answer.message_id, "🤔")
        server.send_text("/help")
        await server.wait_for_messages(ADA, 3)
    assert rows(tmp_path, VOTES) == []


async def test_everybody_in_a_group_has_a_vote(server: BotApiServer, tmp_path: Path) -> None:
    """But nobody who speaks for a chat."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text("/ask Who is Galuzin?", chat_id=GROUP, chat_type="supergroup")
        (answer,) = await server.wait_for_messages(GROUP, 1)
        server.appoint(GROUP, server.state.bot["id"])
        server.react(GROUP, answer.message_id, "❤", user_id=ADA)
        server.react(GROUP, answer.message_id, "💩", user_id=BOB)
        group = server.state.chats[GROUP].profile
        server.send_update({"message_reaction": {
            "chat": group, "actor_chat": group, "message_id": answer.message_id, "date": 1_700_000_000,
            "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": "👎"}],
        }})  # fmt: skip
        server.send_text("/help")
        await server.wait_for_messages(ADA, 1)
    assert sorted(rows(tmp_path, VOTES)) == [("down", "reaction", None, 64), ("up", "reaction", None, 64)]
