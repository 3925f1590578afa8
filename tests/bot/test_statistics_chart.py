"""The picture of what was asked: readable on a telephone, whatever the days hold."""

import datetime as dt
import io
import json
import subprocess
import sys

import numpy as np
import pytest
from matplotlib.image import imread

from bot.statistics_chart import draw_days
from db import Day
from tests.builders import SEEDS

FIRST = dt.date(2026, 1, 1)
BLUE, ORANGE, GREY = (0x00, 0x72, 0xB2), (0xE6, 0x9F, 0x00), (0x99, 0x99, 0x99)


def days(count: int, found: int = 6, weak: int = 3, none: int = 1) -> list[Day]:
    """So many days with the same numbers."""
    return [Day(FIRST + dt.timedelta(days=number), found, weak, none) for number in range(count)]


def pixels(picture: bytes) -> np.ndarray:
    """Its colours, 0 to 255."""
    return (imread(io.BytesIO(picture), format="png")[:, :, :3] * 255).round().astype(int)


def share(picture: bytes, color: tuple[int, int, int]) -> float:
    """How much of it has this colour."""
    return float((abs(pixels(picture) - np.array(color)).sum(axis=2) < 6).mean())


@pytest.mark.parametrize("count", [1, 2, 30, 62, 63, 400])
def test_the_picture_shows_all_bands(count: int) -> None:
    """On white, wide enough for a telephone; of many days there are fewer bars, each for a week."""
    picture = draw_days(days(count))
    assert pixels(picture).shape == (750, 1200, 3)
    assert pixels(picture)[[0, 0, -1, -1], [0, -1, 0, -1]].min() == 255
    found, weak, none = (share(picture, color) for color in (BLUE, ORANGE, GREY))
    assert found > weak > none > 0.01


@pytest.mark.parametrize("day", [Day(FIRST), Day(FIRST, found=1), Day(FIRST, none=10**6)])
def test_a_day_may_hold_anything(day: Day) -> None:
    """Nothing, one question, a million."""
    assert share(draw_days([*days(2), day]), (255, 255, 255)) > 0.2


def test_the_program_draws_what_it_is_told() -> None:
    """As the bot calls it: JSON in, a picture out."""
    said = json.dumps([[day.date.isoformat(), day.found, day.weak, day.none] for day in days(3)])
    done = subprocess.run(
        [sys.executable, "-m", "bot.statistics_chart"],
        cwd=SEEDS.parent, input=said.encode(), capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout == draw_days(days(3))
