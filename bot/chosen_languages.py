"""Which language did a person choose? Asked before every answer, and known at once."""

import asyncio
import logging
from collections import OrderedDict
from typing import Final

from db import LogError, Preferences

_logger: Final = logging.getLogger(__name__)
_KNOWN: Final = 10_000
_PATIENCE: Final = 0.5  # seconds; nobody waits longer for the words of an answer


class ChosenLanguages:
    """What people chose, read from the log once and then known.

    Args:
        preferences: where the choices lie.
        known: of so many people they are kept in memory.
    """

    def __init__(self, preferences: Preferences, known: int = _KNOWN) -> None:
        self._preferences = preferences
        self._limit = known
        self._known: OrderedDict[str, str | None] = OrderedDict()

    async def of(self, person: str) -> str | None:
        """The language that somebody chose; None where they did not, or while nobody can tell.

        Args:
            person: the keyed hash that stands for them.
        """
        if person in self._known:
            self._known.move_to_end(person)
            return self._known[person]
        try:
            async with asyncio.timeout(_PATIENCE):
                found = await self._preferences.language_of(person)
        except (LogError, TimeoutError) as error:
            _logger.debug("which language somebody chose is not known: %s", error)
            return None
        if person not in self._known:  # else they chose meanwhile
            self._keep(person, found)
        return self._known[person]

    async def choose(self, person: str, language: str | None) -> None:
        """Remember what somebody chose; None forgets it.

        Raises:
            LogError: it was not written.
        """
        await self._preferences.set_language(person, language)
        self._keep(person, language)

    def _keep(self, person: str, language: str | None) -> None:
        self._known[person] = language
        self._known.move_to_end(person)
        if len(self._known) > self._limit:
            self._known.popitem(last=False)
