"""Where do pages and documents from admins stay? In the folder `ADDED`, whole or not at all."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import regex
from anyascii import anyascii

from bot.errors import KeepError
from bot.gathering.manifest_text import UnfitManifestError, with_entry, without_entry
from bot.wording import printable
from retrieval.formats import SUFFIXES
from retrieval.manifest import MANIFEST

LARGEST_DOCUMENT: Final = 20_000_000
"""Bytes; Telegram hands no larger ones to a bot."""
LEAST_FREE: Final = 200_000_000
"""Bytes that must be left on the disk when something is kept: feeds must not fill the disk that the log lies on."""
_LOCK: Final = ".lock"
_SLUG_CHARACTERS: Final = 80
_NAME_CHARACTERS: Final = 100  # without the ending: room for a slug and its digest
_DIGEST_CHARACTERS: Final = 12
# All but letters, digits, underscores and a point between two letters or digits.
_UNSAFE: Final = regex.compile(r"(?:[^a-z0-9_.]|\.(?![a-z0-9])|(?<![a-z0-9])\.)+")


def keep_file(
    folder: Path, name: str, data: bytes, entry: Mapping[str, str | bool], least_free: int = LEAST_FREE
) -> None:
    """Put a file and its entry in the manifest into a folder; what was there of the same name or url is replaced.

    Args:
        folder: is made where it is missing.
        name: of the file, safe.
        data: its content.
        entry: what the manifest says of it, without "file".
        least_free: bytes that must be left on the disk.

    Raises:
        KeepError: it cannot be written, or the disk is nearly full; then what was there is there still.
    """
    with _writing(folder):
        _require_room(folder, len(data), least_free)
        path = folder / MANIFEST
        before = path.read_bytes() if path.exists() else b""
        text, replaced = _entered(before, {"file": name, **entry})
        # The entry first: a page that is seen is seen with its address.
        _write(path, text)
        _write(folder / name, data)
        for other in replaced:
            if other == Path(other).name:
                (folder / other).unlink(missing_ok=True)


def _entered(manifest: bytes, entry: Mapping[str, str | bool]) -> tuple[bytes, frozenset[str]]:
    try:
        text, replaced = with_entry(manifest.decode("utf-8-sig"), entry)
    except UnicodeDecodeError:
        raise KeepError(f"{MANIFEST} beside the kept articles is not UTF-8: save it as UTF-8.") from None
    except UnfitManifestError as error:
        raise KeepError(f"Nothing was kept: {error}.") from None
    return text.encode(), replaced


def keep_document(name: str, data: bytes, folder: Path, least_free: int = LEAST_FREE) -> str:
    """Keep a document that an admin sent; one of the same name is replaced.

    Args:
        name: as it was sent; only its ending is trusted, and only where it is a known one.
        data: its content.
        folder: of kept articles; is made where it is missing.
        least_free: bytes that must be left on the disk.

    Returns:
        The name of the file in the folder.

    Raises:
        KeepError: it is of no known kind, empty or too large, or cannot be written, or the disk is nearly full.
    """
    safe = fit_document(name, data)
    with _writing(folder):
        _require_room(folder, len(data), least_free)
        _write(folder / safe, data)
    return safe


def fit_document(name: str, data: bytes) -> str:
    """The safe name of a document that may be kept.

    Raises:
        KeepError: it is of no known kind, empty or too large.
    """
    safe = document_name(name)
    if not data:
        raise KeepError(f"{printable(name)} is empty.")
    if len(data) > LARGEST_DOCUMENT:
        raise KeepError(f"{printable(name)} is larger than {LARGEST_DOCUMENT // 1_000_000} MB: part it.")
    return safe


def _require_room(folder: Path, size: int, least_free: int) -> None:
    if shutil.disk_usage(folder).free - size < least_free:
        raise KeepError(
            f"Nothing can be kept in {folder}: less than {least_free // 1_000_000} MB would be left on its disk. "
            "Make room, or let ADDED name another folder."
        )


def drop_file(folder: Path, name: str) -> None:
    """Take a kept file and its entry in the manifest away again; one that is gone already is no fault.

    Raises:
        KeepError: the folder cannot be written.
    """
    with _writing(folder):
        (folder / name).unlink(missing_ok=True)
        manifest = folder / MANIFEST
        if manifest.exists():
            # An entry that is written in another encoding is none of ours.
            with suppress(UnicodeDecodeError):
                _write(manifest, without_entry(manifest.read_bytes().decode("utf-8-sig"), name).encode())


def document_name(name: str) -> str:
    """The safe name of a document: itself where it is one, otherwise with a digest that tells it from others.

    Raises:
        KeepError: its ending is none that is read.
    """
    last = name.replace("\\", "/").rpartition("/")[2].strip()
    stem, point, ending = last.rpartition(".")
    if not point or f".{ending.lower()}" not in SUFFIXES:
        known = ", ".join(sorted(SUFFIXES))
        raise KeepError(f"{printable(last) or 'A document without a name'} is of no kind that is read: {known}.")
    if ending.islower() and 0 < len(stem) <= _NAME_CHARACTERS and _safe(stem) == stem:
        return last
    return f"{_slug(stem)}-{_digest(last)}.{ending.lower()}"


def page_name(url: str, suffix: str) -> str:
    """The safe name of the page at an address: always the same for one address, never the same for two."""
    parts = urlsplit(url)
    return f"{_slug(f'{parts.hostname} {unquote(parts.path)}')}-{_digest(url)}{suffix}"


def _slug(text: str) -> str:
    return _safe(text)[:_SLUG_CHARACTERS].strip("._-") or "article"


def _safe(text: str) -> str:
    return _UNSAFE.sub("-", anyascii(text).lower()).strip("._-")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_CHARACTERS]


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """One writer at a time, in this process or another; what the system refuses is said."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise KeepError(f"Nothing can be kept in {folder}: {error.strerror}. ADDED names another folder.") from error


def _write(path: Path, data: bytes) -> None:
    """The whole file or none of it; one that holds the same already is left alone."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return
    handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
        os.replace(name, path)  # noqa: PTH105 - the same, by the name that mkstemp gave
    except BaseException:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108 - as above
        raise
