"""What do engines cost that do nothing but search? Each is given terms that were analysed before."""

import pickle
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from retrieval.bm25 import K1, B
from retrieval.ranking import CANDIDATES
from tests.bench.scale.corpora import Scale

Search = Callable[[Mapping[str, float]], Sequence[int]]
"""From weighted terms, the ordinals of the `CANDIDATES` best paragraphs, best first."""


class Peer(Protocol):
    """An engine that keeps an index in a folder."""

    def load(self) -> None:
        """Import the libraries."""

    def build(self, scale: Scale, home: Path) -> None:
        """Write the index of all paragraphs into an empty folder."""

    def open(self, home: Path) -> Search:
        """The search of the index."""
        ...

    def change(self, scale: Scale, home: Path, share: float) -> Search | None:
        """Index a share of the paragraphs anew, 0 for a single one; None: the engine can only build everything."""
        ...


class Tantivy:
    """The search library under the disk index, with a field of terms and a number."""

    def load(self) -> None:
        """Import tantivy."""
        import tantivy  # noqa: F401, PLC0415 - only the process that measures it loads it

    def build(self, scale: Scale, home: Path) -> None:
        """One thread, one commit."""
        import tantivy  # noqa: PLC0415

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        schema.add_integer_field("ordinal", indexed=True, fast=True)
        writer = tantivy.Index(schema.build(), str(home)).writer(200_000_000, 1)
        for ordinal, terms in enumerate(scale.terms()):
            writer.add_document(tantivy.Document(terms=" ".join(terms), ordinal=ordinal))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, home: Path) -> Search:
        """Boosted terms, either of which is enough."""
        import tantivy  # noqa: PLC0415

        index = tantivy.Index.open(str(home))
        searcher, schema, query = index.searcher(), index.schema, tantivy.Query

        def search(weights: Mapping[str, float]) -> Sequence[int]:
            terms = [
                (tantivy.Occur.Should, query.boost_query(query.term_query(schema, "terms", term, "freq"), weight))
                for term, weight in weights.items()
            ]
            hits = searcher.search(query.boolean_query(terms), CANDIDATES, count=False).hits
            return [
                int(at) for at in searcher.fast_field_values("ordinal", [place for _, place in hits]) if at is not None
            ]

        return search

    def change(self, scale: Scale, home: Path, share: float) -> Search | None:
        """Delete by number and add again."""
        import tantivy  # noqa: PLC0415

        chosen = set(np.random.default_rng(3).permutation(scale.size)[: round(scale.size * share) or 1].tolist())
        texts = {at: " ".join(terms) for at, terms in enumerate(scale.terms()) if at in chosen}

        def apply(_weights: Mapping[str, float]) -> Sequence[int]:
            writer = tantivy.Index.open(str(home)).writer(50_000_000, 1)
            for ordinal, text in texts.items():
                writer.delete_documents_by_term("ordinal", ordinal)
                writer.add_document(tantivy.Document(terms=text, ordinal=ordinal))
            writer.commit()
            writer.wait_merging_threads()
            return self.open(home)(_weights)

        return apply


class Bm25s:
    """`bm25s` as its documentation has it, kept in files that are mapped."""

    def load(self) -> None:
        """Import bm25s."""
        import bm25s  # noqa: F401, PLC0415

    def build(self, scale: Scale, home: Path) -> None:
        """Scores of every pair of paragraph and term."""
        import bm25s  # noqa: PLC0415

        index = bm25s.BM25(k1=K1, b=B)
        index.index(list(scale.terms()), show_progress=False)
        index.save(str(home), show_progress=False)

    def open(self, home: Path) -> Search:
        """The terms that it knows, unweighted: it weighs them itself."""
        import bm25s  # noqa: PLC0415

        index = bm25s.BM25.load(str(home), mmap=True)

        def search(weights: Mapping[str, float]) -> Sequence[int]:
            found, _ = index.retrieve([list(weights)], k=CANDIDATES, show_progress=False)
            return [int(at) for at in found[0]]

        return search

    def change(self, _scale: Scale, _home: Path, _share: float) -> Search | None:
        """It cannot."""
        return None


class RankBm25:
    """`rank_bm25.BM25Okapi`, kept as a pickle."""

    def load(self) -> None:
        """Import rank_bm25."""
        import rank_bm25  # noqa: F401, PLC0415

    def build(self, scale: Scale, home: Path) -> None:
        """A dictionary of counts for every paragraph."""
        from rank_bm25 import BM25Okapi  # noqa: PLC0415

        with (home / "okapi.pickle").open("wb") as file:
            pickle.dump(BM25Okapi(list(scale.terms()), k1=K1, b=B), file)

    def open(self, home: Path) -> Search:
        """A score for every paragraph, and the best of them."""
        with (home / "okapi.pickle").open("rb") as file:
            index = pickle.load(file)  # noqa: S301 - written above

        def search(weights: Mapping[str, float]) -> Sequence[int]:
            found: list[int] = np.argsort(index.get_scores(list(weights)))[::-1][:CANDIDATES].tolist()
            return found

        return search

    def change(self, _scale: Scale, _home: Path, _share: float) -> Search | None:
        """It cannot."""
        return None


PEERS: Final[dict[str, Peer]] = {"tantivy": Tantivy(), "bm25s": Bm25s(), "rank_bm25": RankBm25()}
"""By name."""


def emptied(home: Path) -> Path:
    """The folder, without what was in it."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    return home


def megabytes(home: Path) -> float:
    """What the files below a folder take on disk."""
    return sum(file.stat().st_blocks * 512 for file in home.rglob("*") if file.is_file()) / 1e6
