"""Which processes deal with updates, and which of them are dead?

A worker is dead when its beat has stood still for a lease of our own monotonic clock (wall clocks jump), or at once
when it ran on this host under a process id that does not run any more.
"""

import datetime as dt
import os
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from db.tables import WorkerRow

LEASE_SECONDS: Final = 20.0
"""How long a worker may be silent before others take over what it holds."""

_SIGN_UP: Final = insert(WorkerRow).on_conflict_do_nothing()


def worker_name() -> str:
    """A new name for this process: its host, the space in which its process id counts, the id, and a token."""
    return f"{_here()}:{os.getpid()}:{secrets.token_hex(4)}"


class Workers:
    """Says that one worker lives, and watches the others. Its methods run in the transaction of a connection.

    Args:
        name: of the one that watches.
        clock: seconds that never jump.
    """

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._name = name
        self._clock = clock
        self._beats: dict[str, tuple[int, float]] = {}

    def sign_up(self, connection: Connection) -> None:
        """Be known, so that nobody takes what this worker holds."""
        now = dt.datetime.now(dt.UTC)
        row = {"name": self._name, "beat": 0, "started_at": now, "seen_at": now}
        connection.execute(_SIGN_UP, row)

    def beat(self, connection: Connection) -> None:
        """Live on."""
        self.sign_up(connection)
        changes = {"beat": WorkerRow.beat + 1, "seen_at": dt.datetime.now(dt.UTC)}
        connection.execute(update(WorkerRow).where(WorkerRow.name == self._name).values(changes))

    def bury(self, connection: Connection) -> None:
        """Forget those that are dead: what they hold is nobody's."""
        others = select(WorkerRow.name, WorkerRow.beat).where(WorkerRow.name != self._name)
        found = {row.name: row.beat for row in connection.execute(others)}
        now = self._clock()
        for name in self._beats.keys() - found.keys():
            del self._beats[name]
        for name, beat in found.items():
            if self._beats.get(name, (None,))[0] != beat:
                self._beats[name] = (beat, now)
        dead = [name for name in found if now - self._beats[name][1] >= LEASE_SECONDS or _has_ended(name)]
        if dead:
            connection.execute(delete(WorkerRow).where(WorkerRow.name.in_(dead)))


def _here() -> str:
    """This host, and what tells apart containers that share its name."""
    space = 0
    with suppress(OSError):
        space = Path("/proc/self/ns/pid").stat().st_ino
    return f"{socket.gethostname()}:{space}"


def _has_ended(name: str) -> bool:
    """Whether it ran here and does not run any more. Another one with our own process id ended before we began."""
    here, _, number = name.rpartition(":")[0].rpartition(":")
    if here != _here() or not number.isdecimal():
        return False
    if int(number) == os.getpid():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):  # it is another user's
        return False
    return False
