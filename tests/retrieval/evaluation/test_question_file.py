"""Questions beside the articles of a corpus are judged by wordings."""

from pathlib import Path

import pytest

from retrieval import CorpusError, read_corpus
from retrieval.evaluation import JudgedSet, JudgmentsError, read_sets
from retrieval.evaluation.judgments import paragraph_key
from tests.builders import write_corpus

BODY = "The bridge opened in May.\n\nBread needs flour.\n\nThe bridge opened in May!"


def read(folder: Path, questions: str | bytes, body: str = BODY) -> JudgedSet:
    """The set of a folder with one article and these questions."""
    [made] = read_sets([write_corpus(folder, {"a.txt": body, "questions.toml": questions})])
    return made


def test_every_paragraph_with_a_wording_is_right(tmp_path: Path) -> None:
    """Whatever wording; copies are one; no wording means no answer."""
    judged = read(
        tmp_path,
        '[[question]]\nask = "When?"\nkind = "short"\nright = ["in May", "needs flour"]\n'
        '[[question]]\nask = "What?"\nright = ["flour"]\n'
        '[[question]]\nask = "Who?"\n'
        '[[question]]\nask = "Where?"\nkind = "none-near"\nright = []\n',
    )
    bridge, bread, _ = judged.corpus.paragraphs()
    assert [(each.id, each.text, each.kind, dict(each.grades)) for each in judged.questions] == [
        ("1", "When?", "short", {paragraph_key(bridge): 1, paragraph_key(bread): 1}),
        ("2", "What?", "plain", {paragraph_key(bread): 1}),
        ("3", "Who?", "unanswerable", {}),
        ("4", "Where?", "none-near", {}),
    ]


def test_a_canary_is_measured_if_it_has_wordings(tmp_path: Path) -> None:
    """One that any answer will do for says nothing about paragraphs."""
    canary = '[[question]]\nask = "When?"\nkind = "canary"\n'
    judged = read(tmp_path, f'{canary}{canary}right = ["in May"]\n')
    assert [(each.id, each.kind, each.answerable) for each in judged.questions] == [("2", "canary", True)]
    assert judged.left_out == {"canaries without wordings": 1}


def test_the_file_is_neither_an_article_nor_a_rejection(tmp_path: Path) -> None:
    """In the corpus folder itself; deeper down it is a file like others."""
    folder = write_corpus(tmp_path, {"a.txt": BODY, "questions.toml": "", "deep/questions.toml": ""})
    corpus = read_corpus(folder)
    assert [article.path for article in corpus.articles] == ["a.txt"]
    assert [rejection.path for rejection in corpus.rejections] == ["deep/questions.toml"]


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        ("", "no question has right = […]"),
        ('[[question]]\nask = "x"\n', "no question has right = […]"),
        ("\n[[question]]\nask = \n", "questions.toml:3: not valid TOML"),
        ('[[question]]\nask = "x', "questions.toml:2: not valid TOML"),
        ("x = " + "[" * 9999, "not valid TOML"),
        ("x = " + "9" * 9999, "not valid TOML"),
        (b"\n\xff", "questions.toml:2: not UTF-8"),
        ('plain = ["x"]\n', "questions.toml:1: questions must be written as [[question]] tables"),
        ("question = 1\n", "questions.toml:1: questions must be written as [[question]] tables"),
        ("question = [1]\n", "questions.toml:1: questions must be written as [[question]] tables"),
        ('# here\n[[question]]\nright = ["May"]\n', "questions.toml:2: ask is missing or empty"),
        ('[[question]]\nask = 3\nright = ["May"]\n', "questions.toml:1: ask must be a text, not 3"),
        ('[[question]]\nask = "x"\nright = "May"\n', "questions.toml:1: right must be a list of texts, not 'May'"),
        ('[[question]]\nask = "x"\nright = [1]\n', "right must be a list of texts, not 1"),
        ('[[question]]\nask = "x"\nkind = 1\n', "kind must be a text, not 1"),
        ('[[question]]\nask = "x"\nkin = "a"\n', "unknown key 'kin'; known are ask, kind, right"),
        ('[[question]]\nask = "x"\nright = [" "]\n', "questions.toml:1: right holds an empty wording"),
        (
            '[[question]]\nask = "x"\nright = ["May"]\n\n[[question]]\nask = "y"\nright = ["in June"]\n',
            "questions.toml:5: no paragraph contains 'in June'",
        ),
    ],
)
def test_what_is_malformed_is_named_with_file_and_line(tmp_path: Path, questions: str | bytes, said: str) -> None:
    """And with the way out."""
    with pytest.raises(JudgmentsError) as caught:
        read(tmp_path, questions)
    assert said in str(caught.value)


def test_a_corpus_that_cannot_be_read_is_an_error_of_the_corpus(tmp_path: Path) -> None:
    """As everywhere."""
    (tmp_path / "questions.toml").write_text("", encoding="utf-8")
    with pytest.raises(CorpusError, match="nothing to quote"):
        read_sets([tmp_path])
