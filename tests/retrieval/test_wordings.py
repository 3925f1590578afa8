"""Questions beside the articles; what of a file is malformed is held by the tests of its other reader."""

from pathlib import Path

import pytest

from retrieval.errors import JudgmentsError
from retrieval.wordings import Judged, read_questions
from tests.builders import SEEDS, make_corpus


def test_questions_come_in_order_with_their_lines(tmp_path: Path) -> None:
    """None of the keys but `ask` is needed."""
    file = tmp_path / "questions.toml"
    file.write_text('[[question]]\nask = "a"\n\n[[question]]\nask = "b"\nkind = "canary"\nright = ["x", "y"]\n')
    assert read_questions(file) == (Judged("a", line=1), Judged("b", "canary", ("x", "y"), 4))
    assert [each.is_canary for each in read_questions(file)] == [False, True]


def test_a_wording_is_found_letter_by_letter(tmp_path: Path) -> None:
    """Any of them; without any, no paragraph is right."""
    [paragraph] = make_corpus(tmp_path, {"a.txt": "The bridge opened in May."}).paragraphs()
    assert Judged("When?", right=("in June", "in May")).is_right(paragraph)
    assert not Judged("When?", right=("In May",)).is_right(paragraph)
    assert not Judged("When?").is_right(paragraph)


def test_a_file_may_hold_no_question(tmp_path: Path) -> None:
    """But it must be there."""
    file = tmp_path / "questions.toml"
    with pytest.raises(JudgmentsError, match=r"questions\.toml: there is no such file"):
        read_questions(file)
    file.touch()
    assert read_questions(file) == ()


def test_the_questions_that_ship_can_be_read() -> None:
    """All of them have a place of their own."""
    questions = read_questions(SEEDS / "questions.toml")
    assert len({each.line for each in questions}) == len(questions) > 80
