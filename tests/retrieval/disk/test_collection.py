"""A corpus on disk knows what every collection must know."""

import gc
import weakref
from pathlib import Path

import numpy as np

from retrieval import Collection, CorpusStore, Engine, Source
from retrieval.disk.collection import DiskCollection
from tests.builders import write_corpus
from tests.contracts.collection_contract import FILES, ROAD, CollectionContract


def collection_of(folder: Path, home: Path) -> Collection:
    """What a store serves when it has loaded a folder."""
    store = CorpusStore(home, [Source(folder)], Engine.DISK)
    with store.staging() as staged:
        staged.apply()
    retriever = store.open()
    assert retriever
    return retriever.collection


def live_ordinals(found: Collection) -> list[int]:
    """The ordinals of all its texts."""
    assert isinstance(found, DiskCollection)
    live: list[int] = np.flatnonzero(found.state.live).tolist()
    return live


class TestDiskCollection(CollectionContract):
    """Loaded from a folder at once."""

    def build(self, folder: Path, home: Path) -> Collection:
        """On disk."""
        return collection_of(folder, home)

    def ordinals(self, found: Collection) -> list[int]:
        """As the state has them."""
        return live_ordinals(found)


class TestChangedDiskCollection(CollectionContract):
    """Loaded first with other articles, which then gave way."""

    def build(self, folder: Path, home: Path) -> Collection:
        """On disk, from what was before: one of the articles, and one that goes."""
        before = write_corpus(home / "before", {"mine.txt": FILES["mine.txt"], "old.txt": f"Old mine\n\n{ROAD} Twice."})
        collection_of(before, home)
        return collection_of(folder, home)

    def ordinals(self, found: Collection) -> list[int]:
        """As the state has them."""
        return live_ordinals(found)


def test_what_nobody_uses_is_let_go_at_once(tmp_path: Path) -> None:
    """A version holds a place among the readers of the file, and its old pages: no cycle keeps it for a while."""
    folder = write_corpus(tmp_path / "corpus", FILES)
    gc.disable()
    try:
        gone = weakref.ref(collection_of(folder, tmp_path / "home"))
        assert gone() is None
    finally:
        gc.enable()
