"""Which articles serve, which served before, and what would a reload change?"""

from retrieval.store.report import Report, Track

__all__ = ["Report", "Track"]
