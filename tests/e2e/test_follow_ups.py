"""Questions about what was asked before."""

from pathlib import Path

from tests.bot_api import BotApiServer
from tests.e2e.reading import rows
from tests.e2e.running import ADA, BOB, running_bot, settings_for

GROUP = -100200
SUBJECT = "Who established a checkpoint at the Lachin corridor?"
FOLLOWING = "and when was that?"


async def test_a_question_without_a_subject_has_that_of_the_last_one(server: BotApiServer, tmp_path: Path) -> None:
    """Of the same person in the same chat; also the one after it."""
    async with running_bot(settings_for(server, tmp_path), server):
        for text in (SUBJECT, FOLLOWING, "and where?"):
            server.send_text(text)
        server.send_text(FOLLOWING, user_id=BOB)
        await server.wait_for_messages(ADA, 3)
        await server.wait_for_messages(BOB, 1)
    found = rows(tmp_path, "SELECT text, follows FROM question ORDER BY id")
    assert sorted(found, key=str) == sorted(
        [(SUBJECT, None), (FOLLOWING, SUBJECT), ("and where?", SUBJECT), (FOLLOWING, None)], key=str
    )


async def test_a_reply_is_about_what_it_replies_to(server: BotApiServer, tmp_path: Path) -> None:
    """Also after a restart, and whoever asked that."""
    settings = settings_for(server, tmp_path)
    async with running_bot(settings, server):
        server.send_text(f"/ask {SUBJECT}", chat_id=GROUP, chat_type="supergroup", user_id=BOB)
        await server.wait_for_messages(GROUP, 1)
    async with running_bot(settings, server):
        server.send_text(FOLLOWING, chat_id=GROUP, chat_type="supergroup", reply_to_bot=True)
        await server.wait_for_messages(GROUP, 2)
    assert rows(tmp_path, "SELECT text, follows FROM question") == [(SUBJECT, None), (FOLLOWING, SUBJECT)]
