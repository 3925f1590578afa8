"""What is in a ZIP archive, and may it be unpacked?"""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from retrieval.formats.draft import MEGABYTE, UnreadableError
from retrieval.formats.opening import LARGEST_FILE

_MOST_MEMBERS: Final = 10_000
_RATIO: Final = 200  # times its size that a member unpacks to; text reaches 20
_SMALL: Final = MEGABYTE  # bytes that do no harm, however well they are packed
_ENCRYPTED: Final = 0x1
_DAMAGED: Final = "damaged in the archive: pack it again"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive.

    Attributes:
        data: of the file, or why it cannot be had.
    """

    name: str
    data: bytes | UnreadableError


@contextmanager
def opened_archive(data: bytes) -> Iterator[zipfile.ZipFile]:
    """An archive that unpacks to no more than it may. What its directory says is the most that is ever unpacked.

    Raises:
        UnreadableError: it is no archive, or would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError("damaged, or no archive: pack it again") from error
    with archive:
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise UnreadableError(f"an archive of more than {_MOST_MEMBERS} files: part it into smaller ones")
        if sum(member.file_size for member in members) > LARGEST_FILE:
            raise UnreadableError(f"unpacks to more than {LARGEST_FILE // MEGABYTE} MB: part it into smaller archives")
        if any(member.file_size > max(_SMALL, _RATIO * member.compress_size) for member in members):
            raise UnreadableError(f"a file in it unpacks to more than {_RATIO} times its size: no text does that")
        yield archive


def members_of(data: bytes) -> Iterator[Member]:
    """The files of an archive, one at a time, in its order. Folders and names that begin with a point are passed over.

    Raises:
        UnreadableError: it is no archive, or would unpack to too much.
    """
    with opened_archive(data) as archive:
        seen: set[str] = set()
        for info in archive.infolist():
            name = info.filename.replace("\\", "/")
            parts = PurePosixPath(name).parts
            if info.is_dir() or "__MACOSX" in parts or any(part.startswith(".") and part != ".." for part in parts):
                continue
            yield Member(name, _unpacked(archive, info, name, again=name in seen))
            seen.add(name)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, *, again: bool) -> bytes | UnreadableError:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return UnreadableError("its name leads out of the archive: pack it again under a plain name")
    if stat.S_ISLNK(info.external_attr >> 16):
        return UnreadableError("a link, not a file: pack the file instead")
    if info.flag_bits & _ENCRYPTED:
        return UnreadableError("locked with a password: pack it again without one")
    if again:
        return UnreadableError("a second file of this name: the first one counts")
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return UnreadableError(_DAMAGED)
