"""A corpus in memory, indexed."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final

from retrieval.acronyms import keys_of
from retrieval.collection import Passing
from retrieval.corpus import Corpus
from retrieval.manifest import Rejection
from retrieval.memory.dictionary import MemoryDictionary
from retrieval.memory.paragraphs import MemoryParagraphs
from retrieval.model import Article, Paragraph, Token
from retrieval.okapi import OkapiIndex
from retrieval.other_names import OtherNames, Pair
from retrieval.same_text import Analysed, analysed, date_of, grouped
from retrieval.sources import Sources
from retrieval.vocabulary import Vocabulary

_Identity = tuple[str | None, ...]
_REMEMBERED: Final = 256  # paragraphs whose words are kept at hand: many a question is about the same ones


class MemoryCollection:
    """A `retrieval.collection.Collection` of a corpus. Never changed once built.

    Args:
        corpus: what may be quoted.
        previous: of another version; what it has analysed is not analysed again.
    """

    def __init__(self, corpus: Corpus, previous: "MemoryCollection | None" = None) -> None:
        self.catalog = MemoryCatalog(corpus)
        self._copies = grouped(corpus.paragraphs())
        known = previous.analysed if previous else {}
        keys = [_identity(copies) for copies in self._copies]
        found = [known.get(key) or analysed(copies) for key, copies in zip(keys, self._copies, strict=True)]
        self.analysed: dict[_Identity, Analysed] = dict(zip(keys, found, strict=True))
        self._vocabulary = vocabulary = Vocabulary((each.tokens, each.elsewhere) for each in found)
        self._tokens = lru_cache(maxsize=_REMEMBERED)(vocabulary.tokens)
        self.index = OkapiIndex(vocabulary.terms())
        days = [first.article.day for first, *_ in self._copies]
        self.paragraphs = MemoryParagraphs(vocabulary, [each.kinds for each in found], days)
        self.dictionary = MemoryDictionary(vocabulary)
        self.sources = Sources(article.publisher for article in corpus.articles if article.publisher)
        self.other_names = OtherNames(corpus.aliases, _AcronymTable(found))

    def copies(self, ordinal: int) -> Sequence[Paragraph]:
        """Where an indexed paragraph stands, the oldest first."""
        return self._copies[ordinal]

    def tokens(self, ordinal: int) -> Sequence[Token]:
        """The words of its text, in order."""
        return self._tokens(ordinal)

    def terms_of(self, ordinal: int) -> frozenset[str]:
        """The terms that it is found by."""
        return self._vocabulary.terms_of(ordinal)


def _identity(copies: Sequence[Paragraph]) -> _Identity:
    """What an analysis depends on."""
    first = copies[0]
    return (first.text, first.language, first.article.title, *(copy.article.publisher for copy in copies))


class MemoryCatalog:
    """A `retrieval.collection.Catalog` of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.languages: tuple[str, ...] = corpus.languages
        self.paragraph_count: int = corpus.paragraph_count

    @property
    def version(self) -> str:
        """Names the content."""
        return self._corpus.version

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """What was not taken into the corpus."""
        return self._corpus.rejections

    @property
    def article_count(self) -> int:
        """How many articles there are."""
        return len(self._corpus.articles)

    def newest(self, limit: int, passing: Passing | None = None) -> tuple[Article, ...]:
        """The articles that appeared last, the newest first."""
        articles = (each for each in self._corpus.articles if not passing or passing(each.publisher, date_of(each)))
        return tuple(heapq.nlargest(limit, articles, key=date_of))

    def with_sha256(self, sha256: str) -> Article | None:
        """An article with this body."""
        return self._by_sha256.get(sha256)

    def with_id(self, article_id: str) -> Article | None:
        """The article with this id."""
        return self._by_id.get(article_id)

    @cached_property
    def _by_id(self) -> Mapping[str, Article]:
        return {article.id: article for article in self._corpus.articles}

    @cached_property
    def _by_sha256(self) -> Mapping[str, Article]:
        return {article.sha256: article for article in self._corpus.articles}

    def articles(self) -> Iterator[Article]:
        """All of them."""
        return iter(self._corpus.articles)


class _AcronymTable:
    """The acronyms that paragraphs explain, by their keys."""

    def __init__(self, paragraphs: Iterable[Analysed]) -> None:
        pairs: dict[str, dict[Pair, None]] = defaultdict(dict)
        for pair in (pair for each in paragraphs for pair in each.acronyms):
            for key in keys_of(*pair):
                pairs[key][pair] = None
        self._pairs: Mapping[str, Sequence[Pair]] = {key: tuple(found) for key, found in pairs.items()}

    def __call__(self, keys: Iterable[str]) -> list[Pair]:
        """The pairs that are kept under these keys, each once."""
        return list(dict.fromkeys(pair for key in keys for pair in self._pairs.get(key, ())))
