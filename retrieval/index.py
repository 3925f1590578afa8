"""What an index must do: the extension point behind which every search engine stands."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol

from retrieval.answers import Hit


class Index(Protocol):
    """An immutable snapshot of paragraphs, each a sequence of terms, searchable from any thread.

    A paragraph's score is the sum over the terms asked for of weight times saturation. The saturation is BM25's,
    ``f (k1 + 1) / (f + k1 (1 - b + b length / average length))``, where f is how often the term stands in it.
    Weights are the caller's, who knows how rare a term is.
    """

    def __len__(self) -> int:
        """How many paragraphs were indexed, those without a single term included."""
        ...

    def search(
        self,
        weights: Mapping[str, float],
        limit: int,
        *,
        required: Sequence[AbstractSet[str]] = (),
        barred: AbstractSet[str] = frozenset(),
    ) -> list[Hit]:
        """The paragraphs that fit best, best first; equal ones in the order in which they were indexed.

        Every paragraph that holds at least one of the terms is a candidate; no other is.

        Args:
            weights: above 0, by term; unknown terms are passed over.
            limit: at most so many hits; at least 1.
            required: sets of terms; a paragraph is a candidate only if it holds one of each.
            barred: terms that no candidate holds.

        Raises:
            ValueError: the limit or a weight is out of its range.
        """
        ...

    def saturation(self, term: str, ordinal: int) -> float:
        """What one paragraph earns of a term's weight, from 0 (it is not in it) to below ``k1 + 1``."""
        ...

    def document_frequency(self, term: str) -> int:
        """In how many paragraphs the term occurs; 0 when it is unknown."""
        ...
