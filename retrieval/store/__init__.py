"""The versions of a corpus on disk: the one that serves, and the one before it."""

from retrieval.store.report import Report, Track
from retrieval.store.scanning import Source
from retrieval.store.store import CorpusStore, Engine, Staged

__all__ = ["CorpusStore", "Engine", "Report", "Source", "Staged", "Track"]
