"""What does one engine cost at one size? Each answer comes from a fresh process, so that memory and starts are its own.

Run by the program with a step, an engine, a size and the moment of its start; prints one line of JSON.
"""

import gc
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from tests.bench.scale.corpora import WARMING, Scale
from tests.bench.scale.peers import PEERS, Search, emptied, megabytes

Asked = TypeVar("Asked")
Found = TypeVar("Found")
Figures = dict[str, Any]

OURS: Final = {
    "memory": "verbatim, memory", "disk": "verbatim, disk", "files": "verbatim, disk, a file an article"
}  # fmt: skip
"""The bot's engines, and what they are called. Articles come in JSON lines where nothing else is said."""
_SLOW: Final = 40  # questions that are enough where each takes a good part of a second
_SLIPS: Final = 9  # words of a question that are misspelt, if it has so many


def main(step: str, engine: str, size: int, started: float) -> Figures:
    """The figures of one step.

    Args:
        step: build, start, ask or change.
        engine: its name.
        size: paragraphs.
        started: `time.monotonic` when this process was asked for.
    """
    scale = Scale(size)
    if engine in OURS:
        from tests.bench.scale import our_cell  # noqa: PLC0415 - peers do not load the bot

        return our_cell.STEPS[step](scale, engine, started)
    home = scale.folder / engine
    PEERS[engine].load()
    return {"build": _build, "start": _start, "ask": _ask, "change": _change}[step](scale, engine, home)


def _build(scale: Scale, engine: str, home: Path) -> Figures:
    emptied(home)
    return timed(lambda: PEERS[engine].build(scale, home)) | after_building(home)


def _start(scale: Scale, engine: str, home: Path) -> Figures:
    weights = scale.weights()[0]
    return {"after_importing": timed(lambda: PEERS[engine].open(home)(weights))}


def _ask(scale: Scale, engine: str, home: Path) -> Figures:
    asked, weights = scale.asked(), scale.weights()
    few = engine == "rank_bm25"
    before = private()
    search = PEERS[engine].open(home)
    for each in weights[: 3 if few else WARMING]:
        search(each)
    memory = grown(before)
    chosen = range(WARMING, WARMING + _SLOW if few and scale.size > 10_000 else len(asked))
    spent, right = [], 0
    for at in chosen:
        found, milliseconds = cpu(search, weights[at])
        spent.append(milliseconds)
        right += found[0] == asked[at].ordinal
    return {"private": memory, "search": spent, "right": right / len(chosen)}


def _change(scale: Scale, engine: str, home: Path) -> Figures:
    weights = scale.weights()[0]
    changes = {"percent": 0.01, "one": 0.0}
    applied: dict[str, Search | None] = {
        name: PEERS[engine].change(scale, home, share) for name, share in changes.items()
    }
    return {name: timed(partial(run, weights)) for name, run in applied.items() if run}


def timed(call: Callable[[], object]) -> Figures:
    """Seconds of wall time of a call, and of CPU time, that of processes which it started and ended included."""
    wall, spent = time.monotonic(), _spent()
    call()
    return {"wall": time.monotonic() - wall, "cpu": _spent() - spent}


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def cpu(call: Callable[[Asked], Found], asked: Asked) -> tuple[Found, float]:
    """What a call returns for what it is asked, and milliseconds of CPU time that it took."""
    begin = time.process_time()
    result = call(asked)
    return result, (time.process_time() - begin) * 1e3


def after_building(home: Path) -> Figures:
    """Megabytes: the files, and the most memory that the process held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return {"disk": megabytes(home), "peak": int(status.partition("VmHWM:")[2].split()[0]) / 1e3}


def private() -> Mapping[str, float]:
    """Megabytes of memory that no other process shares: ``dirty`` is written, ``clean`` are pages of mapped files."""
    gc.collect()
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    held = {line.split(":")[0]: int(line.split()[1]) / 1e3 for line in lines if line.startswith("Private_")}
    return {"dirty": held["Private_Dirty"], "clean": held["Private_Clean"]}


def grown(before: Mapping[str, float]) -> Mapping[str, float]:
    """How much more private memory there is now."""
    now = private()
    return {kind: now[kind] - before[kind] for kind in now}


def misspelt(questions: Iterable[str]) -> list[str]:
    """The questions, every longer word with a slip, the same ones in every run."""
    import numpy as np  # noqa: PLC0415

    from retrieval.evaluation.slips import with_slips  # noqa: PLC0415

    random = np.random.default_rng(9)
    return [with_slips(question, _SLIPS, random) for question in questions]


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))))
