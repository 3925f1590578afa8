"""Markdown: what the front matter says is known, and the text below is the body, letter by letter."""

from pathlib import Path

import pytest

from retrieval import Published
from tests.retrieval.formats.reading import only, read

TEXT = "# Road *stays* open #\n\nThe road, said [the ministry](https://example.org), stays open.\r\n\r\nSo be it.\r\n"


def test_front_matter_says_what_is_known(tmp_path: Path) -> None:
    """Scalars are read as they are written: `no` is Norwegian."""
    matter = "title: Veien\nauthor: [Ann, Bob]\ndate: 2023-04-24T10:00:00Z\nlanguage: no\nurl: https://e.org/\nid: 007"
    draft = only(tmp_path, "a.md", f"---\n{matter}\n---\n{TEXT}")
    assert (draft.title, draft.publisher, draft.published) == ("Veien", "Ann, Bob", Published("2023-04-24"))
    assert (draft.language, draft.url, draft.id) == ("no", "https://e.org/", "007")
    assert (draft.body, draft.line, draft.part) == (TEXT, 9, "")


def test_publisher_goes_before_author(tmp_path: Path) -> None:
    """It is what an answer names."""
    assert only(tmp_path, "a.md", f"---\nauthor: Ann\npublisher: Times\n---\n{TEXT}").publisher == "Times"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_without_front_matter_the_whole_file_is_the_body(tmp_path: Path, mark: str) -> None:
    """Its first heading is the title; a line of dashes is no front matter."""
    draft = only(tmp_path, "a.md", mark + TEXT)
    assert (draft.body, draft.title, draft.line) == (mark + TEXT, "Road *stays* open", 1)
    assert only(tmp_path, "b.md", f"---\nNo end.\n\n{TEXT}").body == f"---\nNo end.\n\n{TEXT}"


@pytest.mark.parametrize(
    ("matter", "rejection"),
    [
        ("title: [a", "3: its front matter is not valid YAML"),
        ("a: &a [x, x]\ntitle: [*a, *a]", "1: title = a list was not used"),
        ("[" * 5_000, "its front matter is not valid YAML"),
        ("just words", "1: its front matter holds no keys"),
        ("date: 24/04/2023", "1: published = '24/04/2023' was not used: it must be a date"),
        ("language: English", "1: language = 'English' was not used"),
        ("url: example.org", "1: url = 'example.org' was not used"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_article_loads(tmp_path: Path, matter: str, rejection: str) -> None:
    """Nothing is lost, nothing invented."""
    (draft,), rejections = read(tmp_path, "a.md", f"---\n{matter}\n---\n{TEXT}")
    assert (draft.body, draft.published, draft.language, draft.url) == (TEXT, None, None, None)
    assert [rejection in each for each in rejections] == [True]
