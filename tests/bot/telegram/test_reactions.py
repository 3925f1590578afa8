"""What reactions say of an answer."""

import pytest
from telegram import ReactionType, ReactionTypeCustomEmoji, ReactionTypeEmoji, ReactionTypePaid

from bot.telegram.reactions import verdict_of


@pytest.mark.parametrize(
    ("emoji", "verdict"),
    [
        ("👍", "up"),
        ("👎", "down"),
        ("❤", "up"),
        ("💩", "down"),
        ("🤔", None),
        ("👍👎", "down"),
        ("👎🤔", "down"),
        ("", None),
    ],
)
def test_some_reactions_are_verdicts(emoji: str, verdict: str | None) -> None:
    """The last one that says something counts; most say nothing of an answer."""
    assert verdict_of([ReactionTypeEmoji(each) for each in emoji]) == verdict


@pytest.mark.parametrize("reaction", [ReactionTypePaid(), ReactionTypeCustomEmoji("5")])
def test_what_is_no_emoji_says_nothing(reaction: ReactionType) -> None:
    """A star, a picture of somebody's own."""
    assert verdict_of([reaction]) is None
