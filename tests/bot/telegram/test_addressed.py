"""Which messages of a group are meant for us, and what they ask."""

from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, Message, User

from bot.telegram.addressed import Me, is_meant, question_in, question_of, said_by, said_in
from tests.bot_api import td, texts

ME = Me(42, "verbatim_bot", frozenset({"help", "start"}))
GROUP: dict[str, Any] = {"id": -100, "type": "supergroup", "title": "Group"}
ADA: dict[str, Any] = {"id": 7, "is_bot": False, "first_name": "Ada"}
US: dict[str, Any] = {"id": 42, "is_bot": True, "first_name": "Verbatim", "username": "Verbatim_bot"}
OTHER_BOT: dict[str, Any] = {"id": 43, "is_bot": True, "first_name": "Other", "username": "other_bot"}
PHOTO: dict[str, Any] = {"photo": [{"file_id": "F", "file_unique_id": "U", "width": 9, "height": 9}]}


def written(text: str, *, caption: bool = False, **more: Any) -> dict[str, Any]:
    """A message in a group; commands and mentions are marked as Telegram does."""
    marks = texts.as_json(td.FormattedText(text, td.find(text)), {})
    if caption:
        body: dict[str, Any] = {**PHOTO, "caption": text, "caption_entities": marks}
    else:
        body = {"text": text, "entities": marks}
    return {"message_id": 5, "date": 1_700_000_000, "chat": GROUP, "from": ADA, **body, **more}


def by(author: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A message that is replied to."""
    return {"message_id": 1, "date": 1_700_000_000, "chat": GROUP, "from": author, "text": "Said before", **more}


@lru_cache
def our_bot() -> Bot:
    """Knows who it is, without having asked."""
    bot = Bot("42:T")
    bot._bot_user = User.de_json(US, bot)
    return bot


def asked(message: dict[str, Any]) -> str | None:
    """What a message asks, as it came; it is the same once it is read."""
    question = question_in(said_in(message), ME)
    read = Message.de_json(message, our_bot())
    assert said_by(read) == said_in(message)
    assert question_of(read) == question
    return question


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("/ask Who is Galuzin?", "Who is Galuzin?"),
        ("/ASK@Verbatim_Bot  Who is Galuzin?", "Who is Galuzin?"),
        ("/ask", ""),
        ("/ask@verbatim_bot", ""),
        ("/ask@other_bot Who is Galuzin?", None),
        ("/ask@other_bot @verbatim_bot who?", None),
        ("/help", None),
        ("/roll @verbatim_bot", None),
        ("@verbatim_bot Who is Galuzin?", "Who is Galuzin?"),
        ("@VERBATIM_BOT, who is Galuzin?", "who is Galuzin?"),
        ("🎉 Who is @verbatim_bot Galuzin?", "🎉 Who is Galuzin?"),
        ("Who is Galuzin, @verbatim_bot", "Who is Galuzin,"),
        ("@verbatim_bot /ask Who is Galuzin?", "Who is Galuzin?"),
        ("@verbatim_bot", ""),
        ("@verbatim_bot2 Who is Galuzin?", None),
        ("ask@verbatim_bot.example Who is Galuzin?", None),
        ("@other_bot Who is Galuzin?", None),
        ("Who is Galuzin?", None),
        ("verbatim_bot, who is Galuzin?", None),
    ],
)
@pytest.mark.parametrize("caption", [False, True])
def test_what_is_asked_in_a_group(text: str, question: str | None, *, caption: bool) -> None:
    """By /ask or by our name, below a photo too; our name and the command are no part of it."""
    assert asked(written(text, caption=caption)) == question


def test_a_name_may_be_a_link_to_us() -> None:
    """Who has no name to type is mentioned so; that of others is not ours."""
    for user, question in ((US, "who is Galuzin?"), (OTHER_BOT, None)):
        marks = [{"type": "text_mention", "offset": 0, "length": 8, "user": user}]
        assert asked(written("Verbatim who is Galuzin?", entities=marks)) == question


@pytest.mark.parametrize(
    ("text", "answers", "question"),
    [
        ("And when was that?", by(US), "And when was that?"),
        ("And when was that?", by(OTHER_BOT), None),
        ("And when was that?", by(ADA, via_bot=US), None),
        ("In a topic that we have opened", by(US, forum_topic_created={"name": "T", "icon_color": 1}), None),
        ("/roll@other_bot", by(US), None),
        ("/ask@other_bot why?", by(US), None),
        ("/ask why?", by(US), "why?"),
        ("@verbatim_bot why?", by(ADA), "why?"),
    ],
)
def test_a_reply_to_what_we_said_asks_us(text: str, answers: dict[str, Any], question: str | None) -> None:
    """Not one to what others said, nor a command for another bot."""
    assert asked(written(text, reply_to_message=answers)) == question


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        (written("/help"), True),
        (written("/help@verbatim_bot"), True),
        (written("/help@other_bot"), False),
        (written("/roll"), False),
        (written("/ask who?"), True),
        (written("Good morning"), False),
        ({**written(""), **PHOTO}, False),
        ({**written("/ask who?"), "from": OTHER_BOT}, False),
        ({**written("/ask who?", sender_chat=GROUP), "from": {**OTHER_BOT, "id": 1087968824}}, True),
        (written("/ask who?", sender_chat={"id": -9, "type": "channel"}, is_automatic_forward=True), False),
        (written("/ask who?", forward_origin={"type": "hidden_user", "sender_user_name": "B", "date": 1}), False),
        (written("/ask who?", via_bot=US), False),
        (written("/ask who?", via_bot=OTHER_BOT), True),
        (written("", new_chat_members=[ADA]), False),
        (written("Hello", chat={"id": 7, "type": "private"}), True),
        (written("Hello", chat={"id": 7, "type": "private"}, via_bot=US), False),
        (written("/roll", chat={"id": 7, "type": "private"}), True),
    ],
)
def test_what_is_let_in(message: dict[str, Any], meant: bool) -> None:
    """Of a group what is meant for us and nothing else; edited, the same."""
    assert is_meant({"update_id": 1, "message": message}, ME) is meant
    assert is_meant({"update_id": 1, "edited_message": {**message, "edit_date": 1_700_000_001}}, ME) is meant


@pytest.mark.parametrize(
    ("update", "meant"),
    [
        ({"callback_query": {"message": {"chat": GROUP}}}, True),
        ({"message_reaction": {"chat": GROUP}}, True),
        ({"my_chat_member": {"chat": GROUP}}, True),
        ({"channel_post": {"chat": {"id": -9, "type": "channel"}, "text": "/ask who?"}}, False),
        ({"edited_channel_post": {"chat": {"id": -9, "type": "channel"}, "text": "@verbatim_bot who?"}}, False),
        ({"chat_member": {"chat": GROUP}}, False),
        ({"message": "no message"}, True),
        ({"poll": {"id": "1"}}, True),
        ({}, True),
    ],
)
def test_other_updates(update: dict[str, Any], meant: bool) -> None:
    """What people do with our messages is for us; what cannot be read is seen to elsewhere."""
    assert is_meant({"update_id": 1, **update}, ME) is meant


def test_in_private_everything_is_a_question_but_commands() -> None:
    """Also below a photo, and with whatever names stand in it."""
    private = {"id": 7, "type": "private", "first_name": "Ada"}
    expected = {
        "Who is @other_bot?": "Who is @other_bot?",
        "/ask Who?": "Who?",
        "/ask@other_bot Who?": None,
        "/x": None,
    }
    for text, question in expected.items():
        assert asked(written(text, chat=private)) == question
    assert asked({**written("", chat=private), **PHOTO}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["chat", "type", "id", "from", "offset", "length", "user", "text"]), inner, max_size=5
    ),
    max_leaves=20,
)  # fmt: skip
MARK = st.fixed_dictionaries({
    "type": st.sampled_from(["mention", "bot_command", "text_mention", "bold"]) | JSON,
    "offset": st.integers(-3, 30) | JSON, "length": st.integers(-3, 30) | JSON, "user": st.just(US) | JSON,
})  # fmt: skip


@given(
    st.text(max_size=20) | st.just("@verbatim_bot 🎉 /ask@verbatim_bot ?") | JSON,
    st.lists(MARK | JSON, max_size=3) | JSON,
    JSON,
)
def test_nothing_that_may_stand_there_fails(text: Any, marks: Any, more: Any) -> None:
    """It is judged one way or the other, and what is asked are words of the text."""
    message = {"chat": GROUP, "text": text, "entities": marks, "reply_to_message": more, "from": more}
    assert is_meant({"update_id": 1, "message": message}, ME) in {True, False}
    question = question_in(said_in(message), ME)
    assert question is None or all(word in text for word in question.split() if word.isascii())
