"""How does a folder with corpus.jsonl, queries.jsonl and qrels.tsv become a judged set?"""

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

import regex

from retrieval.corpus import Corpus
from retrieval.detection import detect
from retrieval.evaluation.judgments import PLAIN, UNANSWERABLE, JudgedSet, Question, graded
from retrieval.languages import DEFAULT
from retrieval.model import Article, Block, BlockKind, Paragraph, Published, Span
from retrieval.rows import Row, json_rows, read_lines, wrong
from retrieval.sentences import stripped

CORPUS: Final = "corpus.jsonl"
QUERIES: Final = "queries.jsonl"
QRELS: Final = "qrels.tsv"
_DATE: Final = regex.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_GRADE: Final = regex.compile(r"\s*-?[0-9]{1,9}\s*")
_COLUMNS: Final = 3
_VERSION_DIGITS: Final = 12


def read_judged_folder(folder: Path, name: str) -> JudgedSet:
    """The set of a folder: every line of `corpus.jsonl` is an article of one paragraph.

    Lines without text, questions whose id stood before, and questions of which nothing is judged are left out and
    counted.

    Raises:
        JudgmentsError: a file is missing or malformed, or no question is left that a paragraph answers.
    """
    left_out: Counter[str] = Counter()
    paragraphs = _paragraphs(folder / CORPUS, left_out)
    rows = _questions(folder / QUERIES, left_out)
    grades = _grades(folder / QRELS, frozenset(rows), frozenset(paragraphs))
    questions = []
    for question_id, row in rows.items():
        right = graded((found, grade) for each, grade in grades[question_id] if (found := paragraphs[each]))
        unanswerable = row.flag("unanswerable")
        if unanswerable and right:
            raise row.error(f"unanswerable, but {QRELS} names a paragraph that answers it: change one of the two")
        if not right and not unanswerable:
            left_out["unjudged questions"] += 1
            continue
        kind = row.optional_text("kind") or (UNANSWERABLE if unanswerable else PLAIN)
        asked_on = _day(row.optional_text("date"))
        questions.append(Question(question_id, row.text("text"), kind, right, row.texts("answer"), asked_on))
    if not any(question.answerable for question in questions):
        raise wrong(folder / QRELS, f"no question of {QUERIES} has a paragraph that answers it: judge at least one")
    articles = tuple(found.article for found in paragraphs.values() if found)
    return JudgedSet(name, Corpus(articles, (), _version(articles)), tuple(questions), dict(left_out))


def _paragraphs(path: Path, left_out: Counter[str]) -> dict[str, Paragraph | None]:
    """By id; None where a line has no text."""
    found: dict[str, Paragraph | None] = {}
    for row in json_rows(path):
        paragraph_id = row.text("id")
        if paragraph_id in found:
            raise row.error(f"the id {paragraph_id!r} stood before: give every paragraph an id of its own")
        found[paragraph_id] = _paragraph(row, paragraph_id)
        if found[paragraph_id] is None:
            left_out["paragraphs without text"] += 1
    if not any(found.values()):
        raise wrong(path, "it holds no paragraph with a text: add one a line")
    return found


def _paragraph(row: Row, paragraph_id: str) -> Paragraph | None:
    body = row.optional_text("text")
    if stripped(body, 0, len(body)) is None:
        return None
    span = Span(len(body) - len(body.lstrip()), len(body.rstrip()))
    date = published(row.optional_text("date"))
    article = Article(
        id=paragraph_id,
        path=paragraph_id,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        body=body,
        title=" ".join(row.optional_text("title").split()),
        publisher=None,
        published=date,
        language=detect(body, DEFAULT),
        url=None,
        blocks=(Block(span, BlockKind.PARAGRAPH),),
    )
    return Paragraph(article, span)


def published(text: str) -> Published | None:
    """The date that a text begins with, like 2022-06-16 or 2022/6/16; None where it names no day, month or year."""
    found = _DATE.match(text.strip())
    if not found:
        return None
    parts = [int(part) for part in found.groups() if part]
    try:
        dt.date(*(*parts, 1, 1)[:3])
    except ValueError:
        return None
    return Published("-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]))


def _day(text: str) -> dt.date | None:
    date = published(text)
    return date.day if date else None


def _questions(path: Path, left_out: Counter[str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in json_rows(path):
        question_id = row.text("id")
        if question_id in found:
            left_out["repeated questions"] += 1
            continue
        row.text("text")
        found[question_id] = row
    if not found:
        raise wrong(path, "it holds no question: add one a line")
    return found


def _grades(path: Path, questions: frozenset[str], paragraphs: frozenset[str]) -> dict[str, list[tuple[str, int]]]:
    """By question, the ids of the paragraphs that were judged for it, and how."""
    header, *lines = read_lines(path)
    if _GRADE.fullmatch(header.split("\t")[-1]):
        raise wrong(path, "a header must come first: query-id, corpus-id, score, with tabs between them", 1)
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for number, line in enumerate(lines, start=2):
        if not line.strip():
            continue
        columns = line.split("\t")
        if len(columns) != _COLUMNS or not _GRADE.fullmatch(columns[2]):
            reason = "not three columns with tabs between them: query-id, corpus-id, and the score, a whole number"
            raise wrong(path, reason, number)
        question, paragraph, grade = columns
        if question not in questions:
            raise wrong(path, f"unknown query-id {question!r}: {QUERIES} has no such question", number)
        if paragraph not in paragraphs:
            raise wrong(path, f"unknown corpus-id {paragraph!r}: {CORPUS} has no such paragraph", number)
        found[question].append((paragraph, int(grade)))
    return found


def _version(articles: tuple[Article, ...]) -> str:
    known = ((article.id, article.sha256, article.title, article.published) for article in articles)
    return hashlib.sha256("".join(map(repr, known)).encode()).hexdigest()[:_VERSION_DIGITS]
