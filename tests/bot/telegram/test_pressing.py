"""What the buttons below an answer carry."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.pressing import (
    PATTERN,
    Kept,
    Listing,
    Meaning,
    Opinion,
    Press,
    Reading,
    Reason,
    Reasoning,
    Voting,
    Whole,
    Wishing,
)
from retrieval import Order

NUMBERS = st.integers(1, 999)
OFFSETS = st.integers(0, 999)
LISTINGS = st.builds(Listing, OFFSETS, st.sampled_from(Order))
READINGS = st.builds(Reading, NUMBERS, st.integers(-999, 999), st.integers(-999, 999), st.sampled_from(Kept), LISTINGS)
VIEWS = LISTINGS | READINGS | st.builds(Whole, NUMBERS, NUMBERS, LISTINGS)
DEEDS = (
    VIEWS
    | st.builds(Voting, NUMBERS, st.sampled_from(Opinion), VIEWS)
    | st.builds(Reasoning, NUMBERS, st.sampled_from(Reason), VIEWS)
    | st.just(Meaning())
    | st.just(Wishing())
)


@given(DEEDS)
def test_a_press_survives_its_way(deed: Listing) -> None:
    """In 64 bytes, and told from the buttons of others by its first letter."""
    press = Press(secrets.token_urlsafe(9), deed)
    assert Press.read(press.data) == press
    assert 1 <= len(press.data.encode()) <= 64
    assert press.data[0] in PATTERN
    assert press.data[1] == ":"


@given(st.text() | st.from_regex(r"[mpwvrqe]:[A-Za-z0-9_-]{12}(:[0-9a-z-]{1,4}){0,8}", fullmatch=True))
def test_whatever_else_is_pressed_is_none_or_a_press(data: str) -> None:
    """A client can send anything; what is read is written in the same way."""
    press = Press.read(data)
    assert press is None or press.data == data


@pytest.mark.parametrize(
    "data", ["m:AAAA:٣:b", "m:AAAA:03:b", "m:AAAA: 3:b", "m:AAAA:1000:b", "m::0:b", "q:AAAA:", "x:AAAA"]
)
def test_what_is_written_otherwise_is_no_press(data: str) -> None:
    """Digits of other scripts, spaces, zeros in front, numbers that nobody needs."""
    assert Press.read(data) is None
