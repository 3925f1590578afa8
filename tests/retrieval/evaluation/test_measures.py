"""Rankings become figures that one can work out by hand."""

import math

import pytest

from retrieval.evaluation.judgments import Question
from retrieval.evaluation.measures import means, measure

LOW = ["x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9"]


def question(name: str, **grades: int) -> Question:
    """A question whose right paragraphs are these."""
    return Question(name, name, "plain", grades)


@pytest.mark.parametrize(
    ("ranking", "figures"),
    [
        (["a", "b"], (1, 1, 1, 1)),
        (["x1", "a"], (0, 1, 1 / 2, 1 / math.log2(3))),
        ([*LOW, "a"], (0, 1, 1 / 10, 1 / math.log2(11))),
        ([*LOW, "x10", "a"], (0, 0, 0, 0)),
        ([], (0, 0, 0, 0)),
    ],
)
def test_one_right_paragraph(ranking: list[str], figures: tuple[float, ...]) -> None:
    """First, second, tenth, eleventh, not at all."""
    asked = [question("q", a=1)]
    found = means(measure(asked, {"q": ranking}), asked)
    assert found == pytest.approx(dict(zip(["R@1", "R@10", "MRR@10", "nDCG@10"], figures, strict=True)))


def test_several_right_paragraphs_and_grades() -> None:
    """Any right one at the top is a hit; the gain is the grade, discounted by rank."""
    asked = [question("q", a=1, b=2)]
    found = means(measure(asked, {"q": ["a", "x", "b"]}), asked)
    gain, best = 1 + 2 / math.log2(4), 2 + 1 / math.log2(3)
    assert found == pytest.approx({"R@1": 1, "R@10": 1, "MRR@10": 1, "nDCG@10": gain / best})


def test_a_mean_counts_questions_without_a_ranking_and_none_without_an_answer() -> None:
    """Nothing found is 0; nothing to find is no question."""
    asked = [question("q1", a=1), question("q2", a=1), question("q3")]
    found = measure(asked, {"q1": ["a"], "q3": ["a"]})
    assert found["R@1"] == {"q1": 1, "q2": 0}
    assert means(found, asked)["R@1"] == 0.5
    assert means(found, asked[1:])["R@1"] == 0
