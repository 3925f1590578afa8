"""The questions of some time as a picture: a bar a day, parted by how well they were answered.

A program of its own (`python -m bot.statistics_chart`), so that whoever answers questions does not load what draws:
days as JSON from the standard input, each its date and its counts of found, weak and none; a PNG to the standard
output.
"""

import datetime as dt
import io
import json
import sys
from collections.abc import Sequence
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from bot.charts import INK, dress
from bot.gathering.apart import limit_this_process
from db import Day

_CPU_SECONDS: Final = 60  # the first drawing on a machine looks for all its fonts
# Okabe and Ito's blue, orange and a grey: they differ in lightness, too.
_BANDS: Final = (("found", "answered", "#0072B2"), ("weak", "perhaps", "#E69F00"), ("none", "not answered", "#999999"))
_MOST_BARS: Final = 62
_WEEK: Final = 7
_LABELS: Final = 5


def main() -> None:
    """Draw what the standard input says."""
    limit_this_process(_CPU_SECONDS)
    days = [Day(dt.date.fromisoformat(date), *counts) for date, *counts in json.load(sys.stdin)]
    sys.stdout.buffer.write(draw_days(days))


def draw_days(days: Sequence[Day]) -> bytes:
    """A PNG, to be read on a telephone.

    Args:
        days: at least one, in order and without gaps. Of more than two months there is a bar a week.
    """
    figure = Figure(figsize=(8, 5), layout="constrained", dpi=150)
    FigureCanvasAgg(figure)
    weekly = len(days) > _MOST_BARS
    panel = figure.subplots()
    _draw_bars(panel, _weeks(days) if weekly else days)
    dress(panel, "", axis="y", size=15)
    panel.spines["left"].set_visible(False)
    total = max(1, sum(day.questions for day in days))
    names = [f"{name} {sum(getattr(day, band) for day in days) / total:.0%}" for band, name, _ in _BANDS]
    figure.legend(
        [Patch(color=color) for *_, color in _BANDS], names, title=f"Questions a {'week' if weekly else 'day'}",
        title_fontsize=20, loc="outside upper left", ncols=len(_BANDS), frameon=False, fontsize=15, labelcolor=INK,
        alignment="left", handlelength=1, columnspacing=1.2,
    )  # fmt: skip
    picture = io.BytesIO()
    figure.savefig(picture, format="png", facecolor="white")
    return picture.getvalue()


def _draw_bars(panel: Axes, bars: Sequence[Day]) -> None:
    places, bottom = range(len(bars)), [0] * len(bars)
    for band, _, color in _BANDS:
        counts = [getattr(bar, band) for bar in bars]
        panel.bar(places, counts, bottom=bottom, width=0.85, color=color)
        bottom = [below + count for below, count in zip(bottom, counts, strict=True)]
    step = max(1, -(-len(bars) // _LABELS))
    shown = list(places)[::-1][::step][::-1]  # the last one is always named
    panel.set_xticks(shown, [f"{bars[at].date.day} {bars[at].date:%b}" for at in shown])
    panel.set_xlim(-0.6, len(bars) - 0.4)
    panel.set_ylim(0, max(1, *bottom) * 1.05)
    panel.yaxis.set_major_locator(MaxNLocator(5, integer=True))


def _weeks(days: Sequence[Day]) -> list[Day]:
    """Seven days a bar, counted back from the last day; of what is left over at the beginning there is no bar."""
    bars = []
    for first in range(len(days) % _WEEK, len(days), _WEEK):
        sums: Any = [sum(getattr(day, band) for day in days[first : first + _WEEK]) for band, *_ in _BANDS]
        bars.append(Day(days[first].date, *sums))
    return bars


if __name__ == "__main__":
    main()
