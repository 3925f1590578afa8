"""Is every update that was handed over dealt with, whatever dies when?

Updates are written to the inbox before they are confirmed, dealt with in the order of their chats, and closed there
together with what is logged of them. What an earlier process left open is dealt with first.
"""

import asyncio
import datetime as dt
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Final

from telegram import Bot

from bot.answering import AnswerService
from bot.telegram import texts
from bot.telegram.admission import Admission, Refusal
from bot.telegram.dealing import Dealing, Handle, Raw
from bot.telegram.deliveries import Delivery, Outcome
from bot.telegram.lanes import Lanes
from bot.telegram.presence import Presence
from bot.telegram.raw_updates import arrival_of, lane_of
from db import Closing, Inbox, LogError, OpenUpdate, RowError

_logger: Final = logging.getLogger(__name__)
_LIMIT: Final = 10_000
_REMEMBERED: Final = 20_000  # more than can be in memory
_BEAT_SECONDS: Final = 3.0
_KEPT: Final = dt.timedelta(days=1)
_PRUNE_SECONDS: Final = 3600.0
_ATTEMPTS: Final = 5

ENDED_PROGRAM: Final = "the program ended {attempts} times while this was handled"


class Intake:
    """Takes updates, sees to it that they are dealt with, and says in the inbox what became of them.

    While the inbox cannot be used, updates are held in memory, and nothing is confirmed before it is dealt with.

    Args:
        bot: that the updates are for.
        inbox: where they are written.
        service: whose log goes with them.
        handle: deals with one.
        chat_limit: so many of a chat may wait.
        limit: so many may be in memory; then whoever brings more has to wait.
        admission: decides which updates are let in; without one, all are.

    Attributes:
        on_closed: is told of every update that was dealt with.
        on_refused: is told of every update that was not let in.
    """

    def __init__(
        self,
        bot: Bot,
        inbox: Inbox,
        service: AnswerService,
        handle: Handle,
        chat_limit: int,
        *,
        limit: int = _LIMIT,
        admission: Admission | None = None,
    ) -> None:
        self.on_closed: Callable[[Delivery], object] = lambda _: None
        self.on_refused: Callable[[Refusal], object] = lambda _: None
        self._admission = admission
        self._presence = admission.presence if admission else Presence()
        self._dealing = Dealing(bot, service, handle)
        self._inbox = inbox
        self._service = service
        self._remembering = service.remembering
        self._chat_limit = chat_limit
        self._limit = limit
        self._lanes = Lanes()
        self._in_hand: dict[Delivery, None] = {}
        self._recent: OrderedDict[int, asyncio.Event | None] = OrderedDict()
        self._overflowing: set[str] = set()
        self._taking: set[asyncio.Task[None]] = set()
        self._room = asyncio.Event()
        self._room.set()

    @property
    def open(self) -> int:
        """How many updates are in memory."""
        return len(self._in_hand)

    @property
    def oldest(self) -> float:
        """Seconds since the oldest of them arrived; 0 where there is none."""
        return max((delivery.age for delivery in self._in_hand), default=0.0)

    @property
    def overloaded(self) -> bool:
        """Whether there are so many that more have to wait."""
        return len(self._in_hand) >= self._limit

    async def take(self, raws: Sequence[dict[str, Any]]) -> None:
        """Take updates as they came. Afterwards they may be confirmed: they are safe, or dealt with already.

        Args:
            raws: each with a whole number as `update_id`; those that were taken before are passed over.
        """
        task = asyncio.create_task(self._take(raws))
        self._taking.add(task)
        task.add_done_callback(self._taking.discard)
        await asyncio.shield(task)  # what is written must be dealt with, also where nobody waits for it any more

    async def resume(self) -> None:
        """Deal with what earlier processes left open.

        Raises:
            LogError: the inbox cannot be used.
        """
        found = await self._remembering.now(self._inbox.take_over, probe=True)
        if found:
            _logger.info("%d updates of before are dealt with now", len(found))
        for update in found:
            self._resume(update)

    async def run(self) -> None:
        """Go on for ever: say that this process lives, take over what dead ones left, drop what is old."""
        loop = asyncio.get_running_loop()
        prune_at = loop.time()
        while True:
            try:
                await self.resume()
                if loop.time() >= prune_at:
                    prune_at = loop.time() + _PRUNE_SECONDS
                    await self._inbox.prune(dt.datetime.now(dt.UTC) - _KEPT)
            except LogError as error:
                _logger.debug("the inbox cannot be used: %s", error)  # said where answers are logged
            except Exception:
                _logger.exception("what earlier processes left open could not be looked at")
            await asyncio.sleep(_BEAT_SECONDS)

    async def drain(self, seconds: float) -> None:
        """Deal with what is in memory, as far as that is possible in this time; the rest stays in the inbox."""
        try:
            async with asyncio.timeout(seconds):
                while tasks := self._taking | self._lanes.tasks:
                    await asyncio.wait(tasks)
        except TimeoutError:
            for task in self._taking:
                task.cancel()
            await self._lanes.give_up()
            await self._leave(seconds)

    async def _take(self, raws: Sequence[dict[str, Any]]) -> None:
        await self._room.wait()
        judged = [(raw, self._judge(raw)) for raw in raws if raw["update_id"] not in self._recent]
        news = [raw for raw, refusal in judged if refusal is None]
        try:
            stored = await self._remembering.now(partial(self._inbox.store, [arrival_of(raw) for raw in news]))
        except LogError as error:
            if isinstance(error, RowError):
                _logger.error("updates that cannot be stored are held in memory: %s", error)  # noqa: TRY400
            for raw in news:
                self._put(raw, Delivery(raw["update_id"], lane_of(raw), None, presence=self._presence))
        else:
            raw_of = {raw["update_id"]: raw for raw in news}
            for each in stored:
                delivery = Delivery(each.update_id, each.lane, each.id, presence=self._presence)
                self._put(raw_of[each.update_id], delivery)
        for raw, refusal in judged:
            if refusal is not None:
                self._turn_away(raw, refusal)
        for raw in raws:
            done = self._recent.get(raw["update_id"])
            if done is not None:
                await done.wait()

    def _judge(self, raw: dict[str, Any]) -> Refusal | None:
        return self._admission.judge(raw) if self._admission else None

    def _turn_away(self, raw: dict[str, Any], refusal: Refusal) -> None:
        """What is to be said comes after the answers to what was let in before."""
        self.on_refused(refusal)
        if refusal.words or refusal.leave:
            tell = partial(self._dealing.turn_away, raw, refusal.words, refusal.values, leave=refusal.leave)
            self._lanes.put(lane_of(raw), tell)

    def _put(self, raw: dict[str, Any], delivery: Delivery) -> None:
        if delivery.update_id in self._recent:  # handed over twice at the same time
            return
        self._hold(delivery)
        lane = delivery.lane
        if lane is not None and self._lanes.waiting(lane) >= self._chat_limit:
            self._refuse(raw, delivery, lane)
        else:
            self._lanes.put(lane, partial(self._deal_with, raw, delivery))

    def _resume(self, update: OpenUpdate) -> None:
        age = max(0.0, (dt.datetime.now(dt.UTC) - update.received_at).total_seconds())
        delivery = Delivery(
            update.update_id, update.lane, update.id, age=age, attempts=update.attempts, presence=self._presence
        )
        self._hold(delivery)
        # One that was begun when a process ended may be what ended it: nothing else is to go down with it again.
        self._lanes.put(update.lane, partial(self._deal_with_again, update.body, delivery), alone=update.attempts > 0)

    def _refuse(self, raw: dict[str, Any], delivery: Delivery, lane: str) -> None:
        """Too many of a chat wait; that is said once, when those before it are answered."""
        delivery.note(Outcome.OVERFLOW)
        self._close(delivery)
        if lane in self._overflowing:
            return
        self._overflowing.add(lane)

        async def tell() -> None:
            self._overflowing.discard(lane)
            await self._dealing.turn_away(raw, texts.TOO_MANY, {"limit": self._chat_limit})

        self._lanes.put(lane, tell)

    async def _deal_with_again(self, body: str, delivery: Delivery) -> None:
        if (delivery.attempts or 0) >= _ATTEMPTS:
            await self._set_aside(body, delivery)
            return
        with suppress(LogError):  # a log that fails costs nobody the answer
            if not await self._remembering.now(partial(self._inbox.begin, delivery.number or 0)):
                self._let_go(delivery)  # another process has it
                return
            delivery.begun = True
        await self._deal_with(body, delivery)

    async def _set_aside(self, body: str, delivery: Delivery) -> None:
        """It is closed before anything else is tried with it."""
        delivery.note(Outcome.FAILED, ENDED_PROGRAM.format(attempts=delivery.attempts))
        _logger.error("update %d is set aside: %s", delivery.update_id, delivery.error)
        closing = delivery.closing()
        try:
            await self._remembering.now(partial(self._inbox.close_update, closing))
        except LogError:
            self._remembering.add(partial(self._write, closing))
        self.on_closed(delivery)
        self._let_go(delivery)
        await self._dealing.turn_away(body, texts.FAILED)

    async def _deal_with(self, raw: Raw, delivery: Delivery) -> None:
        try:
            await self._dealing.deal_with(raw, delivery)
        except asyncio.CancelledError:
            if delivery.outcome is Outcome.UNSURE:
                self._close(delivery)
            raise
        self._close(delivery)

    def _hold(self, delivery: Delivery) -> None:
        self._recent[delivery.update_id] = delivery.done
        if len(self._recent) > _REMEMBERED:
            self._recent.popitem(last=False)
        self._in_hand[delivery] = None
        if self.overloaded:
            self._room.clear()

    def _let_go(self, delivery: Delivery) -> None:
        del self._in_hand[delivery]
        if not self.overloaded:
            self._room.set()
        if delivery.done is not None:
            delivery.done.set()

    def _close(self, delivery: Delivery) -> None:
        self.on_closed(delivery)
        self._let_go(delivery)
        if delivery.number is not None:
            self._remembering.add(partial(self._write, delivery.closing()))
        elif (entry := delivery.logged()) is not None:
            self._service.remember(entry)

    async def _write(self, closing: Closing) -> None:
        try:
            await self._inbox.close_update(closing)
        except RowError as error:
            # It was answered: it must not be answered again because its question does not fit the log.
            await self._inbox.close_update(replace(closing, question=None, keep=True, error=str(error)))
            raise

    async def _leave(self, seconds: float) -> None:
        """Say what is not dealt with, and let the next process have it at once."""
        left = [delivery for delivery in self._in_hand if delivery.number is not None]
        if left:
            _logger.warning("%d updates were not answered in %g s: the next start answers them", len(left), seconds)
        if len(self._in_hand) > len(left):
            _logger.warning("%d updates in memory were not answered in %g s", len(self._in_hand) - len(left), seconds)
        numbers = [delivery.number or 0 for delivery in left]
        begun = [delivery.number or 0 for delivery in left if delivery.begun]
        try:
            await self._remembering.now(partial(self._inbox.release, numbers, begun))
        except LogError as error:
            _logger.warning("the next start answers what is left once this process has ended: %s", error)
