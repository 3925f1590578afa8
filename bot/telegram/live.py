"""One message that goes along with something long, and at its end says what came of it."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from typing import Final

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import MessageLimit
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.telegram.failures import in_words, seconds_to_wait, was_never_sent

_logger: Final = logging.getLogger(__name__)
_PAUSE_SECONDS: Final = 1.1  # between edits; Telegram allows about one a second in a chat
_ATTEMPTS: Final = 5
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_MORE: Final = "…"


class LiveMessage:
    """A message of the bot that is edited, never to what it says already. What cannot be shown is logged.

    Args:
        bot: that writes.
        chat_id: where.
    """

    def __init__(self, bot: Bot, chat_id: int) -> None:
        self._bot = bot
        self._chat_id = chat_id
        self._message_id: int | None = None
        self._shown = ""
        self._wanted = ""
        self._changed = asyncio.Event()
        self._ended = asyncio.Event()
        self._editing: asyncio.Task[None] | None = None

    async def begin(self, text: str) -> None:
        """Send it; from now on it can be changed."""
        with contextlib.suppress(TelegramError):  # the end is sent anew where this did not arrive
            await self._send(text, None)
        self._editing = asyncio.create_task(self._follow())

    def show(self, text: str) -> None:
        """Let it say this soon; of several texts in a short time only the last is shown."""
        self._wanted = text
        self._changed.set()

    async def end(self, lines: Sequence[str], keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Let it say this for good, as far as the lines fit into one message, with these buttons."""
        self._ended.set()
        self._changed.set()
        if self._editing is not None:
            await self._editing
        text, pause = fitted(lines), _FIRST_PAUSE
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                await self._finish(text, keyboard)
            except TelegramError as error:
                seconds = seconds_to_wait(error) if isinstance(error, RetryAfter) else pause
                if attempt < _ATTEMPTS and seconds <= _LONGEST_PAUSE and self._may_be_tried_again(error):
                    await asyncio.sleep(seconds)
                    pause *= 2
                    continue
                _logger.warning("a report was not delivered: %s", in_words(error))
            return

    def _may_be_tried_again(self, error: TelegramError) -> bool:
        """An edit is the same when it comes twice; a new message that may have arrived would be there twice."""
        if isinstance(error, Forbidden | BadRequest):
            return False
        return isinstance(error, RetryAfter) or self._message_id is not None or was_never_sent(error)

    async def _follow(self) -> None:
        while not self._ended.is_set():
            await self._changed.wait()
            self._changed.clear()
            if self._ended.is_set() or self._wanted == self._shown or self._message_id is None:
                continue
            pause = _PAUSE_SECONDS
            try:
                await self._edit(self._wanted, None)
            except RetryAfter as error:
                pause = seconds_to_wait(error)
            except TelegramError as error:
                _logger.debug("progress was not shown: %s", in_words(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), pause)

    async def _finish(self, text: str, keyboard: InlineKeyboardMarkup | None) -> None:
        if self._message_id is not None and (text != self._shown or keyboard is not None):
            try:
                await self._edit(text, keyboard)
            except BadRequest as error:
                if "not modified" in str(error).lower():
                    return  # an edit that timed out had arrived
                _logger.info("a message cannot be edited any more (%s): a new one is sent", in_words(error))
                self._message_id = None
        if self._message_id is None:
            await self._send(text, keyboard)

    async def _send(self, text: str, keyboard: InlineKeyboardMarkup | None) -> None:
        sent = await self._bot.send_message(
            self._chat_id, text, reply_markup=keyboard, link_preview_options=_NO_PREVIEW
        )
        self._message_id, self._shown = sent.message_id, text

    async def _edit(self, text: str, keyboard: InlineKeyboardMarkup | None) -> None:
        await self._bot.edit_message_text(
            text,
            chat_id=self._chat_id,
            message_id=self._message_id,
            reply_markup=keyboard,
            link_preview_options=_NO_PREVIEW,
        )
        self._shown = text


def fitted(lines: Sequence[str]) -> str:
    """As many of the lines as fit into one message, in Telegram's UTF-16 units; a sign where some are missing."""
    text = ""
    for line in lines:
        longer = f"{text}\n{line}" if text else line
        if _units(longer) + len(_MORE) + 1 > MessageLimit.MAX_TEXT_LENGTH:
            return f"{text}\n{_MORE}" if text else line[: MessageLimit.MAX_TEXT_LENGTH // 2 - 1] + _MORE
        text = longer
    return text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
