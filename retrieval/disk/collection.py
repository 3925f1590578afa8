"""A version of a corpus in the tables of a store."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import Final

import tantivy

from retrieval.analysis import Analyzer
from retrieval.disk.index import DiskIndex
from retrieval.disk.packing import number_key, places_of, text_key
from retrieval.disk.state import State
from retrieval.disk.words import DiskDictionary, DiskParagraphs
from retrieval.model import Article, Paragraph, Span, Token
from retrieval.other_names import OtherNames, Pair
from retrieval.sources import Sources, publisher_tokens
from retrieval.store.catalog import StoredCatalog
from retrieval.store.environment import Reader, Table
from retrieval.store.records import article_of, unwritten
from retrieval.store.summary import Summary

_REMEMBERED: Final = 64  # texts and articles


class DiskCollection:
    """A `retrieval.collection.Collection` on disk. Safe to share between threads.

    Args:
        summary: of the version that the tables show.
        tables: of the store.
        searcher: of the inverted index.
        schema: of the same.

    Attributes:
        state: what is known of all its texts together.
    """

    def __init__(self, summary: Summary, tables: Reader, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self.state = state = State.read(tables)
        self.catalog = StoredCatalog(summary, tables)
        self.index = DiskIndex(searcher, schema, tables, state)
        self.paragraphs = DiskParagraphs(tables, state)
        self.dictionary = DiskDictionary(tables)
        self.sources = Sources(summary.publishers)
        self.other_names = OtherNames(summary.aliases, _StoredAcronyms(tables))
        # An answer reads a few texts again and again. What remembers them does not hold this collection: as soon as
        # nobody asks it any more, its version is let go of.
        article = lru_cache(maxsize=_REMEMBERED)(partial(_article, tables))
        self._copies = lru_cache(maxsize=_REMEMBERED)(partial(_copies, tables, article))
        self._tokens = lru_cache(maxsize=_REMEMBERED)(partial(_tokens, self._copies))

    def copies(self, ordinal: int) -> Sequence[Paragraph]:
        """Where an indexed text stands, the oldest first."""
        return self._copies(ordinal)

    def tokens(self, ordinal: int) -> Sequence[Token]:
        """Its words, in order."""
        return self._tokens(ordinal)

    def terms_of(self, ordinal: int) -> frozenset[str]:
        """The terms that it is found by."""
        copies, tokens = self.copies(ordinal), self.tokens(ordinal)
        title = Analyzer(copies[0].language).terms(copies[0].article.title) if tokens else []
        publishers = [token.term for copy in copies for token in publisher_tokens(copy.article)] if tokens else []
        return frozenset([token.term for token in tokens] + title + publishers)


def _article(tables: Reader, key: str) -> Article:
    return article_of(tables.get(Table.ARTICLES, bytes.fromhex(key)) or b"")


def _copies(tables: Reader, article: Callable[[str], Article], ordinal: int) -> tuple[Paragraph, ...]:
    places = places_of(tables.get(Table.DOCUMENTS, number_key(ordinal)) or b"")
    return tuple(Paragraph(article(each.key), Span(each.start, each.end), each.language) for each in places)


def _tokens(copies: Callable[[int], Sequence[Paragraph]], ordinal: int) -> tuple[Token, ...]:
    first = copies(ordinal)[0]
    return tuple(Analyzer(first.language).tokens(first.text))


class _StoredAcronyms:
    """The acronyms that texts explain, by their keys."""

    def __init__(self, tables: Reader) -> None:
        self._tables = tables

    def __call__(self, keys: Iterable[str]) -> list[Pair]:
        """Those under some keys, the one that most texts explain first."""
        records = self._tables.get_all(Table.ACRONYMS, [text_key(key) for key in keys])
        counts = {
            (acronym, words): count for record in records if record for acronym, words, count in unwritten(record)
        }
        return sorted(counts, key=lambda pair: -counts[pair])
