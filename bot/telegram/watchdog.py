"""Does the poller still poll?"""

import asyncio
import logging
from typing import Final

from bot.telegram.polling import Poller

_logger: Final = logging.getLogger(__name__)
_PATIENCE_SECONDS: Final = 90.0


class Watchdog:
    """Says so when no poll has succeeded for long, and lets the poller begin anew.

    Args:
        poller: that it watches.
        patience: seconds without a successful poll that are too long.
    """

    def __init__(self, poller: Poller, patience: float = _PATIENCE_SECONDS) -> None:
        self._poller = poller
        self._patience = patience
        self._began = asyncio.get_running_loop().time()

    @property
    def silence(self) -> float:
        """Seconds since the last successful poll; since the beginning where there was none."""
        return asyncio.get_running_loop().time() - (self._poller.last_success or self._began)

    @property
    def problem(self) -> str | None:
        """What is wrong with the poller; None if nothing is."""
        if self.silence > self._patience:
            return f"no poll has succeeded for {self.silence:.0f} s"
        return None if self._poller.last_success else "no poll has succeeded yet"

    async def run(self) -> None:
        """Watch until cancelled."""
        self._began = asyncio.get_running_loop().time()  # before, nobody polled
        patient_until = self._began + self._patience
        while True:
            await asyncio.sleep(self._patience / 20)
            now = asyncio.get_running_loop().time()
            if self._poller.is_taking:  # it has no time to poll: that is no silence of the server's
                patient_until = now + self._patience
            patient_until = max(patient_until, (self._poller.last_success or 0) + self._patience)
            if now >= patient_until:
                _logger.error("no poll has succeeded for %.0f s: polling begins anew", self.silence)
                self._poller.restart()
                patient_until = now + self._patience
