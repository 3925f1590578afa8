"""A corpus in memory knows what every collection must know."""

from pathlib import Path

from retrieval import Collection, MemoryCollection, read_corpus
from tests.contracts.collection_contract import CollectionContract


class TestMemoryCollection(CollectionContract):
    """Built from a folder at once."""

    def build(self, folder: Path, home: Path) -> MemoryCollection:  # noqa: ARG002
        """In memory."""
        return MemoryCollection(read_corpus(folder))

    def ordinals(self, found: Collection) -> list[int]:
        """Without gaps."""
        return list(range(len(found.index)))


class TestRebuiltMemoryCollection(CollectionContract):
    """Built with what another version has analysed already."""

    def build(self, folder: Path, home: Path) -> MemoryCollection:  # noqa: ARG002
        """From itself, which is as near as another version can be."""
        corpus = read_corpus(folder)
        return MemoryCollection(corpus, MemoryCollection(corpus))

    def ordinals(self, found: Collection) -> list[int]:
        """Without gaps."""
        return list(range(len(found.index)))
