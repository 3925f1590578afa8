"""Which questions are judged beside the articles, and by which words?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import regex

from retrieval.model import Paragraph
from retrieval.rows import Row, read_lines, wrong
from retrieval.toml_text import read_toml

CANARY: Final = "canary"
"""The kind of a question that every version of the articles must answer."""
_HEADER: Final = regex.compile(r"^\s*\[\[\s*question\s*\]\]")
_SYNTAX_LINE: Final = regex.compile(r"at line (\d+)")
_KEYS: Final = ("ask", "kind", "right")


@dataclass(frozen=True, slots=True)
class Judged:
    """A question beside the articles, and how a paragraph that answers it is known.

    Attributes:
        ask: the question.
        kind: a word that questions of one sort share; empty where none is given.
        right: wordings of paragraphs that answer it. Without any, the articles hold no answer; or, for a canary,
            whatever answers it will do.
        line: of the file where it stands, from 1.
    """

    ask: str
    kind: str = ""
    right: tuple[str, ...] = ()
    line: int = 1

    @property
    def is_canary(self) -> bool:
        """Whether it must be answered."""
        return self.kind == CANARY

    def is_right(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph contains one of the wordings, letter by letter."""
        return any(wording in paragraph.text for wording in self.right)


def read_questions(path: Path) -> tuple[Judged, ...]:
    """The questions of a `questions.toml`, in its order; it may hold none.

    Raises:
        JudgmentsError: the file is missing or malformed.
    """
    return tuple(map(_judged, _tables(path)))


def _judged(row: Row) -> Judged:
    right = row.texts("right")
    if not all(wording.strip() for wording in right):
        raise row.error("right holds an empty wording: copy the words from an article, letter by letter")
    return Judged(row.text("ask"), row.optional_text("kind"), right, row.line)


def _tables(path: Path) -> Iterator[Row]:
    lines = read_lines(path)
    try:
        whole = read_toml("\n".join(lines))
    except ValueError as error:
        found = _SYNTAX_LINE.search(str(error))
        raise wrong(path, f"not valid TOML: {error}", int(found[1]) if found else len(lines)) from None
    values = whole.pop("question", [])
    if whole or not isinstance(values, list) or not all(isinstance(each, dict) for each in values):
        raise wrong(path, "questions must be written as [[question]] tables, and nothing else", 1)
    starts = [at for at, line in enumerate(lines, start=1) if _HEADER.match(line)]
    places = starts if len(starts) == len(values) else [1] * len(values)
    for line, each in zip(places, values, strict=True):
        row = Row(path, line, each)
        for key in each.keys() - set(_KEYS):
            raise row.error(f"unknown key {key!r}; known are {', '.join(_KEYS)}")
        yield row
