"""How does a CSV file become articles? Its first line names the columns, every further row is one."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Final

from retrieval.formats.decoding import decoded
from retrieval.formats.draft import Found, UnreadableError
from retrieval.formats.rows import COLUMNS, read_row
from retrieval.manifest import Rejection

_DELIMITERS: Final = ",;\t"
_LONGEST_HEADER: Final = 10_000  # code points
_LONGEST_FIELD: Final = 2**31 - 1  # left to the limits of files and bodies, so that a long field costs its row alone


def read_table(data: bytes, path: str) -> Found:
    """The articles of the rows; commas, semicolons or tabs part the columns, whichever the first line shows.

    Raises:
        UnreadableError: it is no UTF-8, or its first line names no column `text`.
    """
    text = decoded(data).removeprefix("\ufeff")
    header, delimiter = _header(text)
    for number, row in _rows(text, delimiter, path):
        if isinstance(row, Rejection):
            yield row
        elif len(row) != len(header):
            yield Rejection(path, number, f"a row of {len(row)} columns, where the first line names {len(header)}")
        else:
            yield from read_row(dict(zip(header, row, strict=True)), path, number)


def _header(text: str) -> tuple[list[str], str]:
    """The columns that the first line names, in lower case, and what parts them."""
    first = text[:_LONGEST_HEADER].partition("\n")[0].rstrip("\r")
    for delimiter in _DELIMITERS:
        try:
            names = next(csv.reader([first], delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        header = [name.strip().lower() for name in names]
        if "text" in header:
            twice = [name for name, count in Counter(header).items() if count > 1 and name in COLUMNS]
            if twice:
                raise UnreadableError(f"its first line names the column {twice[0]} twice", 1)
            return header, delimiter
    raise UnreadableError("its first line names no column text (with commas, semicolons or tabs between columns)", 1)


def _rows(text: str, delimiter: str, path: str) -> Iterator[tuple[int, list[str] | Rejection]]:
    """The rows below the header, each with the line where it begins."""
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    next(reader, None)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, Rejection(path, line, f"not valid CSV ({error}): mind the quotes around a field")
        else:
            if row:
                yield line, row
