"""Tiny judged sets, as a person would put them into a folder."""

import json
from pathlib import Path
from typing import Any

from retrieval.evaluation import JudgedSet, read_sets

ROADS = (
    {"id": "p1", "title": "Roads", "text": "The bridge opened in May after a long winter."},
    {"id": "p2", "title": "Roads", "text": "A tunnel collapsed below the mountain."},
    {"id": "p3", "title": "Cooking", "text": "Bread needs flour, water and salt."},
)
ASKED = ({"id": "q1", "text": "When did the bridge open?"}, {"id": "q2", "text": "What needs flour?"})
JUDGED = (("q1", "p1", 1), ("q2", "p3", 1))


def write_set(
    folder: Path,
    paragraphs: Any = ROADS,
    questions: Any = ASKED,
    judged: Any = JUDGED,
) -> Path:
    """A folder with the three files of a judged set."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("corpus.jsonl", paragraphs), ("queries.jsonl", questions)):
        text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
        (folder / name).write_text(text, encoding="utf-8")
    lines = ["query-id\tcorpus-id\tscore", *("\t".join(map(str, row)) for row in judged)]
    (folder / "qrels.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def make_set(folder: Path, paragraphs: Any = ROADS, questions: Any = ASKED, judged: Any = JUDGED) -> JudgedSet:
    """The set read from such a folder."""
    [made] = read_sets([write_set(folder, paragraphs, questions, judged)])
    return made
