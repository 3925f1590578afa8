"""How is a line of a judged file read, and what is said of one that is wrong?"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from retrieval.errors import JudgmentsError

_LONGEST: Final = 60  # characters of a wrong value that are shown


class Row:
    """The values of one line, or of one table of a file, each checked when it is asked for.

    Args:
        path: of the file.
        line: from 1.
        values: by key, as the file has them.
    """

    def __init__(self, path: Path, line: int, values: Mapping[str, Any]) -> None:
        self._path = path
        self._values = values
        self.line = line

    def text(self, key: str) -> str:
        """A text that must be there and say something.

        Raises:
            JudgmentsError: it does not.
        """
        found = self.optional_text(key)
        if not found.strip():
            raise self.error(f"{key} is missing or empty: give it a text, or remove the entry")
        return found

    def optional_text(self, key: str) -> str:
        """A text; empty where there is none.

        Raises:
            JudgmentsError: it is something else.
        """
        return self._checked(key, self._values.get(key), "a text") or ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where there is none.

        Raises:
            JudgmentsError: it is something else.
        """
        values = self._values.get(key)
        if values is None:
            return ()
        if not isinstance(values, list):
            raise self.error(f"{key} must be a list of texts, not {_shown(values)}")
        return tuple(self._checked(key, each, "a list of texts") or "" for each in values)

    def flag(self, key: str) -> bool:
        """True or false; false where it is not there.

        Raises:
            JudgmentsError: it is something else.
        """
        value = self._values.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.error(f"{key} must be true or false, not {_shown(value)}")
        return bool(value)

    def error(self, reason: str) -> JudgmentsError:
        """What to raise about this line."""
        return wrong(self._path, reason, self.line)

    def _checked(self, key: str, value: object, wanted: str) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.error(f"{key} must be {wanted}, not {_shown(value)}")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise self.error(f"{key} holds half of a character (a lone surrogate): write it in full") from None
        return value


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def wrong(path: Path, reason: str, line: int | None = None) -> JudgmentsError:
    """What to raise about a file, or a line of it."""
    return JudgmentsError(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")


def read_lines(path: Path) -> list[str]:
    """The lines of a UTF-8 file, a mark at its very beginning left out.

    Raises:
        JudgmentsError: it is missing, cannot be read, or is not UTF-8.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = 1 + error.object[: error.start].count(b"\n")
        raise wrong(path, "not UTF-8: save it as UTF-8", line) from None
    except FileNotFoundError:
        raise wrong(path, "there is no such file: add it, or name another folder") from None
    except OSError as error:
        raise wrong(path, f"cannot be read: {error.strerror}") from None
    return [line.removesuffix("\r") for line in text.removeprefix("\N{BYTE ORDER MARK}").split("\n")]


def json_rows(path: Path) -> Iterator[Row]:
    """The objects of a file with one JSON object a line; empty lines are passed over.

    Raises:
        JudgmentsError: as `read_lines` says, or a line is no JSON object.
    """
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise wrong(path, f"not valid JSON ({error}): write one object a line", number) from None
        if not isinstance(values, dict):
            raise wrong(path, "not a JSON object: write one object a line", number)
        yield Row(path, number, values)
