"""How does a timeline look in a chat? Dated quotes, a line each, the oldest first, in one message."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from telegram import MessageEntity

from bot.answering import shown_entry
from bot.speech import ENGLISH, N_, Speech
from bot.telegram.drafts import BETWEEN, Draft, Message
from bot.wording import printable, publisher_of, remarks
from db import ShownPassage
from retrieval import Entry, Span, Timeline, head, link_to

_LENGTHS: Final = (280, 190, 120)
"""Code points of a line's quote at most: the first with which all lines fit into the message."""
_OLDEST_FIRST: Final = N_("What was written of this, the oldest first:")
_NONE_DATED: Final = N_("What is written of this has no date. Ask it as a question, and I quote it.")


def to_timeline(
    timeline: Timeline, say: Speech = ENGLISH, *, first: Sequence[str] = ()
) -> tuple[Message, tuple[ShownPassage, ...]]:
    """The message, and what it quotes, as the log keeps it. Of lines that find no room it is said how many they are.

    Args:
        timeline: of a topic.
        say: in these words.
        first: sentences to be said before it.
    """
    said = [*first, *remarks(timeline.answer, say)]
    if timeline.entries:
        said.append(say(_OLDEST_FIRST))
    elif timeline.undated:
        said.append(say(_NONE_DATED))
    shown = list[Span]()
    draft = Draft()
    for longest in _LENGTHS:
        spans = [head(entry.passage.article.body, entry.span, longest) for entry in timeline.entries]
        draft, shown = _filled(Draft("\n".join(said)), timeline, spans, say)
        if len(shown) == len(spans):
            break
    return draft.finished(), tuple(map(_logged, timeline.entries, shown))


def _filled(draft: Draft, timeline: Timeline, spans: Sequence[Span], say: Speech) -> tuple[Draft, list[Span]]:
    """The draft with as many lines as fit, and what they quote."""
    shown = list[Span]()
    for entry, span in zip(timeline.entries, spans, strict=True):
        line, left = _line(entry, span, say), timeline.more + len(spans) - len(shown) - 1
        together = Draft()
        together.append(line)
        together.append(_foot(timeline, left, say))
        if not draft.has_room_for(together):
            break
        draft.append(line, "\n" if shown else BETWEEN)
        shown.append(span)
    foot = _foot(timeline, timeline.more + len(spans) - len(shown), say)
    if foot.text:
        draft.append(foot)
    return draft, shown


def _line(entry: Entry, span: Span, say: Speech) -> Draft:
    """When it was said, the words, and by whom, with the link to them."""
    article = entry.passage.article
    line = Draft()
    line.add(say.date(entry.published), MessageEntity.BOLD)
    cut = "" if span == entry.span else " …"
    line.add(f" — {say.quoted(printable(span.of(article.body)))}{cut} — ")
    line.link(publisher_of(article), link_to(article, entry.span))
    return line


def _foot(timeline: Timeline, left: int, say: Speech) -> Draft:
    """What is not in it."""
    said = []
    if left:
        said.append(say.plural("{count} more such quote is left out.", "{count} more such quotes are left out.", left))
    if timeline.entries and timeline.undated:
        said.append(
            say.plural(
                "{count} passage on this has no date, and is left out.",
                "{count} passages on this have no date, and are left out.",
                timeline.undated,
            )
        )
    return Draft("\n".join(said))


def _logged(entry: Entry, span: Span) -> ShownPassage:
    body = entry.passage.article.body
    return replace(shown_entry(entry), start=span.start, end=span.end, text=span.of(body))
