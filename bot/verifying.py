"""The proof: every quote that was ever shown, held against the articles."""

from dataclasses import dataclass, field

from db import QueryLog, ShownPassage
from retrieval import Corpus


@dataclass(slots=True)
class Verification:
    """What a check of all quotes found.

    Attributes:
        quotes: how many were checked.
        exact: how many stand in their article, at their place, word for word.
        gone: how many come from a file that the corpus no longer holds in that form; nothing can be said of them.
        mismatches: the others, with their question's id.
    """

    quotes: int = 0
    exact: int = 0
    gone: int = 0
    mismatches: list[tuple[int, ShownPassage]] = field(default_factory=list)


async def verify_quotes(log: QueryLog, corpus: Corpus) -> Verification:
    """Check every logged quote against the article whose file has the same sha256.

    Raises:
        LogError: the log cannot be read.
    """
    bodies = {article.sha256: article.body for article in corpus.articles}
    result = Verification()
    async for question_id, shown in log.shown_passages():
        result.quotes += 1
        body = bodies.get(shown.sha256)
        if body is None:
            result.gone += 1
        elif body[shown.start : shown.end] == shown.text:
            result.exact += 1
        else:
            result.mismatches.append((question_id, shown))
    return result
