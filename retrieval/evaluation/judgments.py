"""What are a judged question and a set of them? And when are two paragraphs the same to a judge?"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from retrieval.analysis import same_words
from retrieval.corpus import Corpus
from retrieval.model import Paragraph

PLAIN: Final = "plain"
"""The kind of a question of which no kind is told and which the articles answer."""
UNANSWERABLE: Final = "unanswerable"
"""The kind of a question of which no kind is told and which they do not answer."""
_KEY_DIGITS: Final = 20


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and which paragraphs answer it.

    Attributes:
        id: unique in its set.
        text: as a person asks it.
        kind: a word that questions of one sort share.
        grades: by `paragraph_key`, how right a paragraph is, from 1 on; empty where the articles hold no answer.
        answers: short answers, any of which a sentence that answers contains; empty where none is known.
        asked_on: the day of asking; None where it is not known.
    """

    id: str
    text: str
    kind: str
    grades: Mapping[str, int]
    answers: tuple[str, ...] = ()
    asked_on: dt.date | None = None

    @property
    def answerable(self) -> bool:
        """Whether a paragraph answers it."""
        return bool(self.grades)


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Articles and the questions asked of them.

    Attributes:
        name: of the folder that it was read from.
        corpus: where the answers are looked for.
        questions: in the order of their file; at least one of them is answerable.
        left_out: what of the files was not used, and how many of each.
    """

    name: str
    corpus: Corpus
    questions: tuple[Question, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def answerable(self) -> tuple[Question, ...]:
        """The questions that a paragraph answers."""
        return tuple(question for question in self.questions if question.answerable)

    @property
    def language(self) -> str:
        """ISO 639-1 code of most of its articles."""
        return self.corpus.languages[0]


def paragraph_key(paragraph: Paragraph) -> str:
    """What a paragraph is known by: all copies of a text have one key, since only one of them is ever found."""
    words = same_words(paragraph.text) or f"{paragraph.article.id} {paragraph.span}"
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_DIGITS]


def graded(judged: Iterable[tuple[Paragraph, int]]) -> dict[str, int]:
    """The grades by key; of several copies the best grade counts, and one below 1 is no answer."""
    grades: dict[str, int] = {}
    for paragraph, grade in judged:
        if grade > 0:
            key = paragraph_key(paragraph)
            grades[key] = max(grade, grades.get(key, 0))
    return grades
