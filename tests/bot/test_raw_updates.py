"""Updates that nobody has read yet."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.raw_updates import arrival_of, lane_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["message", "chat", "from", "id", "callback_query"]) | st.text(max_size=3), inner, max_size=4
    ),
    max_leaves=15,
)  # fmt: skip
CHAT, PERSON = {"id": -100, "type": "group"}, {"id": 5, "is_bot": False}


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {"chat": CHAT, "from": PERSON}}, "-100"),
        ({"edited_message": {"chat": CHAT}}, "-100"),
        ({"callback_query": {"message": {"chat": CHAT}, "from": PERSON}}, "-100"),
        ({"callback_query": {"from": PERSON, "inline_message_id": "x"}}, "5"),
        ({"inline_query": {"from": PERSON, "query": "road"}}, "5"),
        ({"my_chat_member": {"chat": CHAT, "from": PERSON}}, "-100"),
        ({"poll": {"id": "7"}}, None),
        ({"message": {"chat": {"id": "-100"}}}, None),
        ({"message": {"chat": {"id": True}}}, None),
        ({"message": "no message"}, None),
        ({}, None),
    ],
)
def test_what_keeps_its_order(update: dict[str, Any], lane: str | None) -> None:
    """The chat, else the person, else nothing."""
    assert lane_of({"update_id": 1, **update}) == lane


@given(st.dictionaries(st.sampled_from(["message", "callback_query", "inline_query"]) | st.text(), JSON, max_size=4))
def test_any_object_can_be_stored(update: dict[str, Any]) -> None:
    """And comes back as it was; halves of characters too."""
    arrival = arrival_of({**update, "update_id": 7})
    assert json.loads(arrival.body) == {**update, "update_id": 7}
    arrival.body.encode("ascii")
    assert arrival.update_id == 7
    assert arrival.lane is None or arrival.lane.lstrip("-").isdecimal()
