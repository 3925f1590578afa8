"""The disk engine: candidates from tantivy, scores as the memory engine gives them."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import OkapiIndex
from retrieval.disk.index import DiskIndex, Postings
from retrieval.disk.state import State
from retrieval.disk.writing import DocumentWriter
from retrieval.model import Token
from retrieval.same_text import Analysed
from retrieval.store.environment import Environment, Table
from tests.builders import IN_MEMORY
from tests.contracts.index_contract import CONTRACT, PARAGRAPHS, QUESTION, IndexContract


def _text(terms: Sequence[str]) -> Analysed:
    """A text of these words."""
    return Analysed([Token(0, 1, term, term) for term in terms], [], {}, [])


class _Shelf:
    """One store that is filled anew again and again: to make one takes longer than to fill it."""

    def __init__(self, home: Path) -> None:
        self._environment = Environment.at(home)
        self._postings = Postings(home)

    def index(self, paragraphs: Sequence[Sequence[str]], removed: Sequence[int] = ()) -> DiskIndex:
        """Of these paragraphs, without those that were removed again."""
        with self._environment.writing() as tables:
            for table in Table:
                tables.clear(table)
            state, postings = State(), self._postings.writer()
            postings.clear()
            documents = DocumentWriter(tables, state)
            for terms in paragraphs:
                postings.add(documents.add(_text(terms), 0, []), terms)
            for ordinal in removed:
                documents.remove(ordinal)
            documents.write()
            postings.commit()
            postings.finish()
            state.write(tables)
            tables.commit()
        shown = self._environment.reading()
        return DiskIndex(self._postings.searcher(), self._postings.index.schema, shown, State.read(shown))


@pytest.fixture(scope="module")
def shelf() -> Iterator[_Shelf]:
    """A store for all tests here, in memory where the machine has a folder for that: disks are slow to make sure."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
        yield _Shelf(Path(folder))


class TestDiskIndex(IndexContract):
    """The engine keeps the contract."""

    @pytest.fixture(autouse=True)
    def _shelf(self, shelf: _Shelf) -> None:
        type(self).shelf = shelf

    shelf: _Shelf

    def build(self, paragraphs: Sequence[Sequence[str]]) -> DiskIndex:
        """On disk."""
        return self.shelf.index(paragraphs)

    @settings(CONTRACT, max_examples=30)
    @given(PARAGRAPHS, QUESTION, st.data())
    def test_scores_are_those_of_the_memory_engine(
        self, paragraphs: list[list[str]], question: dict[str, float], data: st.DataObject
    ) -> None:
        """And texts that were taken out again leave no trace in them."""
        removed = data.draw(st.sets(st.sampled_from(range(len(paragraphs))), max_size=len(paragraphs) - 1))
        kept = [number for number in range(len(paragraphs)) if number not in removed]
        found = self.shelf.index(paragraphs, sorted(removed)).search(question, 30)
        expected = OkapiIndex([paragraphs[number] for number in kept]).search(question, 30)
        assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected])
        assert {hit.ordinal for hit in found} == {kept[hit.ordinal] for hit in expected}

    def test_any_word_is_a_term(self) -> None:
        """With white space of any kind in it, or longer than the library takes."""
        terms = ["new york", "two\u00a0words", "tab\tbed", "x" * 70_000, "x" * 69_999 + "y", "İ", "道路"]
        index = self.build([[term, "road"] for term in terms])
        for number, term in enumerate(terms):
            assert [hit.ordinal for hit in index.search({term: 1.0}, 9)] == [number], term[:9]
            assert index.document_frequency(term) == 1

    def test_the_best_are_found_behind_many_that_were_removed(self) -> None:
        """The library still counts and returns these until they are cleaned away."""
        paragraphs = [["road"]] * 400 + [["road", "b", "c", "d"]] * 3
        assert [hit.ordinal for hit in self.shelf.index(paragraphs, range(400)).search({"road": 1.0}, 2)] == [400, 401]
        assert self.shelf.index(paragraphs, range(403)).search({"road": 1.0}, 2) == []

    def test_hits_are_hits(self) -> None:
        """Plain numbers, which compare and print as such."""
        [hit] = self.build([["road"], ["x"]]).search({"road": 2.0}, 1)
        assert hit.ordinal == 0
        assert hit.score == pytest.approx(2.0)
        assert (type(hit.ordinal), type(hit.score)) == (int, float)
