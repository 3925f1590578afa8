"""A page as an article: shown first, then kept so that it reads the same in the corpus."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import FetchError
from bot.gathering.pages import Told, keep, preview
from retrieval import Published, read_corpus
from tests.bot.gathering.articles import PARAGRAPHS, article_page
from tests.bot.gathering.web import Web, read_at_once

URL = "http://news.example/road"


async def test_a_preview_says_what_an_admin_needs_to_know(ours: Web) -> None:
    """From the page itself."""
    ours.page("/road", article_page())
    seen = await preview(URL, ours.policy)
    assert (seen.title, seen.publisher) == ("Checkpoint at the corridor is called wrong", "Example Times")
    assert seen.published == Published("2023-04-24", approximate=False)
    assert (seen.language, seen.paragraphs, seen.first) == ("en", 4, PARAGRAPHS[0])
    assert (seen.url, seen.suffix, seen.warnings) == (URL, ".html", ())


async def test_a_kept_page_reads_as_its_preview(ours: Web, tmp_path: Path) -> None:
    """With its address, so that quotes link to it."""
    ours.page("/road", article_page())
    seen = await preview(URL, ours.policy, read_at_once)
    name = keep(seen, tmp_path)
    (article,) = read_corpus(tmp_path).articles
    assert (article.path, article.url) == (name, URL)
    assert (article.title, article.publisher, article.published) == (seen.title, seen.publisher, seen.published)
    assert [article.body[each.span.start : each.span.end] for each in article.paragraphs()] == list(PARAGRAPHS)
    assert read_corpus(tmp_path).rejections == ()


async def test_the_same_address_replaces_its_page(ours: Web, tmp_path: Path) -> None:
    """No second article."""
    for title in ("Checkpoint at the corridor is called wrong", "Checkpoint at the corridor is called right"):
        ours.page("/road", article_page(title))
        keep(await preview(URL, ours.policy, read_at_once), tmp_path)
    assert [article.title for article in read_corpus(tmp_path).articles] == [title]


async def test_what_is_known_from_elsewhere_fills_gaps_only(ours: Web, tmp_path: Path) -> None:
    """The page knows better what it says itself."""
    told = Told("Another title", "Feed Times", "2023-04")
    ours.page("/full", article_page())
    ours.page("/bare", article_page("", site=None, published=None))
    for path in ("/full", "/bare"):
        seen = await preview(f"http://news.example{path}", ours.policy, read_at_once)
        keep(replace(seen, told=told), tmp_path)
    full, bare = tomllib.loads((tmp_path / "manifest.toml").read_text())["article"]
    assert full.keys() == {"file", "url"}
    assert (bare["publisher"], bare["published"]) == ("Feed Times", "2023-04")


@pytest.mark.parametrize(
    ("canonical", "linked"),
    [
        ("http://news.example/road-stays-open", "http://news.example/road-stays-open"),
        ("https://www.news.example/road", "https://www.news.example/road"),
        ("https://other.example/road", URL),
        ("http://news.example/", URL),
        ("javascript:alert(1)", URL),
    ],
)
async def test_a_page_may_name_its_own_address_and_no_other_site(ours: Web, canonical: str, linked: str) -> None:
    """Quotes link there."""
    ours.page("/road", article_page(canonical=canonical))
    assert (await preview(URL, ours.policy, read_at_once)).url == linked


@pytest.mark.parametrize(
    ("charset", "declared", "encoding"),
    [
        ("", "", "utf-8"),
        ("; charset=utf-8", "", "utf-8"),
        ("; charset=UTF-8", "iso-8859-1", "utf-8"),
        ("; charset=windows-1251", "", "cp1251"),
        ("; charset=windows-1251", "utf-8", "cp1251"),
        ("", "windows-1251", "cp1251"),
        ("; charset=utf-16", "", "utf-16"),
        ("; charset=nonsense", "", "utf-8"),
    ],
)
async def test_letters_are_right_whoever_names_the_encoding(
    ours: Web, tmp_path: Path, charset: str, declared: str, encoding: str
) -> None:
    """What the server says is worth more than what the page says; a kept page needs no server."""
    text = "Россия в понедельник осудила решение Азербайджана поставить пост на дороге и назвала его неверным."
    head = f'<meta charset="{declared}">' if declared else ""
    page = article_page("Пост на дороге", tuple(f"{text} Часть {n} из четырёх." for n in range(4)), head=head)
    ours.page("/road", page.encode(encoding), f"text/html{charset}")
    seen = await preview(URL, ours.policy, read_at_once)
    assert seen.first == text
    keep(seen, tmp_path)
    (article,) = read_corpus(tmp_path).articles
    assert text in article.body


async def test_text_is_an_article_too(ours: Web) -> None:
    """In the encoding that the server names."""
    ours.page(
        "/road",
        "\n\n".join(PARAGRAPHS).replace("day and night", "“à la carte”").encode("cp1252"),
        "text/plain; charset=latin-1",
    )
    seen = await preview(URL, ours.policy, read_at_once)
    assert (seen.suffix, seen.paragraphs, seen.title) == (".txt", 4, None)
    assert "“à la carte”" in seen.data.decode()


async def test_a_page_that_may_be_a_beginning_only_is_warned_of(ours: Web) -> None:
    """And one that stands elsewhere."""
    ours.status("/road", 302, Location="http://other.example/login")
    ours.page("/login", article_page(paragraphs=(PARAGRAPHS[0] + " " + PARAGRAPHS[1],)))
    seen = await preview(URL, ours.policy, read_at_once)
    assert "Only one paragraph was found" in seen.warnings[0]
    assert seen.warnings[1] == "The address led to another site: other.example."


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        ("<html><body></body></html>", "text/html", "no article that can be read"),
        ("", "text/html", "no article that can be read"),
        (b"\xff\xfe\x00", "text/plain", "no article that can be read"),
        (b"%PDF-1.4 nonsense", "application/pdf", "no article that can be read"),
        ("<rss/>", "application/rss+xml", "is a feed"),
    ],
)
async def test_what_holds_nothing_to_quote_is_said(ours: Web, content: str | bytes, kind: str, said: str) -> None:
    """With the reason."""
    ours.page("/road", content, kind)
    with pytest.raises(FetchError, match=said):
        await preview(URL, ours.policy, read_at_once)
