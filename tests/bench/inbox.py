"""CPU of an update that is stored and closed with its log entry: a question, three passages and two places.

Goal: well below 0.4 ms in batches of twenty and more.
"""

import asyncio
import datetime as dt
import json
import random
import tempfile
import time
from pathlib import Path
from typing import Final

from db import Arrival, Closing, Database, Inbox, LoggedQuestion, Place, ShownPassage, worker_name

UPDATES: Final = 4_000
QUOTE: Final = "The road that links the two towns was closed in the winter of that year, and opened in spring. " * 3


def main() -> None:
    """Print microseconds an update, of all threads together, and updates a second."""
    for size in (1, 5, 20, 100):
        with tempfile.TemporaryDirectory() as folder:
            cpu, seconds = asyncio.run(measure(Path(folder), size))
        each = cpu / UPDATES * 1e6
        print(f"{size:>4} at once: {each:6.0f} µs CPU an update, {UPDATES / seconds:8.0f} updates/s")


async def measure(folder: Path, size: int) -> tuple[float, float]:
    """Seconds of CPU and of the clock that all updates take."""
    async with Database(f"sqlite:///{folder}/log.db") as database:
        inbox = Inbox(database, worker_name())
        await inbox.take_over()
        cpu, clock = time.process_time(), time.perf_counter()
        for first in range(0, UPDATES, size):
            updates = await inbox.store([arrival(number) for number in range(first, first + size)])
            closings = [Closing(each.id, "answered", question=question(each.update_id)) for each in updates]
            assert all(await asyncio.gather(*map(inbox.close_update, closings)))
        return time.process_time() - cpu, time.perf_counter() - clock


def arrival(number: int) -> Arrival:
    """An update as Telegram sends it."""
    person = {"id": 100_000 + number % 50, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    message = {"message_id": number, "date": 1_770_000_000, "from": person, "text": "Where is the road?"}
    body = {"update_id": number, "message": {**message, "chat": {**person, "type": "private"}}}
    return Arrival(number, json.dumps(body), str(person["id"]))


def question(number: int) -> LoggedQuestion:
    """What is logged of it."""
    passages = tuple(ShownPassage(rank, f"article {rank}", "0" * 64, 5, 300, 1.5, QUOTE) for rank in (1, 2, 3))
    hashes = random.Random(number)  # noqa: S311 - no secret
    places = tuple(Place(f"{hashes.getrandbits(128):032x}", kind, number) for kind in ("question", "answer"))
    return LoggedQuestion(
        dt.datetime.now(dt.UTC), "private", "en", f"Where is road {number}?", "found", "abc", 1.25,
        asker="f" * 64, delivery="answered", passages=passages, key=f"{number:012}", places=places,
    )  # fmt: skip


if __name__ == "__main__":
    main()
