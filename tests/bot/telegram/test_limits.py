"""How much is taken of one person, or of one group, in a minute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.limits import Allowance, Excess, Limits


def taken(allowance: Allowance, moments: list[float], who: str = "Ada") -> int:
    """How many of those that come at these moments may be."""
    count = 0
    for at in moments:
        if allowance.excess(who, at) is None:
            allowance.take(who, at)
            count += 1
    return count


@pytest.mark.parametrize("per_minute", [1, 7, 20, 59, 600])
def test_a_minutes_worth_may_come_at_once(per_minute: int) -> None:
    """Exactly that; afterwards one at a time, evenly, until nobody has come for a minute."""
    allowance = Allowance(per_minute)
    assert taken(allowance, [1000.0] * (per_minute + 5)) == per_minute
    each = 60 / per_minute
    assert taken(allowance, [1000 + each * 0.9]) == 0
    assert taken(allowance, [1000 + each, 1000 + each]) == 1
    assert taken(allowance, [1000 + each + 60] * (per_minute + 5)) == per_minute


@given(
    st.integers(1, 100),
    st.lists(st.floats(0, 300), max_size=300).map(sorted),
)
def test_no_minute_holds_more_than_twice_the_limit(per_minute: int, moments: list[float]) -> None:
    """However it is spread; and whoever keeps the pace is never refused."""
    allowance = Allowance(per_minute)
    let_in = [at for at in moments if taken(allowance, [at])]
    for at in let_in:
        assert sum(at <= each < at + 60 for each in let_in) <= 2 * per_minute
    steady = Allowance(per_minute)
    assert taken(steady, [at * 60 / per_minute for at in range(200)]) == 200


def test_who_is_over_the_limit_is_told_once_a_minute_and_when_to_come_again() -> None:
    """Others have a count of their own."""
    allowance = Allowance(20)
    taken(allowance, [0.0] * 20)
    assert allowance.excess("Ada", 0.5) == Excess(20, 3, first=True)
    assert allowance.excess("Ada", 1.5) == Excess(20, 2, first=False)
    assert allowance.excess("Bob", 1.5) is None
    taken(allowance, [30.0] * 30)
    assert allowance.excess("Ada", 31.0) == Excess(20, 2, first=False)
    taken(allowance, [60.5] * 30)
    assert not allowance.excess("Ada", 60.6).first  # type: ignore[union-attr]
    taken(allowance, [130.0] * 20)
    assert allowance.excess("Ada", 130.0) == Excess(20, 3, first=True)


def test_without_a_limit_everything_may_be() -> None:
    """And nothing is remembered of anybody."""
    allowance = Allowance(0)
    assert taken(allowance, [0.0] * 1000) == 1000
    assert len(allowance) == 0


def test_only_so_many_are_remembered() -> None:
    """Whoever was not heard of for longest is forgotten first, and has everything again."""
    allowance = Allowance(1, known=3)
    for who in ("Ada", "Bob", "Cleo", "Ada", "Dan"):
        taken(allowance, [0.0 if who != "Ada" or not len(allowance) else 60.0], who)
    assert len(allowance) == 3
    assert taken(allowance, [60.0], "Ada") == 0
    assert taken(allowance, [0.0], "Bob") == 1


def test_a_message_counts_for_its_writer_and_for_its_group() -> None:
    """One that is too many for either counts for neither."""
    limits = Limits(person=3, group=5)
    assert [limits.message("Ada", -1, 0.0) is None for _ in range(4)] == [True, True, True, False]
    assert limits.message("Ada", -2, 0.0) == Excess(3, 20, first=False)
    assert [limits.message("Bob", -1, 0.0) is None for _ in range(3)] == [True, True, False]
    assert limits.message("Bob", None, 0.0) is None
    assert limits.message(None, None, 0.0) is None
    limits.move(-1, -3)
    assert limits.message("Cleo", -3, 0.0) == Excess(5, 12, first=False)
    assert limits.message("Cleo", -1, 0.0) is None


def test_presses_and_inline_queries_have_more_room_of_their_own() -> None:
    """Who types asks with every letter."""
    limits = Limits(person=20, group=0)
    assert sum(limits.press("Ada", 0.0) is None for _ in range(1000)) == 60
    assert sum(limits.inline("Ada", 0.0) is None for _ in range(1000)) == 160
    assert limits.message("Ada", None, 0.0) is None
