"""Which publisher does a question name? "According to Asbarez", "the Press TV report"."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import regex

from retrieval.analysis import written_words
from retrieval.languages import not_searched_for
from retrieval.model import Article, Span, Token
from retrieval.phrases import PhraseBook, longest, word_spans

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
    """

    def __init__(self, publishers: Iterable[str]) -> None:
        self._book = PhraseBook(name for publisher in dict.fromkeys(publishers) for name in _names(publisher))

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


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _names(publisher: str) -> list[str]:
    parts = (part for part in _BETWEEN_NAMES.split(publisher) if written_words(part))
    return list(dict.fromkeys(parts))


def _term(name: str) -> str:
    return "publisher:" + " ".join(written_words(name)).casefold()
