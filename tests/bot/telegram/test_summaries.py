"""Numbers for admins: inside Telegram's limits, and no word of others is more than a word."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.telegram.admin_texts import UNANSWERED_MORE
from bot.telegram.messages import Message
from bot.telegram.summaries import to_caption, to_list
from db import Day, Statistics, Unanswered
from tests.db.test_query_log import NOON

WORDS = st.text(max_size=400)
DAY = dt.date(2026, 3, 1)


def units(text: str) -> int:
    """As Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def check(message: Message, limit: int) -> list[str]:
    """The words of others in a message: each on one line, and each a piece of code."""
    assert units(message.text) <= limit
    assert len(message.entities) <= 100
    assert {each.type for each in message.entities} <= {MessageEntity.CODE}
    found = _parsed(message)
    assert all(words and "\n" not in words for words in found)
    return found


def _parsed(message: Message) -> list[str]:
    raw = message.text.encode("utf-16-le")
    return [raw[2 * each.offset : 2 * (each.offset + each.length)].decode("utf-16-le") for each in message.entities]


def counted(top: tuple[tuple[str, int], ...] = (), **changes: object) -> Statistics:
    """Counts of some questions."""
    known: dict[str, object] = {
        "days": (Day(DAY, 6, 3, 1),), "channels": (("private", 9), ("group", 1)), "languages": (("en", 10),),
        "people": 4, "ups": 3, "downs": 1, "wishes": 2, "chosen": 5, "median_ms": 12.4, "p95_ms": 40.0, "top": top,
    }  # fmt: skip
    return Statistics(**{**known, **changes})  # type: ignore[arg-type]


def test_the_caption_says_the_numbers() -> None:
    """Shares, votes, people, times, where and in which languages, and what was asked most."""
    text = to_caption(counted((("Where is the road?", 7), ("@admin t.me/x", 3))), "in the last 7 days").text
    assert text == (
        "10 questions by 4 people in the last 7 days\n"
        "Answered 60%, perhaps 30%, not answered 10%\n"
        "👍 3, 👎 1: 75% 👍\n"
        "Wishes for articles: 2. Sent from other chats: 5\n"
        "Half of the answers took at most 12 ms, 95 of 100 at most 40 ms\n"
        "Where: private 9, group 1. Languages: en 10\n"
        "\n"
        "Asked most:\n"
        "7× Where is the road?\n"
        "3× @admin t.me/x"
    )


@settings(deadline=None)
@given(top=st.lists(st.tuples(WORDS, st.integers(1, 10**9)), max_size=10))
def test_a_caption_fits_whatever_was_asked(top: list[tuple[str, int]]) -> None:
    """The numbers come first, and the questions as far as they fit."""
    languages = tuple((f"l{number}", 1) for number in range(50))
    message = to_caption(counted(tuple(top), languages=languages), "in the last 30 days")
    check(message, 1024)
    assert "95 of 100" in message.text


GROUPS = st.builds(
    Unanswered,
    text=WORDS, times=st.integers(1, 99), people=st.integers(0, 99), last_asked=st.just(NOON),
    band=st.sampled_from(["none", "weak", "found"]), missing_terms=st.lists(WORDS, max_size=3).map(tuple),
    downs=st.integers(0, 9), wishes=st.integers(0, 9), notes=st.lists(WORDS, max_size=5).map(tuple),
)  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(found=st.lists(GROUPS, min_size=1, max_size=50))
def test_what_is_missed_fits_into_a_message(found: list[Unanswered]) -> None:
    """Whole entries, the first ones; it says where there are more."""
    message = to_list(found, "in the last 30 days")
    words = check(message, 4096)
    entries = sum(" last 2026-03-01" in line for line in message.text.splitlines())
    assert (UNANSWERED_MORE in message.text) == (entries < len(found))
    assert entries >= min(1, len(found))
    assert len(words) >= entries
