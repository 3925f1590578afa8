"""What an index must do: the extension point behind which every search engine stands."""

from collections.abc import Sequence
from typing import Protocol

from retrieval.model import Hit


class Index(Protocol):
    """An immutable snapshot of paragraphs, each a sequence of terms, searchable from any thread."""

    def __len__(self) -> int:
        """How many paragraphs were indexed, those without a single term included."""
        ...

    def search(self, terms: Sequence[str], limit: int) -> list[Hit]:
        """The paragraphs that fit best, best first; equal ones in the order in which they were indexed.

        Every paragraph that holds at least one of the terms is a candidate, whatever its score; no other is.

        Args:
            terms: as the analysis gives them; unknown ones are passed over.
            limit: at most so many hits; at least 1.
        """
        ...

    def document_frequency(self, term: str) -> int:
        """In how many paragraphs the term occurs; 0 when it is unknown."""
        ...

    def explain(self, term: str, ordinal: int) -> float:
        """What the term adds to the score of one paragraph; 0 where it does not stand in it."""
        ...
