"""What does a page hold as an article? Told by a process of its own, since a page can be made to take for ever.

That process knows no secret, yields to those that answer, and is ended when it takes too long. It has a process of its
own again for what parses the page: `retrieval.formats`.
"""

import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from bot.gathering.apart import BrokenError, TooSlowError, limit_this_process, run_apart
from bot.wording import printable
from retrieval import Article, Published
from retrieval.corpus import read_articles
from retrieval.formats import shared_child
from retrieval.formats.apart import Limits
from retrieval.sentences import sentences

SECONDS: Final = 40.0
"""That reading a page may take, on a machine that has other things to do as well."""
_PARSING: Final = Limits(seconds=15)
_WORKING: Final = 20  # seconds of the processor, parsing aside
_TOO_LONG: Final = "reading it takes too long: save its text as a .txt file"
_BROKEN: Final = "it broke the program that reads it: save its text as a .txt file"


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as an article; what it does not say is None.

    Attributes:
        title: of the article.
        publisher: of the article.
        published: when it appeared.
        language: ISO 639-1 code.
        url: that the page calls its own.
        paragraphs: how many could be quoted, at least one.
        first: the first sentence of the first of them.
        faults: what of the page was not used, and why.
    """

    title: str | None
    publisher: str | None
    published: Published | None
    language: str
    url: str | None
    paragraphs: int
    first: str
    faults: tuple[str, ...]


Read = Callable[[Path, str], Awaitable[Reading | str]]
"""Reads a file that is called so; a text says why it is no article."""


def read_here(file: Path, name: str) -> Reading | str:
    """What a file holds as an article, or why it is none; takes as long as it takes."""
    articles, rejections = read_articles(file, name, None)
    faults = tuple(printable(each.reason) for each in rejections)
    for article in articles:
        if next(article.paragraphs(), None):
            return _reading(article, faults)
    return "; ".join(faults) or "it holds no paragraph that could be quoted"


def _reading(article: Article, faults: tuple[str, ...]) -> Reading:
    paragraphs = list(article.paragraphs())
    first = paragraphs[0]
    text = article.body[first.span.start : first.span.end]
    sentence = sentences(text, first.language)[0]
    return Reading(
        title=None if article.title == PurePosixPath(article.path).stem else article.title,
        publisher=article.publisher,
        published=article.published,
        language=article.language,
        url=article.url,
        paragraphs=len(paragraphs),
        first=printable(text[sentence.start : sentence.end]),
        faults=faults,
    )


async def read_apart(file: Path, name: str, seconds: float = SECONDS, python: str = sys.executable) -> Reading | str:
    """The same from a process of its own, which is ended after so many seconds.

    Args:
        file: with its folder in full.
        name: that the file is called by.
        seconds: that it may take.
        python: the interpreter that the process is made of.
    """
    try:
        return _decoded(await run_apart(__name__, str(file), name, seconds=seconds, python=python))
    except TooSlowError:
        return _TOO_LONG
    except BrokenError:
        return _BROKEN


def _decoded(said: bytes) -> Reading | str:
    """What the process wrote; nothing of it is run."""
    try:
        values: Any = json.loads(said)
        if isinstance(values, str):
            return values
        date = values.pop("published")
        faults = tuple(values.pop("faults"))
        return Reading(**values, published=Published(**date) if date else None, faults=faults)
    except (ValueError, TypeError, KeyError, AttributeError):
        return _BROKEN


def _answer(file: str, name: str) -> None:
    """What the process of its own does."""
    limit_this_process(_WORKING)
    with shared_child(_PARSING):
        found = read_here(Path(file), name)
    sys.stdout.write(json.dumps(found if isinstance(found, str) else asdict(found)))


if __name__ == "__main__":
    _answer(*sys.argv[1:])
