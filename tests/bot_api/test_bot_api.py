"""The server as a bot meets it: methods, updates, conflicts and faults."""

import asyncio
import logging
import time
from typing import Any

import aiohttp
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import Application, ContextTypes, MessageHandler, filters

import tests.bot_api
from bot.telegram.failures import seconds_to_wait
from tests.bot_api import BotApiServer
from tests.bot_api.conftest import bot_at

ADA = 1001
GROUP = -100500


def keyboard(*data: str) -> InlineKeyboardMarkup:
    """Answer a keyboard with one callback button a row."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(item or "x", callback_data=item)] for item in data])


async def raw_call(api: BotApiServer, method: str, **params: Any) -> tuple[int, Any]:
    """Call a method with JSON, past all that python-telegram-bot checks itself."""
    url = f"{api.url}/bot{api.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=params) as answer:
        return answer.status, await answer.json()


async def test_application_answers_over_http(api: BotApiServer) -> None:
    """A whole Application of python-telegram-bot polls, answers, and leaves no invalid call."""

    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        await update.message.reply_text(f"you said {update.message.text}")

    app = Application.builder().token(api.token).base_url(f"{api.url}/bot").build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    async with app:
        assert app.updater
        await app.updater.start_polling(poll_interval=0, timeout=1)
        await app.start()
        await api.wait_for_messages(ADA, 1)
        api.send_text("again")
        sent = await api.wait_for_messages(ADA, 2)
        await app.updater.stop()
        await app.stop()
    assert [message.text for message in sent] == ["you said hello", "you said again"]
    assert api.invalid == []
    assert api.updates.pending == []


async def test_public_names_are_listed() -> None:
    """`__all__` names what the package offers, and each of it exists."""
    assert len(tests.bot_api.__all__) > 3
    assert all(hasattr(tests.bot_api, name) for name in tests.bot_api.__all__)


class TestUpdates:
    """getUpdates, webhooks, and what arrives at all."""

    async def test_offset_confirms_everything_below(self, api: BotApiServer, bot: Bot) -> None:
        """What lies below the offset never comes again; what was not confirmed does."""
        last = api.send_text("two")
        assert [update.update_id for update in await bot.get_updates()] == [1, 2]
        assert [update.update_id for update in await bot.get_updates(offset=last)] == [2]
        assert [update.update_id for update in await bot.get_updates()] == [2]

    async def test_negative_offset_keeps_the_last(self, api: BotApiServer, bot: Bot) -> None:
        """An offset of -1 answers the last update and drops all before it."""
        last = [api.send_text(text) for text in ("two", "three")][-1]
        assert [update.update_id for update in await bot.get_updates(offset=-1)] == [last]
        assert len(api.updates.pending) == 1

    async def test_limit(self, api: BotApiServer, bot: Bot) -> None:
        """The limit cuts the answer, not the queue."""
        api.send_text("two")
        assert len(await bot.get_updates(limit=1)) == 1
        assert len(api.updates.pending) == 2

    async def test_long_poll_wakes_on_a_new_update(self, api: BotApiServer, bot: Bot) -> None:
        """A waiting getUpdates ends as soon as somebody writes."""
        await bot.get_updates(offset=2)
        poll = asyncio.create_task(bot.get_updates(offset=2, timeout=2))
        await asyncio.sleep(0.05)
        started = time.monotonic()
        api.send_text("two")
        assert [update.update_id for update in await poll] == [2]
        assert time.monotonic() - started < 1

    async def test_long_poll_ends_at_its_timeout(self) -> None:
        """Without updates a poll ends empty; the cap of the server is shorter than the bot asked."""
        async with BotApiServer(longest_poll=0.1) as api, bot_at(api) as bot:
            started = time.monotonic()
            assert await bot.get_updates(timeout=30) == ()
            assert 0.1 <= time.monotonic() - started < 2

    async def test_allowed_updates(self, api: BotApiServer, bot: Bot) -> None:
        """Only subscribed kinds arrive; the subscription stays until it is changed."""
        await bot.get_updates(offset=2, allowed_updates=["inline_query"])
        api.send_text("unheard")
        api.send_inline_query("cats")
        assert [bool(update.inline_query) for update in await bot.get_updates(offset=2)] == [True]
        assert len(api.updates.filtered) == 1

    async def test_second_poller_ends_the_first(self, api: BotApiServer, bot: Bot) -> None:
        """Of two pollers the earlier one gets 409, in Telegram's words; it is no invalid call."""
        await bot.get_updates(offset=2)
        first = asyncio.create_task(bot.get_updates(offset=2, timeout=2))
        await asyncio.sleep(0.05)
        assert await bot.get_updates(offset=2, timeout=0) == ()
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot"):
            await first
        assert api.invalid == []

    async def test_conflict_switch(self, api: BotApiServer, bot: Bot) -> None:
        """With the switch on every poll ends by 409, also one that waits already."""
        await bot.get_updates(offset=2)
        first = asyncio.create_task(bot.get_updates(offset=2, timeout=2))
        await asyncio.sleep(0.05)
        api.conflict = True
        for poll in (first, bot.get_updates()):
            with pytest.raises(Conflict):
                await poll
        api.conflict = False
        assert await bot.get_updates() == ()

    async def test_webhook_excludes_polling(self, api: BotApiServer, bot: Bot) -> None:
        """With a webhook set getUpdates answers 409 and the queue grows; deleteWebhook ends that."""
        await bot.set_webhook("https://example.org/hook", secret_token="s-1", drop_pending_updates=True)
        assert (await bot.get_webhook_info()).url == "https://example.org/hook"
        with pytest.raises(Conflict, match=r"(?i)webhook is active"):
            await bot.get_updates()
        api.send_text("unheard")
        assert (await bot.get_webhook_info()).pending_update_count == 1
        await bot.delete_webhook(drop_pending_updates=True)
        assert await bot.get_updates() == ()
        with pytest.raises(BadRequest, match=r"(?i)HTTPS URL must be provided"):
            await bot.set_webhook("http://example.org/hook")

    async def test_privacy_mode_in_groups(self, bot: Bot, api: BotApiServer) -> None:
        """Commands for the bot and replies to it arrive; a mention or another bot's command does not."""
        group: dict[str, Any] = {"chat_id": GROUP, "chat_type": "supergroup"}
        assert api.send_text("hi @verbatim_bot", **group) == 0
        assert api.send_text("/ask@other_bot x", **group) == 0
        assert api.send_text("/ask@verbatim_bot x", **group) == 2
        await bot.send_message(GROUP, "answer")
        assert api.send_text("thanks", reply_to_bot=True, **group) == 3
        updates = await bot.get_updates(offset=2)
        assert [update.message.text for update in updates if update.message] == ["/ask@verbatim_bot x", "thanks"]
        assert updates[0].message
        assert updates[0].message.entities[0].type == "bot_command"

    async def test_everything_arrives_without_privacy_mode(self) -> None:
        """A bot which can read all group messages does."""
        async with BotApiServer(can_read_all_group_messages=True) as api, bot_at(api) as bot:
            assert (await bot.get_me()).can_read_all_group_messages
            assert api.send_text("hi", chat_id=GROUP, chat_type="group") == 1

    async def test_other_kinds_of_messages(self, api: BotApiServer, bot: Bot) -> None:
        """Photos, edits, raw updates and files arrive as python-telegram-bot reads them."""
        api.send_photo(caption="look")
        api.edit_text(ADA, 1, "hello, edited")
        api.send_update({"message": {"message_id": 77, "date": 1, "chat": {"id": 7, "type": "private"}}})
        api.send_document("notes.txt", b"some notes")
        _, photo, edited, bare, document = await bot.get_updates()
        assert photo.message
        assert photo.message.photo
        assert edited.edited_message
        assert edited.edited_message.text == "hello, edited"
        assert bare.message
        assert document.message
        assert document.message.document
        file = await document.message.document.get_file()
        assert bytes(await file.download_as_bytearray()) == b"some notes"
        await bot.send_message(7, "the raw update made this chat known")

    async def test_files_over_20_mb_cannot_be_fetched(self, api: BotApiServer, bot: Bot) -> None:
        """The size which Telegram states decides."""
        for size in (20 * 1024 * 1024, 20 * 1024 * 1024 + 1):
            api.send_document("big.bin", b"x", file_size=size)
        await bot.get_file("FILE-1")
        with pytest.raises(BadRequest, match=r"(?i)file is too big"):
            await bot.get_file("FILE-2")


class TestCalls:
    """Every method at its limits and beyond."""

    async def test_wrong_token(self, api: BotApiServer) -> None:
        """A wrong token is 401 with Telegram's body, for calls and for downloads."""
        expected = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        async with aiohttp.ClientSession() as session:
            for path in ("bot42:other/getMe", "file/bot42:other/documents/file_1.txt"):
                async with session.get(f"{api.url}/{path}") as answer:
                    assert (answer.status, await answer.json()) == (401, expected)
        assert [call.error for call in api.invalid] == ["Unauthorized"]

    async def test_unknown_method(self, api: BotApiServer) -> None:
        """A method which is not in the documentation is 404 and invalid."""
        expected = {"ok": False, "error_code": 404, "description": "Not Found"}
        assert await raw_call(api, "sendMesage", chat_id=ADA, text="x") == (404, expected)
        assert [call.method for call in api.invalid] == ["sendMesage"]

    @pytest.mark.parametrize(
        ("params", "reason"),
        [
            ({"chat_id": ADA, "text": "x", "colour": "red"}, "no parameter colour"),
            ({"chat_id": ADA, "text": "x", "reply_to_message_id": 1}, "no parameter reply_to_message_id"),
            ({"chat_id": ADA}, "required parameter text"),
            ({"chat_id": ADA, "text": 5}, "can't parse text"),
            ({"chat_id": ADA, "text": "x", "disable_notification": "maybe"}, "can't parse disable_notification"),
            ({"chat_id": ADA, "text": "x", "message_thread_id": 1.5}, "can't parse message_thread_id"),
            ({"chat_id": ADA, "text": "x", "entities": [{"type": "bold", "offset": "0", "length": 1}]}, "offset"),
            ({"chat_id": ADA, "text": "x", "entities": "[{"}, "can't parse entities"),
            ({"chat_id": ADA, "text": "x", "link_preview_options": {"is_off": True}}, "no field is_off"),
            ({"chat_id": ADA, "text": "x", "reply_markup": {"inline_keyboard": [[{"txt": "a"}]]}}, "inline_keyboard"),
            ({"chat_id": 5, "text": "x"}, "chat not found"),
            ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ],
    )
    async def test_schema(self, api: BotApiServer, params: dict[str, Any], reason: str) -> None:
        """Unknown, deprecated, missing and mistyped parameters are invalid, also inside of objects."""
        status, body = await raw_call(api, "sendMessage", **params)
        assert status == 400
        assert reason in body["description"]
        assert len(api.invalid) == 1

    async def test_ways_of_giving_parameters(self, api: BotApiServer) -> None:
        """Query, form, multipart and JSON mean the same; the method's case does not matter."""
        url = f"{api.url}/bot{api.token}"
        multipart = aiohttp.FormData({"chat_id": str(ADA), "text": "x"}, default_to_multipart=True)
        async with aiohttp.ClientSession() as session:
            for call in (
                session.get(f"{url}/SENDMESSAGE", params={"chat_id": str(ADA), "text": "x"}),
                session.post(f"{url}/sendmessage", data={"chat_id": str(ADA), "text": "x"}),
                session.post(f"{url}/sendMessage", data=multipart),
                session.post(f"{url}/sendMessage", json={"chat_id": ADA, "text": "x"}),
            ):
                async with call as answer:
                    assert answer.status == 200
        assert [call.params for call in api.calls] == [{"chat_id": ADA, "text": "x"}] * 4
        assert {call.method for call in api.calls} == {"sendMessage"}

    async def test_what_is_not_simulated_fails_loudly(self, api: BotApiServer, bot: Bot) -> None:
        """A known method that is not played is an error, unless success is the word true."""
        assert await bot.set_chat_title(ADA, "new title") is True
        with pytest.raises(TelegramError, match="sendDice is not simulated"):
            await bot.send_dice(ADA)
        assert [call.method for call in api.invalid] == ["sendDice"]

    async def test_commands_are_kept_per_scope_and_language(self, bot: Bot) -> None:
        """Each scope and language has its own menu; deleting one leaves the others."""
        english, german = [BotCommand("ask", "Ask")], [BotCommand("ask", "Fragen")]
        await bot.set_my_commands(english)
        await bot.set_my_commands(german, language_code="de")
        await bot.set_my_commands(german, scope=BotCommandScopeAllGroupChats())
        await bot.delete_my_commands(scope=BotCommandScopeAllGroupChats())
        assert list(await bot.get_my_commands()) == english
        assert list(await bot.get_my_commands(language_code="de")) == german
        assert await bot.get_my_commands(scope=BotCommandScopeAllGroupChats()) == ()

    @pytest.mark.parametrize(
        ("name", "description", "valid"),
        [
            ("a" * 32, "d" * 256, True),
            ("a" * 33, "d", False),
            ("Ask", "d", False),
            ("ask", "d" * 257, False),
            ("ask", "", False),
        ],
    )
    async def test_limits_of_commands(self, api: BotApiServer, name: str, description: str, *, valid: bool) -> None:
        """Names, descriptions and their number have limits."""
        command = {"command": name, "description": description}
        assert (await raw_call(api, "setMyCommands", commands=[command]))[0] == (200 if valid else 400)

    async def test_number_of_commands(self, api: BotApiServer) -> None:
        """There may be a hundred commands."""
        command = {"command": "ask", "description": "d"}
        assert (await raw_call(api, "setMyCommands", commands=[command] * 100))[0] == 200
        assert (await raw_call(api, "setMyCommands", commands=[command] * 101))[0] == 400

    async def test_descriptions(self, api: BotApiServer, bot: Bot) -> None:
        """Name and descriptions are kept per language, which falls back to the common one."""
        await bot.set_my_description("long", language_code="de")
        await bot.set_my_description("d" * 512)
        await bot.set_my_short_description("s" * 120)
        await bot.set_my_name("n" * 64)
        assert (await bot.get_my_description("de")).description == "long"
        assert (await bot.get_my_description("fr")).description == "d" * 512
        assert (await bot.get_my_short_description()).short_description == "s" * 120
        assert (await bot.get_my_name()).name == "n" * 64
        for method, field, length in (
            ("setMyDescription", "description", 513),
            ("setMyShortDescription", "short_description", 121),
            ("setMyName", "name", 65),
        ):
            assert (await raw_call(api, method, **{field: "x" * length}))[0] == 400

    async def test_callback_is_answered_once_and_in_time(self, api: BotApiServer, bot: Bot) -> None:
        """A second answer, an unknown id and a late answer are all refused."""
        message = await bot.send_message(ADA, "choose", reply_markup=keyboard("a"))
        for _ in range(2):
            api.press_button(ADA, message.message_id, "a")
        *_, first, late = [update.callback_query for update in await bot.get_updates()]
        assert first
        assert late
        assert isinstance(first.message, Message)
        await first.answer("x" * 200)
        api.state.query_expiry = 0.0
        for query_id in (first.id, "C99", late.id):
            with pytest.raises(BadRequest, match=r"(?i)query is too old"):
                await bot.answer_callback_query(query_id)
        with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
            await bot.answer_callback_query(late.id, "x" * 201)
        assert len(api.invalid) == 4

    async def test_inline_results(self, api: BotApiServer) -> None:
        """Fifty results with ids of 64 bytes pass; one more, a longer id or a repeated one do not."""

        def article(number: str) -> dict[str, Any]:
            result = InlineQueryResultArticle(number, "title", InputTextMessageContent("text"))
            return result.to_dict()

        def answer(*ids: str) -> dict[str, Any]:
            api.send_inline_query("cats")
            return {"inline_query_id": f"I{next(numbers)}", "results": [article(number) for number in ids]}

        numbers = iter(range(1, 10))
        calls = [answer(*map(str, range(50))), answer("x" * 64)]
        calls += [answer(*map(str, range(51))), answer("x" * 65), answer("a", "a"), answer("")]
        calls += [calls[0]]
        assert [(await raw_call(api, "answerInlineQuery", **call))[0] for call in calls] == [200] * 2 + [400] * 5

    async def test_files(self, api: BotApiServer, bot: Bot) -> None:
        """An uploaded document is kept with its name and size, and may be sent again by its id."""
        sent = await bot.send_document(ADA, b"content", caption="c" * 1024, filename="a.txt")
        assert sent.document
        await bot.send_document(ADA, sent.document.file_id)
        await bot.send_photo(ADA, b"picture")
        assert [m.document["file_size"] for m in api.messages(ADA) if m.document] == [7, 7, 7]
        assert api.calls_of("sendDocument")[0].params["document"].size == 7
        for content, caption in ((b"", ""), (b"x", "c" * 1025)):
            with pytest.raises(BadRequest):
                await bot.send_document(ADA, content, caption=caption)
        with pytest.raises(BadRequest, match=r"(?i)wrong file identifier"):
            await bot.send_document(ADA, "no-such-file")

    async def test_chats_members_reactions_actions(self, api: BotApiServer, bot: Bot) -> None:
        """Chats and members are known as soon as they wrote; reactions need a message and an allowed emoji."""
        assert (await bot.get_chat(ADA)).type == "private"
        api.send_text("/x", chat_id=GROUP, chat_type="group")
        assert (await bot.get_chat_member(GROUP, ADA)).status == "member"
        api.appoint(GROUP, ADA)
        assert (await bot.get_chat_member(GROUP, ADA)).status == "administrator"
        await bot.set_message_reaction(ADA, 1, "👍")
        await bot.send_chat_action(ADA, "typing")
        for call in (
            bot.get_chat(5),
            bot.get_chat_member(GROUP, 5),
            bot.set_message_reaction(ADA, 99, "👍"),
            bot.set_message_reaction(ADA, 1, "x"),
            bot.send_chat_action(ADA, "thinking"),
        ):
            with pytest.raises(BadRequest):
                await call
        assert len(api.invalid) == 5

    async def test_topics_and_replies(self, api: BotApiServer, bot: Bot) -> None:
        """A topic is known when somebody wrote in it; a reply needs a message that is there."""
        api.send_text("/x", chat_id=GROUP, chat_type="supergroup", message_thread_id=5)
        await bot.send_message(GROUP, "in the topic", message_thread_id=5)
        reply = await bot.send_message(ADA, "yes?", reply_parameters=ReplyParameters(1, quote="hell"))
        assert reply.reply_to_message
        assert reply.reply_to_message.text == "hello"
        assert api.messages(GROUP)[0].message_thread_id == 5
        assert api.messages(ADA)[0].reply_to_message_id == 1
        for reply_to in (ReplyParameters(99), ReplyParameters(1, quote="absent")):
            with pytest.raises(BadRequest):
                await bot.send_message(ADA, "x", reply_parameters=reply_to)
        with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
            await bot.send_message(GROUP, "x", message_thread_id=6)

    async def test_blocked_and_migrated_chats_are_not_the_bots_fault(self, api: BotApiServer, bot: Bot) -> None:
        """403 and a migration are answered as by Telegram, and are no invalid calls."""
        api.send_text("/x", chat_id=-5, chat_type="group")
        api.block(ADA)
        api.migrate(-5, GROUP)
        with pytest.raises(Forbidden, match=r"(?i)bot was blocked by the user"):
            await bot.send_message(ADA, "x")
        with pytest.raises(TelegramError, match=r"(?i)migrated to supergroup"):
            await bot.send_message(-5, "x")
        await bot.send_message(GROUP, "x")
        api.block(ADA, blocked=False)
        await bot.send_message(ADA, "x")
        assert api.invalid == []

    async def test_edit_and_delete(self, api: BotApiServer, bot: Bot) -> None:
        """Only the bot's own standing messages can be edited, and only to something else."""
        sent = await bot.send_message(ADA, "one", reply_markup=keyboard("a"))
        edited = await bot.edit_message_text("two", ADA, sent.message_id, reply_markup=keyboard("a"))
        assert isinstance(edited, Message)
        assert edited.text == "two"
        await bot.edit_message_reply_markup(ADA, sent.message_id)
        assert (api.messages(ADA)[0].text, api.messages(ADA)[0].edits) == ("two", ["one"])
        assert api.messages(ADA)[0].reply_markup is None
        for call in (
            bot.edit_message_text(" two ", ADA, sent.message_id),
            bot.edit_message_reply_markup(ADA, sent.message_id),
        ):
            with pytest.raises(BadRequest, match=r"(?i)message is not modified: specified new message content"):
                await call
        await bot.delete_message(ADA, sent.message_id)
        assert api.messages(ADA) == []
        for message_id in (sent.message_id, 1, 99):
            with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
                await bot.edit_message_text("x", ADA, message_id)
        await bot.delete_message(ADA, 1)
        with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
            await bot.delete_message(ADA, 1)

    @pytest.mark.parametrize(
        ("buttons", "valid"),
        [
            ([{"text": "a", "callback_data": "x" * 64}], True),
            ([{"text": "a", "callback_data": "x" * 65}], False),
            ([{"text": "a", "callback_data": "я" * 32}], True),
            ([{"text": "a", "callback_data": "я" * 33}], False),
            ([{"text": "a", "callback_data": ""}], False),
            ([{"text": "a"}], False),
            ([{"text": " ", "callback_data": "x"}], False),
            ([{"text": "a", "callback_data": "x", "url": "https://a.org"}], False),
            ([{"text": "a", "url": "https://a.org/x#:~:text=b"}], True),
            ([{"text": "a", "url": "ftp://a.org"}], False),
            ([{"text": "a", "url": "a.org"}], False),
            ([{"text": "a", "callback_data": "x"}] * 100, True),
            ([{"text": "a", "callback_data": "x"}] * 101, False),
        ],
    )
    async def test_keyboards(self, api: BotApiServer, buttons: list[dict[str, str]], *, valid: bool) -> None:
        """Buttons have a text, one action, a link of http or https, 64 bytes of data; a keyboard has 100."""
        markup = {"inline_keyboard": [[button] for button in buttons]}
        status, _ = await raw_call(api, "sendMessage", chat_id=ADA, text="x", reply_markup=markup)
        assert status == (200 if valid else 400)


class TestFaults:
    """Networks and servers that fail on demand."""

    async def test_flood(self, api: BotApiServer, bot: Bot) -> None:
        """429 carries retry_after, hits as often as asked, and stores nothing."""
        api.fail_next("sendMessage", retry_after=3, times=2)
        for _ in range(2):
            with pytest.raises(RetryAfter) as flood:
                await bot.send_message(ADA, "x")
            assert seconds_to_wait(flood.value) == 3
        await bot.send_message(ADA, "x")
        assert len(api.messages(ADA)) == 1
        assert [call.status for call in api.calls_of("sendMessage")] == [429, 429, 200]
        assert api.invalid == []

    async def test_fault_for_one_chat(self, api: BotApiServer, bot: Bot) -> None:
        """A fault with a chat waits for a call to that chat."""
        api.send_text("hi", user_id=2)
        api.fail_next("sendMessage", 403, chat_id=2)
        await bot.send_message(ADA, "x")
        with pytest.raises(Forbidden, match=r"(?i)bot was blocked by the user"):
            await bot.send_message(2, "x")

    @pytest.mark.parametrize("status", [500, 502])
    async def test_server_errors(self, api: BotApiServer, bot: Bot, status: int) -> None:
        """500 and an HTML 502 are network errors to the bot."""
        api.fail_next("getMe", status)
        with pytest.raises(NetworkError):
            await bot.get_me()
        assert (api.pending_faults, api.invalid) == (0, [])

    @pytest.mark.parametrize("stored", [False, True])
    async def test_dropped_connection(self, api: BotApiServer, bot: Bot, *, stored: bool) -> None:
        """The bot cannot tell whether a dropped send arrived; the server can."""
        api.drop_next("sendMessage", after_processing=stored)
        with pytest.raises(NetworkError):
            await bot.send_message(ADA, "x")
        assert len(api.messages(ADA)) == int(stored)
        assert (api.calls[-1].status, api.calls[-1].fault) == (0, "drop")

    async def test_late_answer_is_an_ambiguous_send(self, api: BotApiServer) -> None:
        """A send that timed out has arrived all the same."""
        async with bot_at(api, read_timeout=0.1) as bot:
            api.delay_next("sendMessage", 0.5)
            with pytest.raises(TimedOut):
                await bot.send_message(ADA, "x")
        assert [message.text for message in api.messages(ADA)] == ["x"]

    async def test_garbage(self, api: BotApiServer, bot: Bot) -> None:
        """Broken JSON with status 200 raises in the bot; the message is stored."""
        api.garbage_next("sendMessage")
        with pytest.raises(TelegramError):
            await bot.send_message(ADA, "x")
        assert len(api.messages(ADA)) == 1

    async def test_restart_at_the_same_address(self, api: BotApiServer, bot: Bot) -> None:
        """While the server is away connections fail; afterwards it knows what it knew."""
        url = api.url
        await api.stop()
        with pytest.raises(NetworkError):
            await bot.send_message(ADA, "x")
        await api.start()
        assert api.url == url
        await bot.send_message(ADA, "back")
        assert len(api.messages(ADA)) == 1

    async def test_waiting_tells_what_came_instead(self, api: BotApiServer, bot: Bot) -> None:
        """A wait that fails names the calls which came."""
        await bot.send_message(ADA, "x")
        assert (await api.wait_for_call("sendMessage")).params["text"] == "x"
        with pytest.raises(TimeoutError, match="sendMessage 200"):
            await api.wait_for_messages(ADA, 2, timeout=0.05)

    async def test_server_writes_no_token_to_the_log(self, api: BotApiServer, caplog: pytest.LogCaptureFixture) -> None:
        """Tests of the bot grep the log for its token: the server must not put it there."""
        caplog.set_level(logging.DEBUG)
        await raw_call(api, "getMe")
        await raw_call(api, "sendMessage", chat_id=5)
        assert api.token not in caplog.text


async def test_a_server_that_forgets_does_not_grow() -> None:
    """It answers as before, and those who listen hear everything."""
    heard: list[str] = []
    handed: list[int] = []
    async with BotApiServer(keep=5) as server, bot_at(server) as bot:
        server.on_call = lambda call: heard.append(call.method)
        server.updates.on_handed = lambda update: handed.append(update["update_id"])
        for number in range(20):
            server.send_text(f"hello {number}")
            (update,) = await bot.get_updates(offset=number + 1)
            assert update.message
            await update.message.reply_text("hello")
        chat = server.state.chats[ADA]
        assert max(len(server.calls), len(chat.sent), len(chat.heard)) <= 5
        assert server.messages(ADA)[-1].text == "hello"
    assert heard.count("sendMessage") == 20
    assert handed == list(range(1, 21))
