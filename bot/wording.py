"""What the bot says of an answer, in words that do not depend on where they are read."""

import calendar
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

import regex

from retrieval import QUESTION_LIMIT, Answer, Article, Band, Published, Span

_WORDS_NAMED: Final = 8
_WORD_CHARACTERS: Final = 40
_TITLE_CHARACTERS: Final = 200
_SOURCE_CHARACTERS: Final = 100
_MONTH_PARTS: Final = 2

# Control characters, halves of characters, and the overrides and isolates of bidirectional text. What joins letters
# (in Persian, in emoji) stays.
_COMMANDING: Final = regex.compile(r"[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_SCATTERED: Final = "They hold these words, but no passage brings enough of them together."
_INCOMPLETE: Final = "No passage brings all of your words together."
SUGGESTING: Final = "Did you mean: "
"""What stands in front of `suggestion`."""
NO_QUESTION: Final = "I found no word to search for in that. Ask me in words: who, where, when, what was said."


def remarks(answer: Answer) -> list[str]:
    """What must be said beside the passages, a sentence or two each; nothing for a plain good answer."""
    said = []
    if len(answer.question) > QUESTION_LIMIT:
        said.append(f"Your question is long: I read its first {QUESTION_LIMIT} characters.")
    if not answer.searched_words:
        return [*said, NO_QUESTION]
    if answer.band is Band.NONE:
        said.append(f"The articles do not answer this. {_why(answer, _SCATTERED)}")
        said.append(f"What they write about: {'; '.join(map(_topic, answer.nearest))}.")
    if meant := suggestion(answer):
        said.append(SUGGESTING + meant)
    if answer.band is Band.WEAK:
        said.append(f"The articles may not answer this. {_why(answer, _INCOMPLETE)} The nearest that they say:")
    return said


def suggestion(answer: Answer) -> str | None:
    """The question as it was probably meant, on one line: the asker's own words, for which nobody vouches."""
    return printable(answer.did_you_mean) if answer.did_you_mean else None


def attribution(article: Article, place: Span | None = None) -> str:
    """Publisher and date of an article, as far as they are known; where neither is, its title.

    Args:
        article: that is quoted or named.
        place: of a quote in its body, for the page that it is on where there are pages.
    """
    known = [_shortened(printable(article.publisher), _SOURCE_CHARACTERS)] if article.publisher else []
    known += [date_in_words(article.published)] if article.published else []
    known = known or [title_of(article) or _shortened(printable(article.path), _SOURCE_CHARACTERS)]
    page = article.page_of(place.start) if place else None
    return ", ".join([*known, f"page {page}"] if page else known)


def title_of(article: Article) -> str | None:
    """The article's title on one line; None where it has none but its file's name."""
    if article.title == PurePosixPath(article.path).stem:
        return None
    return _shortened(printable(article.title), _TITLE_CHARACTERS)


def date_in_words(published: Published) -> str:
    """A date as people write it, with a word where it was inferred."""
    parts = [int(part) for part in published.iso.split("-")]
    words = [str(parts[0])]
    if len(parts) >= _MONTH_PARTS:
        words.insert(0, calendar.month_name[parts[1]])
    if len(parts) > _MONTH_PARTS:
        words.insert(0, str(parts[2]))
    return " ".join(words) + (" (date inferred)" if published.approximate else "")


def printable(text: str) -> str:
    """Text on one line in which nothing commands a terminal or turns the reading direction."""
    return " ".join(_COMMANDING.sub(" ", text).split())


def harmless(text: str) -> str:
    """Text as it is and as long as it was, but for what commands a terminal: that is shown as a box."""
    return _COMMANDING.sub(lambda found: found[0] if found[0] in "\n\t" else "\N{REPLACEMENT CHARACTER}", text)


def spelt_out(json: str) -> str:
    """JSON that says the same without a sign that commands a terminal: each is written as its number."""
    return _COMMANDING.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def _why(answer: Answer, otherwise: str) -> str:
    """What keeps us from answering: words that no article contains, and words that the best passage lacks."""
    reasons = []
    if answer.missing_terms:
        reasons.append(f"None of them contains {_listed(answer.missing_terms)}.")
    if answer.lacking_terms and answer.band is Band.WEAK:
        reasons.append(f"The nearest passage says nothing of {_listed(answer.lacking_terms)}.")
    return " ".join(reasons) or otherwise


def _topic(article: Article) -> str:
    title = title_of(article)
    return f"“{title}” ({attribution(article)})" if title else attribution(article)


def _listed(words: Sequence[str]) -> str:
    named = [f"“{_shortened(printable(word), _WORD_CHARACTERS)}”" for word in words[:_WORDS_NAMED]]
    if len(words) > _WORDS_NAMED:
        named.append(f"{len(words) - _WORDS_NAMED} more of your words")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
