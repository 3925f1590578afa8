"""What does the bot itself cost at one size: its engines, from files to whole answers?"""

import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from tests.bench.scale import ours
from tests.bench.scale.cell import Figures, after_building, cpu, grown, misspelt, private, timed
from tests.bench.scale.corpora import WARMING, Scale
from tests.bench.scale.peers import PEERS, emptied

_A_WHILE: Final = 20  # seconds
_IMPORTED: Final = (time.monotonic(), time.process_time())  # when the bot's modules were loaded


def _build(scale: Scale, engine: str, _started: float) -> Figures:
    home = emptied(scale.folder / engine)
    if engine == "files":
        scale.make_files()
    spent = timed(lambda: ours.reload(ours.store_of(scale, home, engine), _Told()))
    return spent | after_building(home)


class _Told:
    """Says now and then how far a build is: that of a million paragraphs takes half an hour."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if time.monotonic() - self._last > _A_WHILE:
            self._last = time.monotonic()
            print(f"{time.strftime('%H:%M:%S')}   {stage} {done:,} of {total:,} …", file=sys.stderr, flush=True)


def _start(scale: Scale, engine: str, started: float) -> Figures:
    ours.opened(ours.store_of(scale, scale.folder / engine, engine)).answer(scale.asked()[0].question)
    wall, spent = time.monotonic(), time.process_time()
    return {
        "whole": {"wall": wall - started, "cpu": spent},
        "after_importing": {"wall": wall - _IMPORTED[0], "cpu": spent - _IMPORTED[1]},
    }


def _ask(scale: Scale, engine: str, _started: float) -> Figures:
    asked = scale.asked()
    before = private()
    retriever = ours.opened(ours.store_of(scale, scale.folder / engine, engine))
    for each in asked[:WARMING]:
        retriever.answer(each.question)
    figures: Figures = {"private": grown(before)}
    asked = asked[WARMING:]
    questions = [each.question for each in asked]
    figures["answer"] = [cpu(retriever.answer, text)[1] for text in questions]
    figures["misspelt"] = [cpu(retriever.answer, text)[1] for text in misspelt(questions)]
    best = [retriever.rank(each.question, 1) for each in asked]
    right = [bool(found) and found[0].paragraph.text == each.paragraph for found, each in zip(best, asked, strict=True)]
    figures["right"] = sum(right) / len(right)
    search, raw = partial(ours.candidates, retriever), PEERS["tantivy"].open(scale.folder / "tantivy")
    figures["search"], figures["raw"] = [], []
    for text in questions:
        weights = ours.weights_of(retriever, text)
        figures["search"].append(cpu(search, weights)[1])
        figures["raw"].append(cpu(raw, weights)[1])
    return figures


def _change(scale: Scale, engine: str, _started: float) -> Figures:
    store = ours.store_of(scale, scale.folder / engine, engine)
    question = scale.asked()[0].question
    ours.opened(store).answer(question)

    def applied() -> None:
        ours.reload(store)
        ours.opened(store).answer(question)

    figures: Figures = {}
    for name, share in {"percent": 0.01, "one": 0.0}.items():
        both = []
        for _ in range(2):  # there and back
            ours.revise(scale, engine, share)
            both.append(timed(applied))
        figures[name] = {clock: sum(each[clock] for each in both) / 2 for clock in both[0]}
    return figures


STEPS: Final[dict[str, Callable[[Scale, str, float], Figures]]] = {
    "build": _build, "start": _start, "ask": _ask, "change": _change,
}  # fmt: skip
"""By name, what is measured."""
