"""What the bot says of an answer, in words that do not depend on where they are read, but on who reads them."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

import regex

from bot.speech import ENGLISH, N_, Speech
from bot.understanding import told
from retrieval import QUESTION_LIMIT, Answer, Article, Band, Span

_WORDS_NAMED: Final = 8
_WORD_CHARACTERS: Final = 40
_WORD_ON_BUTTON: Final = 20
_TITLE_CHARACTERS: Final = 200
_SOURCE_CHARACTERS: Final = 100

# Control characters, halves of characters, and the overrides and isolates of bidirectional text. What joins letters
# (in Persian, in emoji) stays.
_COMMANDING: Final = regex.compile(r"[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_SCATTERED: Final = N_("They hold these words, but no passage brings enough of them together.")
_INCOMPLETE: Final = N_("No passage brings all of your words together.")
SUGGESTING: Final = N_("Did you mean:")
"""What stands in front of `suggestion`."""
NO_QUESTION: Final = N_("I found no word to search for in that. Ask me in words: who, where, when, what was said.")
NOTHING_PASSES: Final = N_("No passage passes this. Ask with fewer conditions, or wider ones.")
NEWEST_FIRST: Final = N_("The newest first:")


def remarks(answer: Answer, say: Speech = ENGLISH) -> list[str]:
    """What must be said beside the passages, a sentence or two each; nothing for a plain good answer."""
    said = []
    if len(answer.question) > QUESTION_LIMIT:
        said.append(say("Your question is long: I read its first {limit} characters.", limit=QUESTION_LIMIT))
    understood = told(answer.understood, _shown, say) if answer.understood else []
    if answer.understood.nothing_passes:
        return [*said, *understood, say(NOTHING_PASSES)]
    if not answer.searched_words:
        return [*said, *understood, say(NEWEST_FIRST if answer.passages else NO_QUESTION)]
    said += understood
    if answer.band is Band.NONE:
        said.append(" ".join([say("The articles do not answer this."), _why(answer, _SCATTERED, say)]))
        topics = "; ".join(_topic(article, say) for article in answer.nearest)
        said.append(say("What they write about: {topics}.", topics=topics))
    if meant := suggestion(answer):
        said.append(f"{say(SUGGESTING)} {meant}")
    if answer.band is Band.WEAK:
        unsure, nearest = say("The articles may not answer this."), say("The nearest that they say:")
        said.append(f"{unsure} {_why(answer, _INCOMPLETE, say)} {nearest}")
    return said


def in_short(answer: Answer, say: Speech = ENGLISH) -> str | None:
    """Why there is no good answer, in a few words, as they fit on a button; None for a plain good one."""
    if answer.understood.nothing_passes:
        return say(N_("No passage passes your conditions"))
    if not answer.searched_words and not answer.passages:
        return say(N_("Type words to search for"))
    if answer.band is Band.FOUND:
        return None
    if answer.band is Band.WEAK:
        return say(N_("These may not answer it"))
    if not answer.missing_terms:
        return say(N_("No passage answers this"))
    word = say.quoted(_shortened(printable(answer.missing_terms[0]), _WORD_ON_BUTTON))
    return say(N_("No article contains {word}"), word=word)


def suggestion(answer: Answer) -> str | None:
    """The question as it was probably meant, on one line: the asker's own words, for which nobody vouches."""
    return printable(answer.did_you_mean) if answer.did_you_mean else None


def attribution(article: Article, place: Span | None = None, say: Speech = ENGLISH) -> str:
    """Publisher and date of an article, as far as they are known; where neither is, its title.

    Args:
        article: that is quoted or named.
        place: of a quote in its body, for the page that it is on where there are pages.
        say: in these words.
    """
    known = [_shortened(printable(article.publisher), _SOURCE_CHARACTERS)] if article.publisher else []
    known += [say.date(article.published)] if article.published else []
    known = known or [title_of(article) or _shortened(printable(article.path), _SOURCE_CHARACTERS)]
    page = article.page_of(place.start) if place else None
    return ", ".join([*known, say("page {page}", page=page)] if page else known)


def publisher_of(article: Article) -> str:
    """Who published an article; where that is not known, its title."""
    if article.publisher:
        return _shortened(printable(article.publisher), _SOURCE_CHARACTERS)
    return title_of(article) or _shortened(printable(article.path), _SOURCE_CHARACTERS)


def title_of(article: Article) -> str | None:
    """The article's title on one line; None where it has none but its file's name."""
    if article.title == PurePosixPath(article.path).stem:
        return None
    return _shortened(printable(article.title), _TITLE_CHARACTERS)


def printable(text: str) -> str:
    """Text on one line in which nothing commands a terminal or turns the reading direction."""
    return " ".join(_COMMANDING.sub(" ", text).split())


def harmless(text: str) -> str:
    """Text as it is and as long as it was, but for what commands a terminal: that is shown as a box."""
    return _COMMANDING.sub(lambda found: found[0] if found[0] in "\n\t" else "\N{REPLACEMENT CHARACTER}", text)


def spelt_out(json: str) -> str:
    """JSON that says the same without a sign that commands a terminal: each is written as its number."""
    return _COMMANDING.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def _why(answer: Answer, otherwise: str, say: Speech) -> str:
    """What keeps us from answering: words that no article contains, and words that the best passage lacks."""
    reasons = []
    if answer.missing_terms:
        reasons.append(say("None of them contains {words}.", words=_listed(answer.missing_terms, say)))
    if answer.lacking_terms and answer.band is Band.WEAK:
        lacking = _listed(answer.lacking_terms, say)
        reasons.append(say("The nearest passage says nothing of {words}.", words=lacking))
    return " ".join(reasons) or say(otherwise)


def _topic(article: Article, say: Speech) -> str:
    title, source = title_of(article), attribution(article, say=say)
    return f"{say.quoted(title)} ({source})" if title else source


def _listed(words: Sequence[str], say: Speech) -> str:
    named = [say.quoted(_shortened(printable(word), _WORD_CHARACTERS)) for word in words[:_WORDS_NAMED]]
    if len(words) > _WORDS_NAMED:
        more = len(words) - _WORDS_NAMED
        named.append(say.plural("{count} more of your words", "{count} more of your words", more))
    return say.listed(named)


def _shown(words: str, longest: int) -> str:
    return _shortened(printable(words), longest)


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
