"""Admins change what is quoted, from their chats, while people ask."""

import asyncio
import gc
import sqlite3
import weakref
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.answering import Channel
from bot.composition import compose
from bot.reload_records import Origin
from bot.telegram import admin_texts, texts
from bot.telegram.background import Background
from bot.telegram.building import build_application
from tests.bot_api import BotApiServer, SentMessage
from tests.builders import write_corpus
from tests.e2e.running import ADA, BOB, running_bot, settings_for

ROAD = "The mountain road was opened by the army on Sunday. " * 3
RIVER = "The river ferry was sunk by a storm on Monday. " * 3
BRIDGE = "The old bridge was painted green by volunteers. " * 3
MANY: dict[str, str | bytes] = {  # to be read for a second or more
    f"many{file}.txt": "\n\n".join(f"{BRIDGE} {file} {number}" for number in range(10)) for file in range(300)
}


@dataclass
class Running:
    """A bot that serves, and the folder that it serves."""

    server: BotApiServer
    folder: Path
    home: Path

    @property
    def added(self) -> list[str]:
        """The files that admins added and that are there."""
        folder = self.home / "added"
        return sorted(path.name for path in folder.glob("[!.]*")) if folder.is_dir() else []

    async def said(self, text: str, user_id: int = ADA) -> SentMessage:
        """What the bot answers to a text, when it has said all that it has to say."""
        before = len(self.server.messages(user_id))
        self.server.send_text(text, user_id=user_id)
        return await self.report(before, user_id)

    async def report(self, before: int, user_id: int = ADA) -> SentMessage:
        """The message behind the first ``before`` ones, once it no longer tells of work."""

        def done() -> bool:
            messages = self.server.messages(user_id)[before:]
            return bool(messages) and not messages[0].text.startswith((admin_texts.RELOADING, "Fetching", "Looking"))

        await self.server.wait_until(done, 15, f"a report behind {before} messages")
        return self.server.messages(user_id)[before]

    async def press(self, message: SentMessage, label: str, user_id: int = ADA) -> SentMessage:
        """What the bot writes after a press of the button with this label."""
        before = len(self.server.messages(ADA))
        self.server.press_button(ADA, message.message_id, button(message, label), user_id=user_id)
        return await self.report(before)

    def reloads(self) -> list[Any]:
        """Channel, action and result of what was logged, oldest first."""
        connection = sqlite3.connect(self.home / "log.db")
        rows = connection.execute("SELECT channel, action, result FROM reload ORDER BY id").fetchall()
        connection.close()
        return rows


def button(message: SentMessage, label: str) -> str:
    """What the button with this label carries."""
    rows = (message.reply_markup or {}).get("inline_keyboard", [])
    return next(str(each["callback_data"]) for row in rows for each in row if each["text"] == label)


@pytest.fixture
async def running(server: BotApiServer, tmp_path: Path) -> AsyncIterator[Running]:
    """The bot with two articles; Ada is its admin. Nothing is reloaded by itself."""
    folder = write_corpus(tmp_path / "articles", {"road.txt": ROAD, "river.txt": RIVER})
    settings = settings_for(server, tmp_path, corpus=folder, admin_ids=str(ADA), watch=False)
    async with running_bot(settings, server):
        yield Running(server, folder, tmp_path)


async def test_a_reload_says_what_it_changed(running: Running) -> None:
    """Added, changed, removed, rejected with the reason; and the new articles answer."""
    write_corpus(running.folder, {"bridge.txt": BRIDGE, "road.txt": ROAD + "It is open.", "bad.txt": b"\xff"})
    message = await running.said("/reload")
    assert "1 added, 1 changed, 0 removed, 1 unchanged, 1 rejected." in message.text
    assert "added: bridge.txt" in message.text
    assert "rejected: bad.txt:1: not UTF-8" in message.text
    assert "serves now, after" in message.text
    assert message.reply_markup is None
    assert "volunteers" in (await running.said("Who painted the bridge?", BOB)).text
    assert ("telegram", "reload", "applied") in running.reloads()


async def test_a_reload_without_a_change_says_so(running: Running) -> None:
    """And nothing else."""
    assert "Nothing has changed" in (await running.said("/reload")).text
    assert running.reloads()[-1] == ("telegram", "reload", "unchanged")


async def test_what_is_rejected_is_told_though_no_article_changed(running: Running) -> None:
    """By everything that tells of it."""
    write_corpus(running.folder, {"bad.txt": b"\xff"})
    assert "Nothing has changed" in (await running.said("/reload")).text
    assert "1 rejected" in (await running.said("/status")).text
    assert "rejected: bad.txt:1" in (await running.said("/corpus")).text
    (running.folder / "bad.txt").unlink()
    await running.said("/reload")
    assert "0 rejected" in (await running.said("/status")).text


async def test_a_reload_that_fails_changes_nothing(running: Running) -> None:
    """The reason is told, and questions are answered as before."""
    for path in running.folder.iterdir():
        path.rename(running.home / path.name)
    running.folder.rmdir()
    assert "Nothing has changed: no such corpus folder" in (await running.said("/reload")).text
    assert "storm" in (await running.said("Who sank the ferry?", BOB)).text
    assert running.reloads()[-1] == ("telegram", "reload", "failed")


@pytest.mark.parametrize("text", ["/reload", "/rollback", "/corpus", "/status", "/add https://example.org/"])
async def test_strangers_are_refused_politely(running: Running, text: str) -> None:
    """So are admins in groups."""
    assert (await running.said(text, BOB)).text == texts.NOT_ADMIN
    running.server.send_text(text, user_id=ADA, chat_id=-100, chat_type="supergroup")
    assert [message.text for message in await running.server.wait_for_messages(-100, 1)] == [texts.NOT_ADMIN]
    assert all(channel == "start" for channel, _, _ in running.reloads())


async def held(running: Running) -> SentMessage:
    """A report of a version that has lost more than a gate lets go."""
    (running.folder / "river.txt").unlink()
    message = await running.said("/reload")
    assert "was not let through" in message.text
    assert "removed: river.txt" in message.text
    return message


async def test_what_a_gate_holds_can_be_applied(running: Running) -> None:
    """Once; the buttons go away, and until then the old articles answer."""
    message = await held(running)
    assert "storm" in (await running.said("Who sank the ferry?", BOB)).text
    report = await running.press(message, "Apply anyway")
    assert "serves now" in report.text
    assert message.reply_markup is None
    assert "storm" not in (await running.said("Who sank the ferry?", BOB)).text
    assert [result for _, _, result in running.reloads()][-2:] == ["held", "applied"]


async def test_what_a_gate_holds_can_be_left(running: Running) -> None:
    """Then the old articles go on to answer."""
    report = await running.press(await held(running), "Discard")
    assert "is left" in report.text
    assert "storm" in (await running.said("Who sank the ferry?", BOB)).text


async def test_a_press_by_a_stranger_does_nothing(running: Running) -> None:
    """Even where Telegram let somebody into a chat of others: it is answered, and the buttons stay for the admin."""
    message = await held(running)
    press = {
        "id": "C0",
        "from": {"id": BOB, "is_bot": False, "first_name": "Bob"},
        "chat_instance": "1",
        "message": running.server.message_json(ADA, message.message_id),
        "data": button(message, "Apply anyway"),
    }
    running.server.send_update({"callback_query": press})
    call = await running.server.wait_for_call("answerCallbackQuery")
    assert call.params["text"] == texts.NOT_ADMIN
    assert message.reply_markup is not None
    assert running.reloads()[-1] == ("telegram", "reload", "held")


async def test_a_second_press_does_no_harm(running: Running) -> None:
    """However quick."""
    message = await held(running)
    before, data = len(running.server.messages(ADA)), button(message, "Apply anyway")
    running.server.press_button(ADA, message.message_id, data)
    running.server.press_button(ADA, message.message_id, data)
    await running.server.wait_for_call("answerCallbackQuery", count=2)
    await running.report(before)
    answers = {call.params.get("text") for call in running.server.calls_of("answerCallbackQuery")}
    assert answers == {"", admin_texts.DECIDED}
    assert [result for _, _, result in running.reloads()].count("applied") == 2


async def test_a_version_that_is_gone_is_not_applied(running: Running) -> None:
    """What the folder holds by now is told instead, with buttons of its own."""
    message = await held(running)
    (running.folder / "road.txt").write_text(BRIDGE[:50], encoding="utf-8")
    report = await running.press(message, "Apply anyway")
    assert "is gone" in report.text
    assert "was not let through" in report.text
    assert "serves now" in (await running.press(report, "Apply anyway")).text


async def test_old_buttons_work_after_a_restart(server: BotApiServer, tmp_path: Path) -> None:
    """They carry all that is needed."""
    folder = write_corpus(tmp_path / "articles", {"road.txt": ROAD, "river.txt": RIVER})
    settings = settings_for(server, tmp_path, corpus=folder, admin_ids=str(ADA), watch=False)
    running = Running(server, folder, tmp_path)
    async with running_bot(settings, server):
        message = await held(running)
    known = len(server.messages(ADA))
    async with running_bot(settings, server):
        assert admin_texts.HELD_BY_ITSELF in (await running.report(known)).text  # the start tells of it too
        assert "serves now" in (await running.press(message, "Apply anyway")).text


async def test_a_rollback_brings_the_version_before_back(running: Running) -> None:
    """And says how to undo it."""
    assert "there is no version to go back to" in (await running.said("/rollback")).text
    write_corpus(running.folder, {"bridge.txt": BRIDGE})
    await running.said("/reload")
    message = await running.said("/rollback")
    assert "serves again" in message.text
    assert admin_texts.UNDO_ROLLBACK in message.text
    assert "volunteers" not in (await running.said("Who painted the bridge?", BOB)).text
    assert "serves now" in (await running.said("/reload")).text
    assert "volunteers" in (await running.said("Who painted the bridge?", BOB)).text


async def test_the_status_of_the_corpus(running: Running) -> None:
    """What serves, since when, and who reloaded."""
    write_corpus(running.folder, {"bad.txt": b"\xff", "bridge.txt": BRIDGE})
    await running.said("/reload")
    text = (await running.said("/corpus")).text
    for part in (
        "3 articles",
        "1 rejected",
        "since 20",
        "bad.txt:1",
        "Before it: version",
        "telegram by ",
        "start: applied",
    ):
        assert part in text, part
    assert str(ADA) not in text


async def test_progress_is_shown_and_others_are_not_kept_waiting(running: Running) -> None:
    """In one message; a second reload is refused meanwhile, and everybody is answered."""
    write_corpus(running.folder, MANY)
    before = len(running.server.messages(ADA))
    running.server.send_text("/reload", user_id=ADA)
    await running.server.wait_for_messages(ADA, before + 1)
    assert "a reload is running already (" in (await running.said("/reload")).text
    assert "storm" in (await running.said("Who sank the ferry?", BOB)).text
    message = await running.report(before)
    assert len(message.edits) >= 2
    assert all(text.startswith(admin_texts.RELOADING) for text in message.edits)


DOCUMENT = BRIDGE.encode()


async def sent(running: Running, name: str, content: bytes, user_id: int = ADA, **more: Any) -> SentMessage:
    """What the bot says of a file."""
    before = len(running.server.messages(user_id))
    running.server.send_document(name, content, user_id=user_id, **more)
    return await running.report(before, user_id)


async def test_a_document_from_an_admin_is_added(running: Running) -> None:
    """It is kept, loaded and quoted."""
    message = await sent(running, "bridge.txt", DOCUMENT)
    assert message.text.startswith("bridge.txt is added.")
    assert "added: added/bridge.txt" in message.text
    assert running.added == ["bridge.txt"]
    assert "volunteers" in (await running.said("Who painted the bridge?", BOB)).text


async def test_a_document_that_is_refused_is_taken_back(running: Running) -> None:
    """With the reason; an older one of the same name comes back."""
    message = await sent(running, "bridge.txt", b" \n")
    assert "Nothing has changed: bridge.txt is no article that can be read: empty" in message.text
    assert running.added == []
    await sent(running, "bridge.txt", DOCUMENT)
    await sent(running, "bridge.txt", b" \n")
    assert (running.home / "added" / "bridge.txt").read_bytes() == DOCUMENT
    assert "Nothing has changed" in (await running.said("/reload")).text


async def test_a_document_of_no_known_kind_is_not_kept(running: Running) -> None:
    """The reason is told."""
    assert "Nothing has changed" in (await sent(running, "movie.xyz", b"x")).text
    assert running.added == []


async def test_a_document_that_is_too_large_is_not_fetched(running: Running) -> None:
    """Its size is known before."""
    message = await sent(running, "big.pdf", b"x", file_size=25_000_000)
    assert "25 MB" in message.text
    assert running.server.calls_of("getFile") == []


async def test_a_document_from_a_stranger_is_none(running: Running) -> None:
    """Nothing is fetched or kept."""
    assert (await sent(running, "bridge.txt", DOCUMENT, BOB)).text == texts.TEXT_ONLY
    assert running.added == []
    assert running.server.calls_of("getFile") == []


async def test_a_document_that_a_gate_holds_is_taken_back_when_it_is_discarded(running: Running) -> None:
    """And stays when it is applied."""
    write_corpus(running.folder, {"many.txt": "\n\n".join(f"{BRIDGE} {number}" for number in range(9))})
    await sent(running, "bridge.txt", DOCUMENT)
    (running.folder / "many.txt").unlink()
    message = await sent(running, "more.txt", b"A new mayor was elected by the village council.")
    assert "more.txt is not added yet." in message.text
    assert "more.txt is removed again." in (await running.press(message, "Discard")).text
    assert running.added == ["bridge.txt"]
    message = await sent(running, "more.txt", b"A new mayor was elected by the village council.")
    assert "serves now" in (await running.press(message, "Apply anyway")).text
    assert running.added == ["bridge.txt", "more.txt"]


async def test_a_document_that_serves_by_now_is_not_taken_back_by_an_old_button(running: Running) -> None:
    """However the version came to serve that holds it."""
    write_corpus(running.folder, {"many.txt": "\n\n".join(f"{BRIDGE} {number}" for number in range(9))})
    await running.said("/reload")
    (running.folder / "many.txt").unlink()
    old = await sent(running, "more.txt", b"A new mayor was elected by the village council.")
    write_corpus(running.folder, {"whales.txt": "Whales sing under the ice in the northern sea every winter."})
    assert "serves now" in (await running.press(await running.said("/reload"), "Apply anyway")).text
    assert "more.txt stays" in (await running.press(old, "Discard")).text
    assert running.added == ["more.txt"]


async def test_several_documents_at_once_are_all_added(running: Running) -> None:
    """An album comes as single messages; they wait for each other."""
    before = len(running.server.messages(ADA))
    for number in range(4):
        running.server.send_document(f"{number}.txt", f"{number} boats were sold on the market in town.".encode())
    for number in range(4):
        assert "is added." in (await running.report(before + number)).text
    assert running.added == ["0.txt", "1.txt", "2.txt", "3.txt"]


async def test_admins_see_more_commands(server: BotApiServer, tmp_path: Path) -> None:
    """In /help."""
    server.send_text("/help", user_id=ADA)
    async with running_bot(settings_for(server, tmp_path, admin_ids=str(ADA)), server):
        assert admin_texts.ADMIN_HELP in (await server.wait_for_messages(ADA, 1))[0].text


@pytest.fixture
async def reading(server: BotApiServer, tmp_path: Path) -> AsyncIterator[Running]:
    """The same bot, which may read pages of this machine."""
    folder = write_corpus(tmp_path / "articles", {"road.txt": ROAD, "river.txt": RIVER})
    settings = settings_for(server, tmp_path, corpus=folder, admin_ids=str(ADA), watch=False, web="private")
    async with running_bot(settings, server):
        yield Running(server, folder, tmp_path)


async def test_a_web_page_is_looked_at_and_added(reading: Running, page: str) -> None:
    """Title, publisher, date, language, paragraphs and the first sentence; then it is quoted, with its address."""
    message = await reading.said(f"/add {page}")
    for part in ("The ferry is back", "Example Times, 24 April 2023", "Language en, paragraphs: 3", "two cranes", page):
        assert part in message.text, part
    report = await reading.press(message, "Add")
    assert "is added." in report.text
    answer = await reading.said("Who raised the ferry?", BOB)
    assert "cranes" in answer.text
    assert any(entity.get("url", "").startswith(page) for entity in answer.entities)
    assert len(reading.added) == 2  # with the manifest


async def test_a_web_page_can_be_left(reading: Running, page: str) -> None:
    """Then nothing is kept."""
    message = await reading.said(f"/add {page}")
    assert (await reading.press(message, "Discard")).text == admin_texts.PREVIEW_DROPPED
    assert reading.added == []


async def test_a_web_page_that_a_gate_holds_is_taken_back(reading: Running, page: str) -> None:
    """With what the manifest says of it."""
    write_corpus(reading.folder, {"many.txt": "\n\n".join(f"{BRIDGE} {number}" for number in range(15))})
    await reading.said("/reload")
    (reading.folder / "many.txt").unlink()
    message = await reading.press(await reading.said(f"/add {page}"), "Add")
    assert "is not added yet." in message.text
    assert "is removed again." in (await reading.press(message, "Discard")).text
    assert reading.added == ["manifest.toml"]
    assert "article" not in (reading.home / "added" / "manifest.toml").read_text()


async def test_what_a_feed_brings_is_loaded(server: BotApiServer, tmp_path: Path, page: str) -> None:
    """Without anybody asking for it."""
    folder = write_corpus(tmp_path / "articles", {"road.txt": ROAD, "river.txt": RIVER})
    more = {"web": "private", "feeds": page.replace("ferry", "feed"), "watch": False}
    running = Running(server, folder, tmp_path)
    async with running_bot(settings_for(server, tmp_path, corpus=folder, admin_ids=str(ADA), **more), server):
        await until(lambda: ("feed", "reload", "applied") in running.reloads())
        assert "cranes" in (await running.said("Who raised the ferry?", BOB)).text


async def test_an_address_that_cannot_be_added_gets_a_sentence(running: Running) -> None:
    """Nothing is fetched where the web is off."""
    assert (await running.said("/add")).text == admin_texts.ADD_WHAT
    assert "WEB" in (await running.said("/add https://example.org/article")).text


async def test_a_preview_is_gone_after_a_restart(server: BotApiServer, tmp_path: Path, page: str) -> None:
    """Its button says so."""
    settings = settings_for(server, tmp_path, admin_ids=str(ADA), watch=False, web="private")
    running = Running(server, tmp_path, tmp_path)
    async with running_bot(settings, server):
        message = await running.said(f"/add {page}")
    async with running_bot(settings, server):
        assert (await running.press(message, "Add")).text == admin_texts.PREVIEW_GONE


async def test_a_change_in_the_folder_is_loaded_by_itself(server: BotApiServer, tmp_path: Path) -> None:
    """What a gate holds is told to the admins, with buttons."""
    server.send_text("/start", user_id=ADA)
    folder = write_corpus(tmp_path / "articles", {"road.txt": ROAD, "river.txt": RIVER})
    running = Running(server, folder, tmp_path)
    async with running_bot(settings_for(server, tmp_path, corpus=folder, admin_ids=str(ADA)), server):
        await server.wait_for_messages(ADA, 1)
        write_corpus(folder, {"bridge.txt": BRIDGE})
        await until(lambda: ("folder", "reload", "applied") in running.reloads())
        assert "volunteers" in (await running.said("Who painted the bridge?", BOB)).text
        (folder / "bridge.txt").unlink()
        message = await running.report(1)
        assert message.text.startswith(admin_texts.HELD_BY_ITSELF)
        assert "serves now" in (await running.press(message, "Apply anyway")).text


async def test_what_changed_before_the_start_is_loaded(server: BotApiServer, tmp_path: Path) -> None:
    """The old version answers until then."""
    folder = write_corpus(tmp_path / "articles", {"road.txt": ROAD, "river.txt": RIVER})
    settings = settings_for(server, tmp_path, corpus=folder, admin_ids=str(ADA), watch=False)
    running = Running(server, folder, tmp_path)
    async with running_bot(settings, server):
        pass
    write_corpus(folder, {"bridge.txt": BRIDGE})
    async with running_bot(settings, server):
        await until(lambda: len(running.reloads()) == 2)
    assert running.reloads() == [("start", "reload", "applied"), ("start", "reload", "applied")]


@pytest.mark.parametrize("index", ["memory", "disk"])
async def test_a_version_that_no_longer_serves_is_let_go_of(server: BotApiServer, tmp_path: Path, index: str) -> None:
    """From the first one on: a store in which anybody still reads it grows with every reload."""
    folder = write_corpus(tmp_path / "articles", {"road.txt": ROAD})
    async with compose(settings_for(server, tmp_path, corpus=folder, index=index)) as parts:
        for name in ("bridge.txt", "river.txt"):
            before = weakref.ref(parts.service.retriever)
            assert (
                "army" in (await parts.service.answer("Who opened the road?", Channel.PRIVATE)).answer.passages[0].quote
            )
            write_corpus(folder, {name: f"{BRIDGE} {name}"})
            assert (await parts.reloader.reload(None, Origin.TELEGRAM)).applied
            gc.collect()
            assert before() is None


async def test_a_reload_is_given_up_when_the_bot_ends(server: BotApiServer, tmp_path: Path) -> None:
    """In a bounded time; the admin is told, and nothing has changed."""
    folder = write_corpus(tmp_path / "articles", {"road.txt": ROAD, "river.txt": RIVER})
    settings = settings_for(server, tmp_path, corpus=folder, admin_ids=str(ADA), watch=False)
    background = Background(patience=0.1)
    async with compose(settings) as parts:
        async with build_application(settings, parts, background=background) as application:
            write_corpus(folder, MANY)
            server.send_text("/reload", user_id=ADA)
            for update in await application.bot.get_updates():
                await application.process_update(update)
            await server.wait_for_messages(ADA, 1)
            async with asyncio.timeout(10):
                await background.close()
        assert parts.service.retriever.catalog.article_count == 2
    assert server.messages(ADA)[0].text == admin_texts.NOTHING_CHANGED.format(reason=admin_texts.STOPPING)
    assert [result for _, _, result in Running(server, folder, tmp_path).reloads()] == ["applied"]


async def until(reached: Callable[[], bool], seconds: float = 10) -> None:
    """Waits for something that makes no call."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not reached():
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.1)
