"""What the bot says of what it understood of a question beside its words: filters, and what it goes on from."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from bot.speech import N_, Speech
from retrieval import Filters, Published, Understood

_NAMED: Final = 8
_CHARACTERS: Final = 60
_FOLLOWED_CHARACTERS: Final = 120

_PUBLISHED: Final = {
    (True, False, False): N_("Only what {sources} published."),
    (True, True, False): N_("Only what {sources} published since {since}."),
    (True, False, True): N_("Only what {sources} published before {before}."),
    (True, True, True): N_("Only what {sources} published since {since} and before {before}."),
    (False, True, False): N_("Only what was published since {since}."),
    (False, False, True): N_("Only what was published before {before}."),
    (False, True, True): N_("Only what was published since {since} and before {before}."),
}
"""By whether sources, a first day and a last day are asked for."""

Shown = Callable[[str, int], str]
"""How words of others are shown: on one line, and with at most so many characters."""


def told(understood: Understood, shown: Shown, say: Speech) -> list[str]:
    """What was understood, a sentence each; nothing for a question that is just its words.

    Args:
        understood: of one question.
        shown: how words of others are shown.
        say: in these words.
    """
    said = []
    if understood.follows:
        earlier = say.quoted(shown(understood.follows, _FOLLOWED_CHARACTERS))
        said.append(say(N_("This goes on from {question}."), question=earlier))
    if understood.unreadable:
        signs = _listed(understood.unreadable, shown, say)
        said.append(say(N_("I left out {filters}: a day is written like 2023-04-24, 2023-04 or 2023."), filters=signs))
    if understood.unknown_sources:
        said += _unknown(understood, shown, say)
    elif (since := understood.filters.since) and (before := understood.filters.before) and since >= before:
        days = {"since": say.day(since), "before": say.day(before)}
        said.append(say(N_("No day is at once since {since} and before {before}."), **days))
    else:
        said += _only(understood.filters, shown, say)
    return [*said, *_dropped(understood.dropped, shown, say)]


def _only(filters: Filters, shown: Shown, say: Speech) -> list[str]:
    """What is shown."""
    said = []
    if text := _PUBLISHED.get((bool(filters.sources), bool(filters.since), bool(filters.before))):
        days = {name: say.day(day) for name, day in (("since", filters.since), ("before", filters.before)) if day}
        said.append(say(text, sources=_listed(filters.sources, shown, say, quoted=False), **days))
    if filters.month:
        month = _month(filters.month, say)
        said.append(say(N_("Only {month}: what was published then or speaks of it."), month=month))
    if filters.phrases:
        phrases = " ".join(say.quoted(shown(phrase, _CHARACTERS)) for phrase in filters.phrases)
        said.append(say(N_("Only passages that hold, word for word: {phrases}."), phrases=phrases))
    if filters.excluded:
        said.append(say(N_("Nothing that holds {words}."), words=_listed(filters.excluded, shown, say)))
    return said


def _unknown(understood: Understood, shown: Shown, say: Speech) -> list[str]:
    """Who is not among the publishers, and who is."""
    said = [say(N_("No article is by {sources}."), sources=_listed(understood.unknown_sources, shown, say))]
    if understood.known_sources:
        known = ", ".join(shown(name, _CHARACTERS) for name in understood.known_sources[:_NAMED])
        more = len(understood.known_sources) - _NAMED
        said.append(
            say.plural(
                "I have articles by {sources} and {count} other.",
                "I have articles by {sources} and {count} others.",
                more,
                sources=known,
            )
            if more > 0
            else say(N_("I have articles by {sources}."), sources=known)
        )
    return said


def _dropped(filters: Filters, shown: Shown, say: Speech) -> list[str]:
    """What of the question's own words could not be kept to."""
    said = []
    if filters.sources:
        words = N_("Others fit your words much better than {sources}, so I looked everywhere.")
        said.append(say(words, sources=_listed(filters.sources, shown, say, quoted=False)))
    if filters.month:
        words = N_("Other times fit your words much better than {month}, so I looked at all times.")
        said.append(say(words, month=_month(filters.month, say)))
    if filters.phrases:
        phrases = " ".join(say.quoted(shown(phrase, _CHARACTERS)) for phrase in filters.phrases)
        said.append(say(N_("No passage that fits holds, word for word: {phrases}."), phrases=phrases))
    return said


def _month(first: dt.date, say: Speech) -> str:
    return say.date(Published(f"{first:%Y-%m}"))


def _listed(names: Sequence[str], shown: Shown, say: Speech, *, quoted: bool = True) -> str:
    named = [say.quoted(shown(name, _CHARACTERS)) if quoted else shown(name, _CHARACTERS) for name in names[:_NAMED]]
    if len(names) > _NAMED:
        more = len(names) - _NAMED
        named.append(say.plural("{count} more", "{count} more", more))
    return say.listed(named)
