"""The figures of an evaluation as a picture."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, SubFigure
from matplotlib.patches import Patch
from matplotlib.ticker import LogLocator

from bot.wording import printable
from retrieval.evaluation import ANSWERED, Report, System, curve

# Okabe and Ito's colours, which people who confuse red and green tell apart as well.
_SYSTEMS: Final = ("#0072B2", "#E69F00", "#009E73")
_LINES: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999")
_MEASURES: Final = ("R@1", "R@10", "MRR@10")
_TALL, _THIN = 0.8, 0.26  # inches of a set with its margins, share of it that a system's bar takes
_COLUMNS: Final = 4
INK: Final = "#333333"
"""The colour of what is written."""
_NAME: Final = 28  # characters of a name that are drawn
_TICKS: Final = ([0, 0.25, 0.5, 0.75, 1], ["0", ".25", ".5", ".75", "1"])


def draw(reports: tuple[Report, ...], path: Path) -> None:
    """Draw what was measured: the measures, the latency, and how refusals trade against answers, where any are due.

    Args:
        reports: at least one.
        path: of the file; its suffix, .png or .svg, says which kind.

    Raises:
        OSError: the file cannot be written.
    """
    silent = [report for report in reports if report.abstention.negatives]
    rows = -(-len(silent) // _COLUMNS)
    upper = 1.3 + _TALL * max(len(reports), 2)
    lower = 0.7 + 3.1 * rows if silent else 0.0
    figure = Figure(figsize=(13, upper + lower), layout="constrained", dpi=150)
    FigureCanvasAgg(figure)
    heights = [upper, lower] if silent else [upper]
    parts: Any = figure.subfigures(len(heights), 1, squeeze=False, height_ratios=heights, hspace=0.04)[:, 0]
    _draw_measures(parts[0], reports)
    if silent:
        _draw_abstention(parts[1], silent, rows)
    figure.savefig(path, format=path.suffix[1:].lower(), facecolor="white")


def _draw_measures(figure: SubFigure, reports: Sequence[Report]) -> None:
    """A row of panels that share the sets: a bar for each system, and its times on a logarithmic scale."""
    panels: Sequence[Axes] = figure.subplots(1, len(_MEASURES) + 1, sharey=True)
    for panel, measure in zip(panels, _MEASURES, strict=False):
        for at, report in enumerate(reports):
            for number, system in enumerate(_systems(report)):
                _bar(panel, _place(at, number, report), report.means(system)[measure], number)
        panel.set_xlim(0, 1.13)
        panel.set_xticks(*_TICKS)
        dress(panel, measure)
    _draw_times(panels[-1], reports)
    panels[0].set_yticks(range(len(reports)), [_name(report.judged.name) for report in reports], fontsize=11)
    panels[0].set_ylim(len(reports) - 0.45, -0.55)
    systems = [system.name for system in max(map(_systems, reports), key=len)]
    if len(systems) > 1:
        marks = [Patch(color=_SYSTEMS[number]) for number in range(len(systems))]
        figure.legend(marks, systems, loc="outside upper center", ncols=len(systems), frameon=False, fontsize=11)


def _bar(panel: Axes, place: float, value: float, number: int) -> None:
    panel.barh(place, value, height=_THIN * 0.9, color=_SYSTEMS[number])
    panel.text(value + 0.02, place, f"{value:.3f}".lstrip("0"), va="center", fontsize=9, color=INK)


def _draw_times(panel: Axes, reports: Sequence[Report]) -> None:
    for at, report in enumerate(reports):
        for number, system in enumerate(_systems(report)):
            place, cpu = _place(at, number, report), system.latency.cpu
            color = _SYSTEMS[number]
            panel.plot([cpu.p50, cpu.p99], [place, place], color=color, linewidth=2, solid_capstyle="round")
            panel.plot([cpu.p50], [place], "o", color=color, markersize=6)
            panel.plot([cpu.p90, cpu.p99], [place, place], "|", color=color, markersize=8, markeredgewidth=2)
    panel.set_xscale("log")
    panel.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    panel.xaxis.set_major_formatter("{x:g}")
    panel.xaxis.set_minor_formatter("")
    panel.margins(x=0.12)
    dress(panel, "CPU ms: p50 ● p90 | p99 |")


def _draw_abstention(figure: SubFigure, reports: Sequence[Report], rows: int) -> None:
    """A panel a set, a line a sort of question without an answer; higher is better."""
    panels: Any = figure.subplots(rows, _COLUMNS, squeeze=False, sharey=True)
    kinds = list(dict.fromkeys(kind for report in reports for kind in report.abstention.negatives))
    colors = {kind: _LINES[number % len(_LINES)] for number, kind in enumerate(kinds)}
    marks: dict[str, Any] = {}
    for panel, report in zip(panels.flat, reports, strict=False):
        for kind, negatives in report.abstention.negatives.items():
            points = curve(report.abstention.answerable, negatives)
            answered, refused = zip(*points, strict=True)
            (marks[kind],) = panel.plot(answered, refused, color=colors[kind], linewidth=2)
        panel.plot([0, 1], [1, 0], color="#bbbbbb", linewidth=1, linestyle=":")
        panel.axvline(ANSWERED, color="#bbbbbb", linewidth=1)
        panel.set_xlim(-0.01, 1.02)
        panel.set_ylim(-0.01, 1.02)
        panel.set_xticks(*_TICKS)
        panel.set_yticks(*_TICKS)
        panel.set_xlabel("share of the answerable answered", color=INK)
        dress(panel, _name(report.judged.name))
    for panel in list(panels.flat)[len(reports) :]:
        panel.set_visible(False)
    for panel in panels[:, 0]:
        panel.set_ylabel("share refused", color=INK)
    names = [_name(kind) for kind in marks]
    title = f"Questions without an answer: what share is refused while others are answered (line: {ANSWERED:.0%})"
    figure.legend(
        marks.values(), names, title=title, title_fontsize=12, loc="outside upper left", ncols=len(marks),
        frameon=False, fontsize=11, alignment="left",
    )  # fmt: skip


def _systems(report: Report) -> tuple[System, ...]:
    return (report.project, *report.peers)


def _place(at: int, number: int, report: Report) -> float:
    """Where the bar of a system stands: the systems of a set lie around its number."""
    return at + (number - len(report.peers) / 2) * _THIN


def dress(panel: Axes, title: str, *, axis: Literal["x", "y"] = "x", size: float = 10) -> None:
    """Take away what says nothing.

    Args:
        panel: of a picture.
        title: above it, at its left.
        axis: whose values are to be read.
        size: of the numbers, in points.
    """
    panel.set_title(title, loc="left", fontsize=12, color=INK)
    panel.spines[["top", "right"]].set_visible(False)
    panel.tick_params(length=0, colors=INK, labelsize=size)
    panel.grid(axis=axis, color="#e6e6e6", linewidth=0.8)
    panel.set_axisbelow(True)


def _name(text: str) -> str:
    """A name as it is drawn: short, and with no sign that would begin a formula."""
    shown = printable(text)
    return (shown if len(shown) <= _NAME else f"…{shown[1 - _NAME :]}").replace("$", r"\$")
