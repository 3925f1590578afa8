"""PDF: what is printed, parted where the page parts it, with the place of every page."""

import io
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest

from retrieval import Published
from retrieval.corpus import read_articles
from tests.retrieval.formats.made_pdf import make_pdf
from tests.retrieval.formats.reading import only, read

PAGES = [
    [
        "Road stays open",
        "",
        "The ministry said on Monday that the road would stay open for every-",
        "body who wants to use it, be it by day or by night, said the mini-",
        "stry. The café (at the bridge) sells tea at 5 €, and that is what it did",
        "on all of the days before this one, whatever was said about it.",
        "",
        "Another paragraph begins here, and it is a long one that goes on and on",
        "until it comes to the end of the page, which is the place where it",
    ],
    ["continues, as one sees, and where it ends.", "", "The third paragraph stands on the second page."],
    [],
]
INFO = "/Title (Road) /Author (Ann) /CreationDate (D:20230424100000+04'00')"


def test_lines_become_paragraphs_and_hyphens_stay(tmp_path: Path) -> None:
    """A gap parts them; what goes on over the end of a page goes on."""
    paragraphs = only(tmp_path, "a.pdf", make_pdf(PAGES)).body.split("\n\n")
    assert paragraphs == [
        "Road stays open",
        "".join(PAGES[0][2:4]) + " ".join(PAGES[0][4:6]),
        " ".join([*PAGES[0][7:], PAGES[1][0]]),
        PAGES[1][2],
    ]


def test_items_and_short_lines_end_where_they_end(tmp_path: Path) -> None:
    """Without a gap: a list, an address, a table."""
    lines = ["A line that is as wide as lines are on this page, usually,", "and its end.", "Ministry of Roads"]
    items = ["• the first item, which is also as wide as the other lines", "1. the second item"]
    body = only(tmp_path, "a.pdf", make_pdf([[*lines, *items]])).body
    assert body.split("\n\n") == [" ".join(lines[:2]), lines[2], *items]


def test_pages_are_known(tmp_path: Path) -> None:
    """Where each begins in the body; an empty one at the end begins where the body ends."""
    draft = only(tmp_path, "a.pdf", make_pdf(PAGES))
    assert len(draft.pages) == 3
    assert draft.pages[0] == 0
    assert draft.body[draft.pages[1] :].startswith("continues")
    assert draft.pages[2] == len(draft.body)
    assert all(one <= other for one, other in pairwise(draft.pages))


def test_paragraphs_have_a_page(tmp_path: Path) -> None:
    """From the file to the article: a quote is a whole paragraph, and says where it is printed."""
    (tmp_path / "a.pdf").write_bytes(make_pdf(PAGES, INFO))
    (article,), rejections = read_articles(tmp_path / "a.pdf", "a.pdf", None)
    assert rejections == []
    assert (article.title, article.publisher) == ("Road", "Ann")
    first, second, third = article.paragraphs()
    assert (first.text.split()[:2], first.text.split()[-2:]) == (["The", "ministry"], ["about", "it."])
    assert [article.page_of(each.span.start) for each in (first, second, third)] == [1, 1, 2]
    assert article.page_of(second.span.end - 1) == 2


def test_what_the_file_states_is_known(tmp_path: Path) -> None:
    """The day of its making is near the day of publication at best; names of files are no titles."""
    draft = only(tmp_path, "a.pdf", make_pdf(PAGES, INFO))
    assert (draft.title, draft.publisher) == ("Road", "Ann")
    assert draft.published == Published("2023-04-24", approximate=True)
    bare = only(tmp_path, "b.pdf", make_pdf(PAGES, "/Title (Microsoft Word - road.docx)"))
    assert (bare.title, bare.publisher, bare.published) == (None, None, None)


def test_a_first_line_that_is_set_in_begins_a_paragraph(tmp_path: Path) -> None:
    """As in books, without a gap."""
    lines = ["Some words that end.", "    Other words that", "go on as ever."]
    content = make_pdf([lines]).replace(b"(    Other words that) Tj", b"30 0 Td (Other words that) Tj -30 0 Td  ")
    assert only(tmp_path, "a.pdf", content).body == "Some words that end.\n\nOther words that go on as ever."


def test_a_file_with_only_an_owner_password_is_read(tmp_path: Path) -> None:
    """Everybody may open it."""
    writer = pypdf.PdfWriter(io.BytesIO(make_pdf(PAGES)))
    writer.encrypt("", "owner")
    stream = io.BytesIO()
    writer.write(stream)
    assert only(tmp_path, "a.pdf", stream.getvalue()).body.startswith("Road stays open")


@pytest.mark.parametrize("at", range(200, 1400, 150))
def test_a_file_that_is_cut_off_is_never_read_as_whole(tmp_path: Path, at: int) -> None:
    """Wherever it was cut."""
    drafts, (rejection,) = read(tmp_path, "a.pdf", make_pdf(PAGES)[:at])
    assert (drafts, rejection) == ([], "None: cut off, or no PDF: its end is missing; fetch it again")
