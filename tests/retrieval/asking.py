"""Vocabularies, words and questions made by hand."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from retrieval.analysis import Analyzer
from retrieval.answers import Match, QuestionWord, WantedTerm
from retrieval.kinds import Kind
from retrieval.memory.dictionary import MemoryDictionary
from retrieval.memory.paragraphs import MemoryParagraphs
from retrieval.model import Token
from retrieval.question import Question
from retrieval.vocabulary import Vocabulary


def vocabulary_of(*texts: str, language: str = "en") -> Vocabulary:
    """The words of these paragraphs, analysed as those of articles are."""
    return Vocabulary((Analyzer(language).tokens(text), []) for text in texts)


def plain_vocabulary(paragraphs: Iterable[Iterable[str]]) -> Vocabulary:
    """Paragraphs of words that count as themselves."""
    return Vocabulary(([Token(0, len(form), form, form) for form in forms], []) for forms in paragraphs)


def paragraphs_of(
    vocabulary: Vocabulary, kinds: Sequence[Mapping[Kind, int]] = (), published: Sequence[dt.date | None] = ()
) -> MemoryParagraphs:
    """The same paragraphs as they are scored, of no kind and of no day unless these are given."""
    size = len(vocabulary.lengths)
    return MemoryParagraphs(vocabulary, kinds or [{}] * size, published or [None] * size)


class Frequencies(MemoryDictionary):
    """Words that are as frequent as they come early."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(plain_vocabulary([[word] * (len(words) - at) for at, word in enumerate(words)]))


def wanted(
    term: str, match: Match = Match.SAME, likeness: float = 1.0, together: frozenset[str] = frozenset()
) -> WantedTerm:
    """A term to be looked up, written as it is indexed."""
    return WantedTerm(term, match, likeness, together)


def known(term: str, weight: float = 1.0) -> QuestionWord:
    """A word that an article holds as it is typed."""
    return QuestionWord(term, term.lower(), (wanted(term.lower()),), weight)


def unknown(text: str, weight: float = 1.0) -> QuestionWord:
    """A word that no article holds, nor anything like it."""
    return QuestionWord(text, text.lower(), (), weight)


def question_of(*words: QuestionWord, kind: Kind | None = None) -> Question:
    """A question of these words."""
    return Question(" ".join(word.text for word in words), "en", words, kind)
