"""What was measured, as pictures: one question a picture."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.scale.cell import OURS, Figures
from tests.bench.scale.table import changed, memory, p50, p99

_Value = Callable[[Figures], float]


@dataclass(frozen=True, slots=True)
class _Picture:
    """One picture.

    Attributes:
        name: of its file.
        title: what it shows.
        lines: what is drawn of each engine, by what stands behind its name.
        goals: where the lines of the goals are.
    """

    name: str
    title: str
    lines: dict[str, _Value]
    goals: tuple[float, ...] = ()


_PICTURES: Final = (
    _Picture("search", "Candidate search, CPU ms a question, p50", {"": lambda of: p50(of["ask"]["search"])}),
    _Picture(
        "answer", "A whole answer, CPU ms",
        {" p50": lambda of: p50(of["ask"]["answer"]), " p99": lambda of: p99(of["ask"]["answer"])}, (2.0, 10.0),
    ),
    _Picture("memory", "Private memory after 200 questions, MB", {"": memory}, (150.0,)),
    _Picture(
        "start", "First answer of a fresh process without importing, s",
        {"": lambda of: of["start"]["after_importing"]["wall"]}, (1.0,),
    ),
    _Picture(
        "reload_percent", "1% of the articles changed, CPU s (the goal: of 100,000 paragraphs)",
        {"": lambda of: changed(of, "percent")["cpu"]}, (1.0,),
    ),
    _Picture("reload_one", "One article changed, CPU s", {"": lambda of: changed(of, "one")["cpu"]}, (0.2,)),
)  # fmt: skip
_COLOURS: Final = {
    "disk": "#0b5394",
    "files": "#674ea7",
    "memory": "#cc4125",
    "tantivy": "#6aa84f",
    "bm25s": "#b45f06",
    "rank_bm25": "#666666",
}
_DASHES: Final = ("-", ":")


def draw(found: Mapping[int, Mapping[str, Figures]], folder: Path) -> list[str]:
    """Draw all pictures as SVG and PNG.

    Args:
        found: by size and engine.
        folder: where they are put.

    Returns:
        Their paths.
    """
    return [_drawn(picture, found, folder) for picture in _PICTURES]


def _drawn(picture: _Picture, found: Mapping[int, Mapping[str, Figures]], folder: Path) -> str:
    import matplotlib as mpl  # noqa: PLC0415 - takes a second

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(figsize=(7, 4.5), layout="constrained")
    for engine, colour in _COLOURS.items():
        for dash, (of, value) in zip(_DASHES, picture.lines.items(), strict=False):
            points = [
                (size, at) for size, cells in found.items() if (at := _value(value, cells.get(engine))) is not None
            ]
            if points:
                name = OURS.get(engine, engine) + of
                axes.plot(*zip(*points, strict=True), dash, marker="o", color=colour, label=name)
    for goal in picture.goals:
        axes.axhline(goal, color="black", linewidth=0.8, linestyle="--", label=f"goal: {goal:g}")
    axes.set(xscale="log", yscale="log", xlabel="paragraphs", title=picture.title)
    axes.set_xticks(list(found), [f"{size:,}" for size in found])
    axes.minorticks_off()
    axes.yaxis.set_major_formatter("{x:g}")
    axes.grid(visible=True, alpha=0.3)
    axes.legend(frameon=False, fontsize="small", loc="center left", bbox_to_anchor=(1.0, 0.5))
    paths = [folder / f"scale_{picture.name}.{kind}" for kind in ("svg", "png")]
    for path in paths:
        figure.savefig(path, dpi=150)
    plt.close(figure)
    return str(paths[0])


def _value(value: _Value, figures: Figures | None) -> float | None:
    try:
        return value(figures) if figures else None
    except KeyError:
        return None
