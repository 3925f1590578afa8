"""Stores for tests."""

from pathlib import Path

from retrieval import CorpusStore, Engine, Report, Source


def store_at(folder: Path, home: Path, engine: Engine = Engine.DISK) -> CorpusStore:
    """A store of one folder."""
    return CorpusStore(home, [Source(folder)], engine)


def load(store: CorpusStore) -> Report:
    """Let what the sources hold serve, without a gate."""
    with store.staging() as staged:
        staged.apply()
    return staged.report
