"""People who ask: in many chats, now and then, whether the bot is there or not."""

import asyncio
import random
from typing import Final

from tests.bench.faults.ledger import Ledger
from tests.bot_api import BotApiServer

_FIRST_PERSON: Final = 7001
_MANY: Final = 60
_MANY_AT_ONCE: Final = 0.03
_MEAN_BURST: Final = 1 + _MANY_AT_ONCE * (_MANY - 1)
_SETTLING: Final = 0.02  # seconds


class Crowd:
    """Asks questions at random moments, now and then many at once; one chat in four is a group.

    Args:
        server: that carries them.
        ledger: that counts them.
        chance: where randomness comes from.
        chats: how many chats there are.
        per_second: how many questions a second, on average.
        most_open: nobody asks while so many questions wait for their answers.
    """

    def __init__(
        self,
        server: BotApiServer,
        ledger: Ledger,
        chance: random.Random,
        *,
        chats: int = 40,
        per_second: float = 60,
        most_open: int = 400,
    ) -> None:
        self._server = server
        self._ledger = ledger
        self._chance = chance
        self._people = range(_FIRST_PERSON, _FIRST_PERSON + chats)
        self._pause = _MEAN_BURST / per_second
        self._most_open = most_open

    async def ask_on(self) -> None:
        """Ask until cancelled."""
        while True:
            await asyncio.sleep(self._chance.expovariate(1 / self._pause))
            for _ in range(_MANY if self._chance.random() < _MANY_AT_ONCE else 1):
                if self._ledger.open < self._most_open:
                    self.ask_once()

    def ask_once(self) -> None:
        """Let somebody ask."""
        person = self._chance.choice(self._people)
        if person % 4:
            self._server.send_text(self._ledger.ask(person), user_id=person)
        else:
            self._server.send_text(
                f"/ask {self._ledger.ask(-person)}", user_id=person, chat_id=-person, chat_type="supergroup"
            )

    async def answered(self, patience: float) -> bool:
        """Whether all questions are answered, waiting as long as answers come; `patience` in seconds without one."""
        loop = asyncio.get_running_loop()
        fewest, deadline = self._ledger.open, loop.time() + patience
        while self._ledger.open and loop.time() < deadline:
            await asyncio.sleep(_SETTLING)
            if self._ledger.open < fewest:
                fewest, deadline = self._ledger.open, loop.time() + patience
        return not self._ledger.open
