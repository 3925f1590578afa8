"""What was measured, as a table for people, and held against the goals."""

import os
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from tests.bench.scale.cell import OURS, Figures

_MEMORY_GOAL: Final = 150.0  # megabytes
_APART: Final = (
    "Peers get terms that are ready and, for a change, paragraphs that are known; verbatim reads, lays out and "
    "analyses files. rank_bm25 answers 40 of the 300 questions where there are more than 10,000 paragraphs."
)
_LARGE: Final = 1_000_000  # paragraphs
_Cells = Mapping[str, Figures]
_Goal = tuple[str, Callable[[Figures], float], float]


def p50(milliseconds: list[float]) -> float:
    """What half of the calls do not exceed."""
    return float(np.percentile(milliseconds, 50))


def p99(milliseconds: list[float]) -> float:
    """What all but one in a hundred calls do not exceed."""
    return float(np.percentile(milliseconds, 99))


def memory(figures: Figures) -> float:
    """Private megabytes after the questions, pages of mapped files included."""
    return float(sum(figures["ask"]["private"].values()))


def changed(figures: Figures, name: str) -> Figures:
    """What a change costs an engine, ``percent`` or ``one``; one that cannot change anything builds all anew."""
    clocks: Figures = figures["change"].get(name, figures["build"])
    return clocks


def table(facts: Mapping[str, Any], found: _Cells) -> str:
    """One size in Markdown, an engine a column; a dash where an engine has no such figure."""
    head = [f"{facts['paragraphs']:,} paragraphs", *(OURS.get(name, name) for name in found)]
    real = f"{facts['real']:.0%} of the paragraphs as they were found, the others put together from their sentences"
    lines = [
        f"{facts['articles']:,} articles, {facts['megabytes']:.0f} MB, {facts['text']}: {real}.",
        _APART,
        "",
        "| " + " | ".join(head) + " |",
        "|---" * len(head) + "|",
    ]
    for name, cell in _ROWS.items():
        lines.append(f"| {name} | " + " | ".join(_written(cell, figures) for figures in found.values()) + " |")
    return "\n".join(lines)


def goals(size: int, found: _Cells) -> str:
    """What the goals are, and whether they are reached; one a line."""
    load = os.getloadavg()[1]
    lines = [
        "",
        f"Load of the machine {load:.1f} on {os.cpu_count()} processors: above that, wall times mean little.",
        "",
        "| goal | measured | reached |",
        "|---|---|---|",
    ]
    for engine, figures in found.items():
        for name, value, most in _goals(size) if engine in OURS else ():
            try:
                measured = value(figures)
            except KeyError:
                continue
            lines.append(
                f"| {OURS[engine]}: {name} {most:g} | {measured:.3g} | {'yes' if measured <= most else 'no'} |"
            )
    return "\n".join(lines) + "\n"


def _goals(size: int) -> list[_Goal]:
    """What is asked of an engine at this size, what of its figures that is, and the most that it may be."""
    listed: list[_Goal] = [
        ("first answer after the start of the process, s ≤", lambda of: of["start"]["whole"]["wall"], 1.0),
        ("private memory, MB ≤", memory, _MEMORY_GOAL),
        ("a whole answer, CPU p50 ms ≤", lambda of: p50(of["ask"]["answer"]), 2.0),
        ("a whole answer, CPU p99 ms ≤", lambda of: p99(of["ask"]["answer"]), 10.0),
        ("reload of one article, s of CPU ≤", lambda of: of["change"]["one"]["cpu"], 0.2),
        ("reload of 1%, s of CPU ≤", lambda of: of["change"]["percent"]["cpu"], max(1.0, size / 100_000)),
    ]
    if size >= _LARGE:  # what is added to a search does not grow with the corpus
        listed.append(("candidates, times raw tantivy's CPU for the same terms ≤", candidates_ratio, 1.5))
    return listed


def candidates_ratio(figures: Figures) -> float:
    """CPU of the candidate search, in ratio to raw tantivy's for the same terms."""
    return float(sum(figures["ask"]["search"]) / sum(figures["ask"]["raw"]))


def _written(cell: Callable[[Figures], str], figures: Figures) -> str:
    try:
        return cell(figures)
    except KeyError:
        return "–"


def _both(step: str, part: str) -> Callable[[Figures], str]:
    def cell(figures: Figures) -> str:
        clocks = figures[step][part]
        return f"{clocks['wall']:.2f} ({clocks['cpu']:.2f})"

    return cell


def _changed(name: str) -> Callable[[Figures], str]:
    def cell(figures: Figures) -> str:
        clocks = changed(figures, name)
        return f"{'' if name in figures['change'] else 'all anew: '}{clocks['wall']:.2f} ({clocks['cpu']:.2f})"

    return cell


def _percentiles(part: str) -> Callable[[Figures], str]:
    return lambda figures: f"{p50(figures['ask'][part]):.2f} / {p99(figures['ask'][part]):.2f}"


def _built(figures: Figures) -> str:
    build = figures["build"]
    return f"{build['wall']:.1f} ({build['cpu']:.1f})" + (", earlier" if build.get("earlier") else "")


_ROWS: Final[dict[str, Callable[[Figures], str]]] = {
    "build, s (CPU)": _built,
    "highest memory of the build, MB": lambda figures: f"{figures['build']['peak']:.0f}",
    "on disk, MB": lambda figures: f"{figures['build']['disk']:.0f}",
    "start of the process to the first answer, s (CPU)": _both("start", "whole"),
    "the same without importing": _both("start", "after_importing"),
    "private memory after 200 questions, MB": lambda figures: f"{memory(figures):.0f}",
    "of it pages of mapped files": lambda figures: f"{figures['ask']['private']['clean']:.0f}",
    "candidate search, CPU ms p50 / p99": _percentiles("search"),
    "the same, times raw tantivy": lambda figures: f"{candidates_ratio(figures):.2f}",
    "raw tantivy with the same weighted terms": _percentiles("raw"),
    "whole answer, CPU ms p50 / p99": _percentiles("answer"),
    "the same, every word misspelt": _percentiles("misspelt"),
    "right paragraph first": lambda figures: f"{figures['ask']['right']:.3f}",
    "1% of the articles changed, s (CPU)": _changed("percent"),
    "one article changed, s (CPU)": _changed("one"),
}
