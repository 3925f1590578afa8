"""The bot's own command line, in a process that says on SIGUSR1 how many tasks and objects there are in it.

What cannot be seen from outside is added to the file that `WATCHED_FILE` names, a line of JSON each time.
"""

import asyncio
import gc
import json
import os
import signal
from pathlib import Path

from bot.cli import main


def _say(*_: object) -> None:
    try:
        tasks = len(asyncio.all_tasks())
    except RuntimeError:  # the loop does not run yet
        tasks = 0
    with Path(os.environ["WATCHED_FILE"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"tasks": tasks, "objects": len(gc.get_objects())}) + "\n")


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, _say)
    main()
