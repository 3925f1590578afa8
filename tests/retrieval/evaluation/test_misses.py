"""Wrong answers are shown with their reasons."""

from pathlib import Path

import pytest

from retrieval import Retriever
from retrieval.evaluation.judgments import Question
from retrieval.evaluation.misses import explained, spread
from tests.retrieval.evaluation.writing import make_set


def asked(count: int) -> list[Question]:
    """So many questions."""
    return [Question(str(at), str(at), "plain", {}) for at in range(count)]


@pytest.mark.parametrize(
    ("there", "wanted", "chosen"),
    [(10, 3, [0, 4, 9]), (10, 1, [0]), (3, 5, [0, 1, 2]), (3, 3, [0, 1, 2]), (5, 0, []), (0, 3, []), (100, 2, [0, 99])],
)
def test_a_few_are_spread_over_all(there: int, wanted: int, chosen: list[int]) -> None:
    """The first and the last among them; the same ones every time."""
    assert [int(each.id) for each in spread(asked(there), wanted)] == chosen


def test_both_paragraphs_are_explained(tmp_path: Path) -> None:
    """Rank, score, and the parts that sum up to it."""
    judged = make_set(
        tmp_path, questions=[{"id": "q", "text": "Which tunnel collapsed in May?"}], judged=[("q", "p1", 1)]
    )
    miss = explained(Retriever(judged.corpus), judged.questions[0])
    assert miss.first is not None
    assert (miss.first.paragraph.article.id, miss.first.rank) == ("p2", 1)
    assert (miss.right.paragraph.article.id, miss.right.rank) == ("p1", 2)
    for each in (miss.first, miss.right):
        assert each.score == pytest.approx(sum(part.score for part in each.contributions))
    assert {part.word for part in miss.first.contributions} >= {"tunnel", "collapsed"}


def test_a_right_paragraph_that_is_not_found_has_no_rank(tmp_path: Path) -> None:
    """It is shown all the same; where nothing at all is found, nothing came first."""
    questions = [{"id": "q1", "text": "tunnel"}, {"id": "q2", "text": "zzzzqqqq"}]
    judged = make_set(tmp_path, questions=questions, judged=[("q1", "p3", 1), ("q2", "p3", 1)])
    retriever = Retriever(judged.corpus)
    first, second = (explained(retriever, question) for question in judged.questions)
    assert (first.right.paragraph.article.id, first.right.rank, first.right.contributions) == ("p3", None, ())
    assert first.first is not None
    assert second.first is None
