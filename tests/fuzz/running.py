"""Many inputs for a target, one after the other: what was found, made as small as it gets?"""

import hashlib
import mmap
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from tests.fuzz.mutating import PIECES, bytes_of
from tests.fuzz.target import Outcome, Run, Target, tried

SIZES: Final = (1_000, 10_000, 100_000)
"""Characters of one kind that a target that `grows` is given at once."""
_SMALLER_TRIES: Final = 400
_SMALLER_SECONDS: Final = 20.0
_DIGITS: Final = 12


@dataclass
class Tally:
    """What a target was given, and what came of it.

    Attributes:
        inputs: how many.
        seconds: of the processor, altogether.
        slowest: seconds of the slowest input.
        found: by fault, the smallest input that shows it.
    """

    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    found: dict[str, bytes] = field(default_factory=dict)


class Current:
    """The input that is being tried, where it outlives the program: one that never returns must not be lost.

    Args:
        file: is made.
    """

    _SIZE: Final = 1 << 20

    def __init__(self, file: Path) -> None:
        file.write_bytes(bytes(self._SIZE))
        with file.open("r+b") as opened:
            self._memory = mmap.mmap(opened.fileno(), self._SIZE)

    def note(self, data: bytes) -> None:
        """Remember it, with a line before it that says how long it is."""
        kept = (b"%d\n" % len(data) + data)[: self._SIZE]
        self._memory[: len(kept)] = kept


def inputs_of(target: Target, random: Random, *, growing: bool) -> Iterator[bytes]:
    """The examples as they are, long repetitions where the target takes them, then changed examples without end."""
    yield from target.examples
    if target.grows and growing:
        yield from repetitions()
    while True:
        yield target.mutate(random, random.choice(target.examples))[: target.longest]


def repetitions() -> Iterator[bytes]:
    """Each of the pieces many times, on its own and, unless that is very long, within words."""
    for piece in PIECES:
        for size in SIZES:
            yield bytes_of(piece * (size // len(piece)))
        yield bytes_of("a " + piece * (SIZES[1] // len(piece)) + " b.")


def fuzz(
    target: Target,
    run: Run,
    random: Random,
    *,
    goes_on: Callable[[Tally], bool],
    note: Callable[[bytes], None],
    growing: bool = True,
) -> Tally:
    """Try inputs for as long as is wanted.

    Args:
        target: whose inputs are made.
        run: of the target, open.
        random: decides about everything.
        goes_on: whether another input is to be tried.
        note: is told each input before it is tried.
        growing: whether long repetitions are tried as well.
    """
    tally = Tally()
    for data in inputs_of(target, random, growing=growing):
        if not goes_on(tally):
            break
        note(data)
        outcome = tried(target, run, data)
        tally.inputs += 1
        tally.seconds += outcome.seconds
        tally.slowest = max(tally.slowest, outcome.seconds)
        if outcome.fault and outcome.fault not in tally.found:
            tally.found[outcome.fault] = _smallest(target, run, data, outcome)
    return tally


def kept(found: dict[str, bytes], folder: Path) -> None:
    """Write what was found for a target to its folder, with what is wrong beside each input."""
    for fault, data in found.items():
        folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(data).hexdigest()[:_DIGITS]
        (folder / f"{name}.input").write_bytes(data)
        (folder / f"{name}.txt").write_text(f"{fault}\n", encoding="utf-8")


def _smallest(target: Target, run: Run, data: bytes, outcome: Outcome) -> bytes:
    """As little of an input as still shows the same fault, as far as a few hundred tries tell."""
    tries = 0
    until = time.monotonic() + _SMALLER_SECONDS
    size = len(data) // 2
    while size >= 1:
        at = 0
        while at < len(data):
            if tries >= _SMALLER_TRIES or time.monotonic() > until:
                return data
            tries += 1
            less = data[:at] + data[at + size :]
            if tried(target, run, less).fault == outcome.fault:
                data = less
            else:
                at += size
        size //= 2
    return data
