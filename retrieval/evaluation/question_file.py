"""How do the questions beside the articles of a corpus become a judged set?"""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import regex

from retrieval.corpus import QUESTIONS, read_corpus
from retrieval.evaluation.judgments import PLAIN, UNANSWERABLE, JudgedSet, Question, graded
from retrieval.evaluation.rows import Row, read_lines, wrong
from retrieval.model import Paragraph

_HEADER: Final = regex.compile(r"^\s*\[\[\s*question\s*\]\]")
_SYNTAX_LINE: Final = regex.compile(r"at line (\d+)")
_KEYS: Final = ("ask", "kind", "right")


def read_question_file(folder: Path, name: str) -> JudgedSet:
    """The set of a corpus folder with a file `questions.toml` beside the articles.

    A paragraph is right if it contains one of a question's wordings, letter by letter.

    Raises:
        CorpusError: nothing in the folder can be quoted.
        JudgmentsError: the file is malformed, a wording stands in no paragraph, or no question has an answer.
    """
    path = folder / QUESTIONS
    corpus = read_corpus(folder)
    paragraphs = list(corpus.paragraphs())
    rows = list(_tables(path))
    questions = tuple(_question(row, str(number), paragraphs) for number, row in enumerate(rows, start=1))
    if not any(question.answerable for question in questions):
        raise wrong(path, "no question has right = […], wordings of a paragraph that answers it: judge at least one")
    return JudgedSet(name, corpus, questions)


def _question(row: Row, number: str, paragraphs: Sequence[Paragraph]) -> Question:
    right = []
    for wording in row.texts("right"):
        found = [paragraph for paragraph in paragraphs if wording in paragraph.text]
        if not found or not wording.strip():
            raise row.error(f"no paragraph contains {wording!r}: copy the words from an article, letter by letter")
        right += found
    kind = row.optional_text("kind") or (PLAIN if right else UNANSWERABLE)
    return Question(number, row.text("ask"), kind, graded((paragraph, 1) for paragraph in right))


def _tables(path: Path) -> Iterator[Row]:
    lines = read_lines(path)
    try:
        whole = tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
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
