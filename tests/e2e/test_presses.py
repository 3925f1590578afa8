"""The buttons below an answer, as people press them: every call is one that Telegram accepts."""

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.telegram import button_texts
from tests.bot_api import BotApiServer, utf16_slice
from tests.bot_api.records import SentMessage
from tests.builders import SEEDS, write_corpus
from tests.e2e.running import ADA, BOB, run_program, running_bot, settings_for

GROUP: Final = -100200
QUESTION: Final = "What road links Armenia to Karabakh?"
WEAK: Final = "Why would the small country not leave the military alliance?"
NONE: Final = "Who won the Champions League in 2023?"
MISSPELT: Final = "wat did bayramof say about the protets"


def rows_of(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """What the log holds."""
    connection = sqlite3.connect(folder / "log.db")
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def labels(message: SentMessage) -> list[list[str]]:
    """What stands on the buttons, row by row."""
    return [[button["text"] for button in row] for row in (message.reply_markup or {}).get("inline_keyboard", [])]


def button(message: SentMessage, label: str) -> dict[str, Any]:
    """The first button whose label holds this."""
    rows = (message.reply_markup or {}).get("inline_keyboard", [])
    return next(each for row in rows for each in row if label in each["text"])


def quotes(message: SentMessage) -> list[str]:
    """What stands in quotes."""
    marked = [each for each in message.entities if "blockquote" in each["type"]]
    return [utf16_slice(message.text, each["offset"], each["length"]) for each in marked]


async def ask(server: BotApiServer, question: str, chat_id: int = ADA, **where: Any) -> SentMessage:
    """The answer to a question."""
    before = len(server.messages(chat_id)) if chat_id in server.state.chats else 0
    if chat_id != ADA:
        where = {"chat_id": chat_id, "chat_type": "supergroup", **where}
    server.send_text(question, **where)
    return (await server.wait_for_messages(chat_id, before + 1))[-1]


async def answered(server: BotApiServer, count: int) -> str:
    """The word that popped up for the last press, empty for none, once so many presses were replied to."""
    call = await server.wait_for_call("answerCallbackQuery", count=count)
    await asyncio.sleep(0.05)
    return str(call.params.get("text") or "")


async def press(server: BotApiServer, message: SentMessage, label: str, *, user_id: int = ADA) -> str:
    """Press a button, and wait for what comes of it; the word that popped up."""
    count, before = len(server.calls_of("answerCallbackQuery")), (message.text, message.reply_markup)
    server.press_button(message.chat_id, message.message_id, button(message, label)["callback_data"], user_id=user_id)
    said = await answered(server, count + 1)
    if not said:
        changed = lambda: (message.text, message.reply_markup) != before  # noqa: E731
        await server.wait_until(changed, 20, "change")
    return said


async def test_pages_are_turned_and_sorted_in_the_same_message(server: BotApiServer, tmp_path: Path) -> None:
    """Three of four, the fourth, back, the newest first; each passage is logged once, with its rank."""
    async with running_bot(settings_for(server, tmp_path), server):
        message = await ask(server, QUESTION)
        first = message.text
        assert labels(message) == [["👍", "👎", "Share"], ["📖 ①", "📖 ②", "📖 ③"], ["More · 3/4", "Newest first"]]
        assert not await press(server, message, "More")
        assert labels(message) == [["👍", "👎", "Share"], ["📖 ④"], ["‹ 4/4", "Newest first"]]
        assert len(quotes(message)) == 1
        await press(server, message, "‹ 4/4")
        assert message.text == first
        await press(server, message, "Newest first")
        assert message.text != first
        assert message.text.index("Daily Sabah") < message.text.index("Press TV")
        await press(server, message, "Best first")
        assert message.text == first
        assert len(server.messages(ADA)) == 1
    shown = rows_of(tmp_path, "SELECT rank, via FROM shown_passage ORDER BY id")
    assert shown == [(1, "answer"), (2, "answer"), (3, "answer"), (4, "more")]


async def test_what_stands_around_a_quote_is_read_word_for_word(server: BotApiServer, tmp_path: Path) -> None:
    """Upwards to the first paragraph, downwards to the last; then back to where the person came from."""
    async with running_bot(settings_for(server, tmp_path), server):
        message = await ask(server, QUESTION)
        await press(server, message, "More")
        await press(server, message, "📖 ④")
        body = next(text for path in SEEDS.glob("*.txt") if quotes(message)[1] in (text := path.read_text("utf-8")))
        for direction in ("Before", "After"):
            while any(direction in label for row in labels(message) for label in row):
                await press(server, message, direction)
                places = [body.index(quote) for quote in quotes(message)]
                assert places == sorted(places)
                assert "— M5 Dergi, January 2023" in message.text
        await press(server, message, "Back")
        assert "④ — M5 Dergi" in message.text
    shown = rows_of(tmp_path, "SELECT sha256, start, \"end\", text FROM shown_passage WHERE via = 'around'")
    assert len(shown) > 5
    assert len(set(shown)) == len(shown)


async def test_reading_on_drops_the_far_side(server: BotApiServer, tmp_path: Path) -> None:
    """Of paragraphs of two thousand characters, two find room; the newly asked for is one of them."""
    paragraphs = [
        f"Paragraph {n} tells of the {word}. " + "It is told at length. " * 80 for n, word in enumerate("abcdefg")
    ]
    paragraphs[3] = "The ferry sank in the storm. " + paragraphs[3]
    folder = write_corpus(tmp_path / "corpus", {"a.txt": "\n\n".join(each.strip() for each in paragraphs)})
    async with running_bot(settings_for(server, tmp_path, corpus=folder), server):
        message = await ask(server, "When did the ferry sink in the storm?")
        await press(server, message, "📖")
        assert "The ferry sank" in message.text
        seen = []
        for _ in range(3):
            await press(server, message, "After")
            seen.append(message.text)
        assert ["Paragraph 4" in seen[0], "Paragraph 5" in seen[1], "Paragraph 6" in seen[2]] == [True] * 3
        assert "The ferry sank" not in seen[2]
        assert "After" not in str(labels(message))
        for number in (4, 3, 2, 1, 0):
            await press(server, message, "Before")
            assert f"Paragraph {number} tells" in message.text
        assert "Before" not in str(labels(message))


async def test_whole_articles_are_read_page_by_page_where_that_is_allowed(server: BotApiServer, tmp_path: Path) -> None:
    """Every paragraph once, none of them parted; without the setting there is no such button, and no such page."""
    async with running_bot(settings_for(server, tmp_path), server):
        message = await ask(server, QUESTION)
        await press(server, message, "📖 ②")
        assert "Whole" not in str(labels(message))
        key = button(message, "Back")["callback_data"].split(":")[1]
        server.press_button(ADA, message.message_id, f"w:{key}:2:1:0:b", stale=True)
        assert await answered(server, 2) == button_texts.GONE
    async with running_bot(settings_for(server, tmp_path, whole_articles=True), server):
        await press(server, message, "After")
        await press(server, message, "Whole article")
        read = quotes(message)
        while any("›" in label for row in labels(message) for label in row):
            await press(server, message, "›")
            assert "— Daily Sabah" in message.text
            read += quotes(message)
        await press(server, message, "Back")
    assert len(read) == len(set(read)) == 19


@pytest.mark.parametrize("label", ["👍", "👎"])
async def test_an_opinion_counts_once_a_person(server: BotApiServer, tmp_path: Path, label: str) -> None:
    """Those of two people are two; the same again takes it back, a second tap of the same finger does not."""
    async with running_bot(settings_for(server, tmp_path), server):
        message = await ask(server, f"/ask {QUESTION}", GROUP)
        data = button(message, label)["callback_data"]
        for user in (ADA, ADA, BOB):
            server.press_button(GROUP, message.message_id, data, user_id=user, stale=True)
        await answered(server, 3)
        await asyncio.sleep(1.6)
        server.press_button(GROUP, message.message_id, data, user_id=ADA, stale=True)
        assert await answered(server, 4) == button_texts.TAKEN_BACK
    votes = rows_of(tmp_path, "SELECT verdict, rank FROM feedback")
    assert votes == [({"👍": "up", "👎": "down"}[label], 1)]


async def test_a_reason_is_asked_for_and_may_be_left_out(server: BotApiServer, tmp_path: Path) -> None:
    """With the passage that the person read, and back to what they saw."""
    async with running_bot(settings_for(server, tmp_path), server):
        message = await ask(server, QUESTION)
        before = labels(message)
        assert await press(server, message, "👎") == button_texts.THANKS_WHY
        await server.wait_until(lambda: labels(message) != before, 20, "reasons")
        assert labels(message) == [["Wrong passage", "Outdated"], ["Not what I asked"], ["‹ Back"]]
        await press(server, message, "Back")
        assert labels(message) == before
        await press(server, message, "📖 ②")
        before = labels(message)
        await press(server, message, "👎")
        await server.wait_until(lambda: labels(message) != before, 20, "reasons")
        assert await press(server, message, "Outdated") == button_texts.THANKS
        await server.wait_until(lambda: labels(message) == before, 20, "what was there before")
    votes = rows_of(tmp_path, "SELECT rank, verdict, reason FROM feedback ORDER BY rank")
    assert votes == [(1, "down", None), (2, "down", "outdated")]


async def test_an_answer_is_shared_and_a_quote_copied(bot: BotApiServer) -> None:
    """By a link with the answer's key, and as it was said, with who said it."""
    message = await ask(bot, QUESTION)
    share = urlsplit(button(message, "Share")["url"])
    key = button(message, "👍")["callback_data"].split(":")[1]
    assert (share.hostname, share.path) == ("t.me", "/share/url")
    assert parse_qs(share.query) == {"url": [f"https://t.me/verbatim_bot?start=a_{key}"], "text": [QUESTION]}
    await press(bot, message, "📖 ②")
    copied = button(message, "Copy quote")["copy_text"]["text"]
    assert copied.startswith("Azerbaijan on Sunday established a checkpoint")
    assert len(copied) <= 256


async def test_what_was_meant_is_asked_in_the_name_of_whoever_presses(server: BotApiServer, tmp_path: Path) -> None:
    """As a question of their own, answered below."""
    async with running_bot(settings_for(server, tmp_path), server):
        message = await ask(server, f"/ask {MISSPELT}", GROUP)
        assert labels(message)[0] == ["Ask: wat did Bayramov say about the protests"]
        data = button(message, "Ask:")["callback_data"]
        server.press_button(GROUP, message.message_id, data, user_id=BOB)
        server.press_button(GROUP, message.message_id, data, user_id=BOB)
        sent = await server.wait_for_messages(GROUP, 2)
        assert await answered(server, 2) == ""
        assert sent[1].reply_to_message_id == message.message_id
    asked = rows_of(tmp_path, "SELECT text, asker FROM question ORDER BY id")
    assert [text for text, _ in asked] == [MISSPELT, "wat did Bayramov say about the protests"]
    assert len({asker for _, asker in asked}) == 2


async def test_the_editors_are_told_with_a_note(server: BotApiServer, tmp_path: Path) -> None:
    """The reply to what asks for it is no question; one wish a person."""
    async with running_bot(settings_for(server, tmp_path), server):
        message = await ask(server, NONE)
        assert labels(message) == [["Tell the editors"]]
        assert await press(server, message, "Tell the editors") == button_texts.WISHED
        (_, asking) = await server.wait_for_messages(ADA, 2)
        assert asking.reply_markup == {"force_reply": True}
        server.send_text("The final, <b>please</b> 🎉", reply_to_bot=True)
        assert (await server.wait_for_messages(ADA, 3))[2].text == button_texts.NOTE_TAKEN
        await asyncio.sleep(1.6)
        assert await press(server, message, "Tell the editors") == button_texts.WISHED_ALREADY
        assert len(server.messages(ADA)) == 3
    assert rows_of(tmp_path, "SELECT verdict, note FROM feedback") == [("wish", "The final, <b>please</b> 🎉")]
    assert rows_of(tmp_path, "SELECT text FROM question") == [(NONE,)]


async def test_in_a_group_only_whoever_wishes_is_asked_for_a_note(server: BotApiServer, tmp_path: Path) -> None:
    """They are named; what others say about it is their own wish; what is said elsewhere is a question."""
    async with running_bot(settings_for(server, tmp_path), server):
        message = await ask(server, f"/ask {NONE}", GROUP)
        await press(server, message, "Tell the editors", user_id=BOB)
        (_, asking) = await server.wait_for_messages(GROUP, 2)
        assert asking.reply_markup == {"force_reply": True, "selective": True}
        assert [each["user"]["id"] for each in asking.entities if each["type"] == "text_mention"] == [BOB]
        where: dict[str, Any] = {"chat_id": GROUP, "chat_type": "supergroup", "reply_to_bot": True}
        server.send_text("The final", user_id=ADA, **where)
        await server.wait_for_messages(GROUP, 3)
        server.send_text(QUESTION, user_id=ADA, **where)
        await server.wait_for_messages(GROUP, 4)
    assert rows_of(tmp_path, "SELECT note FROM feedback ORDER BY id") == [(None,), ("The final",)]
    assert [text for (text,) in rows_of(tmp_path, "SELECT text FROM question")] == [NONE, QUESTION]


async def test_buttons_work_after_a_restart(server: BotApiServer, tmp_path: Path) -> None:
    """They need no memory but the log."""
    async with running_bot(settings_for(server, tmp_path), server):
        message = await ask(server, QUESTION)
    async with running_bot(settings_for(server, tmp_path), server):
        await press(server, message, "More")
        await press(server, message, "📖 ④")
        assert await press(server, message, "👍") == button_texts.THANKS
    assert rows_of(tmp_path, "SELECT verdict, rank FROM feedback") == [("up", 4)]


async def test_a_button_whose_answer_is_gone_says_so_and_goes(server: BotApiServer, tmp_path: Path) -> None:
    """As after somebody had their questions deleted."""
    async with running_bot(settings_for(server, tmp_path), server):
        message = await ask(server, QUESTION)
    connection = sqlite3.connect(tmp_path / "log.db")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("DELETE FROM question")
    connection.commit()
    connection.close()
    async with running_bot(settings_for(server, tmp_path), server):
        assert await press(server, message, "More") == button_texts.GONE
        await server.wait_until(lambda: not message.reply_markup, 20, "message without buttons")
        assert len(quotes(message)) == 3


@pytest.mark.parametrize("data", ["m:nonsense", "p:x:1:2", "v:AAAA:0:u:m:0:b", "q:", "e:" + "é" * 20, "m:AAAA:-1:b"])
async def test_whatever_a_button_carries_gets_a_reply(bot: BotApiServer, data: str) -> None:
    """A client can send anything."""
    message = await ask(bot, QUESTION)
    bot.press_button(ADA, message.message_id, data, stale=True)
    assert await answered(bot, 1) == button_texts.GONE
    assert labels(message)


async def test_an_answer_is_not_put_in_the_place_of_another(bot: BotApiServer) -> None:
    """Who knows the key of one may send it with any message; that changes nothing there."""
    theirs = await ask(bot, f"/ask {QUESTION}", GROUP)
    mine = await ask(bot, "Who is Galuzin?")
    text = theirs.text
    data = button(mine, "📖")["callback_data"]
    bot.press_button(GROUP, theirs.message_id, data, stale=True)
    assert await answered(bot, 1) == button_texts.ANOTHER
    assert theirs.text == text
    assert labels(theirs)


async def test_a_second_tap_does_nothing(bot: BotApiServer) -> None:
    """Each of the two gets its reply; the message is changed once, and nothing is invalid."""
    message = await ask(bot, QUESTION)
    data = button(message, "More")["callback_data"]
    bot.press_button(ADA, message.message_id, data)
    bot.press_button(ADA, message.message_id, data, stale=True)
    assert await answered(bot, 2) == ""
    assert len(bot.calls_of("editMessageText")) == 1


async def test_two_people_turn_the_same_page(bot: BotApiServer) -> None:
    """Whoever comes second sees it turned already."""
    message = await ask(bot, f"/ask {QUESTION}", GROUP)
    data = button(message, "More")["callback_data"]
    bot.press_button(GROUP, message.message_id, data, user_id=ADA)
    bot.press_button(GROUP, message.message_id, data, user_id=BOB, stale=True)
    assert await answered(bot, 2) == ""
    assert "④" in message.text


async def test_a_press_that_is_too_old_still_turns_the_page(bot: BotApiServer) -> None:
    """Only the waiting cannot be ended any more."""
    message = await ask(bot, QUESTION)
    reason = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    bot.fail_next("answerCallbackQuery", 400, description=reason)
    bot.press_button(ADA, message.message_id, button(message, "More")["callback_data"])
    await bot.wait_until(lambda: "④" in message.text, 20, "page")


async def test_where_a_message_cannot_be_changed_a_new_one_comes(server: BotApiServer, tmp_path: Path) -> None:
    """With the same buttons, in its place in the log too."""
    async with running_bot(settings_for(server, tmp_path), server):
        message = await ask(server, QUESTION)
        server.fail_next("editMessageText", 400, description="Bad Request: message can't be edited")
        server.press_button(ADA, message.message_id, button(message, "More")["callback_data"])
        (_, new) = await server.wait_for_messages(ADA, 2)
        assert "④" in new.text
        assert labels(new)[-1] == ["‹ 4/4", "Newest first"]
        await press(server, new, "‹")
    assert rows_of(tmp_path, "SELECT kind, count(*) FROM place GROUP BY kind") == [("answer", 2), ("question", 1)]


async def test_of_a_deleted_message_nothing_comes_back(bot: BotApiServer) -> None:
    """Somebody wanted it gone."""
    message = await ask(bot, QUESTION)
    bot.fail_next("editMessageText", 400, description="Bad Request: message to edit not found")
    bot.press_button(ADA, message.message_id, button(message, "More")["callback_data"])
    await bot.wait_for_call("editMessageText")
    assert "Galuzin" in (await ask(bot, "Who is Galuzin?")).text
    assert len(bot.messages(ADA)) == 2


async def test_a_message_that_telegram_shows_no_more_is_found_by_its_place(bot: BotApiServer) -> None:
    """Of an old one, an update tells the chat and the number only."""
    message = await ask(bot, QUESTION)
    chat = {"id": ADA, "type": "private", "first_name": "Ada"}
    query = {
        "id": "C777",
        "from": {"id": ADA, "is_bot": False, "first_name": "Ada"},
        "chat_instance": "1",
        "message": {"chat": chat, "message_id": message.message_id, "date": 0},
        "data": button(message, "More")["callback_data"],
    }
    bot.fail_next("editMessageText", 400, description="Bad Request: message can't be edited")
    bot.send_update({"callback_query": query})
    assert "④" in (await bot.wait_for_messages(ADA, 2))[1].text


async def test_a_press_below_a_message_in_another_chat_gets_a_word(bot: BotApiServer) -> None:
    """Nothing of ours is there but a link; whatever comes is replied to."""
    message = await ask(bot, QUESTION)
    query = {
        "id": "C778",
        "from": {"id": BOB, "is_bot": False, "first_name": "Bob"},
        "chat_instance": "1",
        "inline_message_id": "I1",
        "data": button(message, "More")["callback_data"],
    }
    bot.send_update({"callback_query": query})
    assert await answered(bot, 1) == button_texts.GONE


async def test_a_busy_telegram_is_waited_for_after_the_reply(bot: BotApiServer) -> None:
    """429: the person is not kept waiting, and the page is turned in the end."""
    message = await ask(bot, QUESTION)
    bot.fail_next("editMessageText", 429, retry_after=1)
    bot.press_button(ADA, message.message_id, button(message, "More")["callback_data"])
    await answered(bot, 1)
    assert len(bot.calls_of("editMessageText")) <= 1
    await bot.wait_until(lambda: "④" in message.text, 20, "page")
    assert len(bot.calls_of("editMessageText")) == 2


async def test_a_log_that_cannot_be_read_is_said(server: BotApiServer, tmp_path: Path) -> None:
    """And the buttons stay, for later."""
    async with running_bot(settings_for(server, tmp_path), server):
        message = await ask(server, QUESTION)
    (tmp_path / "log.db").rename(tmp_path / "away.db")
    (tmp_path / "log.db").mkdir()
    async with running_bot(settings_for(server, tmp_path), server):
        assert await press(server, message, "More") == button_texts.NOT_NOW
    assert labels(message)


async def test_an_opinion_outlives_a_log_that_cannot_take_it(server: BotApiServer, tmp_path: Path) -> None:
    """The person is thanked, and it is written once that works again."""
    async with running_bot(settings_for(server, tmp_path), server):
        message = await ask(server, QUESTION)
        await server.wait_until(lambda: bool(rows_of(tmp_path, "SELECT id FROM question")), 20, "row")
        other = sqlite3.connect(tmp_path / "log.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert await press(server, message, "👍") == button_texts.THANKS
        other.execute("ROLLBACK")
        other.close()
    assert rows_of(tmp_path, "SELECT verdict, rank FROM feedback") == [("up", 1)]


OLD: Final = "The bridge over the Hakari was closed on Monday by the army, after a truck had burnt on it for hours."


async def changed_between(server: BotApiServer, folder: Path, files: dict[str, str | bytes]) -> Sequence[str]:
    """Ask, let the articles change, and press for the passage, then for the page."""
    corpus = write_corpus(
        folder / "articles", {"a.txt": OLD, "b.txt": "Another article, about the price of bread in May."}
    )
    settings = settings_for(server, folder, corpus=corpus, max_shrink=100)
    async with running_bot(settings, server):
        message = await ask(server, "When was the bridge over the Hakari closed?")
    (corpus / "a.txt").unlink()
    write_corpus(corpus, files)
    # Before the start, which loads what has changed beside the first updates.
    environment = {name: str(getattr(settings, name.lower())) for name in ("DATABASE_URL", "DATA", "ADDED")}
    reload = ["corpus", "reload", "--corpus", str(corpus)]
    code, said, errors = await asyncio.to_thread(run_program, *reload, MAX_SHRINK="100", **environment)
    assert code == 0, said + errors
    async with running_bot(settings, server):
        await press(server, message, "📖")
        passage = message.text
        await press(server, message, "Back")
        return passage, message.text


async def test_a_changed_article_is_told_from_what_it_said(server: BotApiServer, tmp_path: Path) -> None:
    """Its words of then and of now; the page is searched for anew, and says so."""
    passage, page = await changed_between(server, tmp_path, {"a.txt": OLD.replace("Monday", "Tuesday")})
    assert passage.startswith(button_texts.WORDS_CHANGED)
    assert "closed on Monday" in passage
    assert "closed on Tuesday" in passage
    assert page.startswith(button_texts.CHANGED_SINCE)
    assert "closed on Tuesday" in page


async def test_words_that_still_stand_are_read_where_they_are_now(server: BotApiServer, tmp_path: Path) -> None:
    """The article has grown around them."""
    passage, _ = await changed_between(server, tmp_path, {"a.txt": f"A new beginning of the story is told.\n\n{OLD}"})
    assert passage.startswith(button_texts.WORDS_STAND)
    assert "A new beginning" in passage
    assert OLD in passage


async def test_what_was_removed_is_not_shown(server: BotApiServer, tmp_path: Path) -> None:
    """Whoever took an article away had a reason."""
    passage, page = await changed_between(server, tmp_path, {"c.txt": "A third article, about football in the town."})
    assert passage == button_texts.WORDS_REMOVED
    assert OLD not in page
    assert page.startswith(button_texts.CHANGED_SINCE)


async def test_a_note_to_the_editors_may_be_edited(server: BotApiServer, tmp_path: Path) -> None:
    """It is still no question."""
    async with running_bot(settings_for(server, tmp_path), server):
        await press(server, await ask(server, NONE), "Tell the editors")
        server.send_text("Who won it?", reply_to_bot=True)
        await server.wait_for_messages(ADA, 3)
        server.edit_text(ADA, max(server.state.chats[ADA].heard), "Who won it, and where?")
        server.send_text("/help")
        assert "/privacy" in (await server.wait_for_messages(ADA, 4))[-1].text
    assert rows_of(tmp_path, "SELECT note FROM feedback") == [("Who won it, and where?",)]
    assert len(rows_of(tmp_path, "SELECT * FROM question")) == 1


async def test_a_file_that_answers_a_wish_is_no_note(server: BotApiServer, tmp_path: Path) -> None:
    """An admin replies with the missing article: it is added, whatever is written below it."""
    async with running_bot(settings_for(server, tmp_path, admin_ids=str(ADA)), server):
        await press(server, await ask(server, NONE), "Tell the editors")
        article = "City won the Champions League in Istanbul on the tenth of June, and it was their first time.\n" * 3
        server.send_document("final.txt", article.encode(), caption="Here it is", reply_to_bot=True)
        await server.wait_until(lambda: "serves now" in server.messages(ADA)[-1].text, 20, "reload")
    assert rows_of(tmp_path, "SELECT note FROM feedback") == [(None,)]
