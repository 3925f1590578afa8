"""How does an answer look that is opened again? Each quote says whether it still stands in the articles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from telegram import MessageEntity

from bot.speech import ENGLISH, N_, Speech
from bot.telegram.drafts import Draft, Message, packed
from bot.telegram.messages import attribute, number_of, quoted
from bot.wording import printable
from db import LoggedQuestion, ShownPassage
from retrieval import Fate, Passage, Span, Standing, head

_LONGEST_QUESTION: Final = 500  # code points
_MARKED: Final = 40  # differences on either side of a quote; of more, nobody sees what they are

STANDS: Final = N_("{number} still stands in the article:")
CHANGED: Final = N_("{number} was changed since. On {day} it said:")
NOW: Final = N_("Now it says:")
REMOVED: Final = N_("{number} is no longer in the articles, and I do not show it.")
ASKED: Final = N_("Asked on {day}:")
NOTHING_FOUND: Final = N_("The articles did not answer it then. Ask me, and I look again.")


@dataclass(frozen=True, slots=True)
class Reopened:
    """A quote that was shown, and what became of it."""

    shown: ShownPassage
    standing: Standing

    @property
    def now(self) -> tuple[str, Span] | None:
        """The body that it stands in now, by its hash, and where; None where it is gone."""
        article, span = self.standing.article, self.standing.span
        return (article.sha256, span) if article and span else None


def to_reopened(
    entry: LoggedQuestion,
    quotes: Iterable[Reopened],
    found: Mapping[tuple[str, Span], Passage],
    say: Speech = ENGLISH,
) -> list[Message]:
    """The question, when it was asked, and its quotes, in one or more messages.

    Args:
        entry: the question.
        quotes: that were shown for it, in their order.
        found: what is found for it now, by body and place: of a quote that is among it, the best sentence is known.
        say: in these words.
    """
    pieces = [_quote(entry, at, quote, found, say) for at, quote in enumerate(quotes, start=1)]
    return list(packed([_head(entry, say), *(pieces or [Draft(say(NOTHING_FOUND))])]))


def _head(entry: LoggedQuestion, say: Speech) -> Draft:
    """Of the asker's words nothing becomes a link, a mention or a command of ours."""
    question = printable(entry.text) or "…"
    shown = head(question, Span(0, len(question)), _LONGEST_QUESTION)
    draft = Draft(say(ASKED, day=say.day(entry.asked_at.date())) + " ")
    draft.add(shown.of(question), MessageEntity.CODE)
    draft.add("" if len(shown) == len(question) else " …")
    return draft


def _quote(
    entry: LoggedQuestion, at: int, quote: Reopened, found: Mapping[tuple[str, Span], Passage], say: Speech
) -> Draft:
    number, standing = number_of(at), quote.standing
    if standing.fate is Fate.STANDS:
        draft = Draft(say(STANDS, number=number))
        passage = found.get(quote.now) if quote.now else None
        # What is underlined here is what was changed.
        plain = quoted(passage, say).without(MessageEntity.UNDERLINE) if passage else _says_now(standing, say)
        draft.append(plain, "\n")
    elif standing.fate is Fate.CHANGED:
        draft = Draft(say(CHANGED, number=number, day=say.day(entry.asked_at.date())))
        draft.append(to_change(quote.shown.text, standing, say), "\n")
    else:
        draft = Draft(say(REMOVED, number=number))
    return draft


def to_change(text: str, standing: Standing, say: Speech) -> Draft:
    """What an article said and what it says now, each as a quote in which the other words stand out.

    Args:
        text: of the quote, as it was shown.
        standing: what became of it; it was changed.
        say: in these words.
    """
    old = [each.old for each in standing.differences if each.old]
    draft = _marked(text, Span(0, len(text)), old, MessageEntity.STRIKETHROUGH)
    draft.add("\n" + say(NOW))
    draft.append(_says_now(standing, say), "\n")
    return draft


def _says_now(standing: Standing, say: Speech) -> Draft:
    """What the article says now, and where; what was not there before is underlined."""
    article, span = standing.article, standing.span
    if article is None or span is None:
        raise ValueError("a quote that is gone has no words")
    new = [each.new for each in standing.differences if each.new]
    draft = _marked(article.body, span, new, MessageEntity.UNDERLINE)
    draft.add("\n— ")
    attribute(draft, article, span, say)
    return draft


def _marked(text: str, span: Span, differences: Iterable[Span], kind: str) -> Draft:
    """A part of a text as a quote, in which some places stand out."""
    draft = Draft()
    draft.add(span.of(text), MessageEntity.BLOCKQUOTE)
    for each in list(differences)[:_MARKED]:
        draft.mark(each.start - span.start, each.end - span.start, kind)
    return draft
