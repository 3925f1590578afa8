"""The log as a table: every question once, nothing in it a formula, whole rows only."""

import csv
import io
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.spreadsheet import COLUMNS, Entry, Table, write_table
from db import Feedback
from tests.db.test_query_log import NOON, asked

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
WORDS = st.text(st.sampled_from("=+-@\t\r\n\",;'a🎉\x00İ ＝") | st.characters(codec="utf-8"), max_size=20)


async def entries(some: Sequence[Entry]) -> AsyncIterator[Entry]:
    """As the log gives them."""
    for each in some:
        yield each


def rows_of(content: bytes) -> list[list[str]]:
    """The cells, as a spreadsheet program finds them."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@settings(deadline=None, max_examples=60)
@given(texts=st.lists(WORDS, min_size=1, max_size=5), note=WORDS)
async def test_no_cell_begins_a_formula_and_no_word_is_lost(texts: list[str], note: str) -> None:
    """Whatever people write: an apostrophe goes in front, the rest is theirs."""
    said = (Feedback("k", NOON, "ann", "wish", note=note),)
    some = [(asked(text, id=number, did_you_mean=text), said) for number, text in enumerate(texts)]
    file = io.BytesIO()
    assert await write_table(entries(some), file) == Table(len(texts), whole=True)
    head, *rows = rows_of(file.getvalue())
    assert tuple(head) == COLUMNS
    assert not any(cell.startswith(FORMULAS) for row in rows for cell in row)
    for row, text in zip(rows, texts, strict=True):
        cells = dict(zip(COLUMNS, row, strict=True))
        expected = f"'{text}" if text.startswith(FORMULAS) else text
        assert cells["question"] == cells["did_you_mean"] == expected
        assert cells["notes"].removeprefix("'") == note.removeprefix("'")


async def test_what_was_said_is_counted_in_the_row() -> None:
    """With the facts of the question; the numbers are numbers."""
    down = Feedback("k", NOON, "ann", "down", rank=1, reason="outdated")
    plain = replace(down, reason=None)
    said = (down, replace(plain, by="bob"), replace(plain, verdict="up"), replace(plain, verdict="chosen"))
    file = io.BytesIO()
    await write_table(entries([(asked(id=7, follows="Which road?"), said)]), file)
    cells = dict(zip(*rows_of(file.getvalue()), strict=True))
    assert cells == {
        "number": "7", "asked_at_utc": "2026-03-01 12:00:00", "channel": "cli", "language": "en",
        "question": "Where is the road?", "band": "found", "follows": "Which road?", "missing_terms": "bridge",
        "did_you_mean": "Where is the rod?", "quoted_from": "a, b", "passages_shown": "2", "ups": "1", "downs": "2",
        "reasons": "outdated", "wishes": "0", "notes": "", "chosen": "1", "milliseconds": "1.2",
        "corpus_version": "abc", "asker": "f" * 64, "delivery": "",
    }  # fmt: skip


@settings(deadline=None, max_examples=30)
@given(count=st.integers(0, 1100), most=st.integers(300, 200_000))
async def test_a_table_that_may_not_grow_ends_with_a_whole_row(count: int, most: int) -> None:
    """It is never larger than allowed, holds the oldest, and says whether something is missing."""
    some = [(asked(str(number), id=number), ()) for number in range(1, count + 1)]
    file = io.BytesIO()
    made = await write_table(entries(some), file, most)
    assert len(file.getvalue()) <= most
    assert [row[0] for row in rows_of(file.getvalue())[1:]] == [str(number) for number in range(1, made.questions + 1)]
    assert made.whole == (made.questions == count)
    if not made.whole:
        longest = len(file.getvalue()) / (made.questions + 1) * 3
        assert len(file.getvalue()) + longest > most
