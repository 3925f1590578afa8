"""Long polling: fetching updates until told to stop, and knowing when there is no use in going on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import httpx
from telegram import Bot, Update
from telegram.error import Conflict, EndPointNotFound, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest

from bot.errors import SecondPollerError
from bot.telegram.connecting import require_token
from bot.telegram.failures import in_words, seconds_to_wait

_logger: Final = logging.getLogger(__name__)
_POLL_SECONDS: Final = 30
_GRACE_SECONDS: Final = 10  # beyond those of a poll, until it counts as lost
_FIRST_PAUSE: Final = 1.0  # seconds, growing by half
_LONGEST_PAUSE: Final = 30.0
ALLOWED: Final = (
    Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY, Update.CHOSEN_INLINE_RESULT,
    Update.MESSAGE_REACTION, Update.MY_CHAT_MEMBER,
)  # fmt: skip
"""The kinds of updates that the bot wants wherever it is."""
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


Take = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]
"""Takes updates as they came, in the order of their arrival; once it returns, they may be confirmed."""


class Poller:
    """Fetches updates and hands them on.

    Args:
        bot: initialized.
        take: where they go.
        request: that the bot polls with, for `restart`.
        allowed: the kinds of updates that are wanted.

    Attributes:
        last_success: when a poll was answered last, by the loop's clock; None before the first.
    """

    def __init__(
        self, bot: Bot, take: Take, request: BaseRequest | None = None, allowed: Sequence[str] = ALLOWED
    ) -> None:
        self._bot = bot
        self._allowed = allowed
        self._take = take
        self._request = request
        self.last_success: float | None = None
        self._offset: int | None = None
        self._taking: asyncio.Task[None] | None = None
        self._fetching: asyncio.Timeout | None = None
        self._conflicts = 0
        self._settled = False
        self._calm_since: float | None = None
        self._pause = 0.0

    @property
    def is_taking(self) -> bool:
        """Whether it does not poll because what came with the last poll is still being taken."""
        return self._taking is not None and not self._taking.done()

    def restart(self) -> None:
        """Give up the poll that is under way, and go on with a new connection; what is being taken is not disturbed."""
        if self._fetching is not None and not self._fetching.expired():
            self._fetching.reschedule(0)

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
            except TimeoutError:
                await self._connect_anew()
            else:
                seconds = _POLL_SECONDS

    async def confirm(self) -> None:
        """Tell the server which updates were taken, so that it does not hand them over again."""
        if self._taking is not None:
            self._taking.cancel()  # what it still waits for was not dealt with
        if self._offset is None:
            return
        try:
            await self._fetch(0, limit=1)
        except TelegramError as error:
            _logger.warning("the last updates could not be confirmed, and will come again: %s", in_words(error))

    async def _poll(self, seconds: int) -> None:
        try:
            async with asyncio.timeout(None) as self._fetching:
                raws = await self._fetch(seconds)
        finally:
            self._fetching = None
        self._after_success()
        if raws:
            # Going on by itself: what is being written must not be forgotten because the program is told to stop.
            self._taking = asyncio.create_task(self._hand_over(raws))
            await asyncio.shield(self._taking)

    async def _hand_over(self, raws: list[dict[str, Any]]) -> None:
        await self._take(raws)
        self._offset = max(raw["update_id"] for raw in raws) + 1

    async def _connect_anew(self) -> None:
        _logger.warning("polling begins anew, with a new connection")
        if self._request is not None:
            await self._request.shutdown()
            await self._request.initialize()

    async def _fetch(self, seconds: int, **more: Any) -> list[dict[str, Any]]:
        wanted = {"timeout": seconds, "allowed_updates": self._allowed, **more}
        if self._offset is not None:
            wanted["offset"] = self._offset
        try:
            found = await self._bot.do_api_request(_GET_UPDATES, wanted, read_timeout=seconds + _GRACE_SECONDS)
            if all(isinstance(raw["update_id"], int) for raw in found):
                return list(found)
        except (KeyError, TypeError) as error:
            raise NetworkError("what came back is no list of updates") from error
        raise NetworkError("what came back are no updates")

    def _after_success(self) -> None:
        if self._pause:
            _logger.info("the Bot API server answers again")
        self._pause = 0.0
        self.last_success = asyncio.get_running_loop().time()
        self._calm_since = self._calm_since or self.last_success

    async def _recover(self, error: TelegramError) -> None:
        if isinstance(error, InvalidToken | EndPointNotFound):
            await require_token(self._bot)
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

    def _count_conflict(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._calm_since is not None and now - self._calm_since > _CALM_SECONDS:
            self._settled, self._conflicts = True, 0
        self._calm_since = None
        self._conflicts += 1
        if self._conflicts >= (_CONFLICTS if self._settled else _CONFLICTS_OF_A_NEWCOMER):
            raise SecondPollerError(SECOND_POLLER) from None
