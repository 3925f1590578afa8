"""The samples of a long run as a picture."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.bench.faults.samples import FIGURES, Sample, slope

_SHOWN: Final = (("memory of its own, KB", "resident memory, KB"), ("tasks", "threads", "open files"))


def draw(samples: Sequence[Sample], file: Path, title: str) -> None:
    """Draw memory, and what is open, against the updates that were handled; the ending of the name is the format."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - takes a second to load

    figure = Figure(figsize=(8, 6), layout="constrained")
    figure.suptitle(title)
    for axes, names in zip(figure.subplots(len(_SHOWN), sharex=True), _SHOWN, strict=True):
        for name in names:
            values = [FIGURES[name](sample) for sample in samples]
            axes.plot(
                [sample.updates for sample in samples],
                values,
                label=f"{name}: {slope(samples, FIGURES[name]):+.2f} per 10,000 updates",
            )
        axes.set_ylim(bottom=0)
        axes.legend(loc="lower right")
        axes.grid(alpha=0.3)
    axes.set_xlabel("updates")
    figure.savefig(file)
