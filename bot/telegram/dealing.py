"""What becomes of one update when its turn has come?"""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.answering import AnswerService
from bot.speech import Speech
from bot.telegram.deliveries import Delivery, Outcome, take_in_hand
from bot.telegram.failures import in_words
from bot.telegram.listeners import speech_for
from bot.telegram.messages import Message
from bot.telegram.sending import reply, send

_logger: Final = logging.getLogger(__name__)
_STALE_SECONDS: Final = 10.0  # Telegram takes no answer to a press or an inline query any more

Handle = Callable[[Update], Awaitable[None]]
"""What deals with an update, like an application's `process_update`; it says itself what goes wrong."""
Raw = dict[str, Any] | str
"""An update as it came, or as the inbox keeps it."""


class Dealing:
    """Reads updates and hands them to what answers; their outcome says what came of it.

    Args:
        bot: that the updates are for.
        service: knows what stands for a chat in lines of the log.
        handle: deals with one.
    """

    def __init__(self, bot: Bot, service: AnswerService, handle: Handle) -> None:
        self._bot = bot
        self._service = service
        self._handle = handle

    async def deal_with(self, raw: Raw, delivery: Delivery) -> None:
        """Deal with an update. Nothing is raised: one that cannot be read or handled costs no other its answer."""
        try:
            take_in_hand(delivery, delivery.lane and self._service.pseudonym(int(delivery.lane)))
            await self._read_and_handle(raw, delivery)
        except Exception as error:
            _logger.exception("an update could not be handled")
            delivery.note(Outcome.FAILED, repr(error))

    async def turn_away(
        self, raw: Raw, words: str | None, values: Mapping[str, object] = MappingProxyType({}), *, leave: bool = False
    ) -> None:
        """Say to where an update came from what becomes of it, as far as that can be read.

        Args:
            raw: the update.
            words: of `texts`; None for nothing.
            values: what stands in the braces of these.
            leave: whether that chat is to be left afterwards.
        """
        take_in_hand(None)
        try:
            update = self._read(raw)
            if words is not None:
                say = await speech_for(self._service, update.effective_user)
                await self._say(update, say(words, **values), say)
            if leave and update.effective_chat:
                await self._bot.leave_chat(update.effective_chat.id)
        except TelegramError as error:
            _logger.info("somebody could not be told what became of an update: %s", in_words(error))
        except Exception as error:  # noqa: BLE001 - anything can be wrong with it; its text is not for the log
            _logger.error("somebody could not be told what became of an update (%s)", type(error).__name__)  # noqa: TRY400

    async def _say(self, update: Update, words: str, say: Speech) -> None:
        if update.callback_query:
            await update.callback_query.answer(words)
        elif update.effective_message:
            await reply(self._bot, update.effective_message, [Message(words)], say)
        elif update.effective_chat:
            await send(self._bot, update.effective_chat.id, [Message(words)], say)

    async def _read_and_handle(self, raw: Raw, delivery: Delivery) -> None:
        try:
            update = self._read(raw)
        except Exception as error:  # noqa: BLE001 - as above
            kind = type(error).__name__
            _logger.error("update %d cannot be read and is kept aside (%s)", delivery.update_id, kind)  # noqa: TRY400
            delivery.note(Outcome.UNREADABLE, f"{kind}: {error}")
            return
        if delivery.age > _STALE_SECONDS and (update.callback_query or update.inline_query):
            delivery.note(Outcome.DROPPED)
            return
        await self._handle(update)

    def _read(self, raw: Raw) -> Update:
        return Update.de_json(json.loads(raw) if isinstance(raw, str) else raw, self._bot)
