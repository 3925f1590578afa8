"""The disk engine: tantivy finds the candidates by its own BM25, and they are scored anew by ours.

tantivy's k1 and b are fixed (1.2 and .75), and its texts are those of all versions that were not cleaned away yet. So
it is asked for more than are wanted, those that are not of this version are passed over, and the rest is scored from
the terms that the store keeps of each text: the scores are those that the memory engine would give.
"""

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

import numpy as np
import regex
import tantivy

from retrieval.answers import Hit
from retrieval.bm25 import idf, saturation
from retrieval.collection import Floats
from retrieval.disk.packing import Counted, text_key
from retrieval.disk.state import State
from retrieval.disk.words import DiskParagraphs, found_in
from retrieval.errors import BusyError, StoreError
from retrieval.store.environment import FORMAT, Reader, Table

WIDER: Final = 2
SPARE: Final = 32
"""tantivy is asked for so many times the candidates, and so many more."""
_HEAP_BYTES: Final = 64 << 20
_LONGEST_TOKEN: Final = 200
_SPACE: Final = regex.compile(r"\s")
_WORDS: Final = "words"
_ORDINAL: Final = "ordinal"
_LARGEST: Final = (1 << 63) - 1


class Postings:
    """The inverted index in a folder, as all versions share it.

    Args:
        home: the folder of the store.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = home / f"postings-{FORMAT}"
        schema = tantivy.SchemaBuilder()
        schema.add_text_field(_WORDS, stored=False, tokenizer_name="whitespace", index_option="freq")
        schema.add_integer_field(_ORDINAL, stored=False, indexed=True, fast=True)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self.index = tantivy.Index(schema.build(), str(self._folder))
        except (OSError, ValueError) as error:
            raise self.failure(error) from error

    @classmethod
    def mended(cls, home: Path) -> "Postings":
        """Those in a folder, or empty ones where these cannot be used. To be called by who alone may write.

        Raises:
            StoreError: the folder cannot be written.
        """
        try:
            return cls(home)
        except StoreError:
            shutil.rmtree(home / f"postings-{FORMAT}", ignore_errors=True)
            return cls(home)

    def failure(self, error: Exception) -> StoreError:
        """What went wrong, and the way out."""
        return StoreError(
            f"the postings in {self._folder} cannot be used ({error}): make room on the disk, or move the folder "
            f"{self._home} away, and the articles are loaded anew"
        )

    def hold(self, state: State, searcher: tantivy.Searcher) -> bool:
        """Whether a searcher of them finds as much as the tables show; not so if somebody removed them."""
        own = tantivy.Query.range_query(self.index.schema, _ORDINAL, tantivy.FieldType.Integer, 0, state.next_document)
        found = searcher.search(own, limit=1, count=True)
        return int(found.count) >= state.documents  # type: ignore[attr-defined]  # its type hints leave it out

    def searcher(self) -> tantivy.Searcher:
        """The index as it was committed last, for as long as the searcher lives.

        Raises:
            StoreError: it cannot be read.
        """
        try:
            self.index.reload()
            return self.index.searcher()
        except (OSError, ValueError) as error:
            raise self.failure(error) from error

    def writer(self) -> "PostingsWriter":
        """To change it; there is one at a time in all processes.

        Raises:
            BusyError: there is one.
        """
        try:
            writer = self.index.writer(_HEAP_BYTES, 1)
            writer.garbage_collect_files()  # a writer that was killed left some, and this one gives the same names
            return PostingsWriter(writer, self)
        except ValueError as error:
            if "lock" in str(error).lower():
                raise BusyError("another reload is running; try again when it is done") from error
            raise self.failure(error) from error


class PostingsWriter:
    """Changes the inverted index. Nothing is seen by others before `commit`.

    Everything raises a StoreError where it cannot be written, as when the disk is full.
    """

    def __init__(self, writer: tantivy.IndexWriter, postings: Postings) -> None:
        self._writer = writer
        self._postings = postings

    def clean(self, dead: Iterable[int], following: int) -> None:
        """Drop texts that no version holds: some, and all from an ordinal on, which a reload left that was given up."""
        for ordinal in dead:
            self._writer.delete_documents_by_term(_ORDINAL, ordinal)
        schema = self._postings.index.schema
        left_over = tantivy.Query.range_query(schema, _ORDINAL, tantivy.FieldType.Integer, following, _LARGEST)
        if self._postings.searcher().search(left_over, limit=1).hits:
            self._writer.delete_documents_by_query(left_over)

    def clear(self) -> None:
        """Drop all texts."""
        self._writer.delete_all_documents()

    def add(self, ordinal: int, terms: Iterable[str]) -> None:
        """Index a text by its terms, with repetitions."""
        document = tantivy.Document()
        document.add_text(_WORDS, " ".join(map(_token, terms)))
        document.add_integer(_ORDINAL, ordinal)
        try:
            self._writer.add_document(document)
        except ValueError as error:
            raise self._postings.failure(error) from error

    def commit(self) -> None:
        """Let others see what was changed."""
        try:
            self._writer.commit()
        except (OSError, ValueError) as error:
            raise self._postings.failure(error) from error

    def finish(self) -> None:
        """Wait until what is merged in the background is merged, and let another write."""
        try:
            self._writer.wait_merging_threads()
        except (OSError, ValueError) as error:
            raise self._postings.failure(error) from error


class DiskIndex:
    """A `retrieval.index.Index` on disk. Safe to share between threads.

    Args:
        searcher: of the inverted index.
        schema: of the same.
        tables: of the store.
        state: of the store.
    """

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, tables: Reader, state: State) -> None:
        self._searcher = searcher
        self._schema = schema
        self._tables = tables
        self._state = state
        self._paragraphs = DiskParagraphs(tables, state)

    def __len__(self) -> int:
        return self._state.documents

    def document_frequency(self, term: str) -> int:
        """In how many texts the term occurs."""
        found = self._tables.get(Table.TERMS, text_key(term))
        return Counted.of(found).frequency if found else 0

    def saturation(self, term: str, ordinal: int) -> float:
        """How much of a term's weight one text earns, as `retrieval.index.Index.saturation` states."""
        number = self._paragraphs.number(term)
        reading = self._paragraphs.read([ordinal])
        count = np.count_nonzero(reading.terms == number) if number is not None else 0
        return float(saturation(count, reading.norms)[0])

    def search(
        self,
        weights: Mapping[str, float],
        limit: int,
        *,
        required: Sequence[AbstractSet[str]] = (),
        barred: AbstractSet[str] = frozenset(),
    ) -> list[Hit]:
        """The best texts that hold a term, as `retrieval.index.Index.search` states.

        They are the best of those that tantivy finds best, `WIDER` times as many as are wanted and `SPARE` more.
        """
        if limit < 1:
            raise ValueError(f"limit must be at least 1, not {limit}")
        if min(weights.values(), default=1) <= 0:
            raise ValueError("weights must be above 0")
        records = self._tables.get_all(Table.TERMS, [text_key(term) for term in weights])
        counted = {term: Counted.of(record) for term, record in zip(weights, records, strict=True) if record}
        known = {term: each for term, each in counted.items() if each.frequency}
        if not known:
            return []
        query = self._query({term: (weights[term], each) for term, each in known.items()})
        ordinals = self._candidates(self._held_to(query, required, barred), limit)
        scores = self._scores({each.number: weights[term] for term, each in known.items()}, ordinals)
        best = sorted(zip((-scores).tolist(), ordinals, strict=True))[:limit]
        return [Hit(ordinal, -score) for score, ordinal in best]

    def _query(self, weighted: Mapping[str, tuple[float, Counted]]) -> tantivy.Query:
        frequencies = np.array([each.frequency for _, each in weighted.values()])
        rarities = idf(frequencies, max(len(self), int(frequencies.max()))).tolist()
        return tantivy.Query.boolean_query(
            [
                # tantivy multiplies by its idf, which our weights hold already.
                (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(term), weight / rarity))
                for (term, (weight, _)), rarity in zip(weighted.items(), rarities, strict=True)
            ]
        )

    def _held_to(
        self, query: tantivy.Query, required: Sequence[AbstractSet[str]], barred: AbstractSet[str]
    ) -> tantivy.Query:
        """The same for texts only that hold one term of each required set and none that is barred."""
        if not required and not barred:
            return query
        clauses = [(tantivy.Occur.Must, query)]
        for terms in required:
            either = tantivy.Query.boolean_query([(tantivy.Occur.Should, self._term(term)) for term in sorted(terms)])
            clauses.append((tantivy.Occur.Must, tantivy.Query.const_score_query(either, 0.0)))
        clauses += [(tantivy.Occur.MustNot, self._term(term)) for term in sorted(barred)]
        return tantivy.Query.boolean_query(clauses)

    def _candidates(self, query: tantivy.Query, limit: int) -> list[int]:
        wanted = WIDER * limit + SPARE
        while True:
            hits = self._searcher.search(query, limit=wanted, count=False).hits
            found = self._searcher.fast_field_values(_ORDINAL, [address for _, address in hits]) if hits else []
            live = [int(ordinal) for ordinal in found if ordinal is not None and self._is_live(int(ordinal))]
            if len(hits) < wanted or len(live) >= limit + SPARE:
                return live
            wanted *= 2

    def _is_live(self, ordinal: int) -> bool:
        return ordinal < len(self._state.live) and bool(self._state.live[ordinal])

    def _term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, _WORDS, _token(term), "freq")

    def _scores(
        self, weights: Mapping[int, float], ordinals: Sequence[int]
    ) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        reading = self._paragraphs.read(ordinals)
        asked = np.array(sorted(weights), np.int64)
        held, places = found_in(reading.terms, asked)
        cells = reading.owners[held] * len(asked) + places
        counts = np.bincount(cells, minlength=len(ordinals) * len(asked)).reshape(len(ordinals), len(asked))
        scores: Floats = saturation(counts, reading.norms[:, None]) @ np.array(
            [weights[number] for number in asked.tolist()]
        )
        return scores


def _token(term: str) -> str:
    """A term as tantivy takes it: without white space, and not too long."""
    if len(term) > _LONGEST_TOKEN:
        return hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return _SPACE.sub("\x1f", term)
