"""How long does an answer take?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np

T = TypeVar("T")
_PERCENTILES: Final = (50, 90, 99)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """What one call took, in milliseconds of processor and of wall time."""

    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Milliseconds that so many in a hundred calls do not exceed."""

    p50: float
    p90: float
    p99: float


@dataclass(frozen=True, slots=True)
class Latency:
    """What many calls took."""

    cpu: Percentiles
    wall: Percentiles


@dataclass(frozen=True, slots=True)
class Clock:
    """The two clocks of a stopwatch; this package looks at no other.

    Args:
        cpu: seconds of processor time.
        wall: seconds of wall time.
    """

    cpu: Callable[[], float]
    wall: Callable[[], float]

    def timed(self, call: Callable[[], T]) -> tuple[T, Elapsed]:
        """What a call returns, and what it took."""
        wall, cpu = self.wall(), self.cpu()
        result = call()
        cpu, wall = self.cpu() - cpu, self.wall() - wall
        return result, Elapsed(cpu * 1000, wall * 1000)


def latency(calls: Sequence[Elapsed]) -> Latency:
    """The percentiles of what calls took; at least one call."""
    return Latency(_percentiles([each.cpu for each in calls]), _percentiles([each.wall for each in calls]))


def _percentiles(milliseconds: Sequence[float]) -> Percentiles:
    return Percentiles(*(float(value) for value in np.percentile(milliseconds, _PERCENTILES)))
