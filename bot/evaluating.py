"""The commands `evaluate` and `calibrate`: judged questions in; tables, JSON, a chart and coefficients out."""

import logging
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

import typer
from rich.console import Console
from rich.progress import Progress

from bot import figures, figures_json
from bot.terminal import print_json
from retrieval.evaluation import Clock, Report, Track, Wanted, evaluate, fit, held_out, read_sets, situations

PICTURES: Final = (".png", ".svg")
"""What a chart's file name may end with."""
T = TypeVar("T")


def evaluate_folders(
    folders: Sequence[Path], wanted: Wanted, console: Console, *, as_json: bool, chart: Path | None
) -> None:
    """Evaluate the judged questions of folders and print what was found.

    Args:
        folders: each with a judged set, or with articles and a `questions.toml`; at least one.
        wanted: what to find out.
        console: where tables go.
        as_json: print one JSON object instead.
        chart: where to draw a picture, None for none.

    Raises:
        typer.BadParameter: the chart cannot be drawn there.
        RetrievalError: the articles or the questions cannot be read.
    """
    if chart:
        _check(chart)
    for library in ("bm25s", "matplotlib"):  # they tell of what they build and find on the way
        logging.getLogger(library).setLevel(logging.ERROR)
    reports = _reports(folders, wanted)
    if as_json:
        print_json(figures_json.as_json(reports))
    else:
        figures.print_reports(console, reports)
    if chart:
        # Only here: it takes longer to load than a small set to evaluate.
        from bot.charts import draw  # noqa: PLC0415

        draw(reports, chart)


def calibrate_folders(folders: Sequence[Path], console: Console) -> None:
    """Fit the model behind the confidence to judged sets, and print what it says of sets that it has not seen.

    Nothing is changed: the coefficients that come of it are printed as `retrieval.confidence` has them.

    Args:
        folders: as for `evaluate_folders`.
        console: where the table goes.

    Raises:
        RetrievalError: the articles or the questions cannot be read, or no question finds anything.
    """
    sets = read_sets(folders)
    with _progress() as track:
        seen = situations(sets, track)
    figures.print_calibration(console, fit(seen), held_out(seen))


def _reports(folders: Sequence[Path], wanted: Wanted) -> tuple[Report, ...]:
    sets = read_sets(folders)
    with _progress() as track:
        return evaluate(sets, wanted, Clock(time.process_time, time.perf_counter), track)


@contextmanager
def _progress() -> Iterator[Track]:
    """Shows how far a long run has got, on standard error if that is a terminal."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:

        def track(items: Sequence[T], description: str) -> Iterable[T]:
            return progress.track(items, description=description)

        yield track


def _check(chart: Path) -> None:
    """Before an evaluation that may take minutes."""
    if chart.suffix.lower() not in PICTURES:
        raise typer.BadParameter(f"the chart's file must end in {' or '.join(PICTURES)}, not {chart.name!r}")
    if chart.is_dir() or not os.access(chart if chart.exists() else chart.parent, os.W_OK):
        raise typer.BadParameter(f"the chart cannot be written to {chart}: name a file in a folder that exists")
