"""The command line of these programs; each ends with 1 where something was lost, doubled or logged wrongly."""

import argparse
import asyncio
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.faults.lives import Course, Lives


def main() -> int:
    """Run one of the programs; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.faults", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, rounds, what in (
        ("kill", 200, "kill -9 at random moments while people ask"),
        ("stop", 50, "SIGTERM at random moments while people ask"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("--rounds", type=int, default=rounds)
        command.add_argument("--seed", type=int, default=1)
        command.add_argument("--rate", type=float, default=120, help="questions a second")
        command.add_argument("--folder", type=Path, help="where everything is kept; default: a new one, removed")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="verbatim-") as folder:
        return asyncio.run(_lives(given, given.folder or Path(folder)))


async def _lives(given: argparse.Namespace, folder: Path) -> int:
    number = signal.SIGKILL if given.command == "kill" else signal.SIGTERM
    lives, start = Lives(folder, seed=given.seed, per_second=given.rate), time.monotonic()
    course = await lives.run(given.rounds, number)
    account = lives.account()
    print(f"\n{number.name}, {course.deaths} times ({course.early} during the start)", end="")
    print(f", {time.monotonic() - start:.0f} s")
    print("\n".join(account.lines()))
    _tell_times(course)
    wrong = [*account.wrong, *(f"exit code {code}" for code in sorted(set(course.codes) - {0}))]
    print("wrong: " + "; ".join(wrong) if wrong else "nothing lost, nothing logged twice")
    return 1 if wrong else 0


def _tell_times(course: Course) -> None:
    print(f"{'seconds to answer what was left':<34}{course.catching_up:>10.1f}")
    if course.codes:
        stops = sorted(course.stops)
        print(f"{'seconds to stop: median, longest':<34}{statistics.median(stops):>10.2f}{stops[-1]:>8.2f}")


if __name__ == "__main__":
    sys.exit(main())
