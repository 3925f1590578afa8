"""The proof: every quote that was ever shown, held against the articles."""

from dataclasses import dataclass

from db import QueryLog, ShownPassage
from retrieval import Catalog


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of all quotes found.

    Attributes:
        exact: how many stand in their article, at their place, word for word.
        gone: how many come from an article that the corpus no longer holds in that form; nothing can be said of them.
        mismatches: the others, with their question's id.
    """

    exact: int
    gone: int
    mismatches: tuple[tuple[int, ShownPassage], ...]

    @property
    def quotes(self) -> int:
        """How many were checked."""
        return self.exact + self.gone + len(self.mismatches)


async def verify_quotes(log: QueryLog, catalog: Catalog) -> Verification:
    """Check every logged quote against the article whose body has the same sha256.

    Raises:
        LogError: the log cannot be read.
    """
    exact, gone, mismatches = 0, 0, []
    async for question_id, shown in log.shown_passages():
        article = catalog.with_sha256(shown.sha256)
        if article is None:
            gone += 1
        elif article.body[shown.start : shown.end] == shown.text:
            exact += 1
        else:
            mismatches.append((question_id, shown))
    return Verification(exact, gone, tuple(mismatches))
