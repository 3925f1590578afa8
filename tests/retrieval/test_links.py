"""Links lead to the very sentence, and to no other."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Span, link_to
from retrieval.links import Fragment, fragment_of
from retrieval.sentences import sentences
from tests.builders import SEEDS, make_article

WORDS = st.lists(
    st.sampled_from(["road", "the", "Lachin,", "“open”", "5-year", "a&b", "Baku’s", "it.", "Yes.", "\n", "é", "路"]),
    min_size=1,
    max_size=40,
).map(" ".join)  # fmt: skip


def decoded(link: str) -> Fragment:
    """The parts of a link's text directive."""
    parts = link.split(":~:text=")[1].split(",")
    prefix = parts.pop(0)[:-1] if parts[0].endswith("-") else ""
    suffix = parts.pop()[1:] if parts[-1].startswith("-") else ""
    return Fragment(unquote(parts[0]), unquote(parts[1]) if len(parts) > 1 else "", unquote(prefix), unquote(suffix))


def found_by_browser(body: str, fragment: Fragment) -> int | None:
    """Where the sentence begins that a browser would show: the first place where the parts follow each other."""
    text, start = " ".join(body.split()).lower(), fragment.start.lower()
    at = text.find(start)
    while at >= 0:
        before, after = text[:at].rstrip(), text[at + len(start) :]
        end = after.find(fragment.end.lower()) if fragment.end else 0
        rest = after[end + len(fragment.end) :].lstrip() if end >= 0 else None
        spaced = text[at].isascii()
        whole = not spaced or not (text[at - 1 : at].isalnum() or text[at + len(start) :][:1].isalnum())
        if whole and before.endswith(fragment.prefix.lower()) and rest and rest.startswith(fragment.suffix.lower()):
            return at
        if whole and before.endswith(fragment.prefix.lower()) and rest is not None and not fragment.suffix:
            return at
        at = text.find(start, at + 1)
    return None


@given(WORDS)
def test_links_decode_to_the_quotes_words(body: str) -> None:
    """Every part is what stands in the article, white space collapsed; nothing in it can be read as syntax."""
    article = make_article(body, url="https://example.org/page?x=1#top")
    for sentence in sentences(body, "en"):
        link = link_to(article, sentence)
        assert link is not None
        if ":~:" not in link:
            assert not any(c.isalnum() for c in sentence.of(body))
            continue
        fragment = decoded(link)
        said, whole = " ".join(sentence.of(body).split()), " ".join(body.split())
        assert fragment.start in said
        assert fragment.end in said
        assert fragment.prefix in whole
        assert fragment.suffix in whole
        assert link.startswith("https://example.org/page?x=1#top:~:text=")
        assert len(fragment.start.split()) <= 8


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_every_sentence_of_the_seeds_is_found_by_its_link(path: Path) -> None:
    """A browser that searches the article's words arrives where the sentence begins."""
    body = path.read_bytes().decode()
    article = make_article(body)
    for paragraph in article.paragraphs():
        for sentence in sentences(paragraph.text, "en"):
            span = sentence.shifted(paragraph.span.start)
            fragment = fragment_of(article, span)
            assert fragment is not None
            at = found_by_browser(body, fragment)
            assert at is not None
            lead = " ".join(body[: span.start].split())
            assert abs(at - len(lead)) <= 3, fragment


def test_words_that_occur_once_need_no_context() -> None:
    """Short links, made of the sentence alone."""
    body = "The road is open. The bridge across the river was closed on Monday by the army. Nobody knows why."
    link = link_to(make_article(body), sentences(body, "en")[1])
    assert link == "https://example.org/a#:~:text=The%20bridge%20across,by%20the%20army"


def test_a_sentence_said_twice_is_told_apart_by_what_stands_before() -> None:
    """The prefix ends where the words begin, punctuation included."""
    body = "First came rain. It stopped. Then came snow. It stopped. All was white."
    fragment = fragment_of(make_article(body), sentences(body, "en")[3])
    assert fragment == Fragment("It stopped", prefix="came snow.")
    assert found_by_browser(body, fragment) == body.rindex("It stopped")


def test_the_first_of_two_places_is_found_without_a_prefix() -> None:
    """Nothing stands before it; what follows in its paragraph may tell it apart."""
    body = "It stopped. All was white. It stopped. All was black."
    fragment = fragment_of(make_article(body), sentences(body, "en")[0])
    assert fragment == Fragment("It stopped", suffix=". All was white")
    assert found_by_browser(body, fragment) == 0


def test_context_never_crosses_more_than_one_block() -> None:
    """A browser looks for each part within one block, and furniture may not stand there at all."""
    body = "Is it open?\n\nYes.\n\nHe asked again, and then he asked about the bridge?\n\nYes.\n\nSubscribe\n\nYes."
    article = make_article(body)
    first, second, third = [block.span for block in article.blocks if block.span.of(body) == "Yes."]
    assert fragment_of(article, first) == Fragment("Yes", prefix="it open?")
    assert fragment_of(article, second) == Fragment("Yes", prefix="the bridge?")
    assert fragment_of(article, third) == Fragment("Yes")


def test_the_headline_on_the_page_counts() -> None:
    """A lead that begins as the headline does needs more words, or the browser stops at the headline."""
    body = "Minister opens the mountain road to all people of the valley. Nobody came."
    article = make_article(body, title="Minister opens the mountain road")
    fragment = fragment_of(article, sentences(body, "en")[0])
    assert fragment is not None
    assert fragment.start == "Minister opens the mountain road to"


@pytest.mark.parametrize(
    "body",
    ["他说封锁问题必须解决，双方应当恢复谈判并保持克制。然后他离开了会场。", "ผู้นำทั้งสองฝ่ายตกลงที่จะเปิดถนนอีกครั้งในวันจันทร์"],
)
def test_scripts_without_spaces_get_short_links(body: str) -> None:
    """A few characters are a word there; none is cut before its marks."""
    article = make_article(body)
    fragment = fragment_of(article, sentences(body, "zh")[0])
    assert fragment is not None
    assert len(fragment.start) <= 40
    assert fragment.start in body
    assert fragment.end in body
    assert not regex.match(r"\p{M}", body[body.index(fragment.start) + len(fragment.start) :])
    assert found_by_browser(body, fragment) == 0


def test_the_end_is_not_found_too_early() -> None:
    """A browser stops at the first place where the end's words stand."""
    body = "The talks ended on Monday and then the other talks went on until they ended on Monday night in Moscow."
    fragment = fragment_of(make_article(body), Span(0, len(body)))
    assert fragment is not None
    assert body.count(fragment.end) == 1


def test_syntax_characters_are_escaped() -> None:
    """A hyphen, a comma or an ampersand of the article is not one of the directive."""
    body = "Five-year, so-called R&D plans."
    assert link_to(make_article(body), Span(0, len(body))) == (
        "https://example.org/a#:~:text=Five%2Dyear%2C%20so%2Dcalled%20R%26D,plans"
    )


def test_without_an_address_there_is_no_link() -> None:
    """Nothing is invented."""
    assert link_to(make_article("The road is open.", url=None), Span(0, 17)) is None


def test_an_old_directive_is_replaced() -> None:
    """Two directives would be none."""
    body = "The road is open."
    article = make_article(body, url="https://example.org/a#part:~:text=old")
    assert link_to(article, Span(0, 17)) == "https://example.org/a#part:~:text=The%20road%20is,open"


def test_an_article_with_pages_is_opened_at_the_page() -> None:
    """Where the sentence begins; text fragments mean nothing to a PDF."""
    article = replace(make_article("One. Two.\n\nThree.", url="https://example.org/a.pdf#x:~:text=y"), pages=(0, 11))
    assert [article.page_of(at) for at in (0, 10, 11, 99)] == [1, 1, 2, 2]
    assert link_to(article, Span(5, 9)) == "https://example.org/a.pdf#page=1"
    assert link_to(article, Span(11, 17)) == "https://example.org/a.pdf#page=2"
    assert link_to(replace(article, url=None), Span(11, 17)) is None
    assert make_article("One.").page_of(0) is None
