"""The only place where concrete classes meet."""

import hashlib
import hmac
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.answering import AnswerService
from bot.reload_records import Origin
from bot.reloading import Reloader
from bot.settings import Settings
from bot.tracking import Tell
from db import QueryLog, ReloadLog
from retrieval import CorpusStore, Gates, Source

ADDED_PREFIX: Final = "added/"
"""What the paths of articles begin with whose files admins sent."""
_HOME_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Parts:
    """What front ends are made of.

    Attributes:
        service: answers questions and remembers them.
        reloader: changes what is quoted.
    """

    service: AnswerService
    reloader: Reloader


@asynccontextmanager
async def compose(
    settings: Settings, origin: Origin = Origin.START, progress: Tell | None = None
) -> AsyncIterator[Parts]:
    """What answers questions with these settings, from the version that serves; the first one is loaded if need be.

    Args:
        settings: of everything.
        origin: where the first version is asked for.
        progress: is told how far the loading of the first version is.

    Raises:
        CorpusError: there is nothing to quote.
    """
    log = QueryLog(settings.database_url)
    async with _reloader(settings, log) as reloader:
        # Nobody but the service may hold what answers: the store keeps all that a version that is held needs.
        service = AnswerService(await reloader.begin(origin, progress), log, _hash_key(settings), settings.passages)
        async with service:
            reloader.serve(service)
            yield Parts(service, reloader)


@asynccontextmanager
async def open_reloader(settings: Settings) -> AsyncIterator[Reloader]:
    """What changes the articles where nobody asks questions."""
    async with _reloader(settings, QueryLog(settings.database_url)) as reloader:
        yield reloader


@asynccontextmanager
async def _reloader(settings: Settings, log: QueryLog) -> AsyncIterator[Reloader]:
    reloader = Reloader(open_store(settings), gates_of(settings), ReloadLog(log.database), added=settings.added)
    try:
        yield reloader
    finally:
        await reloader.close()
        await log.close()


def open_store(settings: Settings) -> CorpusStore:
    """The store of versions: of the folder with the articles, and of the one with what admins added."""
    sources = [Source(settings.corpus), Source(settings.added, ADDED_PREFIX, optional=True)]
    return CorpusStore(settings.data / _home_of(settings.corpus), sources, settings.index)


def _home_of(corpus: Path) -> str:
    """A name for the versions of a folder: those of another one, asked in passing, must not take their place."""
    place = corpus.absolute()  # where a link leads may change with every release: that is the same corpus still
    return f"{place.name}-{hashlib.sha256(os.fsencode(place)).hexdigest()[:_HOME_DIGITS]}"


def gates_of(settings: Settings) -> Gates:
    """What a new version must pass before it serves."""
    return Gates(settings.max_shrink / 100, settings.judged_gate)


def _hash_key(settings: Settings) -> bytes:
    """The key set by the operator; without one, a key derived from the token, which is secret and stays the same."""
    if settings.hash_key is not None:
        return settings.hash_key.get_secret_value().encode()
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    return hmac.new(token.encode(), b"users in the query log", hashlib.sha256).digest()
