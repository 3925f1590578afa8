"""Is this a file that can be read, of a usual size, and did it stay the same while it was read?"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from retrieval.formats.draft import LONGEST_BODY, MEGABYTE, UnreadableError

LARGEST_FILE: Final = 256 * MEGABYTE
"""Bytes of a file of several articles, or of one that holds more than text."""
LARGEST_TEXT: Final = LONGEST_BODY
"""Bytes of a file that is the text of one article."""


@contextmanager
def opened(file: Path, largest: int) -> Iterator[BinaryIO]:
    """The file, opened to be read.

    Args:
        file: is never waited for: a pipe or a device is none.
        largest: bytes that it may have.

    Raises:
        UnreadableError: it cannot be read, is no regular file or too large; or, when the block ends, another state
            of it was there than when the block began.
    """
    try:
        with os.fdopen(_descriptor(file), "rb") as source:
            before = os.fstat(source.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise UnreadableError("not a file")
            if before.st_size > largest:
                raise UnreadableError(too_large(largest))
            yield source
            if _state(before) != _state(file.stat()):
                raise UnreadableError("changed while it was read: it is tried again at the next reload", passing=True)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or error}", passing=True) from error


def too_large(largest: int) -> str:
    """Why a file of more than so many bytes is not read."""
    return f"larger than {largest // MEGABYTE} MB: part it into smaller files"


def _descriptor(file: Path) -> int:
    kind = file.stat().st_mode
    if stat.S_ISDIR(kind):
        raise UnreadableError("a folder, though its name ends like a file's: rename it")
    if not stat.S_ISREG(kind):
        raise UnreadableError("not a file")
    return os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)


def _state(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
