"""How does a text file become an article? It is one, as it is."""

from retrieval.formats.decoding import decoded
from retrieval.formats.draft import Draft, Found


def read_plain_text(data: bytes, path: str) -> Found:  # noqa: ARG001  every reader is told the path
    """The whole file as the body of one article.

    Raises:
        UnreadableError: it is no UTF-8.
    """
    yield Draft(decoded(data), line=1)
