"""Paragraphs are slices; together with what is no article they are the whole body."""

import time
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


def test_one_long_line_does_not_break_a_wrapped_text() -> None:
    """A copyright line of a hundred and ten characters below an article of many lines."""
    wrapped = (
        "The ministry said on Monday that the mountain road, which\nhad been closed for a week, would stay open.\n\n"
    )
    notice = "This text may be used by everybody who names the place where it was published first, and nobody else."
    assert len(notice) > 100
    assert paragraphs(wrapped * 6 + notice) == [wrapped.strip()] * 6 + [notice]


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 40_000 + "b",
        "Intro" + "…" * 40_000 + "1",
        "word " * 40_000 + "end.",
        "ap/ " * 40_000,
        "photo " * 40_000,
        "(" * 40_000,
        "Sources: A " + "b " * 140,
        "1" * 40_000,
        "date " * 9_000 + ".",
    ],
)
def test_reading_takes_time_in_proportion_to_the_text(text: str) -> None:
    """Each of these once took minutes or more; the bound is generous."""
    begin = time.process_time()
    read_layout(f"{PROSE}\n\n{text}\n\n{MORE}", "en")
    assert time.process_time() - begin < 3


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
        "Three soldiers were killed near the village, local officials told AFP/Reuters.",
        "Around 120,000 people live in the region, according to TASS/Interfax.",
        "The bridge collapsed on Monday, but nobody was hurt (see picture).",
        "The letters were taken from the vault in 2019 (archive).",
        "Photos by satellite companies show that the base was emptied in March.",
        "Photo by photo, the researchers put the street together again.",
        "Photographer: I saw the missile hit the roof.",
        "Фотограф: Я увидел, как ракета попала в крышу.",
        "Picture: how 200 tonnes of aid reached the valley",
        "Follow our example, the minister told the other side.",
        "Share this burden with us, the president told his guests.",
        "Sign up for the army or leave, the commander told them.",
        "Get the latest figures first, then decide, he told reporters.",
        "Click here and your vote is lost, the opposition warned.",
        "Recommended – but not mandatory – masks return to schools.",
        "Topics: gas transit, the border and the prisoners of war, the ministry said.",
        "Related: the two men are cousins, police said",
        "По теме: стороны обсудили открытие границы.",
        "Tags: the army says that every soldier must wear one",
        "The plan was drafted with input from farmers and trade unions.",
        "Three of the scientists who contributed to this report have since resigned.",
        "The ministry published the report, with most of its pages blacked out.",
        "Writing by hand improves memory, the study found.",
        "Sources: nobody in the ministry wants to be named.",
        "Home.",
        "Comments?",
        "Next!",
    ],
)
def test_sentences_that_begin_like_furniture_stay(line: str) -> None:
    """A rule that is unsure leaves the line in, in the middle and at the end."""
    assert line in paragraphs(f"{PROSE}\n\n{line}\n\n{MORE}")
    assert line in paragraphs(f"{PROSE}\n\n{MORE}\n\n{line}")


def test_links_below_their_heading_are_furniture() -> None:
    """What stands under "Related Articles" belongs to other pages, up to the next running text."""
    long = "Turkish foreign minister says that the border with Armenia will open to citizens of third countries soon"
    links = f"Minister resigns\n\n{long}\n\nIs the corridor the next flashpoint in the region?"
    assert paragraphs(f"{PROSE}\n\nRelated Articles\n\n{links}\n\n{MORE}") == [PROSE, MORE]
    assert paragraphs(f"{PROSE}\n\n{MORE}\n\nİLGİLİ HABERLER\n{links}") == [PROSE, MORE]


@pytest.mark.parametrize(
    "line",
    [
        "Troops stand next to a tank near the border, Nov. 10, 2020. (Reuters Photo)",
        "The minister in May. [AFP/Getty Images]",
        "Photo: A bridge over the river",
        "FILE PHOTO: The bridge, seen in spring.",
        "Фото: пресс-служба министерства",
        "A man at the bridge. (Photo by John Smith/AFP via Getty Images)",
        "The bridge in spring REUTERS/Hamid Smith",
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


def test_key_points_a_poem_and_a_live_blog_above_the_text_stay() -> None:
    """Short lines are labels when they are few and have few words."""
    points = ["• Azerbaijan frees 32 Armenian soldiers", "• Armenia returns two servicemen"]
    blog = ["France calls for UN Security Council meeting", "Two civilians wounded in Vardenis"]
    poem = ["before the snow", "the bridge was down", "and nobody came", "to mend it again"]
    names = ["Armenia", "Azerbaijan", "Georgia", "Russia"]
    for lines in (points, blog, poem, names):
        text = "\n".join(lines)
        assert set(paragraphs(f"Road stays open\n{text}\n\n{PROSE}\n\n{MORE}")) >= set(lines)


@pytest.mark.parametrize("title", ["Will the corridor ever reopen?", "War is over!"])
def test_a_headline_may_ask_or_cry_out(title: str) -> None:
    """Above running text it is the title all the same."""
    assert read_layout(f"{title}\n\n{PROSE}\n\n{MORE}", "en").title == title
    assert paragraphs(f"{title}\n\n{PROSE}\n\n{title}\n\n{MORE}") == [PROSE, MORE]


def test_a_headline_that_is_nearly_the_given_title_is_no_paragraph() -> None:
    """Editors change a word; one that says something else is text."""
    headline = "Minister says “Lachin” road will stay open for all in spring"
    body = f"{headline}\n\n{PROSE}\n\n{MORE}"
    assert paragraphs(body, "Minister says Lachin road will stay open in spring") == [PROSE, MORE]
    assert paragraphs(body, "Ten things to know about mountains") == [headline, PROSE, MORE]


@pytest.mark.parametrize(
    "first",
    [
        "The foreign ministers of both countries met in Washington for four days of talks on prisoners and borders",
        "The ministers of both countries met in Washington for four days of talks and",
    ],
)
def test_a_first_sentence_without_a_full_stop_is_no_title(first: str) -> None:
    """Too long for a headline, or going on in the next line."""
    assert paragraphs(f"{first}\nthen they left for home, the spokesman said.\n{PROSE}")[0] == first


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


@pytest.mark.parametrize(
    "body",
    [
        f"2020-11-09 {PROSE}\n\n2020-11-10 {MORE}",
        "1918-05-28 is the day on which the republic was born.",
        f"date 2023-02-31 {PROSE}",
    ],
)
def test_a_date_that_is_told_is_no_stamp(body: str) -> None:
    """A chronology, a sentence that goes on, a day that never was."""
    assert read_layout(body, "en").date is None
    assert "\n\n".join(paragraphs(body)) == body


@pytest.mark.parametrize("line", ["2023-04-24", "Published: 2023-04-24 10:30 UTC"])
def test_a_date_line_above_the_text_dates_it(line: str) -> None:
    """One below it does not."""
    assert read_layout(f"Road stays open\n{line}\n\n{PROSE}", "en").date == "2023-04-24"
    assert read_layout(f"{PROSE}\n\n{line}\n\n{MORE}", "en").date is None


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
    """A button in a language without rules gives itself away; an answer that is given again does not."""
    assert paragraphs(f"{PROSE}\n\nTilaa nyt\n\n{MORE}\n\nTilaa nyt\n\nTilaa nyt") == [PROSE, MORE]
    faq = "Is it open?\nYes\nIs it far?\nYes\nIs it safe?\nYes\n" + PROSE
    assert paragraphs(faq).count("Yes") == 3
