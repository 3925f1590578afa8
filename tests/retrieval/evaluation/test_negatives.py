"""Questions without an answer are made from those with one."""

from pathlib import Path
from typing import Any

from retrieval.evaluation.judgments import JudgedSet
from retrieval.evaluation.negatives import SAMPLE, folds, off_topic
from tests.retrieval.evaluation.writing import make_set


def numbered(folder: Path, count: int, text: str = "The paragraph number {} is here.", title: str = "") -> JudgedSet:
    """A set of so many paragraphs with a question each."""
    rows: list[Any] = [{"id": f"p{at}", "title": title.format(at // 2), "text": text.format(at)} for at in range(count)]
    asked = [{"id": f"q{at}", "text": f"{folder.name} {at}?"} for at in range(count)]
    return make_set(folder, rows, asked, [(f"q{at}", f"p{at}", 1) for at in range(count)])


def test_off_topic_questions_come_from_other_sets_in_the_same_language(tmp_path: Path) -> None:
    """Only from those."""
    one, other = numbered(tmp_path / "one", 3), numbered(tmp_path / "other", 2)
    russian = numbered(tmp_path / "russian", 4, "Это была страница номер {} в книге.")
    assert [question.text for question in off_topic(one, [one, other, russian])] == ["other 0?", "other 1?"]
    assert off_topic(russian, [one, other, russian]) == []


def test_of_many_off_topic_questions_the_same_sample_is_asked_every_time(tmp_path: Path) -> None:
    """Each once, in their order, not only the first."""
    one, other = numbered(tmp_path / "one", 1), numbered(tmp_path / "other", SAMPLE + 200)
    chosen = [int(question.id[1:]) for question in off_topic(one, [one, other])]
    assert len(set(chosen)) == SAMPLE
    assert chosen == sorted(chosen)
    assert chosen[-1] > SAMPLE
    assert [int(question.id[1:]) for question in off_topic(one, [one, other])] == chosen


def test_every_question_is_asked_once_without_the_article_that_answers(tmp_path: Path) -> None:
    """In ten parts; paragraphs with the same title go together."""
    judged = numbered(tmp_path, 40, title="Title {}")
    made = list(folds(judged))
    assert len(made) == 10
    assert sorted(question.id for fold in made for question in fold.questions) == sorted(
        each.id for each in judged.questions
    )
    for fold in made:
        assert len(fold.corpus.articles) == 36
        left = {article.title for article in fold.corpus.articles}
        titles = {f"Title {int(question.id[1:]) // 2}" for question in fold.questions}
        assert len(titles) == 2
        assert not left & titles


def test_where_several_articles_answer_all_of_them_go(tmp_path: Path) -> None:
    """Copies too: an answer that is left would make the question answerable."""
    rows: list[Any] = [{"id": f"p{at}", "text": f"The paragraph number {at % 12} is here."} for at in range(14)]
    judged = make_set(tmp_path, rows, [{"id": "q", "text": "?"}], [("q", "p0", 1), ("q", "p5", 1)])
    [fold] = folds(judged)
    left = {article.id for article in fold.corpus.articles}
    assert not left & {"p0", "p12", "p5"}
    assert len(left) >= 9


def test_a_set_of_one_article_cannot_do_without_it(tmp_path: Path) -> None:
    """There would be nothing to search."""
    assert list(folds(numbered(tmp_path, 2, title="One"))) == []
