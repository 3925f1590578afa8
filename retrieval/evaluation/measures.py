"""How good is a ranking?"""

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Final

from ir_measures import RR, Qrel, ScoredDoc, Success, evaluator, nDCG

from retrieval.evaluation.judgments import Question

DEPTH: Final = 10
"""So many paragraphs of a ranking are judged."""
# Success rather than recall: one right paragraph is an answer, however many there are.
_MEASURES: Final = {"R@1": Success @ 1, "R@10": Success @ DEPTH, "MRR@10": RR @ DEPTH, "nDCG@10": nDCG @ DEPTH}
MEASURES: Final = tuple(_MEASURES)
"""R@1 and R@10: a right paragraph is first, among the first ten. MRR@10: one over the rank of the first that is
right, 0 beyond ten. nDCG@10: the grades of the first ten, discounted by rank, over those of the best ranking."""

Values = Mapping[str, Mapping[str, float]]
"""By measure, by id of the question: 0 to 1."""


def measure(questions: Iterable[Question], rankings: Mapping[str, Sequence[str]]) -> Values:
    """Every measure of every answerable question.

    Args:
        questions: those without a right paragraph are passed over.
        rankings: by id of the question, keys of paragraphs, best first, each once. One that is missing or empty
            counts as nothing found.
    """
    qrels = [Qrel(question.id, key, grade) for question in questions for key, grade in question.grades.items()]
    run = [
        ScoredDoc(question_id, key, float(-rank))
        for question_id, keys in rankings.items()
        for rank, key in enumerate(keys)
    ]
    names = {value: name for name, value in _MEASURES.items()}
    found: dict[str, dict[str, float]] = {name: {} for name in MEASURES}
    for each in evaluator(list(names), qrels).iter_calc(run):
        found[names[each.measure]][each.query_id] = float(each.value)
    return found


def means(values: Values, questions: Iterable[Question]) -> dict[str, float]:
    """Every measure's mean over the answerable ones of these questions, at least one."""
    ids = [question.id for question in questions if question.answerable]
    return {name: fmean(of[each] for each in ids) for name, of in values.items()}
