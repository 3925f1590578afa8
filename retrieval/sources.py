"""Which publisher does a question name? "According to Asbarez", "the Press TV report"."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Final

import regex
from rapidfuzz import process
from rapidfuzz.distance import Indel

from retrieval.analysis import written_words
from retrieval.answers import LIKELY
from retrieval.languages import not_searched_for
from retrieval.model import Article, Span, Token
from retrieval.phrases import PhraseBook, longest, word_spans
from retrieval.transliteration import bare

# "Global Village Space (Anadolu Agency)", "Reuters/AFP": each of them may be named.
_BETWEEN_NAMES: Final = regex.compile(r"\s*[()/;]\s*")


def publisher_tokens(article: Article) -> list[Token]:
    """What stands for an article's publisher in the index: a term for each of its names that no text can hold."""
    return list(_tokens(article.publisher)) if article.publisher else []


@lru_cache(maxsize=1 << 12)
def _tokens(publisher: str) -> tuple[Token, ...]:
    terms = map(_term, _names(publisher))
    return tuple(Token(0, len(publisher), term, term) for term in terms)


class Sources:
    """The publishers of a corpus. Immutable.

    Args:
        publishers: as the articles have them, with repetitions.

    Attributes:
        publishers: the same, each once.
    """

    def __init__(self, publishers: Iterable[str]) -> None:
        self.publishers: tuple[str, ...] = tuple(dict.fromkeys(publishers))
        self._book = PhraseBook(name for publisher in self.publishers for name in _names(publisher))

    def named(self, question: str, language: str) -> dict[Span, str]:
        """Where a question names publishers in full, and the term that stands for each; never overlapping.

        Args:
            question: any text.
            language: ISO 639-1 code of it.
        """
        words = written_words(question)
        # A publisher may be called "Who", but a function word is hardly ever meant as one.
        function_words = not_searched_for(language)
        places = {
            place: found
            for place, found in self._book.places(words, language).items()
            if any(word.lower() not in function_words or _is_acronym(word) for word in words[slice(*place)])
        }
        spans = word_spans(question, words) if places else []
        return {
            Span(spans[start].start, spans[end - 1].end): _term(places[start, end][0]) for start, end in longest(places)
        }

    def called(self, typed: str) -> tuple[str, ...]:
        """The publishers that somebody may mean who types a name, a part of one, an address, or nearly one of these."""
        labels = [typed] if " " in typed else [typed, *sorted(typed.split("."), key=len, reverse=True)]
        found = next(filter(None, map(self._called_partly, labels)), ())
        return found or self._called_nearly(_letters(typed))

    def called_in_full(self, typed: str) -> tuple[str, ...]:
        """The publishers with this name, in whatever letters, case and spacing; none for what is no name."""
        return self._by_letters.get(_letters(typed), ()) if typed else ()

    def with_term(self, term: str) -> tuple[str, ...]:
        """The publishers that a term of `publisher_tokens` stands for."""
        return self._by_term.get(term, ())

    def _called_partly(self, typed: str) -> tuple[str, ...]:
        if found := self._by_letters.get(_letters(typed)):
            return found
        first, *others = [self._by_word.get(_letters(word), ()) for word in written_words(typed)] or [()]
        return tuple(publisher for publisher in first if all(publisher in each for each in others))

    def _called_nearly(self, letters: str) -> tuple[str, ...]:
        scorer = Indel.normalized_similarity
        best = process.extractOne(letters, self._by_letters.keys(), scorer=scorer, score_cutoff=LIKELY)
        return self._by_letters[best[0]] if best else ()

    @cached_property
    def _by_word(self) -> Mapping[str, tuple[str, ...]]:
        words = ((_letters(word), each) for each in self.publishers for word in written_words(each))
        return _grouped((letters, publisher) for letters, publisher in words if letters)

    @cached_property
    def _by_letters(self) -> Mapping[str, tuple[str, ...]]:
        names = ((_letters(name), each) for each in self.publishers for name in (each, *_names(each)))
        return _grouped((letters, publisher) for letters, publisher in names if letters)

    @cached_property
    def _by_term(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((term, publisher) for publisher in self.publishers for term in terms_of_publisher(publisher))


def terms_of_publisher(publisher: str) -> tuple[str, ...]:
    """What stands for a publisher in the index, one term for each of its names; none where it has no word."""
    return tuple(token.term for token in _tokens(publisher))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][value] = None
    return {key: tuple(values) for key, values in groups.items()}


def _letters(name: str) -> str:
    """What is the same however a name is spaced, and in whatever script it is written."""
    return bare("".join(written_words(name)))


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _names(publisher: str) -> list[str]:
    parts = (part for part in _BETWEEN_NAMES.split(publisher) if written_words(part))
    return list(dict.fromkeys(parts))


def _term(name: str) -> str:
    return "publisher:" + " ".join(written_words(name)).casefold()
