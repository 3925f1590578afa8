"""Everything that can go wrong, played one after the other: what people saw, what the bot said, what was lost."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.faults.local_plays import LOCAL_PLAYS
from tests.bench.faults.plays import PLAYS, Play, perform, wrong
from tests.bench.faults.stage import Stage

ALL: Final[tuple[Play, ...]] = (*PLAYS, *LOCAL_PLAYS)
_LINES: Final = 3
_LONGEST: Final = 220
_PLACE: Final = re.compile(r"(sqlite:///)?/\S*/(?=[\w.-])|http://[\w.:]+")


@dataclass(frozen=True, slots=True)
class Row:
    """What came of a play.

    Attributes:
        seen: what people got.
        said: what the operator could read.
        wrong: what must not be; nothing where all is well.
    """

    name: str
    asked: int
    seen: str
    said: Sequence[str]
    lost: int
    seconds: float
    wrong: Sequence[str]


async def play_all(folder: Path, words: Sequence[str], tell: Callable[[str], None] = print) -> list[Row]:
    """Play everything whose name holds one of the words, or all where there are none."""
    rows = []
    for number, play in enumerate(ALL):
        if words and not any(word in play.name for word in words):
            continue
        if play.needs is not None:
            tell(f"{play.name}: not played, it needs {play.needs}")
            continue
        start = time.monotonic()
        place = _made(folder / f"{number:02}")
        stage = await perform(play, place)
        rows.append(_row(play, stage, time.monotonic() - start))
        tell(f"{play.name}: {rows[-1].seconds:.0f} s, {'; '.join(rows[-1].wrong) or 'well'}")
    return rows


def markdown(rows: Sequence[Row]) -> str:
    """The table."""
    lines = ["| what went wrong | questions | what people got | what the bot said | lost |", "|---|---|---|---|---|"]
    lines += [
        f"| {row.name} | {row.asked} | {row.seen} | {'<br>'.join(row.said) or '–'} | {row.lost} |" for row in rows
    ]
    return "\n".join(lines) + "\n"


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _row(play: Play, stage: Stage, seconds: float) -> Row:
    said = [_PLACE.sub("…", line)[:_LONGEST].replace("|", "/") for line in stage.said[:_LINES]]
    account = stage.account
    return Row(play.name, account.asked, stage.seen, said, account.lost, seconds, wrong(play, stage))
