"""How did it come to this? Dated quotes on a topic, in the order in which they appeared."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from retrieval.analysis import same_words
from retrieval.answers import Answer, Passage
from retrieval.model import Published, Span

LOOKED_THROUGH: Final = 60
"""Passages of which a timeline is made, at most; they are the best ones for its topic."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline.

    Attributes:
        published: when its article appeared.
        passage: where its words stand.
    """

    published: Published
    passage: Passage

    @property
    def span(self) -> Span:
        """Of the quote in the article's body: the sentence of the passage that fits best."""
        return self.passage.sentence

    @property
    def quote(self) -> str:
        """The sentence word for word, sliced from the body."""
        return self.span.of(self.passage.article.body)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Quotes on a topic, the oldest first.

    Attributes:
        answer: to the topic as a question: its band, what is missing, what was understood, what comes nearest. Its
            passages are those of the entries, in their order.
        entries: at most one a day, and one an article where the day is not known; no two say the same. Those that fit
            best, where there are more than were asked for.
        more: how many others there are.
        undated: how many passages on the topic stand in articles without a date, and were left out therefore.
    """

    answer: Answer
    entries: tuple[Entry, ...]
    more: int
    undated: int


def timeline_of(answer: Answer, limit: int) -> Timeline:
    """The passages of an answer as a timeline.

    Args:
        answer: to a topic, with all passages that may stand in the timeline, best first.
        limit: at most so many entries, at least 1.
    """
    dated = [Entry(found, each) for each in answer.passages if (found := each.article.published)]
    entries = list(_telling(dated))
    kept = sorted(entries[:limit], key=lambda entry: entry.published.iso)
    return Timeline(
        answer=replace(answer, passages=tuple(entry.passage for entry in kept)),
        entries=tuple(kept),
        more=len(entries) - len(kept),
        undated=len(answer.passages) - len(dated),
    )


def _telling(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Those that tell of another day than all before them, and in other words."""
    told: set[str] = set()
    for entry in entries:
        article = entry.passage.article
        keys = {f"when {article.day or article.id}", f"what {same_words(entry.quote)}"}
        if told.isdisjoint(keys):
            told |= keys
            yield entry
