"""The queue of updates, and getUpdates with its confirmations, long polls and conflicts."""

import asyncio
from collections.abc import Callable
from typing import Any

from tests.bot_api import limits
from tests.bot_api.errors import ApiError, bad_request, conflict

OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
# Bot API documentation: getUpdates, allowed_updates: "all update types except ..." by default.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """Updates which the bot has not confirmed yet.

    Attributes:
        conflict: While true, every getUpdates is answered by 409, as with a second bot running.
        longest_poll: Cap on a long poll in seconds, so that tests end.
        filtered: Updates which the bot had not subscribed to when they arose.
        polls: How many getUpdates calls have arrived.
        on_handed: Is told of every update that goes out to the bot, each time that it does.
        on_added: Is told of every update that the bot is to get, when it arises.
    """

    def __init__(self, longest_poll: float) -> None:
        self.conflict = False
        self.longest_poll = longest_poll
        self.filtered: list[dict[str, Any]] = []
        self.polls = 0
        self.on_handed: Callable[[dict[str, Any]], object] = lambda _: None
        self.on_added: Callable[[dict[str, Any]], object] = lambda _: None
        self.allowed: list[str] = []
        self._pending: list[dict[str, Any]] = []
        self._next_id = 1
        self._poll: asyncio.Future[None] | None = None

    @property
    def pending(self) -> list[dict[str, Any]]:
        """Answer the unconfirmed updates, oldest first."""
        return list(self._pending)

    def add(self, update: dict[str, Any]) -> int:
        """Queue an update and answer its id; an id of the caller's own is kept."""
        update_id: int = update.setdefault("update_id", self._next_id)
        self._next_id = max(self._next_id, update_id + 1)
        if self._subscribed(update):
            self._pending.append(update)
            self._end_poll(None)
            self.on_added(update)
        else:
            self.filtered.append(update)
        return update_id

    def taken(self, update: dict[str, Any]) -> None:
        """Drop an update which the webhook has taken; it is one of the first."""
        for index, pending in enumerate(self._pending):
            if pending is update:
                del self._pending[index]
                return

    def forget(self) -> None:
        """Drop all unconfirmed updates, as drop_pending_updates does."""
        self._pending.clear()

    def end_poll(self, reason: str | None = None) -> None:
        """End a waiting getUpdates: with 409 and this reason, or empty-handed without one."""
        self._end_poll(conflict(reason) if reason else None)

    async def get(
        self,
        offset: int = 0,
        limit: int = limits.UPDATES,
        timeout: float = 0,  # noqa: ASYNC109 -- the parameter of getUpdates
        allowed_updates: list[str] | None = None,
    ) -> list[dict[str, Any]]:
        """Answer unconfirmed updates from `offset` on, waiting for the first one if there is none.

        A negative offset counts from the end and drops what comes before.
        """
        if timeout < 0:
            raise bad_request("timeout must be non-negative")
        if self.conflict:
            raise conflict(OTHER_POLLER)
        self._end_poll(conflict(OTHER_POLLER))
        if allowed_updates is not None:
            self.allowed = list(allowed_updates)
        self._confirm(offset)
        if not self._pending and timeout:
            await self._wait(min(timeout, self.longest_poll))
        handed = self._pending[: limit if 1 <= limit <= limits.UPDATES else limits.UPDATES]
        for update in handed:
            self.on_handed(update)
        return handed

    def _subscribed(self, update: dict[str, Any]) -> bool:
        kinds = update.keys() - {"update_id"}
        return bool(kinds & set(self.allowed)) if self.allowed else not kinds & NOT_BY_DEFAULT

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._pending = self._pending[offset:]
        else:
            self._pending = [update for update in self._pending if update["update_id"] >= offset]

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None

    def _end_poll(self, error: ApiError | None) -> None:
        poll, self._poll = self._poll, None
        if poll is None or poll.done():
            return
        if error is None:
            poll.set_result(None)
        else:
            poll.set_exception(error)
