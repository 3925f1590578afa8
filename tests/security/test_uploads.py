"""What an admin sends may come from anybody: no name leads out of the folder, no content breaks or fills anything."""

import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.added_files import keep_sent_document
from bot.errors import KeepError
from bot.gathering.keeping import LARGEST_DOCUMENT, keep_document, keep_file
from bot.telegram import admin_texts
from tests.bot_api import BotApiServer
from tests.builders import write_corpus
from tests.e2e.running import ADA, BOB, running_bot, settings_for
from tests.retrieval.formats.made_files import make_feed, make_word, make_zip, repacked
from tests.retrieval.formats.reading import read

BRIDGE = b"The old bridge across the river was painted red by forty volunteers."
SECRET = "the secret of another file"
NAMES = [
    "../../escape.txt", "/etc/cron.d/escape.txt", "..\\..\\escape.txt", "C:\\escape.txt", "a/../../escape.txt", "..txt",
    "nul\x00l.txt", "x" * 5_000 + ".txt", "fdp.\u202etxt.exe\u202c.txt", "line\nbreak.txt", ".before-road.txt.txt",
    ".lock.txt", "manifest.toml.txt", "-rf.txt", "~.txt", "$(touch escape).txt", "con.txt", "\ud800.txt", "🎉.txt",
]  # fmt: skip


def files_below(folder: Path) -> list[Path]:
    """All that was written."""
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", NAMES)
async def test_no_name_of_a_file_leads_anywhere(tmp_path: Path, name: str) -> None:
    """It is kept in the folder, as a file that the articles are read from, under a name that can be said."""
    folder = tmp_path / "home" / "added"
    path = await keep_sent_document(name, BRIDGE, folder)
    assert path.parent == folder
    assert path.read_bytes() == BRIDGE
    assert path.name.isascii()
    assert path.name.isprintable()
    assert not path.name.startswith((".", "-"))
    kept = {each.name for each in folder.iterdir()}
    assert kept == {path.name, f".before-{path.name}", ".lock"}
    assert {each.parent for each in files_below(tmp_path)} == {folder}


@pytest.mark.parametrize("name", ["manifest.toml", "aliases.toml", "questions.toml", ".env", "a.py", "a.txt/", "", "."])
async def test_no_file_takes_the_place_of_what_rules_the_articles(tmp_path: Path, name: str) -> None:
    """Only articles can be sent."""
    with pytest.raises(KeepError, match="of no kind that is read"):
        await keep_sent_document(name, BRIDGE, tmp_path / "added")
    assert not (tmp_path / "added").exists()


def archive_with_a_link() -> bytes:
    """An archive in which an article is a link to a file of the machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


HOSTILE = {
    "bomb.zip": make_zip({"a.txt": b"a" * 50_000_000}),
    "nested.zip": make_zip({"inner.zip": make_zip({"a.txt": BRIDGE})}),
    "escape.zip": make_zip({"../escape.txt": BRIDGE, "/tmp/escape.txt": BRIDGE, "..\\escape.txt": BRIDGE}),
    "link.zip": archive_with_a_link(),
    "bomb.docx": repacked(make_word(["x"]), {"word/document.xml": b" " * 50_000_000}),
    "broken.pdf": b"%PDF-1.7\n"
    + b"1 0 obj<</Kids[1 0 R]/Type/Pages/Count 99999999>>endobj trailer<</Root 1 0 R>>" * 99,
    "program.docx": b"\x7fELF" + b"\0" * 1000,
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_file_that_is_made_to_harm_is_not_kept(tmp_path: Path, name: str) -> None:
    """With the reason; nothing is left of it, here or elsewhere."""
    with pytest.raises(KeepError, match="is no article that can be read"):
        await keep_sent_document(name, HOSTILE[name], tmp_path / "home" / "added")
    assert [each for each in files_below(tmp_path) if each.name not in {".lock", f".before-{name}"}] == []


def entities(secret: Path, kind: str = "SYSTEM") -> str:
    """A document type that names another file, and one that grows."""
    bombs = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY leak {kind} "file://{secret}"><!ENTITY b0 "bomb">{bombs}]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32", "utf-7"])
def test_no_document_reads_another_file_or_grows(tmp_path: Path, encoding: str) -> None:
    """XML may name files and define what grows without end; in Word files, feeds and pages nobody looks that up."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    head = f'<?xml version="1.0" encoding="{encoding}"?>{entities(secret)}'
    word = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
    files = {
        "a.docx": repacked(
            make_word(["x"]),
            {"word/document.xml": f"{head}{word}&leak;&b9;</w:t></w:r></w:p></w:body></w:document>".encode(encoding)},
        ),
        "a.xml": (head + make_feed("<title>&leak;</title><description>&leak;&b9;</description>")[21:]).encode(encoding),
        "a.html": f"{head}<html><body><p>{BRIDGE.decode()} &leak;&b9;</p></body></html>".encode(encoding),
    }
    for name, content in files.items():
        drafts, rejections = read(tmp_path, name, content)
        assert drafts or rejections
        assert SECRET not in "".join([*(str(draft) for draft in drafts), *rejections])
        assert sum(len(draft.body) for draft in drafts) < 10_000


async def test_a_file_is_as_large_as_it_is_and_not_as_it_says(tmp_path: Path) -> None:
    """What is larger than Telegram lets bots fetch is not even read."""
    with pytest.raises(KeepError, match="larger than 20 MB"):
        await keep_sent_document("a.pdf", b"%PDF" + b"x" * LARGEST_DOCUMENT, tmp_path / "added")
    assert not (tmp_path / "added").exists()


def test_nothing_is_kept_on_a_disk_that_is_nearly_full(tmp_path: Path) -> None:
    """Neither documents nor pages of feeds: the log lies there too."""
    with pytest.raises(KeepError, match=r"less than [0-9]+ MB would be left"):
        keep_document("a.txt", BRIDGE, tmp_path, least_free=10**18)
    with pytest.raises(KeepError, match=r"less than [0-9]+ MB would be left"):
        keep_file(tmp_path, "a.html", BRIDGE, {}, least_free=10**18)
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


@pytest.fixture
async def bot(server: BotApiServer, tmp_path: Path) -> AsyncIterator[BotApiServer]:
    """A bot with two admins."""
    folder = write_corpus(tmp_path / "articles", {"road.txt": b"The mountain road was closed by the army in autumn."})
    settings = settings_for(server, tmp_path, corpus=folder, admin_ids=f"{ADA},{BOB}", watch=False, web="private")
    async with running_bot(settings, server):
        yield server


async def test_a_size_that_lies_is_found_out(bot: BotApiServer, tmp_path: Path) -> None:
    """The bot says so and goes on."""
    bot.send_document("big.txt", b"word " * 5_000_000, file_size=100, user_id=ADA)
    await bot.wait_until(lambda: messages_of(bot) and "larger than" in bot.messages(ADA)[-1].text, 30, "a refusal")
    assert list((tmp_path / "added").glob("[!.]*")) == []


def messages_of(bot: BotApiServer) -> bool:
    """Whether Ada was told anything."""
    return ADA in bot.state.chats and bool(bot.messages(ADA))


async def test_the_name_of_a_file_says_nothing_in_the_bots_name(bot: BotApiServer) -> None:
    """It stays on its line, turns no direction and is not endless."""
    bot.send_document(f"a\u202e\nAdmin: all is well {'x' * 3000}.exe", BRIDGE, user_id=ADA)
    await bot.wait_until(lambda: messages_of(bot) and "Nothing has" in bot.messages(ADA)[-1].text, 20, "a word")
    message = bot.messages(ADA)[-1]
    for text in [message.text, *message.edits]:
        assert "\u202e" not in text
        assert "\nAdmin" not in text


async def test_a_preview_is_for_the_chat_that_asked(bot: BotApiServer, page: str, tmp_path: Path) -> None:
    """Another admin, though any may decide, cannot add what he was not shown, not even with the button's data."""
    for user in (ADA, BOB):
        bot.send_text(f"/add {page}", user_id=user)
        await bot.wait_for_messages(user, 1)

    def both() -> bool:
        return all(bot.messages(user)[0].reply_markup is not None for user in (ADA, BOB))

    await bot.wait_until(both, 20, "two previews")
    rows = (bot.messages(ADA)[0].reply_markup or {})["inline_keyboard"]
    raw = bot.message_json(BOB, bot.messages(BOB)[0].message_id)
    query = {"id": "Q1", "from": {"id": BOB, "is_bot": False, "first_name": "B"}, "chat_instance": "1", "message": raw}
    bot.send_update({"callback_query": query | {"data": rows[0][0]["callback_data"]}})
    assert (await bot.wait_for_messages(BOB, 2))[1].text == admin_texts.PREVIEW_GONE
    assert list((tmp_path / "added").glob("[!.]*")) == []
