"""A version of a corpus in the tables of a store."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
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

_REMEMBERED: Final = 64  # articles: those of one answer, and of the next


class DiskCollection:
    """A `retrieval.collection.Collection` on disk. Safe to share between threads.

    Args:
        summary: of the version that the tables show.
        tables: of the store.
        searcher: of the inverted index.
        schema: of the same.
    """

    def __init__(self, summary: Summary, tables: Reader, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        state = State.read(tables)
        self.catalog = StoredCatalog(summary, tables)
        self.index = DiskIndex(searcher, schema, tables, state)
        self.paragraphs = DiskParagraphs(tables, state)
        self.dictionary = DiskDictionary(tables)
        self.sources = Sources(summary.publishers)
        self.other_names = OtherNames(summary.aliases, _StoredAcronyms(tables))
        self._tables = tables
        self._articles: OrderedDict[str, Article] = OrderedDict()

    def copies(self, ordinal: int) -> Sequence[Paragraph]:
        """Where an indexed text stands, the oldest first."""
        record = self._tables.get(Table.DOCUMENTS, number_key(ordinal)) or b""
        return [
            Paragraph(self._article(place.key), Span(place.start, place.end), place.language)
            for place in places_of(record)
        ]

    def tokens(self, ordinal: int) -> Sequence[Token]:
        """Its words, in order."""
        first = self.copies(ordinal)[0]
        return Analyzer(first.language).tokens(first.text)

    def terms_of(self, ordinal: int) -> frozenset[str]:
        """The terms that it is found by."""
        copies = self.copies(ordinal)
        analyzer = Analyzer(copies[0].language)
        terms = frozenset(analyzer.terms(copies[0].text))
        if not terms:
            return terms
        publishers = frozenset(token.term for copy in copies for token in publisher_tokens(copy.article))
        return terms.union(analyzer.terms(copies[0].article.title), publishers)

    def _article(self, key: str) -> Article:
        # Two threads may read the same article: that does no harm.
        found = self._articles.get(key)
        if found is None:
            record = self._tables.get(Table.ARTICLES, bytes.fromhex(key))
            found = self._articles[key] = article_of(record or b"")
            while len(self._articles) > _REMEMBERED:
                self._articles.popitem(last=False)
        return found


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
