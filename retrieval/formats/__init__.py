"""How does a file of any known kind become articles, word for word, and why does one not?

One module a kind; `readers` chooses by the end of the name.
"""

from collections.abc import Iterator
from pathlib import Path

from retrieval.formats.apart import read_apart, shared_child
from retrieval.formats.draft import Draft, UnreadableError
from retrieval.formats.opening import opened
from retrieval.formats.readers import KINDS, OWN, kind_of, largest, read_document
from retrieval.manifest import Rejection

__all__ = ["SUFFIXES", "Draft", "read_file", "shared_child"]

SUFFIXES = frozenset(KINDS)
"""What the names of files end with that may hold articles, in lower case."""


def read_file(file: Path, path: str) -> Iterator[Draft | Rejection]:
    """What a file holds, in its order: articles to be, and what of it is no article, with the reasons.

    Never raises for what the file holds, and never waits for one that is none, such as a pipe. Kinds that need parsers
    of others are read in a process of its own; see `shared_child` for many files.

    Args:
        file: to be read.
        path: as the corpus names it: its end tells the kind, and rejections name it.
    """
    try:
        suffix = kind_of(path)
        with opened(file, largest(suffix)) as source:
            if suffix in OWN:
                found = list(read_document(source.read(), path, suffix))
            else:
                found = read_apart(file, path, suffix)
    except UnreadableError as error:
        found = [error.rejection(path)]
    return iter(found)
