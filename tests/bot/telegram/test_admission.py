"""What is let in, before anything is written or done."""

import logging
import os
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, User

from bot.settings import read_settings
from bot.telegram import texts
from bot.telegram.admission import Admission, Reason, Refusal
from bot.telegram.presence import Presence

US = {"id": 42, "is_bot": True, "first_name": "Verbatim", "username": "Verbatim_bot"}
ADA, ADMIN, GROUP = 7, 9, -100
NOW = 1_700_000_000


class Clock:
    """Stands until it is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@lru_cache
def our_bot() -> Bot:
    """Knows who it is, without having asked."""
    bot = Bot("42:T")
    bot._bot_user = User.de_json(US, bot)
    return bot


def admission(clock: Callable[[], float] = Clock(), **settings: Any) -> Admission:  # noqa: B008
    """For our bot, which knows /help, with these settings."""
    known = read_settings(_env_file=os.devnull, admin_ids=str(ADMIN), **settings)
    return Admission(our_bot(), frozenset({"help"}), known, Presence(), clock)


def message(
    text: str = "/help", person: int = ADA, chat: int | None = None, at: int = NOW, **more: Any
) -> dict[str, Any]:
    """An update with a message, in private where no group is named."""
    where = {"id": chat or person, "type": "supergroup" if chat else "private"}
    command = [{"type": "bot_command", "offset": 0, "length": 5}] if text.startswith("/") else []
    said = {"message_id": 1, "date": at, "chat": where, "from": {"id": person, "is_bot": False}, "text": text}
    return {"update_id": 1, "message": {**said, "entities": command, **more}}


def press(person: int = ADA, chat: int | None = None) -> dict[str, Any]:
    """An update with the press of a button, under an inserted message where no chat is named."""
    below = {"message": {"chat": {"id": chat, "type": "supergroup"}}} if chat else {"inline_message_id": "x"}
    return {"update_id": 1, "callback_query": {"id": "q", "from": {"id": person}, "data": "x", **below}}


def inline(person: int = ADA) -> dict[str, Any]:
    """An update with an inline query."""
    return {"update_id": 1, "inline_query": {"id": "q", "from": {"id": person}, "query": "x", "offset": ""}}


def member(before: str, now: str, chat: int = GROUP, kind: str = "supergroup") -> dict[str, Any]:
    """An update with what has become of the bot in a chat."""
    change = {"old_chat_member": {"user": US, "status": before}, "new_chat_member": {"user": US, "status": now}}
    where = {"id": chat, "type": kind if chat < 0 else "private"}
    return {"update_id": 1, "my_chat_member": {"chat": where, "from": {"id": ADA}, "date": NOW, **change}}


def reasons(of: Admission, *raws: dict[str, Any]) -> list[Reason | None]:
    """Why each of them is not let in; None for those that are."""
    refusals = [of.judge(raw) for raw in raws]
    return [None if refusal is None else refusal.reason for refusal in refusals]


def test_what_people_in_a_group_say_to_each_other_is_not_let_in() -> None:
    """Without a word; it does not count for anybody either."""
    ours = admission(person_limit=1)
    assert [ours.judge(message("Hello", chat=GROUP)) for _ in range(5)] == [Refusal(Reason.NOT_MEANT)] * 5
    assert ours.judge(message(chat=GROUP)) is None


def test_a_flood_is_told_once_and_passed_over() -> None:
    """With the limit, and when to ask again; in the next minute again."""
    ours = admission(person_limit=3)
    assert [ours.judge(message()) for _ in range(3)] == [None] * 3
    told = Refusal(Reason.LIMIT, texts.TOO_FAST, {"limit": 3, "seconds": 20})
    assert ours.judge(message()) == told
    assert [ours.judge(message(at=NOW + 5)).words for _ in range(9)] == [None] * 9  # type: ignore[union-attr]
    assert ours.judge(message(at=NOW + 20)) is None
    assert [ours.judge(message(at=NOW + 120)) for _ in range(4)] == [None, None, None, told]


def test_what_piled_up_while_the_bot_was_away_is_no_flood() -> None:
    """What counts is when it was written, or edited, not when it arrives."""
    ours = admission(person_limit=2)
    assert reasons(ours, *(message(at=NOW + 40 * number) for number in range(50))) == [None] * 50
    edited = {"update_id": 1, "edited_message": {**message(at=NOW)["message"], "edit_date": NOW + 9000}}
    assert ours.judge(edited) is None


def test_one_persons_flood_leaves_room_for_the_others_of_a_group() -> None:
    """Who speaks for a chat counts as that chat; admins have no limit of their own, groups have one for all."""
    ours = admission(person_limit=2, group_limit=6)
    assert reasons(ours, *[message(chat=GROUP)] * 4) == [None, None, Reason.LIMIT, Reason.LIMIT]
    anonymous = message(chat=GROUP, person=1087968824, sender_chat={"id": GROUP, "type": "supergroup"})
    assert reasons(ours, *[anonymous] * 3) == [None, None, Reason.LIMIT]
    assert reasons(ours, *[message(person=ADMIN, chat=GROUP)] * 3) == [None, None, Reason.LIMIT]
    assert reasons(ours, *[message(person=ADMIN)] * 50) == [None] * 50


def test_presses_and_inline_queries_count_apart() -> None:
    """A press that is too many is told, once; of typing nothing is."""
    ours = admission(person_limit=1)
    assert reasons(ours, *[press()] * 4) == [None, None, None, Reason.LIMIT]
    typed = [ours.judge(inline()) for _ in range(10)]
    assert typed == [None] * 8 + [Refusal(Reason.LIMIT, None, {"limit": 8, "seconds": 8})] * 2
    assert ours.judge(message()) is None
    fresh = admission(person_limit=1)
    told = [fresh.judge(press()) for _ in range(5)][3:]
    assert [refusal.words for refusal in told if refusal] == [texts.TOO_FAST_PRESSES, None]
    reaction = {"update_id": 1, "message_reaction": {"chat": {"id": GROUP, "type": "group"}, "user": {"id": 8}}}
    silent = [fresh.judge(reaction) for _ in range(4)][3]
    assert silent is not None
    assert (silent.reason, silent.words) == (Reason.LIMIT, None)


def test_limits_can_be_set_off() -> None:
    """With 0."""
    ours = admission(person_limit=0, group_limit=0)
    assert reasons(ours, *[message(), message(chat=GROUP), press(), inline()] * 500) == [None] * 2000


def test_only_the_chats_of_the_list_are_answered() -> None:
    """A person in private is told once an hour; a group is told, and left; strangers' presses are passed over."""
    clock = Clock()
    ours = admission(clock, chats=f"{GROUP},8")
    allowed = [message(chat=GROUP), message(person=8), press(chat=GROUP), press(8), inline(8), message(person=ADMIN)]
    allowed += [message(person=8, chat=-5), message(person=ADMIN, chat=-6), inline(ADMIN), member("left", "member")]
    assert reasons(ours, *allowed) == [None] * len(allowed)
    assert ours.judge(message()) == Refusal(Reason.ELSEWHERE, texts.NOT_IN_THIS_CHAT, {"number": ADA})
    assert ours.judge(message()) == Refusal(Reason.ELSEWHERE)
    clock.now = 3601
    assert ours.judge(message()) == Refusal(Reason.ELSEWHERE, texts.NOT_IN_THIS_CHAT, {"number": ADA})
    left = Refusal(Reason.ELSEWHERE, texts.NOT_IN_THIS_GROUP, {"number": -7}, leave=True)
    assert ours.judge(member("left", "member", chat=-7)) == left
    assert ours.judge(message(chat=-7)) == Refusal(Reason.ELSEWHERE, leave=True)
    assert ours.judge(message("Hello", chat=-8)) == Refusal(Reason.NOT_MEANT)
    strangers = [press(), press(chat=-7), inline()]
    assert [ours.judge(raw) for raw in strangers] == [Refusal(Reason.ELSEWHERE)] * 3


def test_a_guest_is_silent_where_it_may_not_answer() -> None:
    """It can say nothing but its one answer, and is not there."""
    called = {"update_id": 1, "guest_message": message("who?", chat=-7)["message"]}
    assert admission(chats="8").judge(called) == Refusal(Reason.ELSEWHERE)
    ours = admission(person_limit=1)
    assert [ours.judge(called), ours.judge(called)] == [None, Refusal(Reason.LIMIT, None, {"limit": 1, "seconds": 60})]


def test_where_the_bot_is_becomes_known() -> None:
    """Only its coming into a group is worth a word; what came before it was sent away is not answered any more."""
    clock = Clock()
    ours = admission(clock)
    assert ours.judge(member("left", "member")) is None
    assert ours.judge(member("kicked", "administrator")) is None
    clock.now = 5
    silent = [("member", "administrator"), ("administrator", "member"), ("member", "kicked"), ("member", "left")]
    assert reasons(ours, *(member(*change) for change in silent)) == [Reason.NOTED] * 4
    assert [ours.presence.is_away(GROUP, at) for at in (4, 6)] == [True, False]
    assert ours.judge(member("member", "kicked", chat=ADA)) == Refusal(Reason.NOTED)
    assert ours.presence.is_away(ADA, 4)
    assert ours.judge(member("kicked", "member", chat=ADA)) == Refusal(Reason.NOTED)
    assert ours.judge(member("left", "administrator", chat=-3, kind="channel")) == Refusal(Reason.NOTED)


def test_what_is_kept_of_a_group_moves_with_it(caplog: pytest.LogCaptureFixture) -> None:
    """Its limit, and its place in CHATS, which the operator is told of; the news itself are nobody's question."""
    ours = admission(chats="-5", group_limit=1)
    assert ours.judge(message(chat=-5)) is None
    with caplog.at_level(logging.WARNING):
        moved = [message("", chat=-5, migrate_to_chat_id=-1005), message("", chat=-1005, migrate_from_chat_id=-5)]
        assert reasons(ours, *moved, moved[0]) == [Reason.NOTED] * 3
    assert caplog.text.count("has become a supergroup, and is -1005 from now on") == 1
    assert reasons(ours, message(chat=-1005), message(chat=-1005, at=NOW + 60)) == [Reason.LIMIT, None]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["chat", "from", "id", "type", "message", "new_chat_member", "status"]), inner, max_size=4
    ),
    max_leaves=15,
)  # fmt: skip
KINDS = ["message", "edited_message", "my_chat_member", "callback_query", "inline_query", "message_reaction"]


@given(st.dictionaries(st.sampled_from(KINDS) | st.text(max_size=3), JSON, max_size=3), st.sampled_from(["", "7,-100"]))
def test_nothing_that_may_come_fails(update: dict[str, Any], chats: str) -> None:
    """It is let in, or it is not."""
    refusal = admission(chats=chats).judge({**update, "update_id": 1})
    assert refusal is None or refusal.reason in Reason
