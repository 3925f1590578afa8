"""A saved page: the article on it, cut from what the page shows."""

from pathlib import Path

import pytest

from retrieval import Published
from retrieval.formats.markup import parse_html, shown_text
from tests.retrieval.formats.reading import only, read

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Road stays open - Example Times</title>
<meta property="og:site_name" content="Example Times"><meta property="og:title" content="Road stays open">
<meta property="article:published_time" content="2023-04-24T23:00:00+04:00"><meta name="author" content="Ann Author">
<link rel="canonical" href="https://example.org/road"></head>
<body><nav><a href="/">Home</a> <a href="/x">News</a></nav>
<article><h1>Road stays open</h1>
<p>The ministry&nbsp;said that the <a href="/r">road</a>
   would stay open for every&shy;body, the caf&eacute; and the &ldquo;bridge&rdquo; too.</p>
<p>Another paragraph has a line<br>break in it and <b>bold</b> words, and goes on for long enough to be an article.</p>
<ul><li>First item of the list is here.</li><li>Second item of the list is there, too.</li></ul>
<table><tr><th>Year</th><th>Cars</th></tr><tr><td>2022</td><td>6,500</td></tr></table>
<p style="display: none">This paragraph is hidden from everybody who reads the page, so that it is not quoted.</p>
</article><footer><p>Copyright 2023 Example. Cookie policy.</p></footer><script>var x = "hidden";</script></body></html>
"""


def test_the_page_says_what_is_known(tmp_path: Path) -> None:
    """Title, site, date, address and language."""
    draft = only(tmp_path, "a.html", PAGE)
    assert (draft.title, draft.publisher, draft.url) == ("Road stays open", "Example Times", "https://example.org/road")
    assert (draft.published, draft.language, draft.part) == (Published("2023-04-24"), "en", "")


def test_the_body_is_what_the_page_shows(tmp_path: Path) -> None:
    """Its characters, one paragraph after the other, without what stands around the article."""
    assert only(tmp_path, "a.htm", PAGE).body.split("\n\n") == [
        "Road stays open",
        "The ministry\xa0said that the road would stay open for every\xadbody, the café and the “bridge” too.",
        "Another paragraph has a line\nbreak in it and bold words, and goes on for long enough to be an article.",
        "First item of the list is here.",
        "Second item of the list is there, too.",
        "Year\tCars",
        "2022\t6,500",
    ]


@pytest.mark.parametrize(("name", "codec"), [("windows-1251", "cp1251"), ("ISO-8859-1", "cp1252"), ("utf-8", "utf-8")])
def test_a_page_is_decoded_as_it_declares(tmp_path: Path, name: str, codec: str) -> None:
    """As browsers do it."""
    text = "Дорога осталась открытой" if "1251" in name else "The “café” stays open"
    page = (
        f'<html><head><meta charset="{name}"></head><body><article><p>{(text + ". ") * 9}</p></article></body></html>'
    )
    assert only(tmp_path, "a.html", page.encode(codec)).body.startswith(text)


def test_a_template_does_not_decide_on_the_language(tmp_path: Path) -> None:
    """Pages of every language declare English."""
    text = "Дорога осталась открытой для всех жителей, сообщило министерство в понедельник. " * 3
    page = f'<html lang="en-US"><body><article><p>{text}</p></article></body></html>'
    assert only(tmp_path, "a.html", page).language == "ru"
    assert only(tmp_path, "b.html", page.replace("en-US", "?")).language is None


def test_words_are_parted_where_the_page_parts_them() -> None:
    """Blocks by blank lines, breaks by lines; inline elements not at all. Without an end it still ends."""
    html = "<div>one<p>two <i>th</i>ree<br>four</p>five</div><style>x</style>six<template>y</template><p hidden>z</p>"
    assert shown_text(parse_html(html)) == "one\n\ntwo three\nfour\n\nfive\n\nsix"
    assert shown_text(parse_html("<b> </b>" * 20_000 + "end")) == "end"


@pytest.mark.parametrize(
    ("content", "rejection"),
    [
        ("", "None: empty: the page shows no text"),
        ("<script>var x = 1;</script>", "None: empty: the page shows no text"),
        ("<footer>Home</footer>", "None: no article is found on the page: save its text as .txt"),
        (b'<meta charset="utf-8"><p>caf\xe9', "1: not UTF-8 (byte 0xe9): save it as UTF-8"),
        (b'<meta charset="euc-jp"><p>caf\xe9', "None: not euc-jp, which it declares: save it as UTF-8"),
        (b'<meta charset="unicode_escape"><p>\\x41\xe9', "1: not UTF-8 (byte 0xe9): save it as UTF-8"),
    ],
)
def test_a_page_without_an_article_is_rejected(tmp_path: Path, content: str | bytes, rejection: str) -> None:
    """With the reason."""
    assert read(tmp_path, "a.html", content) == ([], [rejection])


def test_entities_of_a_page_are_not_looked_up(tmp_path: Path) -> None:
    """Neither in files nor again and again."""
    secret = tmp_path / "secret.txt"
    secret.write_text("The secret is out.")
    entities = f'<!ENTITY s SYSTEM "file://{secret}"><!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">'
    page = PAGE.replace("<!DOCTYPE html>", f"<!DOCTYPE html [{entities}]>").replace("Another", "&s; &b;&b; Another")
    body = only(tmp_path, "a.html", page).body
    assert "Another" in body
    assert "secret is out" not in body
    assert "lol" not in body
