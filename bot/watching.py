"""When do the folders change? Then the articles are reloaded, without anybody asking for it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from watchfiles import awatch

from bot.reload_records import Origin
from bot.reloading import Reloader

_logger: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long is waited, in seconds.

    Attributes:
        calm: without a change, until what changed is loaded.
        longest: the same, while changes go on and on.
        look: between looks at whether the folders are still those that are watched.
        away: until a missing folder is looked for again.
        poll: between looks through everything, where the system cannot tell what changes.
    """

    calm: float = 1.5
    longest: float = 30
    look: float = 20
    away: float = 5
    poll: float = 3


_PAUSES: Final = Pauses()


async def watch(reloader: Reloader, folders: Sequence[Path], pauses: Pauses = _PAUSES) -> None:
    """Reload whenever something below a folder has changed and been left alone for a while; until cancelled.

    Args:
        reloader: does it; what comes of it is in its log.
        folders: a missing one is looked for now and then, and its coming counts as a change.
        pauses: how long is waited for what.
    """
    async for _ in _changes(folders, pauses):
        await reloader.up_to_date(Origin.FOLDER)


async def _changes(folders: Sequence[Path], pauses: Pauses) -> AsyncIterator[None]:
    """One for every change. What the system cannot watch is looked through again and again instead."""
    polling, told, places = False, "", _places(folders)
    while True:
        missing = [str(folder) for folder, place in zip(folders, places, strict=True) if place is None]
        if missing and (said := f"cannot watch {', '.join(missing)}: no such folder") != told:
            _logger.warning("%s; looking for it every %.0f s", said, pauses.away)
            told = said
        try:
            async for _ in _watched(folders, places, pauses, polling=polling):
                yield
        except FileNotFoundError:
            await asyncio.sleep(pauses.away)  # it went away just now
        except (OSError, RuntimeError) as error:
            if polling:
                await asyncio.sleep(pauses.away)
            else:
                _logger.warning("the system cannot watch the folders (%s); they are looked through instead", error)
            polling = True
        now = _places(folders)
        if now != places:
            places = now
            told = "" if None not in now else told
            yield


async def _watched(
    folders: Sequence[Path], places: list[tuple[int, int] | None], pauses: Pauses, *, polling: bool
) -> AsyncIterator[None]:
    """Changes for as long as the folders are the same; a missing one ends this after a while."""
    there = [folder.resolve() for folder, place in zip(folders, places, strict=True) if place is not None]
    if not there:
        await asyncio.sleep(pauses.away)
        return
    look = pauses.look if len(there) == len(folders) else pauses.away
    changes = awatch(
        *there,
        watch_filter=lambda _, path: _is_visible(path, there),
        debounce=_ms(pauses.longest),
        step=_ms(pauses.calm),
        rust_timeout=_ms(look),
        yield_on_timeout=True,
        force_polling=polling or None,
        poll_delay_ms=_ms(pauses.poll),
    )
    async with contextlib.aclosing(changes) as found:
        async for change in found:
            if change:
                yield
            if _places(folders) != places:
                return


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _places(folders: Sequence[Path]) -> list[tuple[int, int] | None]:
    """Which folder on the disk each one is; another one may take its name."""
    return [_place(folder) for folder in folders]


def _place(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if folder.is_dir() else None


def _is_visible(path: str, folders: Sequence[Path]) -> bool:
    """Whether a change counts: names that begin with a point are no articles."""
    for folder in folders:
        with contextlib.suppress(ValueError):
            inside = Path(path).relative_to(folder)
            return not any(part.startswith(".") for part in inside.parts)
    return True
