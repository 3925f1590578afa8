"""The bot speaks the language of whoever writes: that of their Telegram, or the one that they chose."""

from pathlib import Path
from typing import Any

import pytest

from bot.speech import LANGUAGES, own_name, speech_in
from bot.telegram import texts
from tests.bot_api import BotApiServer, utf16_slice
from tests.e2e.running import ADA, BOB, running_bot, settings_for

GROUP = -100300
QUESTION = "What road links Armenia to Karabakh?"
UNANSWERED = "What is the capital of Mongolia?"
EACH = pytest.mark.parametrize("language", LANGUAGES)


def all_bytes(folder: Path) -> bytes:
    """Whatever the log consists of."""
    return b"".join(path.read_bytes() for path in folder.glob("log.db*"))


async def told(server: BotApiServer, text: str, language: str = "en", *, person: int = BOB, **more: Any) -> Any:
    """What the bot answers a person whose Telegram speaks a language."""
    chat = more.get("chat_id", person)
    before = len(server.messages(chat)) if chat in server.state.chats else 0
    server.send_text(text, user_id=person, language_code=language, **more)
    return (await server.wait_for_messages(chat, before + 1))[-1]


async def pressed(server: BotApiServer, message: Any, code: str, *, person: int = BOB, chat: int = BOB) -> str:
    """Let somebody press the button of a language; the words that pop up."""
    before = len(server.calls_of("answerCallbackQuery"))
    server.press_button(chat, message.message_id, f"l:{code}", user_id=person)
    await server.wait_for_call("answerCallbackQuery", count=before + 1)
    return str(server.calls_of("answerCallbackQuery")[-1].params["text"])


async def test_every_language_has_its_start_its_help_and_its_menu_words(bot: BotApiServer) -> None:
    """By the language of the person's Telegram, with a country or without; another one hears English."""
    for person, language in enumerate(LANGUAGES, start=2001):
        say = speech_in(language)
        telegram: dict[str, Any] = {"language": language, "person": person}
        assert (await told(bot, "/start", **telegram)).text == say(texts.START)
        help_ = await told(bot, "/help", f"{language}-XX", person=person)
        assert help_.text.startswith(say(texts.HELP, articles=19)[:40])
        assert (await told(bot, "/privacy", **telegram)).text == say(texts.PRIVACY)
        assert (await told(bot, "/ask", **telegram)).text == say(texts.ASK_WHAT)
        assert (await told(bot, "/nonsense", **telegram)).text == say(texts.UNKNOWN_COMMAND)
    assert (await told(bot, "/start", "de")).text == texts.START


@EACH
async def test_an_answer_is_the_same_quote_with_other_words_around_it(bot: BotApiServer, language: str) -> None:
    """The marks stand where they belong, however long the words of a language are."""
    message = await told(bot, QUESTION, language)
    date = {"en": "26 April 2023", "ru": "26 апреля 2023", "tr": "26 Nisan 2023"}
    date |= {"az": "26 aprel 2023", "hy": "2023 թ. ապրիլի 26"}
    inferred = speech_in(language)("{date} (date inferred)", date=date[language])
    assert f" — Daily Sabah, {inferred}: Russia urges Armenia" in message.text
    marked = [(e["type"], utf16_slice(message.text, e["offset"], e["length"])) for e in message.entities]
    assert any("blockquote" in kind and text.startswith("Azerbaijan on Sunday established") for kind, text in marked)
    assert ("text_link", "Russia urges Armenia to ease tensions with Azerbaijan") in marked


@EACH
async def test_not_knowing_is_said_in_every_language(bot: BotApiServer, language: str) -> None:
    """With the words that are missing in the language's own quotation marks."""
    say = speech_in(language)
    message = await told(bot, UNANSWERED, language)
    assert say("The articles do not answer this.") in message.text
    assert say.quoted("Mongolia") in message.text


async def test_a_language_is_chosen_by_a_button(bot: BotApiServer) -> None:
    """Each says its language's own name. The question follows the choice, and so does all that comes after."""
    message = await told(bot, "/language", "tr")
    assert message.text == speech_in("tr")(texts.LANGUAGE_WHICH)
    names = [button["text"] for row in message.reply_markup["inline_keyboard"] for button in row]
    assert names == [*map(own_name, LANGUAGES), speech_in("tr")(texts.LANGUAGE_OF_TELEGRAM)]
    assert await pressed(bot, message, "hy") == speech_in("hy")(texts.LANGUAGE_CHOSEN)
    await bot.wait_for_call("editMessageText")
    assert bot.messages(BOB)[0].text == speech_in("hy")(texts.LANGUAGE_WHICH)
    assert (await told(bot, "/start", "tr")).text == speech_in("hy")(texts.START)
    assert await pressed(bot, message, "-") == speech_in("tr")(texts.LANGUAGE_AS_IN_TELEGRAM)
    assert (await told(bot, "/start", "tr")).text == speech_in("tr")(texts.START)


async def test_a_button_may_be_pressed_twice(bot: BotApiServer) -> None:
    """The question that says the same already stays as it is."""
    message = await told(bot, "/language")
    assert [await pressed(bot, message, "en") for _ in range(2)] == [texts.LANGUAGE_CHOSEN] * 2
    assert (await told(bot, "/start")).text == texts.START


@pytest.mark.parametrize("words", ["ru", "русский", "Russian"])
async def test_a_language_is_chosen_by_its_name(bot: BotApiServer, words: str) -> None:
    """Or its code; one that the bot does not speak is said, with the buttons."""
    assert (await told(bot, f"/language {words}")).text == speech_in("ru")(texts.LANGUAGE_CHOSEN)
    unknown = await told(bot, "/language Klingon")
    assert unknown.text.startswith(speech_in("ru")(texts.LANGUAGE_UNKNOWN))
    assert unknown.reply_markup["inline_keyboard"]


async def test_in_a_group_everybody_chooses_for_themselves(bot: BotApiServer) -> None:
    """Whoever presses: it is their language then, and the question stays as it is for the others."""
    group: dict[str, Any] = {"chat_id": GROUP, "chat_type": "supergroup"}
    message = await told(bot, "/language", **group)
    assert await pressed(bot, message, "az", person=ADA, chat=GROUP) == speech_in("az")(texts.LANGUAGE_CHOSEN)
    assert (await told(bot, "/start", person=ADA, **group)).text == speech_in("az")(texts.START)
    assert (await told(bot, "/start", **group)).text == texts.START
    assert (await told(bot, "/language tr", **group)).text == speech_in("tr")(texts.LANGUAGE_CHOSEN)
    assert (await told(bot, "/start", person=ADA, **group)).text == speech_in("az")(texts.START)
    assert bot.calls_of("editMessageText") == []


async def test_a_choice_outlives_the_program_and_names_nobody(server: BotApiServer, tmp_path: Path) -> None:
    """It lies beside a hash; neither the person's number nor their name is written with it."""
    settings = settings_for(server, tmp_path)
    async with running_bot(settings, server):
        await told(server, "/language hy", person=987654321, first_name="Zaruhi")
    async with running_bot(settings, server):
        assert (await told(server, "/start", person=987654321)).text == speech_in("hy")(texts.START)
    kept = all_bytes(tmp_path)
    assert b"987654321" not in kept
    assert b"Zaruhi" not in kept
