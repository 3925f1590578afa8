"""How does the log become a table that spreadsheet programs read, and in which nothing is a formula?"""

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from db import Feedback, LoggedQuestion

COLUMNS: Final = (
    "number", "asked_at_utc", "channel", "language", "question", "band", "follows", "missing_terms", "did_you_mean",
    "quoted_from", "passages_shown", "ups", "downs", "reasons", "wishes", "notes", "chosen", "milliseconds",
    "corpus_version", "asker", "delivery",
)  # fmt: skip
"""What stands in the first line."""
# A cell that begins so is a formula to some program, whoever wrote it. OWASP, "CSV Injection".
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PREFIX: Final = "'"
_MARK: Final = b"\xef\xbb\xbf"  # without it spreadsheet programs do not take the file for UTF-8
_AT_ONCE: Final = 500  # rows

Entry = tuple[LoggedQuestion, tuple[Feedback, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was written.

    Attributes:
        questions: how many are in it, a row each.
        whole: whether those are all; else it ended where the file would have grown too large.
    """

    questions: int
    whole: bool


async def write_table(entries: AsyncIterator[Entry], file: BinaryIO, most: int | None = None) -> Table:
    """Write questions as comma-separated values, UTF-8 with a byte order mark; threads do the work.

    A text that would begin a formula gets an apostrophe in front.

    Args:
        entries: questions with what was said of them.
        file: takes it, from where it stands.
        most: bytes that it may take; what does not fit is left out, a row as a whole.

    Raises:
        OSError: it cannot be written.
    """
    head = _MARK + _line(COLUMNS)
    file.write(head)
    left, written = None if most is None else most - len(head), 0
    batch: list[Entry] = []
    async for entry in entries:
        batch.append(entry)
        if len(batch) == _AT_ONCE:
            count, left = await asyncio.to_thread(_write, batch, file, left)
            written += count
            if count < len(batch):
                return Table(written, whole=False)
            batch = []
    count, _ = await asyncio.to_thread(_write, batch, file, left)
    return Table(written + count, whole=count == len(batch))


def _write(batch: list[Entry], file: BinaryIO, left: int | None) -> tuple[int, int | None]:
    """Write as many as fit; how many, and how many bytes are left then."""
    for number, entry in enumerate(batch):
        line = _line(_cells(*entry))
        if left is not None:
            if len(line) > left:
                return number, left
            left -= len(line)
        file.write(line)
    return len(batch), left


def _line(cells: tuple[str | int | float, ...]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([_safe(cell) if isinstance(cell, str) else cell for cell in cells])
    return line.getvalue().encode("utf-8", "replace")


def _safe(text: str) -> str:
    return _PREFIX + text if text.startswith(_FORMULA) else text


def _cells(question: LoggedQuestion, said: tuple[Feedback, ...]) -> tuple[str | int | float, ...]:
    verdicts = [each.verdict for each in said]
    return (
        question.id or 0,
        f"{question.asked_at:%Y-%m-%d %H:%M:%S}",
        question.channel,
        question.language,
        question.text,
        question.band,
        question.follows or "",
        ", ".join(question.missing_terms),
        question.did_you_mean or "",
        ", ".join(dict.fromkeys(shown.article_id for shown in question.passages)),
        len(question.passages),
        verdicts.count("up"),
        verdicts.count("down"),
        ", ".join(each.reason for each in said if each.reason),
        verdicts.count("wish"),
        "\n".join(each.note for each in said if each.note),
        verdicts.count("chosen"),
        round(question.latency_ms, 1),
        question.corpus_version,
        question.asker or "",
        question.delivery or "",
    )
