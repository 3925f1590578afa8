"""The program: `python -m tests.fuzz [--inputs N] [--seconds S] [--target NAME] [--seed N] [--into FOLDER]`."""

import argparse
import faulthandler
import logging
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

from tests.fuzz.running import Current, Tally, fuzz, kept
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

_MEGABYTES: Final = 3_000  # of memory that the program may take for itself; more is an explosion
_ALONE: Final = 600  # seconds after which an input that does not return ends the program


def main() -> int:
    """Fuzz what is asked for and print a line a target; 1 where anything was found."""
    asked = _asked()
    limit = _MEGABYTES << 20
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    logging.disable()
    warnings.simplefilter("ignore")
    chosen = [target for target in TARGETS if asked.target in (None, target.name)]
    if not chosen:
        print(f"no such target; known are {', '.join(target.name for target in TARGETS)}")
        return 2
    print(f"{'target':<28} {'inputs':>9} {'a second':>9} {'slowest':>9} {'peak':>8}  found")
    tallies = [_fuzzed(target, asked, sum(each.share for each in chosen)) for target in chosen]
    found = sum(len(tally.found) for tally in tallies)
    seconds = sum(tally.seconds for tally in tallies)
    print(f"{sum(tally.inputs for tally in tallies)} inputs in {seconds:.0f} s of the processor, {found} failures")
    return 1 if found else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--inputs", type=int, default=100_000, help="of all targets together")
    parser.add_argument("--seconds", type=float, default=3600.0, help="for all targets together, at most")
    parser.add_argument("--target", help="only this one")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the same one makes the same inputs")
    parser.add_argument("--into", type=Path, default=Path(".fuzz"), help="the folder for what is found")
    return parser.parse_args()


def _fuzzed(target: Target, asked: argparse.Namespace, shares: float) -> Tally:
    wanted = int(asked.inputs * target.share / shares)
    until = time.monotonic() + asked.seconds * target.share / shares

    def goes_on(tally: Tally) -> bool:
        faulthandler.dump_traceback_later(_ALONE, exit=True)
        return tally.inputs < wanted and time.monotonic() < until

    asked.into.mkdir(exist_ok=True)
    current = Current(asked.into / "current.input")
    with tempfile.TemporaryDirectory(dir=_quick()) as folder, target.open(Path(folder)) as run:
        random = Random(f"{asked.seed} {target.name}")
        tally = fuzz(target, run, random, goes_on=goes_on, note=current.note)
    faulthandler.cancel_dump_traceback_later()
    kept(tally.found, asked.into / target.name.replace(" ", "-"))
    _print(target, tally, asked.seed)
    return tally


def _quick() -> Path | None:
    return next((folder for folder in [Path("/dev/shm")] if folder.is_dir()), None)


def _print(target: Target, tally: Tally, seed: int) -> None:
    rate = tally.inputs / max(tally.seconds, 1e-9)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    slowest = f"{tally.slowest * 1000:.0f} ms"
    faults = "; ".join(tally.found) or "–"
    print(f"{target.name:<28} {tally.inputs:>9} {rate:>9.0f} {slowest:>9} {peak:>5.0f} MB  {faults}", flush=True)
    if tally.found:
        print(f"  again with --seed {seed} --target {target.name!r}", flush=True)


def names(targets: Sequence[Target]) -> list[str]:
    """What targets are called."""
    return [target.name for target in targets]


if __name__ == "__main__":
    sys.exit(main())
