"""Quotes as cards: what they show, and what their ids stand for."""

from hypothesis import given
from hypothesis import strategies as st

from bot.speech import ENGLISH
from bot.telegram.cards import Choice, card
from retrieval import Passage, Published, Span, opening
from tests.builders import make_article

hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
choices = st.builds(
    lambda rank, sha256, start, length: Choice(rank, sha256, Span(start, start + length)),
    st.integers(1, 50), hashes, st.integers(0, 20_000_000), st.integers(1, 1_000),
)  # fmt: skip
LONG = "A sentence that goes on and on, " * 30


def first_of(body: str, **known: object) -> Passage:
    """How an article with this body begins."""
    found = opening(make_article(body, **known))  # type: ignore[arg-type]
    assert found is not None
    return found


@given(choices)
def test_an_id_stands_for_one_quote(choice: Choice) -> None:
    """It fits into Telegram's 64 bytes, and whoever reads it gets the same quote."""
    assert 1 <= len(choice.result_id.encode()) <= 64
    assert Choice.read(choice.result_id) == choice


@given(st.text(max_size=70) | choices.map(lambda choice: choice.result_id[:-1] + "0"))
def test_what_no_card_of_ours_carries_is_no_choice(text: str) -> None:
    """Whatever it is, nothing breaks."""
    choice = Choice.read(text)
    assert choice is None or len(bytes.fromhex(choice.sha256)) == 32


def test_a_card_shows_title_publisher_date_and_the_best_sentence() -> None:
    """And inserts the quote, attributed, with a way to ask."""
    body = "The ferry was raised on Friday. It was towed to the yard."
    shown = card(first_of(body, title="The ferry is back", published=Published("2023-04-24")), "verbatim_bot", ENGLISH)
    assert shown.title == "The ferry is back"
    assert shown.description == "Example Times, 24 April 2023\nThe ferry was raised on Friday."
    assert shown.input_message_content.message_text.startswith(f"{body}\n— Example Times, 24 April 2023")  # type: ignore[attr-defined]
    assert shown.reply_markup is not None
    assert shown.reply_markup.inline_keyboard[0][0].url == "https://t.me/verbatim_bot?start=inline"


@given(st.sampled_from([LONG, "😀" * 400, "x" * 900]))
def test_a_snippet_is_short(body: str) -> None:
    """Whatever the sentence is; a cut one says so."""
    description = card(first_of(body, title=""), "verbatim_bot", ENGLISH).description
    assert description is not None
    assert len(description) < 300
    assert description.endswith("…")


def test_a_snippet_is_one_line() -> None:
    """Whatever the sentence holds, it does not turn the reading direction."""
    passage = first_of("The ferry was raised \u202eon Friday  by two cranes.", title="x")
    description = card(passage, "b", ENGLISH).description
    assert description == "Example Times\nThe ferry was raised on Friday by two cranes."


def test_an_article_without_a_title_has_a_card() -> None:
    """Telegram refuses one without."""
    assert (
        card(first_of("The ferry was raised on Friday by two cranes.", title="a"), "b", ENGLISH).title
        == "Example Times"
    )
