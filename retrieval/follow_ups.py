"""Is a question about what was asked before, like “And when was that?”, or has it a subject of its own?"""

from functools import cache
from typing import Final

from retrieval.kinds import asking_phrase
from retrieval.languages import language_of, not_searched_for
from retrieval.normalization import normal_form
from retrieval.segmentation import words_in

_MOST: Final = 2  # words of its own that a question may add to the subject of another


def goes_on(question: str, language: str) -> bool:
    """Whether a question has no subject of its own, so that it must be about the one before.

    It has none if nothing of it is worth searching for; if it refers (“his”) or goes on (“and”) and adds hardly
    anything. A name or a number of its own is a subject, unless it goes on: “and in Baku?”

    Args:
        question: as typed, without filters.
        language: ISO 639-1, its own.
    """
    words = words_in(question, language, asked=True)
    if not words:
        return False
    forms = [word.form for word in words]
    empty = _empty(language)
    asking = asking_phrase(question, language)  # "how long ago?"
    own = [word for word in words if (word.term or word.form not in empty) and not (asking and word.span in asking[0])]
    if not own:
        return True
    if len(own) > _MOST:
        return False
    if forms[0] in _forms("linking", language):
        return True
    named = any(question[word.start].isupper() and word is not words[0] for word in own)
    numbered = any(question[word.start].isdigit() for word in own)
    return not (named or numbered) and not _forms("referring", language).isdisjoint(forms)


def says_nothing(form: str, language: str) -> bool:
    """Whether a word of a question that goes on only points to the one before."""
    return form in _forms("referring", language) or form in _forms("linking", language)


def asks(question: str, language: str) -> bool:
    """Whether a question has words that ask, and is no mere addition to another."""
    return any(word.form in _forms("question_words", language) for word in words_in(question, language, asked=True))


@cache
def _empty(language: str) -> frozenset[str]:
    """Words that are no subject."""
    dropped = frozenset(normal_form(word, language) for word in not_searched_for(language))
    return dropped.union(*(_forms(table, language) for table in ("referring", "linking", "light")))


@cache
def _forms(table: str, language: str) -> frozenset[str]:
    return frozenset(normal_form(word, language) for word in getattr(language_of(language), table))
