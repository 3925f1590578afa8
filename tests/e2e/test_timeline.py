"""A topic told in dated quotes."""

from pathlib import Path

from bot.telegram import texts
from tests.bot_api import BotApiServer, utf16_slice
from tests.builders import write_corpus
from tests.e2e.reading import rows
from tests.e2e.running import ADA, running_bot, settings_for

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]


async def test_a_topic_is_told_in_order(server: BotApiServer, tmp_path: Path) -> None:
    """A line a quote: the day, the words, the publisher with a link; the log has what was shown."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text("/timeline Lachin corridor")
        (message,) = await server.wait_for_messages(ADA, 1)
    lines = [line for line in message.text.splitlines() if " — " in line]
    assert [line.partition(" — ")[0] for line in lines] == [
        "30 December 2022 (date inferred)",
        "January 2023 (date inferred)",
        "24 April 2023",
        "26 April 2023 (date inferred)",
    ]
    links = [entity for entity in message.entities if entity["type"] == "text_link"]
    assert utf16_slice(message.text, links[0]["offset"], links[0]["length"]) == "Global Village Space (Anadolu Agency)"
    assert all("#:~:text=" in link["url"] for link in links)
    shown = rows(tmp_path, "SELECT via, text FROM shown_passage ORDER BY id")
    assert {via for via, _ in shown} == {"timeline"}
    assert all(" ".join(text.split()) in message.text for _, text in shown)
    assert len(shown) == len(lines)


async def test_a_timeline_can_be_edited(server: BotApiServer, tmp_path: Path) -> None:
    """Into another one, and into a question."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text("/timeline")
        (first,) = await server.wait_for_messages(ADA, 1)
        assert first.text == texts.TIMELINE_WHAT
        number = max(server.state.chats[ADA].heard)
        server.edit_text(ADA, number, "/timeline Lachin corridor")
        _, told = await server.wait_for_messages(ADA, 2)
        assert "the oldest first" in told.text
        server.edit_text(ADA, number, "/ask Who is Galuzin?")
        await server.wait_for_call("editMessageText")
        assert "the oldest first" not in told.text
        assert "Galuzin" in told.text


async def test_what_is_not_known_is_said(server: BotApiServer, tmp_path: Path) -> None:
    """As of a question."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text("/timeline Champions League won")
        (message,) = await server.wait_for_messages(ADA, 1)
    assert "None of them contains" in message.text


async def test_a_long_timeline_fits_into_a_message(server: BotApiServer, tmp_path: Path) -> None:
    """Long sentences are cut between words, and what is left out is counted."""
    files: dict[str, str | bytes] = {}
    manifest = ""
    for month in range(1, 11):
        for day in range(1, 3):
            name = f"{month}-{day}.txt"
            files[name] = (
                f"The mountain road 😀 was closed {'again and again ' * 20}on day {day} of {MONTHS[month - 1]}."
            )
            manifest += f'[[article]]\nfile = "{name}"\npublished = "2023-{month:02}-{day:02}"\npublisher = "P{day}"\n'
    files["undated.txt"] = "The mountain road was closed by nobody knows whom."
    folder = write_corpus(tmp_path / "articles", files, manifest)
    async with running_bot(settings_for(server, tmp_path, corpus=folder), server):
        server.send_text("/timeline mountain road closed")
        (message,) = await server.wait_for_messages(ADA, 1)
    assert len(message.text) <= 4096
    assert message.text.count("” …") == 15
    assert "5 more such quotes are left out." in message.text
    assert "1 passage on this has no date" in message.text
