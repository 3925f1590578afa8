"""What people send whose apps do not keep to the buttons, and who edit while others press."""

from pathlib import Path
from typing import Final

import pytest

from bot.telegram import button_texts
from tests.bot_api import BotApiServer
from tests.bot_api.records import SentMessage
from tests.e2e.reading import rows
from tests.e2e.running import ADA, BOB, running_bot, settings_for

GROUP: Final = -100200


async def asked(server: BotApiServer, question: str, chat_id: int = ADA) -> SentMessage:
    """The first answer in a chat."""
    server.send_text(question, chat_id=chat_id, chat_type="private" if chat_id == ADA else "supergroup")
    return (await server.wait_for_messages(chat_id, 1))[-1]


def key_of(message: SentMessage) -> str:
    """Of the answer that a message shows."""
    buttons = [each for row in (message.reply_markup or {}).get("inline_keyboard", []) for each in row]
    return str(next(each["callback_data"] for each in buttons if "callback_data" in each).split(":")[1])


async def pressed(server: BotApiServer, message: SentMessage, data: str, user_id: int = ADA) -> str:
    """The word that pops up for what a client sends, be there such a button or not."""
    count = len(server.calls_of("answerCallbackQuery"))
    server.press_button(message.chat_id, message.message_id, data, user_id=user_id, stale=True)
    return str((await server.wait_for_call("answerCallbackQuery", count=count + 1)).params.get("text") or "")


@pytest.mark.parametrize("window", ["999:-999", "-999:999", "-999:-999", "999:999", "-1:0"])
async def test_no_window_is_too_wide_or_inside_out(bot: BotApiServer, window: str) -> None:
    """Something of the article is shown, and nothing goes wrong."""
    answer = await asked(bot, "Who is Galuzin?")
    assert not await pressed(bot, answer, f"p:{key_of(answer)}:1:{window}:d:0:b")
    await bot.wait_for_call("editMessageText")
    assert len(bot.messages(ADA)) == 1


@pytest.mark.parametrize("deed", ["v:{}:999:d:m:0:b", "r:{}:999:o:m:0:b"])
async def test_an_opinion_is_about_a_passage_that_was_shown(server: BotApiServer, tmp_path: Path, deed: str) -> None:
    """About another one nobody has an opinion."""
    async with running_bot(settings_for(server, tmp_path), server):
        answer = await asked(server, "Who is Galuzin?")
        assert await pressed(server, answer, deed.format(key_of(answer))) == button_texts.GONE
    assert rows(tmp_path, "SELECT * FROM feedback") == []


@pytest.mark.parametrize("data", ["m:{}", "m:{}:-1:b", "m:AAAAAAAAAAAA:0:b", "p:{}:1:1:1:z:0:b", "m:{}:0:b\n"])
async def test_a_stranger_takes_no_buttons_away(bot: BotApiServer, data: str) -> None:
    """Whoever sends what no button carries changes nothing for the others in the group."""
    answer = await asked(bot, "/ask Who is Galuzin?", GROUP)
    before = answer.reply_markup
    assert await pressed(bot, answer, data.format(key_of(answer)), BOB)
    assert not await pressed(bot, answer, f"m:{key_of(answer)}:0:n", BOB)
    assert answer.reply_markup
    assert before
    assert bot.calls_of("editMessageReplyMarkup") == []


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_button_that_an_edit_took_away_does_nothing(
    server: BotApiServer, tmp_path: Path, *, restarted: bool
) -> None:
    """Who still sees the old answer presses its button: the new one stays."""
    settings = settings_for(server, tmp_path)
    async with running_bot(settings, server):
        answer = await asked(server, "Who is Galuzin?")
        old = key_of(answer)
        server.edit_text(ADA, max(server.state.chats[ADA].heard), "Who is Peskov?")
        await server.wait_for_call("editMessageText")
        if not restarted:
            assert await pressed(server, answer, f"m:{old}:0:n") == button_texts.ANOTHER
    if restarted:
        async with running_bot(settings, server):
            assert await pressed(server, answer, f"m:{old}:0:n") == button_texts.ANOTHER
    assert "Peskov" in answer.text
    assert key_of(answer) != old


async def test_a_language_that_no_button_names_is_not_chosen(server: BotApiServer, tmp_path: Path) -> None:
    """What was chosen before stays."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text("/language Türkçe")
        (message,) = await server.wait_for_messages(ADA, 1)
        for data in ("l:junk", "l:", "l:ru:"):
            assert not await pressed(server, message, data)
    assert rows(tmp_path, "SELECT language FROM preference") == [("tr",)]
