"""Which questions went wrong, and why did another paragraph come first?"""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.answers import Contribution, Ranked
from retrieval.evaluation.judgments import Question, paragraph_key
from retrieval.model import Paragraph
from retrieval.retriever import Retriever


@dataclass(frozen=True, slots=True)
class Explained:
    """A paragraph in a ranking.

    Attributes:
        paragraph: as the articles have it.
        rank: from 1; None where nothing of the question was found in it.
        score: in this ranking; 0 where it has no rank.
        contributions: what the score is the sum of.
    """

    paragraph: Paragraph
    rank: int | None = None
    score: float = 0.0
    contributions: tuple[Contribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Miss:
    """A question whose first paragraph is not right.

    Attributes:
        question: what was asked.
        right: the right paragraph that ranked best.
        first: the paragraph that came first; None where none was found.
    """

    question: Question
    right: Explained
    first: Explained | None


def spread(questions: Sequence[Question], count: int) -> list[Question]:
    """At most so many of the questions, evenly spread over them, the first and the last among them."""
    if len(questions) <= count:
        return list(questions)
    if count == 1:
        return [questions[0]]
    return [questions[at * (len(questions) - 1) // (count - 1)] for at in range(count)]


def explained(retriever: Retriever, question: Question) -> Miss:
    """Why the first paragraph came before the right one."""
    ranking = retriever.rank(question.text, retriever.catalog.paragraph_count, question.asked_on)
    right = next((at for at, each in enumerate(ranking) if paragraph_key(each.paragraph) in question.grades), None)
    return Miss(
        question,
        Explained(_judged(retriever, question)) if right is None else _placed(retriever, question, ranking, right),
        _placed(retriever, question, ranking, 0) if ranking else None,
    )


def _placed(retriever: Retriever, question: Question, ranking: Sequence[Ranked], at: int) -> Explained:
    found = ranking[at]
    return Explained(
        found.paragraph, at + 1, found.score, retriever.explain(question.text, found.ordinal, question.asked_on)
    )


def _judged(retriever: Retriever, question: Question) -> Paragraph:
    paragraphs = (each for article in retriever.catalog.articles() for each in article.paragraphs())
    return next(paragraph for paragraph in paragraphs if paragraph_key(paragraph) in question.grades)
