"""What is put into the folder with what admins added can be taken back: the file goes, the one before it comes again.

That one is kept beside it under a name that begins with a point, which is no article, so that it outlives the program;
an empty one stands for none. Once the file serves, nothing is beside it, and it is not taken back any more.
"""

import asyncio
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from bot.errors import KeepError
from bot.wording import printable

if TYPE_CHECKING:
    from bot.gathering.pages import Preview  # it takes longer to load than an answer

_BEFORE: Final = ".before-"


async def keep_sent_document(name: str, data: bytes, folder: Path) -> Path:
    """Keep a document, so that it can be taken back. It is read first, by a process of its own.

    Raises:
        KeepError: it is of no known kind, no article or too large, or cannot be written.
    """
    from bot.gathering.keeping import fit_document, keep_document  # noqa: PLC0415 - it takes long to load
    from bot.gathering.reading import read_apart  # noqa: PLC0415 - the same

    safe = fit_document(name, data)
    with TemporaryDirectory(prefix="verbatim-") as place:
        file = Path(place) / safe
        await asyncio.to_thread(file.write_bytes, data)
        found = await read_apart(file, safe)
    if isinstance(found, str):
        raise KeepError(f"{printable(name)} is no article that can be read: {found}.")
    await asyncio.to_thread(_remember, folder / safe)
    return folder / await asyncio.to_thread(keep_document, name, data, folder)


def keep_seen_page(seen: "Preview", folder: Path) -> Path:
    """Keep a page, so that it can be taken back.

    Raises:
        KeepError: it cannot be written.
    """
    from bot.gathering.keeping import page_name  # noqa: PLC0415 - it takes long to load
    from bot.gathering.pages import keep  # noqa: PLC0415 - the same

    _remember(folder / page_name(seen.url, seen.suffix))
    return folder / keep(seen, folder)


def take_back(path: Path) -> bool:
    """Let the folder be as it was before the file was kept, unless it serves by now.

    Returns:
        Whether that was done.

    Raises:
        KeepError: it cannot be written.
    """
    from bot.gathering.keeping import drop_file  # noqa: PLC0415 - it takes long to load

    before = _before(path)
    if not before.exists():
        return False
    if before.stat().st_size:
        os.replace(before, path)  # noqa: PTH105 - atomic
    else:
        drop_file(path.parent, path.name)
        before.unlink(missing_ok=True)
    return True


def waiting(folder: Path) -> list[Path]:
    """What can be taken back, to be handed to `settle` when what the folder holds at this moment serves."""
    return list(folder.glob(f"{_BEFORE}*"))


def settle(found: Iterable[Path]) -> None:
    """What was `waiting` is not taken back any more: it serves."""
    for before in found:
        with suppress(OSError):
            before.unlink(missing_ok=True)


def _remember(path: Path) -> None:
    """What a file holds before it is replaced; what was remembered before that is what serves, and stays."""
    before = _before(path)
    try:
        if before.exists():
            return
        if path.is_file():
            shutil.copy2(path, before)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            before.touch()
    except OSError as error:
        raise KeepError(
            f"Nothing can be kept in {path.parent}: {error.strerror}. ADDED names another folder."
        ) from error


def _before(path: Path) -> Path:
    return path.with_name(f"{_BEFORE}{path.name}")
