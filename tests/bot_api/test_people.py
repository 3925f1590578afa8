"""What people do beside writing: pressing, reacting, choosing inline results, adding and removing the bot."""

from collections.abc import Sequence
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    MessageEntity,
    Update,
)
from telegram.error import BadRequest, Forbidden

from tests.bot_api import BotApiServer
from tests.bot_api.conftest import bot_at
from tests.bot_api.state import BOT_ID

ADA, BOB, GROUP = 1001, 1002, -100500
KINDS = ["message", "edited_message", "callback_query", "inline_query", "chosen_inline_result", "message_reaction"]
KINDS += ["my_chat_member", "guest_message"]


def keyboard(*data: str) -> InlineKeyboardMarkup:
    """One callback button a row."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(item, callback_data=item)] for item in data])


async def subscribe(bot: Bot, api: BotApiServer) -> None:
    """Forget what came, and ask for everything from now on."""
    await bot.get_updates(allowed_updates=KINDS)
    api.updates.forget()


async def only(bot: Bot, update_id: int) -> Update:
    """The one update that is there, as the library reads it."""
    [update] = await bot.get_updates()
    assert update.update_id == update_id
    return update


def article(result_id: str = "a", text: str = "a quote", markup: InlineKeyboardMarkup | None = None) -> Any:
    """An inline result."""
    entities = [MessageEntity("blockquote", 0, len(text))]
    content = InputTextMessageContent(text, entities=entities)
    return InlineQueryResultArticle(result_id, "title", content, reply_markup=markup)


async def offer(bot: Bot, api: BotApiServer, results: Sequence[Any], user_id: int = ADA) -> None:
    """Show inline results to a user."""
    api.send_inline_query("road", user_id=user_id)
    query = (await bot.get_updates())[-1].inline_query
    assert query is not None
    await query.answer(results)
    api.updates.forget()


class TestReactions:
    """Of users, to messages of the bot and of others."""

    async def test_both_states_are_told(self, api: BotApiServer, bot: Bot) -> None:
        """What the user thought before, and now; nothing is an opinion, too."""
        await subscribe(bot, api)
        sent = await bot.send_message(ADA, "x")
        for emoji in (["👍"], ["👎"], []):
            api.react(ADA, sent.message_id, *emoji)
        told = [update.message_reaction for update in await bot.get_updates()]
        states = [
            ([each.emoji for each in change.old_reaction], [each.emoji for each in change.new_reaction])  # type: ignore[attr-defined]
            for change in told
            if change
        ]
        assert states == [([], ["👍"]), (["👍"], ["👎"]), (["👎"], [])]
        assert api.messages(ADA)[0].seen == {ADA: []}

    async def test_they_must_be_asked_for(self, api: BotApiServer, bot: Bot) -> None:
        """As the documentation says of this kind of update."""
        sent = await bot.send_message(ADA, "x")
        api.react(ADA, sent.message_id, "👍")
        assert not any(update.message_reaction for update in await bot.get_updates())

    async def test_in_groups_administrators_are_told(self, api: BotApiServer, bot: Bot) -> None:
        """A bot that is a plain member hears nothing."""
        await subscribe(bot, api)
        api.add_bot(GROUP)
        sent = await bot.send_message(GROUP, "x")
        assert api.react(GROUP, sent.message_id, "👍", user_id=BOB) == 0
        api.promote_bot(GROUP)
        api.updates.forget()
        reaction = (await only(bot, api.react(GROUP, sent.message_id, "👎", user_id=BOB))).message_reaction
        assert reaction is not None
        assert reaction.user is not None
        assert reaction.user.id == BOB
        with pytest.raises(ValueError, match="no message 99"):
            api.react(GROUP, 99, "👍")


class TestPresses:
    """Of buttons."""

    async def test_anybody_in_a_group_may_press(self, api: BotApiServer, bot: Bot) -> None:
        """In a private chat there is nobody else."""
        api.add_bot(GROUP)
        sent = await bot.send_message(GROUP, "x", reply_markup=keyboard("a"))
        api.press_button(GROUP, sent.message_id, "a", user_id=BOB)
        query = (await bot.get_updates())[-1].callback_query
        assert query is not None
        assert query.from_user.id == BOB
        private = await bot.send_message(ADA, "x", reply_markup=keyboard("a"))
        with pytest.raises(ValueError, match="not in the private chat"):
            api.press_button(ADA, private.message_id, "a", user_id=BOB)
        with pytest.raises(ValueError, match="no button 'b'"):
            api.press_button(ADA, private.message_id, "b")

    async def test_a_double_tap_excuses_an_edit_to_the_same(self, api: BotApiServer, bot: Bot) -> None:
        """The second press was meant for what the first took away; without one, the bot is at fault."""
        sent = await bot.send_message(ADA, "one", reply_markup=keyboard("a"))
        for _ in range(2):
            api.press_button(ADA, sent.message_id, "a")
        await bot.edit_message_text("two", ADA, sent.message_id)
        for faults in (0, 1):
            with pytest.raises(BadRequest, match=r"(?i)not modified"):
                await bot.edit_message_text("two", ADA, sent.message_id)
            assert len(api.invalid) == faults

    async def test_one_press_excuses_no_second_edit(self, api: BotApiServer, bot: Bot) -> None:
        """It is what the first was made for."""
        sent = await bot.send_message(ADA, "one", reply_markup=keyboard("a"))
        api.press_button(ADA, sent.message_id, "a")
        await bot.edit_message_reply_markup(ADA, sent.message_id)
        with pytest.raises(BadRequest, match=r"(?i)not modified"):
            await bot.edit_message_reply_markup(ADA, sent.message_id)
        assert len(api.invalid) == 1

    async def test_a_button_that_is_gone_may_still_be_seen(self, api: BotApiServer, bot: Bot) -> None:
        """On a screen that was not refreshed yet."""
        sent = await bot.send_message(ADA, "one", reply_markup=keyboard("a"))
        await bot.edit_message_text("two", ADA, sent.message_id, reply_markup=keyboard("b"))
        api.press_button(ADA, sent.message_id, "a", stale=True)
        query = (await bot.get_updates())[-1].callback_query
        assert query is not None
        assert query.data == "a"
        assert isinstance(query.message, Message)
        assert query.message.text == "two"

    async def test_what_arrives_too_late_is_not_the_bots_fault(self, api: BotApiServer, bot: Bot) -> None:
        """Nothing in a press tells how old it is."""
        sent = await bot.send_message(ADA, "one", reply_markup=keyboard("a"))
        api.press_button(ADA, sent.message_id, "a", seconds_ago=11)
        query = (await bot.get_updates())[-1].callback_query
        assert query is not None
        with pytest.raises(BadRequest, match=r"(?i)query is too old"):
            await query.answer()
        assert api.invalid == []


class TestInline:
    """Results of the bot in chats of others."""

    async def test_a_chosen_result_is_told(self, api: BotApiServer, bot: Bot) -> None:
        """With the query that it was offered for; its text stands where the user put it."""
        await subscribe(bot, api)
        await offer(bot, api, [article("a"), article("b", "another quote")])
        chosen = (await only(bot, api.choose_result("b"))).chosen_inline_result
        assert chosen is not None
        assert (chosen.result_id, chosen.query, chosen.from_user.id) == ("b", "road", ADA)
        assert chosen.inline_message_id is None
        [message] = api.inline_messages
        assert message.text == "another quote"
        assert message.entities == [{"type": "blockquote", "offset": 0, "length": 13}]

    async def test_only_what_was_offered_can_be_chosen(self, api: BotApiServer, bot: Bot) -> None:
        """To that user; the newest results take the place of those before."""
        await offer(bot, api, [article("a")])
        await offer(bot, api, [article("b")])
        for result_id, user_id in (("a", ADA), ("c", ADA), ("b", BOB)):
            with pytest.raises(ValueError, match="offered"):
                api.choose_result(result_id, user_id=user_id)

    async def test_without_feedback_nothing_is_told(self, api: BotApiServer, bot: Bot) -> None:
        """It has to be switched on at @BotFather."""
        api.state.inline_feedback = False
        await offer(bot, api, [article()])
        assert api.choose_result("a") == 0
        assert await bot.get_updates() == ()

    async def test_a_chosen_result_with_a_keyboard_can_be_pressed_and_edited(self, api: BotApiServer, bot: Bot) -> None:
        """By the id that it has instead of a chat."""
        await offer(bot, api, [article(markup=keyboard("more"))])
        api.choose_result("a")
        chosen = (await bot.get_updates())[-1].chosen_inline_result
        assert chosen is not None
        assert chosen.inline_message_id is not None
        api.press_inline_button(chosen.inline_message_id, "more")
        query = (await bot.get_updates())[-1].callback_query
        assert isinstance(query, CallbackQuery)
        assert (query.inline_message_id, query.message) == (chosen.inline_message_id, None)
        await query.answer()
        assert await bot.edit_message_text("less", inline_message_id=chosen.inline_message_id) is True
        assert api.inline_messages[0].text == "less"
        with pytest.raises(BadRequest, match=r"(?i)MESSAGE_ID_INVALID"):
            await bot.edit_message_text("x", inline_message_id="INLINE-99")

    async def test_the_bot_hears_its_own_result_where_it_is(self, api: BotApiServer, bot: Bot) -> None:
        """As a text of the user by way of the bot, in private chats and in groups: no question to be answered."""
        api.add_bot(GROUP)
        for chat in (ADA, GROUP):
            await offer(bot, api, [article()])
            api.choose_result("a", chat_id=chat)
            message = (await bot.get_updates())[-1].message
            assert message is not None
            assert message.via_bot is not None
            assert (message.chat.id, message.via_bot.id, message.text) == (chat, BOT_ID, "a quote")
            api.updates.forget()

    async def test_apps_send_at_most_256_characters(self, api: BotApiServer) -> None:
        """One more is a mistake of the test."""
        assert api.send_inline_query("x" * 256)
        with pytest.raises(ValueError, match="at most 256"):
            api.send_inline_query("x" * 257)

    async def test_a_guest_is_called_by_its_name(self, api: BotApiServer, bot: Bot) -> None:
        """Where it is allowed to; it answers once, and does not come into the chat thereby."""
        await subscribe(bot, api)
        assert api.ask_as_guest("@verbatim_bot why?", chat_id=GROUP) == 0
        api.state.supports_guest_queries = True
        with pytest.raises(ValueError, match="called by its name"):
            api.ask_as_guest("why?", chat_id=GROUP)
        called = (await only(bot, api.ask_as_guest("@verbatim_bot why?", chat_id=GROUP))).guest_message
        assert called is not None
        assert called.guest_query_id is not None
        sent = await bot.answer_guest_query(called.guest_query_id, article())
        assert api.inline_messages[0].inline_message_id == sent.inline_message_id
        for call in (bot.answer_guest_query(called.guest_query_id, article()), bot.send_message(GROUP, "x")):
            with pytest.raises(BadRequest):
                await call
        assert len(api.invalid) == 2


class TestMemberships:
    """The bot's place in a chat."""

    async def test_it_is_told_who_added_and_removed_it(self, api: BotApiServer, bot: Bot) -> None:
        """The group writes about it as well."""
        api.add_bot(GROUP, user_id=BOB)
        await bot.send_message(GROUP, "hello")
        api.remove_bot(GROUP, user_id=BOB)
        with pytest.raises(Forbidden, match=r"(?i)kicked from the supergroup"):
            await bot.send_message(GROUP, "hello")
        assert api.send_text("/ask x", chat_id=GROUP, chat_type="supergroup") == 0
        _, added, written, removed = await bot.get_updates()
        changes = [update.my_chat_member for update in (added, removed)]
        states = [(c.old_chat_member.status, c.new_chat_member.status, c.from_user.id) for c in changes if c]
        assert states == [("left", "member", BOB), ("member", "kicked", BOB)]
        assert written.message is not None
        assert [user.id for user in written.message.new_chat_members] == [BOT_ID]
        assert api.invalid == []

    async def test_it_may_leave(self, api: BotApiServer, bot: Bot) -> None:
        """And is then no member; a private chat cannot be left."""
        api.add_bot(GROUP)
        assert await bot.leave_chat(GROUP) is True
        with pytest.raises(Forbidden, match=r"(?i)not a member of the supergroup chat"):
            await bot.send_message(GROUP, "x")
        assert api.invalid == []
        with pytest.raises(BadRequest):
            await bot.leave_chat(ADA)
        change = (await bot.get_updates())[-1].my_chat_member
        assert change is not None
        assert (change.from_user.id, change.new_chat_member.status) == (BOT_ID, "left")

    async def test_blocking_is_told(self, api: BotApiServer, bot: Bot) -> None:
        """And taking it back."""
        api.block(ADA)
        api.block(ADA, blocked=False)
        changes = [update.my_chat_member for update in await bot.get_updates()]
        assert [(c.from_user.id, c.new_chat_member.status) for c in changes if c] == [(ADA, "kicked"), (ADA, "member")]
        await bot.send_message(ADA, "x")

    async def test_a_group_that_moves_says_so(self, api: BotApiServer, bot: Bot) -> None:
        """In the old chat and in the new one, whatever the privacy mode."""
        api.send_text("/x", chat_id=-5, chat_type="group")
        api.updates.forget()
        api.migrate(-5, GROUP)
        old, new = [update.message for update in await bot.get_updates()]
        assert old
        assert new
        assert (old.chat.id, old.migrate_to_chat_id) == (-5, GROUP)
        assert (new.chat.id, new.chat.type, new.migrate_from_chat_id) == (GROUP, "supergroup", -5)

    async def test_an_administrator_hears_everything(self, api: BotApiServer) -> None:
        """In spite of privacy mode."""
        api.add_bot(GROUP)
        assert api.send_text("plain", chat_id=GROUP, chat_type="supergroup") == 0
        api.promote_bot(GROUP)
        assert api.send_text("plain", chat_id=GROUP, chat_type="supergroup") > 0

    async def test_edits_in_groups_obey_privacy_mode(self, api: BotApiServer, bot: Bot) -> None:
        """An edited command arrives; a text that became one, too."""
        api.add_bot(GROUP)
        group: dict[str, Any] = {"chat_id": GROUP, "chat_type": "supergroup"}
        api.send_text("/ask one", **group)
        asked = (await bot.get_updates())[-1].message
        assert asked is not None
        assert api.edit_text(GROUP, asked.message_id, "/ask two") > 0
        assert api.edit_text(GROUP, asked.message_id, "never mind") == 0
        edited = (await bot.get_updates())[-1].edited_message
        assert edited is not None
        assert (edited.message_id, edited.text) == (asked.message_id, "/ask two")


class TestFinding:
    """What Telegram finds in texts, menus and links."""

    async def test_mentions_arrive_without_privacy_mode(self) -> None:
        """Marked in texts and in captions."""
        async with BotApiServer(can_read_all_group_messages=True) as api, bot_at(api) as bot:
            group: dict[str, Any] = {"chat_id": GROUP, "chat_type": "supergroup"}
            api.send_text("hi @verbatim_bot, why?", **group)
            api.send_photo(caption="@verbatim_bot look", **group)
            api.send_document("a.txt", b"x", caption="@verbatim_bot read", **group)
            messages = [update.message for update in await bot.get_updates()]
            found = [{**m.parse_entities(["mention"]), **m.parse_caption_entities(["mention"])} for m in messages if m]
            assert [list(each.values()) for each in found] == [["@verbatim_bot"]] * 3

    async def test_a_user_is_offered_the_menu_nearest_to_them(self, api: BotApiServer, bot: Bot) -> None:
        """Scope before scope, and in each their language before none."""
        api.add_bot(GROUP)
        api.send_text("/x", user_id=BOB, chat_id=GROUP, chat_type="supergroup", language_code="tr")
        menus: list[tuple[Any, str | None]] = [
            (None, None),
            (BotCommandScopeAllPrivateChats(), None),
            (BotCommandScopeAllPrivateChats(), "en"),
            (BotCommandScopeAllGroupChats(), None),
            (BotCommandScopeAllGroupChats(), "tr"),
            (BotCommandScopeAllChatAdministrators(), None),
            (BotCommandScopeChatMember(GROUP, ADA), None),
        ]
        seen = []
        assert api.menu(ADA) == api.menu(BOB, GROUP) == []
        for number, (scope, language) in enumerate(menus):
            await bot.set_my_commands([BotCommand(f"c{number}", "d")], scope=scope, language_code=language)
            if number == 5:
                api.appoint(GROUP, BOB)
            seen.append("".join(api.menu(*who)[0]["command"][1:] for who in ((ADA,), (BOB, GROUP), (ADA, GROUP))))
        assert seen == ["000", "100", "200", "233", "243", "253", "256"]
        await bot.set_my_commands([BotCommand("own", "d")], scope=BotCommandScopeChat(ADA))
        assert api.menu(ADA) == [{"command": "own", "description": "d"}]

    async def test_a_deep_link_is_a_start_with_its_parameter(self, api: BotApiServer, bot: Bot) -> None:
        """Sixty-four plain characters; what Telegram would not hand over may not be sent at all."""
        api.open_link("https://t.me/verbatim_bot?start=a_x-Y_9", user_id=ADA)
        message = (await bot.get_updates())[-1].message
        assert message is not None
        assert message.text == "/start a_x-Y_9"
        for url in ("https://t.me/other_bot?start=x", "https://example.org/verbatim_bot?start=x", "https://t.me/a"):
            with pytest.raises(ValueError, match="does not lead"):
                api.open_link(url)
        share = "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fverbatim_bot%3Fstart%3Da_x"
        for url, valid in (("start=" + "x" * 64, True), ("start=" + "x" * 65, False), ("start=a.b", False)):
            markup = InlineKeyboardMarkup(
                [[InlineKeyboardButton("a", url=f"https://t.me/b?{url}"), InlineKeyboardButton("b", url=share)]]
            )
            if valid:
                await bot.send_message(ADA, "x", reply_markup=markup)
                continue
            with pytest.raises(BadRequest, match=r"(?i)start parameter"):
                await bot.send_message(ADA, "x", reply_markup=markup)
