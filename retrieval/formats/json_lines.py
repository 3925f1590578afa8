"""How does a file of JSON lines become articles? One object a line, one article an object."""

import io
import json

from retrieval.formats.decoding import decoded
from retrieval.formats.draft import LONGEST_BODY, Found, UnreadableError
from retrieval.formats.rows import read_row
from retrieval.manifest import Rejection

_LONGEST_LINE = 6 * LONGEST_BODY + 1_000_000  # bytes; a character may be written as six, \u0431


def read_json_lines(data: bytes, path: str) -> Found:
    """The articles of the lines; a line that is none is reported, and the others are read."""
    for number, line in enumerate(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), start=1):
        if not line.strip():
            continue
        try:
            row = _object(line)
        except UnreadableError as error:
            yield Rejection(path, number, error.reason)
        else:
            yield from read_row(row, path, number)


def _object(line: bytes) -> dict[str, object]:
    """The object of a line; its numbers stay as they are written."""
    if len(line) > _LONGEST_LINE:
        raise UnreadableError("a line that is longer than any article may be: part it")
    text = decoded(line)
    try:
        found = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not valid JSON ({error.msg}, column {error.colno}): one object a line") from error
    except RecursionError as error:
        raise UnreadableError("not usable JSON: nested too deeply") from error
    if not isinstance(found, dict):
        raise UnreadableError('not a JSON object: write {"text": "…"} on each line')
    return found
