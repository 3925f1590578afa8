"""Where the bot is, as updates and failures tell."""

from bot.telegram.presence import Presence


def test_what_came_before_the_bot_was_sent_away_is_not_answered() -> None:
    """What comes later shows that it is back, in whatever order the two are learned."""
    presence = Presence()
    assert not presence.is_away(7, 1.0)
    presence.leave(7, 10.0)
    assert [presence.is_away(7, at) for at in (9.0, 10.0, 10.1)] == [True, True, False]
    presence.leave(7, 8.0)
    assert presence.is_away(7, 9.0)
    assert not presence.is_away(8, 9.0)


def test_a_group_that_has_moved_is_told_of() -> None:
    """To whoever keeps something of it; what is known of its old number is forgotten."""
    presence, told = Presence(), list[tuple[int, int]]()
    presence.on_moved.append(lambda old, new: told.append((old, new)))
    presence.leave(-5, 1.0)
    presence.move(-5, -1005)
    assert told == [(-5, -1005)]
    assert not presence.is_away(-5, 1.0)


def test_only_so_many_are_remembered() -> None:
    """The oldest are tried again."""
    presence = Presence(known=2)
    for chat in (1, 2, 3):
        presence.leave(chat, 1.0)
    assert [presence.is_away(chat, 1.0) for chat in (1, 2, 3)] == [False, True, True]
