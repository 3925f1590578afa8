"""How do speed, memory and reloads grow with the corpus?

`python -m tests.bench.scale [10k] [100k] [1m] [engine …] [--anew]`

Every figure comes from a fresh process: the bot's engines and raw peers, one after the other, in one run. Corpora and
indexes stay in `.bench`, so that a run that was stopped goes on where it was; `--anew` builds the indexes again (the
corpora stay). Unless engines are named all are measured: tantivy, bm25s, rank_bm25, and the bot's own: memory, disk,
and files, which is disk with a file an article. 10k takes about 2 minutes, 100k about 10, 1m about 40.
"""

import json
import shutil
import subprocess
import sys
import time
from typing import Final

from tests.bench.scale.cell import OURS, Figures
from tests.bench.scale.chart import draw
from tests.bench.scale.corpora import HOME, Scale
from tests.bench.scale.table import goals, table

SIZES: Final = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
ENGINES: Final = ("tantivy", "bm25s", "rank_bm25", *OURS)
_MOST: Final = {"rank_bm25": 100_000, "memory": 100_000, "files": 100_000}  # paragraphs that an engine is asked to hold
_ANEW: Final = "--anew"
_STARTS: Final = 3
_SLOW_START: Final = 5.0  # seconds
_STEPS: Final = ("build", "start", "ask", "change")
_FEWER: Final = {"files": ("build", "change")}  # all else is as with JSON lines


def main(arguments: list[str]) -> None:
    """Measure each size that is named, 10k if none is, and print a table, the goals and where the pictures are."""
    if unknown := set(arguments) - set(SIZES) - set(ENGINES) - {_ANEW}:
        sys.exit(f"unknown: {' '.join(sorted(unknown))}. Known: {' '.join([*SIZES, *ENGINES, _ANEW])}")
    sizes = [SIZES[each] for each in arguments if each in SIZES] or [SIZES["10k"]]
    engines = [each for each in ENGINES if each in arguments or each == "tantivy"]
    engines = engines if len(engines) > 1 else list(ENGINES)
    found: dict[int, dict[str, Figures]] = {}
    for size in sizes:
        scale = Scale(size)
        _say(size, "", "corpus")
        scale.make()
        if _ANEW in arguments:
            for engine in engines:
                shutil.rmtree(scale.folder / engine, ignore_errors=True)
        found[size] = {engine: _engine(scale, engine) for engine in engines if size <= _MOST.get(engine, size)}
        print(table(scale.facts, found[size]))
        print(goals(size, found[size]))
    (HOME / "figures.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    print("Pictures:", *draw(found, HOME))


def _engine(scale: Scale, engine: str) -> Figures:
    """All figures of one engine; an index that is there is not built again."""
    figures: Figures = {}
    for step in _FEWER.get(engine, _STEPS):
        kept = scale.folder / f"{engine}.build.json"
        if step == "build" and kept.exists() and (scale.folder / engine).exists():
            figures["build"] = json.loads(kept.read_text(encoding="utf-8")) | {"earlier": True}
            continue
        _say(scale.size, engine, step)
        if step == "build":
            kept.unlink(missing_ok=True)
        figures[step] = _started(engine, scale.size) if step == "start" else _cell(step, engine, scale.size)
        if step == "build":
            kept.write_text(json.dumps(figures["build"]), encoding="utf-8")
    return figures


def _started(engine: str, size: int) -> Figures:
    """The quickest of some starts; one that is slow is not tried again."""
    best = _cell("start", engine, size)
    for _ in range(_STARTS - 1):
        if best["after_importing"]["wall"] < _SLOW_START:
            best = min(best, _cell("start", engine, size), key=lambda each: float(each["after_importing"]["wall"]))
    return best


def _cell(step: str, engine: str, size: int) -> Figures:
    """One step, in a process of its own."""
    started = str(time.monotonic())
    module = "tests.bench.scale.cell"
    command = [sys.executable, "-W", "ignore", "-m", module, step, engine, str(size), started]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, encoding="utf-8")  # noqa: S603
    if done.returncode:
        sys.exit(f"{engine}: {step} failed. If the code changed since its index was built, build it with {_ANEW}.")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _say(size: int, engine: str, step: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {size:,} {engine} {step} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
