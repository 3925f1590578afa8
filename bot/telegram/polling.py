"""Long polling: fetching updates until told to stop, and knowing when there is no use in going on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import httpx
from telegram import Bot, Update
from telegram.error import Conflict, EndPointNotFound, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.errors import SecondPollerError, WrongTokenError
from bot.telegram.connecting import UNKNOWN_BOT
from bot.telegram.failures import in_words, seconds_to_wait

_logger: Final = logging.getLogger(__name__)
_POLL_SECONDS: Final = 30
_GRACE_SECONDS: Final = 10  # beyond those of a poll, until it counts as lost
_FIRST_PAUSE: Final = 1.0  # seconds, growing by half
_LONGEST_PAUSE: Final = 30.0
_ALLOWED: Final = (Update.MESSAGE, Update.CALLBACK_QUERY)
# "getUpdates" once the library has made it a method's name. Written so, it does not send us to its own `get_updates`,
# where one update that it cannot read costs all that came with it.
_GET_UPDATES: Final = "get__updates"
# Two pollers take turns in refusing each other, a second apart. The one that was polling undisturbed before has more
# patience, so that the newcomer gives up first.
_CONFLICTS_OF_A_NEWCOMER: Final = 3
_CONFLICTS: Final = 12
_CONFLICT_PAUSE: Final = 1.0
_CALM_SECONDS: Final = 3.0

SECOND_POLLER: Final = (
    "another program receives this bot's updates (409 Conflict): end it, or give this one a token of its own"
)


class Poller:
    """Fetches updates and hands them on.

    Args:
        bot: initialized.
        handle: takes one update; called in the order of their arrival.
        heartbeat: a file to touch after every successful poll, None for none.
    """

    def __init__(self, bot: Bot, handle: Callable[[Update], Awaitable[None]], heartbeat: Path | None = None) -> None:
        self._bot = bot
        self._handle = handle
        self._heartbeat = heartbeat
        self._offset: int | None = None
        self._conflicts = 0
        self._settled = False
        self._calm_since: float | None = None
        self._pause = 0.0

    async def run(self) -> None:
        """Poll until cancelled; breaks in the connection are waited out.

        Raises:
            SecondPollerError: another program keeps polling with the same token.
            WrongTokenError: the token was withdrawn.
        """
        seconds = 0  # the first poll shows at once whether we are served
        while True:
            try:
                await self._poll(seconds)
            except TelegramError as error:
                await self._recover(error)
            else:
                seconds = _POLL_SECONDS
                self._after_success()

    async def confirm(self) -> None:
        """Tell the server which updates were taken, so that it does not hand them over again."""
        if self._offset is None:
            return
        try:
            await self._fetch(0, limit=1)
        except TelegramError as error:
            _logger.warning("the last updates could not be confirmed, they may be answered twice: %s", in_words(error))

    async def _poll(self, seconds: int) -> None:
        for raw in await self._fetch(seconds):
            update = self._read(raw)
            if update is not None:
                await self._handle(update)
            self._offset = raw["update_id"] + 1

    async def _fetch(self, seconds: int, **more: Any) -> list[dict[str, Any]]:
        wanted = {"timeout": seconds, "allowed_updates": _ALLOWED, **more}
        if self._offset is not None:
            wanted["offset"] = self._offset
        try:
            found = await self._bot.do_api_request(_GET_UPDATES, wanted, read_timeout=seconds + _GRACE_SECONDS)
            if all(isinstance(raw["update_id"], int) for raw in found):
                return list(found)
        except (KeyError, TypeError) as error:
            raise NetworkError("what came back is no list of updates") from error
        raise NetworkError("what came back are no updates")

    def _read(self, raw: dict[str, Any]) -> Update | None:
        """An update, None for one that cannot be read: it must not keep the others from being answered."""
        try:
            return Update.de_json(raw, self._bot)
        except Exception as error:  # noqa: BLE001 - anything can be wrong with it; its text is not for the log
            _logger.error("update %d cannot be read and is passed over (%s)", raw["update_id"], type(error).__name__)  # noqa: TRY400
            return None

    def _after_success(self) -> None:
        if self._pause:
            _logger.info("the Bot API server answers again")
        self._pause = 0.0
        self._calm_since = self._calm_since or asyncio.get_running_loop().time()
        if self._heartbeat is not None:
            try:
                self._heartbeat.touch()
            except OSError as error:
                _logger.warning("the heartbeat file %s cannot be touched: %s", self._heartbeat, error.strerror)

    async def _recover(self, error: TelegramError) -> None:
        if isinstance(error, InvalidToken | EndPointNotFound):
            await self._require_token()
        if isinstance(error, TimedOut) and isinstance(error.__cause__, httpx.ReadTimeout):
            _logger.warning("a poll got no answer; again")
            return  # the time has passed already
        if isinstance(error, Conflict):
            self._count_conflict()
            wait = _CONFLICT_PAUSE
        else:
            self._pause = min(max(_FIRST_PAUSE, self._pause * 1.5), _LONGEST_PAUSE)
            wait = seconds_to_wait(error) if isinstance(error, RetryAfter) else self._pause
        level = logging.WARNING if isinstance(error, NetworkError | Conflict | RetryAfter) else logging.ERROR
        _logger.log(level, "polling failed (%s); again in %.0f s", in_words(error), wait)
        await asyncio.sleep(wait)

    async def _require_token(self) -> None:
        """A server in trouble refuses a good token too: only a second no is believed."""
        try:
            await self._bot.get_me()
        except InvalidToken:
            raise WrongTokenError(UNKNOWN_BOT) from None
        except TelegramError as error:
            _logger.warning("the token was refused, and getMe failed: %s", in_words(error))

    def _count_conflict(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._calm_since is not None and now - self._calm_since > _CALM_SECONDS:
            self._settled, self._conflicts = True, 0
        self._calm_since = None
        self._conflicts += 1
        if self._conflicts >= (_CONFLICTS if self._settled else _CONFLICTS_OF_A_NEWCOMER):
            raise SecondPollerError(SECOND_POLLER) from None
