"""How does a person learn that the press of a button was heard?"""

import asyncio
import logging
from collections import OrderedDict
from typing import Final

from telegram import CallbackQuery
from telegram.error import TelegramError

from bot.telegram.failures import in_words

_logger: Final = logging.getLogger(__name__)
_AGAIN_SECONDS: Final = 1.5
_KNOWN: Final = 2_000

_Place = tuple[int, int]


class Popup:
    """The reply to a press: given once, and in any case.

    Args:
        query: the press.
    """

    def __init__(self, query: CallbackQuery) -> None:
        self._query = query
        self._shown = False

    async def show(self, text: str = "", *, alert: bool = False) -> None:
        """Let the waiting end, with a word or without; a press that is too old gets none.

        Args:
            text: up to 200 characters.
            alert: whether it stays until the person has read it.
        """
        if self._shown:
            return
        self._shown = True
        try:
            await self._query.answer(text or None, show_alert=alert)
        except TelegramError as error:
            _logger.info("the press of a button was not answered: %s", in_words(error))


class Taps:
    """Tells a press from its echo: a finger that taps twice means one thing."""

    def __init__(self) -> None:
        self._last: OrderedDict[_Place, tuple[int, str | None, float]] = OrderedDict()

    def is_echo(self, query: CallbackQuery) -> bool:
        """Whether the last press below this message was the same, a moment ago."""
        last = self._last.get(_place(query))
        now = asyncio.get_running_loop().time()
        return last is not None and last[:2] == (query.from_user.id, query.data) and now - last[2] < _AGAIN_SECONDS

    def note(self, query: CallbackQuery) -> None:
        """A press has been dealt with."""
        place = _place(query)
        self._last[place] = (query.from_user.id, query.data, asyncio.get_running_loop().time())
        self._last.move_to_end(place)
        if len(self._last) > _KNOWN:
            self._last.popitem(last=False)


def _place(query: CallbackQuery) -> _Place:
    message = query.message
    return (message.chat.id, message.message_id) if message else (0, 0)
