"""A folder with corpus.jsonl, queries.jsonl and qrels.tsv becomes a judged set, or a sentence says why not."""

from pathlib import Path
from typing import Any

import pytest

from retrieval import Published
from retrieval.evaluation import JudgmentsError, read_sets
from retrieval.evaluation.judged_folder import published
from retrieval.evaluation.judgments import paragraph_key
from tests.retrieval.evaluation.writing import ASKED, JUDGED, ROADS, make_set, write_set


def test_every_line_is_an_article_of_one_paragraph(tmp_path: Path) -> None:
    """With its title, its date and a guessed language; the body is the text as it stands."""
    texts = ["\ufeffВойна закончилась в мае, и это была большая победа.", "  The road is open.\r\n"]
    rows = [{"id": "a", "title": "  Мир\n", "text": texts[0], "date": "2022/6/16"}, {"id": "b", "text": texts[1]}]
    judged = make_set(tmp_path / "roads", rows, [{"id": "q", "text": "?"}], [("q", "a", 1)])
    first, second = judged.corpus.articles
    assert (judged.name, judged.corpus.paragraph_count) == ("roads", 2)
    assert (first.id, first.title, first.language, first.body) == ("a", "Мир", "ru", texts[0])
    assert first.published == Published("2022-06-16")
    assert (second.title, second.language, second.published) == ("", "en", None)
    assert [paragraph.text for paragraph in judged.corpus.paragraphs()] == [texts[0], "The road is open."]


def test_questions_have_their_kind_their_answers_and_their_grades(tmp_path: Path) -> None:
    """A grade of 0 or less is no answer; a question said to have none needs no judgment."""
    questions = [
        {"id": "q1", "text": ".W which bridge", "answer": ["May"]},
        {"id": "q2", "text": "flour?", "kind": "short"},
        {"id": "q3", "text": "Who?", "unanswerable": True},
        {"id": "q4", "text": "Why?", "unanswerable": True, "kind": "near", "answer": None},
    ]
    judged = make_set(
        tmp_path, questions=questions, judged=[("q1", "p1", 2), ("q1", "p2", 0), ("q2", "p3", -1), ("q2", "p2", 1)]
    )
    first, second, _ = judged.corpus.paragraphs()
    assert [(each.text, each.kind, each.answers) for each in judged.questions] == [
        (".W which bridge", "plain", ("May",)),
        ("flour?", "short", ()),
        ("Who?", "unanswerable", ()),
        ("Why?", "near", ()),
    ]
    assert judged.questions[0].grades == {paragraph_key(first): 2}
    assert judged.questions[1].grades == {paragraph_key(second): 1}
    assert [each.answerable for each in judged.questions] == [True, True, False, False]


def test_what_real_sets_hold_beside_questions_is_left_out_and_counted(tmp_path: Path) -> None:
    """Paragraphs without text, an id for two questions, questions that nobody judged."""
    judged = make_set(
        tmp_path,
        [*ROADS, {"id": "empty", "text": " "}, {"id": "none"}],
        [*ASKED, {"id": "q1", "text": "Another?"}, {"id": "q3", "text": "Who knows?"}, {"id": "q4", "text": "And?"}],
        [*JUDGED, ("q4", "empty", 1)],
    )
    assert judged.corpus.paragraph_count == 3
    assert [question.text for question in judged.questions] == [row["text"] for row in ASKED]
    assert judged.left_out == {"paragraphs without text": 2, "repeated questions": 1, "unjudged questions": 2}


def test_a_mark_at_the_beginning_and_windows_line_ends_are_no_part_of_a_file(tmp_path: Path) -> None:
    """Some editors write them."""
    folder = write_set(tmp_path)
    for path in folder.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    [judged] = read_sets([folder])
    assert len(judged.answerable) == 2


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2022/06/16", "2022-06-16"), ("2022-6", "2022-06"), ("2022", "2022"), ("2022.06.16 10:00", "2022-06-16"),
        ("2022-02-30", None), ("0000", None), ("20220616", None), ("June 2022", None), ("", None), ("2022/13", None),
    ],
)  # fmt: skip
def test_dates_are_read_as_far_as_they_say_something(text: str, iso: str | None) -> None:
    """What is no date is unknown; nothing is invented."""
    assert published(text) == (Published(iso) if iso else None)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("corpus.jsonl", None, "corpus.jsonl: there is no such file"),
        ("queries.jsonl", None, "queries.jsonl: there is no such file"),
        ("qrels.tsv", None, "qrels.tsv: there is no such file"),
        ("corpus.jsonl", "", "corpus.jsonl: it holds no paragraph with a text"),
        ("corpus.jsonl", '{"id": "p1", "text": ""}', "it holds no paragraph with a text"),
        ("corpus.jsonl", '\n{"id": "p1"', "corpus.jsonl:2: not valid JSON"),
        ("corpus.jsonl", "[" * 99_999, "corpus.jsonl:1: not valid JSON"),
        ("corpus.jsonl", '["p1"]', "corpus.jsonl:1: not a JSON object"),
        ("corpus.jsonl", '{"text": "x"}', "corpus.jsonl:1: id is missing or empty"),
        ("corpus.jsonl", '{"id": 1, "text": "x"}', "corpus.jsonl:1: id must be a text, not 1"),
        ("corpus.jsonl", '{"id": "p1", "text": ["x"]}', "text must be a text, not ['x']"),
        ("corpus.jsonl", '{"id": "p1", "text": "x", "title": false}', "title must be a text, not False"),
        ("corpus.jsonl", '{"id": "p1", "text": "x", "date": 2022}', "date must be a text, not 2022"),
        ("corpus.jsonl", '{"id": "p1", "text": "\\ud800"}', "corpus.jsonl:1: text holds half of a character"),
        ("corpus.jsonl", '{"id": "p1", "text": "x"}\n' * 2, "corpus.jsonl:2: the id 'p1' stood before"),
        ("corpus.jsonl", b'{"id": "p1", "text": "x"}\n\xff', "corpus.jsonl:2: not UTF-8"),
        ("queries.jsonl", "", "queries.jsonl: it holds no question"),
        ("queries.jsonl", '{"id": "q1"}', "queries.jsonl:1: text is missing or empty"),
        ("queries.jsonl", '{"id": "q1", "text": "x", "answer": "y"}', "answer must be a list of texts, not 'y'"),
        ("queries.jsonl", '{"id": "q1", "text": "x", "answer": [1]}', "answer must be a list of texts, not 1"),
        ("queries.jsonl", '{"id": "q1", "text": "x", "unanswerable": 1}', "unanswerable must be true or false, not 1"),
        ("queries.jsonl", '{"id": "q1", "text": "x", "kind": {}}', "kind must be a text, not {}"),
        ("qrels.tsv", "", "no question of queries.jsonl has a paragraph that answers it"),
        ("qrels.tsv", "h\nq1\tp1\t0", "no question of queries.jsonl has a paragraph that answers it"),
        ("qrels.tsv", "q1\tp1\t1", "qrels.tsv:1: a header must come first"),
        ("qrels.tsv", "h\nq1 p1 1", "qrels.tsv:2: not three columns"),
        ("qrels.tsv", "h\n\nq1\tp1\thigh", "qrels.tsv:3: not three columns"),
        ("qrels.tsv", "h\nq1\tp1\t--1", "qrels.tsv:2: not three columns"),
        ("qrels.tsv", "h\nq9\tp1\t1", "qrels.tsv:2: unknown query-id 'q9'"),
        ("qrels.tsv", "h\nq1\tp9\t1", "qrels.tsv:2: unknown corpus-id 'p9'"),
    ],
)
def test_what_is_malformed_is_named_with_file_and_line(
    tmp_path: Path, file: str, content: str | bytes | None, said: str
) -> None:
    """And with the way out, behind a colon."""
    path = write_set(tmp_path) / file
    path.unlink()
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        if file == "queries.jsonl":
            (tmp_path / "qrels.tsv").write_text("h\nq1\tp1\t1", encoding="utf-8")
    with pytest.raises(JudgmentsError) as caught:
        read_sets([tmp_path])
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_a_question_cannot_have_an_answer_and_none(tmp_path: Path) -> None:
    """The two files contradict each other."""
    asked: list[Any] = [ASKED[0], {**ASKED[1], "unanswerable": True}]
    with pytest.raises(JudgmentsError, match=r"queries\.jsonl:2: unanswerable, but qrels\.tsv names a paragraph"):
        make_set(tmp_path, questions=asked)


def test_a_long_wrong_value_is_not_shown_in_full(tmp_path: Path) -> None:
    """An error is a sentence."""
    with pytest.raises(JudgmentsError) as caught:
        make_set(tmp_path, [{"id": "p1", "text": ["x" * 9999]}])
    assert len(str(caught.value)) < 300


def test_folders_are_named_so_that_they_can_be_told_apart(tmp_path: Path) -> None:
    """By their last part where that is enough; one that is named twice is read once."""
    one, other = write_set(tmp_path / "a" / "set"), write_set(tmp_path / "b" / "set")
    third = write_set(tmp_path / "third")
    assert [each.name for each in read_sets([one, other, third, one / ".." / "set"])] == [str(one), str(other), "third"]


def test_a_folder_without_questions_says_what_to_put_into_it(tmp_path: Path) -> None:
    """And one that is not there, that it is not."""
    with pytest.raises(JudgmentsError, match=r"it holds no judged questions: put corpus\.jsonl, queries\.jsonl and"):
        read_sets([tmp_path])
    with pytest.raises(JudgmentsError, match="no such folder"):
        read_sets([tmp_path / "gone"])
