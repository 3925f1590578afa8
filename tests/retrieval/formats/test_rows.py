"""JSON lines and CSV: one article a row; a bad row costs nobody but itself."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Published
from tests.retrieval.formats.reading import only, read

TEXT = "The road is open.\r\n\r\nThe bridge, “too”; so be it."
ROW = {
    "id": "r 1", "text": TEXT, "title": "Road", "url": "https://example.org/road", "published": "2023-04",
    "publisher": "Example Times", "language": "en", "views": "1e999",
}  # fmt: skip


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a;.csv", "a\t.csv", "A.JSONL"])
def test_a_row_is_an_article_word_for_word(tmp_path: Path, name: str) -> None:
    """Line ends inside of it included; columns that mean nothing here are passed over."""
    if name.lower().endswith("l"):
        content = json.dumps(ROW)
    else:
        stream = io.StringIO()
        writer = csv.DictWriter(stream, list(ROW), delimiter=name[1] if name[1] != "." else ",")
        writer.writeheader()
        writer.writerow(ROW)
        content = "\ufeff" + stream.getvalue().replace("id", " ID ", 1)
    draft = only(tmp_path, name, content)
    assert (draft.body, draft.part, draft.id, draft.title) == (TEXT, "r 1", None, "Road")
    assert (draft.publisher, draft.published, draft.language) == ("Example Times", Published("2023-04"), "en")
    assert (draft.url, draft.line) == ("https://example.org/road", 1 if name.lower().endswith("l") else 2)


def test_a_row_without_id_is_called_by_its_line(tmp_path: Path) -> None:
    """A file has nothing better."""
    drafts, _ = read(tmp_path, "a.jsonl", '{"text": "One."}\n\n{"text": "Two."}\n')
    assert [(draft.part, draft.line) for draft in drafts] == [("1", 1), ("3", 3)]
    drafts, _ = read(tmp_path, "a.csv", 'text\n"One.\n\nOne."\n\nTwo.\n')
    assert [(draft.part, draft.line, draft.body) for draft in drafts] == [("2", 2, "One.\n\nOne."), ("6", 6, "Two.")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{,", "not valid JSON (Expecting property name enclosed in double quotes, column 2): one object a line"),
        (b"[1]", 'not a JSON object: write {"text": "…"} on each line'),
        (b"[" * 100_000, "not usable JSON: nested too deeply"),
        (b"{}", "a row without text: give it a text, or take it out"),
        (b'{"text": null}', "a row without text: give it a text, or take it out"),
        (b'{"text": ["a"]}', "text is no text: write it in quotes"),
        (b'{"text": " \\n"}', "empty: its text holds nothing"),
        (b'{"text": "caf\xe9"}', "not UTF-8 (byte 0xe9): save it as UTF-8"),
        (b'{"text": "a\\u0000b"}', "holds NUL characters: not a text"),
        (b'{"text": "a \\ud800 b"}', "holds half a character, a lone surrogate: write the whole one"),
        (b'{"text": "a", "id": {}}', "its id must be a text that is not empty"),
        (b'{"text": "a", "id": "' + b"x" * 501 + b'"}', "its id is longer than 500 characters"),
        (b'{"text": "a", "id": "1"}', "duplicate id '1': the one in line 1 counts"),
    ],
)
def test_a_bad_line_costs_only_itself(tmp_path: Path, line: bytes, reason: str) -> None:
    """It is named."""
    drafts, rejections = read(tmp_path, "a.jsonl", b'{"text": "One."}\n' + line + b'\n{"text": "Three."}')
    assert [draft.body for draft in drafts] == ["One.", "Three."]
    assert rejections == [f"2: {reason}"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,b,c", "a row of 3 columns, where the first line names 2"),
        ("a", "a row of 1 columns, where the first line names 2"),
        ('"a"b,c', "not valid CSV (',' expected after '\"'): mind the quotes around a field"),
        ("1,", "empty: its text holds nothing"),
    ],
)
def test_a_bad_row_costs_only_itself(tmp_path: Path, row: str, reason: str) -> None:
    """It is named."""
    drafts, rejections = read(tmp_path, "a.csv", f"id,text\n0,One.\n{row}\n,Three.\n")
    assert [draft.body for draft in drafts] == ["One.", "Three."]
    assert rejections == [f"3: {reason}"]


def test_a_wrong_value_is_left_out_of_its_row_and_said(tmp_path: Path) -> None:
    """The article loads; numbers of any length do no harm."""
    row = '{"text": "One.", "published": 2023, "id": 7, "url": ["x"], "title": "\\udc00", "n": ' + "9" * 9_999 + "}"
    (draft,), rejections = read(tmp_path, "a.jsonl", row)
    assert (draft.published, draft.part, draft.url, draft.title) == (Published("2023"), "7", None, None)
    assert rejections == [
        "1: title = '\\udc00' was not used: it holds half a character, a lone surrogate",
        "1: url = a list was not used: it must be an http:// or https:// address with a host and no user",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "1: its first line names no column text (with commas, semicolons or tabs between columns)"),
        (
            "id|text\n1|One.\n",
            "1: its first line names no column text (with commas, semicolons or tabs between columns)",
        ),
        ("text,id,Text\nOne.,1,Two.\n", "1: its first line names the column text twice"),
        (b"\xff\xfet\0e\0x\0t\0", "1: UTF-16, not UTF-8: save it as UTF-8"),
    ],
)
def test_a_table_without_a_text_is_rejected(tmp_path: Path, content: str | bytes, reason: str) -> None:
    """What parts its columns cannot be guessed."""
    assert read(tmp_path, "a.csv", content) == ([], [reason])


def test_a_quote_that_is_never_closed_takes_no_rows_with_it_silently(tmp_path: Path) -> None:
    """Where it was opened is said."""
    drafts, rejections = read(tmp_path, "a.csv", 'text\nOne.\n"Two.\nThree.\n')
    assert [draft.body for draft in drafts] == ["One."]
    assert rejections == ["3: not valid CSV (unexpected end of data): mind the quotes around a field"]


def test_a_long_field_is_read_and_a_far_too_long_one_rejected(tmp_path: Path) -> None:
    """Beyond the csv module's own limit; an article has an end."""
    long, far_too_long = "a" * 200_000, "b" * 20_000_001
    drafts, rejections = read(tmp_path, "a.csv", f"text\n{long}\n{far_too_long}\nThree.\n")
    assert [len(draft.body) for draft in drafts] == [200_000, 6]
    assert rejections == ["3: a text of more than 20 MB: part it into several articles"]


# Letters that no wrong encoding makes.
LETTERS = st.characters(codec="ascii", exclude_characters="\0") | st.characters(
    min_codepoint=0x2E80, exclude_categories=["Cs"]
)


@given(st.lists(st.text(LETTERS, min_size=1), max_size=5))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Every character, in both kinds."""
    folder = tmp_path_factory.mktemp("rows")
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["text"], *([text] for text in texts)])
    lines = "\n".join(json.dumps({"text": text}, ensure_ascii=bool(len(text) % 2)) for text in texts)
    expected = [text for text in texts if text.strip()]
    for name, content in (("a.csv", stream.getvalue()), ("a.jsonl", lines)):
        drafts, _ = read(folder, name, content)
        assert [draft.body for draft in drafts] == expected
