"""Paragraphs are slices; together with what is no article they are the whole body."""

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import BlockKind
from retrieval.paragraphs import LONGEST_PARAGRAPH, Layout, read_layout
from tests.builders import SEEDS

PROSE = "The ministry said on Monday that the road would stay open for everybody."
MORE = "Both sides signed the agreement after a night of talks in the capital."


def kinds(body: str, title: str | None = None) -> list[tuple[str, str]]:
    """What a body was parted into, as (kind, text)."""
    return [(str(block.kind), block.span.of(body)) for block in read_layout(body, "en", title).blocks]


def paragraphs(body: str, title: str | None = None) -> list[str]:
    """The texts of a body's paragraphs."""
    return [text for kind, text in kinds(body, title) if kind == BlockKind.PARAGRAPH]


lines = st.one_of(
    st.text(max_size=120),
    st.sampled_from(
        [PROSE, MORE, "Subscribe", "Related Articles", "Read More: a page", "date 2023-04-24 " + PROSE, " "]
    ),
)
bodies = st.lists(st.tuples(lines, st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028", "\f"]))).map(
    lambda parts: "".join(line + end for line, end in parts)
)


def assert_covers(body: str, layout: Layout) -> None:
    """Blocks are disjoint, in order, and every character outside of them is white space or a mark without width."""
    position = 0
    for block in layout.blocks:
        between = body[position : block.span.start]
        assert block.span.start >= position
        assert all(c.isspace() or c in "\ufeff\u200b" for c in between)
        position = block.span.end
    assert all(c.isspace() or c in "\ufeff\u200b" for c in body[position:])


@given(bodies, st.one_of(st.none(), st.sampled_from([PROSE, "Subscribe", "x"])))
def test_blocks_are_disjoint_slices_that_cover_all_text(body: str, title: str | None) -> None:
    """Nothing of a body is lost, and nothing is in two blocks."""
    assert_covers(body, read_layout(body, "en", title))


@given(bodies)
def test_no_block_begins_or_ends_with_white_space(body: str) -> None:
    """A quote never starts or ends in the air."""
    for block in read_layout(body, "en").blocks:
        text = block.span.of(body)
        assert text == text.strip()
        assert text


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_the_seeds_are_covered(path: Path) -> None:
    """The articles that ship are no exception."""
    body = path.read_bytes().decode()
    assert_covers(body, read_layout(body, "en"))


def test_blank_lines_part_paragraphs() -> None:
    """The first kind of break."""
    assert paragraphs(f"{PROSE}\n\n{MORE}\n\n\n{PROSE}!") == [PROSE, MORE, PROSE + "!"]


def test_single_line_ends_part_paragraphs() -> None:
    """The second kind of break, whatever the line ends are."""
    assert paragraphs(f"{PROSE}\n{MORE}\r\n{PROSE}!") == [PROSE, MORE, PROSE + "!"]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    """Lines broken at a column belong together: the break is inside a sentence."""
    body = dedent("""\
        The ministry said on Monday that the road, which
        had been closed for a week, would stay open for
        everybody who lives in the two valleys.

        Both sides signed the agreement after a night of
        talks in the capital, the minister said later.
        """)
    first, second = paragraphs(body)
    assert first.startswith("The ministry")
    assert first.endswith("two valleys.")
    assert second.endswith("said later.")


def test_an_overlong_paragraph_is_parted_at_sentence_ends() -> None:
    """A page without breaks still tells its places apart."""
    parts = paragraphs(" ".join([PROSE] * 60))
    assert len(parts) > 1
    assert all(len(part) <= LONGEST_PARAGRAPH for part in parts)
    assert all(part.startswith("The ministry") and part.endswith("everybody.") for part in parts)


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe", "SUBSCRIBE NOW", "» Share this article", "Advertisement", "Back to top", "Back to top button",
        "Related Articles", "Read More: Another page of this site", "READ ALSO – The other story", "Abone Ol",
        "Sign up for our daily newsletter", "Follow us on Twitter", "Подписаться", "Читайте также: Другая новость",
        "Lire aussi : un autre article", "İlgili Haberler", "Click here to read the whole story.", "Tags: peace, talks",
    ],
)  # fmt: skip
def test_furniture_is_no_paragraph(line: str) -> None:
    """Buttons, appeals and pointers are found wherever they stand."""
    assert (BlockKind.FURNITURE, line) in kinds(f"{PROSE}\n\n{line}\n\n{MORE}")
    assert paragraphs(f"{PROSE}\n\n{line}\n\n{MORE}") == [PROSE, MORE]


@pytest.mark.parametrize(
    "line",
    [
        "Read more than the headline, the editor advised.",
        "Subscribe was the only word that he said to us that day.",
        "Related parties were asked to leave the room before the vote.",
        "Share prices fell by a third on Monday, the exchange said.",
        "The photo was taken in May.",
        "2020 was the year in which the second war broke out.",
        "The vote was 12 to 3",
    ],
)
def test_sentences_that_begin_like_furniture_stay(line: str) -> None:
    """A rule that is unsure leaves the line in."""
    assert line in paragraphs(f"{PROSE}\n\n{line}\n\n{MORE}")


def test_links_below_their_heading_are_furniture() -> None:
    """What stands under "Related Articles" belongs to other pages, up to the next running text."""
    body = f"{PROSE}\n\nRelated Articles\n\nMinister resigns\n\nTalks go on\n\n{MORE}"
    assert paragraphs(body) == [PROSE, MORE]


@pytest.mark.parametrize(
    "line",
    [
        "Troops stand next to a tank near the border, Nov. 10, 2020. (Reuters Photo)",
        "The minister in May. [AFP/Getty Images]",
        "Photo: A bridge over the river",
        "FILE PHOTO: The bridge, seen in spring.",
        "Фото: пресс-служба министерства",
        "© 2023 Example Times",
    ],
)
def test_captions_are_told_from_paragraphs(line: str) -> None:
    """A caption describes a picture, often an old one."""
    assert (BlockKind.CAPTION, line) in kinds(f"{PROSE}\n\n{line}\n\n{MORE}")


def test_the_title_and_its_repetitions_are_no_paragraphs() -> None:
    """The first line, the same with the site's name, and the same in capitals."""
    body = f"Road stays open - Example Times\nWorld\n\nRoad stays open\n\n{PROSE}\n\nROAD STAYS OPEN\n\n{MORE}"
    layout = read_layout(body, "en")
    assert layout.title == "Road stays open"
    assert paragraphs(body) == [PROSE, MORE]
    assert (BlockKind.LABEL, "World") in kinds(body)


def test_a_first_line_of_running_text_is_no_title() -> None:
    """Where an article begins at once, its first paragraph can be quoted."""
    assert read_layout(f"{PROSE}\n{MORE}", "en").title is None
    assert paragraphs(f"{PROSE}\n{MORE}") == [PROSE, MORE]


def test_one_single_line_is_a_paragraph() -> None:
    """A note without a full stop is still all there is to quote."""
    assert paragraphs("The road is open") == ["The road is open"]


@pytest.mark.parametrize("stamp", ["date 2023-04-24", "2023-04-24", "Published: 2023-04-24 10:30 UTC |"])
def test_a_date_at_the_head_is_cut_off_and_known(stamp: str) -> None:
    """The stamp dates the article and is no part of its first sentence."""
    layout = read_layout(f" {stamp} {PROSE}\n\n{MORE}", "en")
    assert layout.date == "2023-04-24"
    assert paragraphs(f" {stamp} {PROSE}\n\n{MORE}") == [PROSE, MORE]


def test_a_date_inside_the_article_stays() -> None:
    """In a chronology the date is what is told."""
    body = f"{PROSE}\n\n2023-04-24 {MORE}"
    assert paragraphs(body) == [PROSE, f"2023-04-24 {MORE}"]


@pytest.mark.parametrize("line", ["April 24, 2023", "Monday, 24 April 2023 10:30", "24.04.2023", "Updated: 2023-04-24"])
def test_a_line_that_is_a_date_is_no_paragraph(line: str) -> None:
    """Nor is it the title."""
    assert (BlockKind.DATE, line) in kinds(f"{line}\n\n{PROSE}\n\n{MORE}")


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by A. Writer; editing by B. Writer",
        "News Agency story with additional input from the Example Desk.",
        "Source: News Agency",
    ],
)
def test_a_closing_credit_is_no_paragraph(line: str) -> None:
    """Who wrote it is not what it says; in the middle of an article such a line stays."""
    assert (BlockKind.CREDIT, line) in kinds(f"{PROSE}\n{MORE}\n{line}")
    assert line in paragraphs(f"{PROSE}\n{line}\n{MORE}\n{PROSE}!")


def test_a_short_line_that_comes_again_is_furniture() -> None:
    """A button in a language without rules gives itself away."""
    assert paragraphs(f"{PROSE}\n\nTilaa nyt\n\n{MORE}\n\nTilaa nyt") == [PROSE, MORE]
