"""The command line of these programs; each ends with 1 where something was lost, doubled or logged wrongly."""

import argparse
import asyncio
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.faults.growth import draw
from tests.bench.faults.lives import Course, Lives
from tests.bench.faults.samples import FIGURES, slope
from tests.bench.faults.soak import Course as SoakCourse
from tests.bench.faults.soak import Soak
from tests.bench.faults.table import markdown, play_all


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
    soak = commands.add_parser("soak", help="very many updates through one process: does it grow?")
    soak.add_argument("--updates", type=int, default=200_000)
    soak.add_argument("--every", type=int, default=4_000, help="updates between samples")
    soak.add_argument("--pace", type=int, help="how much faster than time the bot's clock goes (needs libfaketime)")
    soak.add_argument("--chart", type=Path, help="a .png or .svg of what was held")
    soak.add_argument("--folder", type=Path)
    plays = commands.add_parser("table", help="everything that can go wrong around the bot, one after the other")
    plays.add_argument("words", nargs="*", help="only what holds one of these in its name")
    plays.add_argument("--out", type=Path, help="a file for the table, in Markdown; default: it is printed")
    plays.add_argument("--folder", type=Path)
    for command in (commands.choices[name] for name in ("kill", "stop", "soak")):
        command.add_argument("--webhook", action="store_true", help="updates are handed over instead of polled for")
    given = parser.parse_args()
    run = {"soak": _soak, "table": _table}.get(given.command, _lives)
    with tempfile.TemporaryDirectory(prefix="verbatim-") as folder:
        return asyncio.run(run(given, given.folder or Path(folder)))


async def _lives(given: argparse.Namespace, folder: Path) -> int:
    number = signal.SIGKILL if given.command == "kill" else signal.SIGTERM
    lives, start = Lives(folder, seed=given.seed, per_second=given.rate, webhook=given.webhook), time.monotonic()
    course = await lives.run(given.rounds, number)
    account = lives.account()
    print(f"\n{number.name}, {course.deaths} times ({course.early} during the start)", end="")
    print(f", {time.monotonic() - start:.0f} s")
    print("\n".join(account.lines()))
    _tell_times(course)
    # Before it has begun to work, a program ends by the signal itself.
    wrong = [*account.wrong, *(f"exit code {code}" for code in sorted(set(course.codes) - {0, -number}))]
    print("wrong: " + "; ".join(wrong) if wrong else "nothing lost, nothing logged twice")
    return 1 if wrong else 0


async def _soak(given: argparse.Namespace, folder: Path) -> int:
    soak = Soak(folder, SoakCourse(given.updates, given.every, given.pace), webhook=given.webhook)
    await soak.run()
    print()
    for name, figure in FIGURES.items():
        first, last = figure(soak.samples[0]), figure(soak.samples[-1])
        print(f"{name:<24}{first:>12.0f} first{last:>12.0f} last", end="")
        print(f"{slope(soak.samples, figure):>14.2f} more with 10,000 updates")
    account = soak.lives.account()
    print("\n".join(account.lines()))
    if given.chart:
        draw(soak.samples, given.chart, f"{given.updates:,} updates through one process")
    print("wrong: " + "; ".join(account.wrong) if account.wrong else "nothing lost, nothing logged twice")
    return 1 if account.wrong else 0


async def _table(given: argparse.Namespace, folder: Path) -> int:
    rows = await play_all(folder, given.words)
    if given.out:
        given.out.write_text(markdown(rows), encoding="utf-8")
    else:
        print(markdown(rows))
    return 1 if any(row.wrong for row in rows) else 0


def _tell_times(course: Course) -> None:
    print(f"{'seconds to answer what was left':<40}{course.catching_up:>10.1f}")
    stops = sorted(course.stops)
    print(f"{'seconds to end: median, longest':<40}{statistics.median(stops):>10.2f}{stops[-1]:>8.2f}")


if __name__ == "__main__":
    sys.exit(main())
