"""A clock of the wall that goes wrong, for one process: intervals and the times of files stay as they are."""

import os
import time
from pathlib import Path
from typing import Final

_LIBRARY: Final = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
CAN_TURN: Final = _LIBRARY is not None
"""Whether the library that does it is installed (Debian's package libfaketime)."""


class WallClock:
    """A clock that can be set while the process runs that believes it.

    Args:
        folder: for the file from which the library reads how wrong the clock is.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self._ahead = 0.0
        self.set_ahead(0)

    def settings(self) -> dict[str, str]:
        """What a process must have in its environment.

        Raises:
            RuntimeError: the library is not installed.
        """
        if _LIBRARY is None:
            raise RuntimeError("clocks are turned by libfaketime: apt-get install libfaketime")
        return {
            "LD_PRELOAD": str(_LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",  # the fix makes threads wait where they need not
            "NO_FAKE_STAT": "1",
        }

    def set_ahead(self, seconds: float) -> None:
        """Set it so many seconds before the true time, or behind it if below 0; heard of within a second."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{seconds:+.0f}\n", encoding="ascii")
        os.replace(fresh, self._file)  # noqa: PTH105 - atomic
        self._ahead = seconds

    def now(self) -> float:
        """What it shows, in seconds since 1970."""
        return time.time() + self._ahead
