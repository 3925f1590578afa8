"""Which buttons stand below an answer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from bot.speech import ENGLISH, LANGUAGES, speech_in
from bot.telegram.button_texts import GONE, NOT_NOW, TAKEN_BACK, THANKS, THANKS_WHY, WISHED, WISHED_ALREADY
from bot.telegram.keyboards import Shown, below_answer, below_page, below_words, copyable, reasons
from bot.telegram.pressing import Listing, Press, Whole
from retrieval import Band, Order
from tests.bot_api import markup

KEY = "AbCdEfGhIjKl"
SHOWN = Shown(key=KEY, question="Where?", band=Band.FOUND, ranks=(1, 2, 3), found=7, page_size=3, listing=Listing())


def labels(keyboard: InlineKeyboardMarkup | None) -> list[list[str]]:
    """What stands on the buttons, row by row; Telegram takes all of them."""
    if keyboard is None:
        return []
    markup.check(keyboard.to_dict())
    return [[button.text for button in row] for row in keyboard.inline_keyboard]


def data(keyboard: InlineKeyboardMarkup | None, label: str) -> str:
    """What the first button carries whose label holds this."""
    buttons = [button for row in keyboard.inline_keyboard for button in row] if keyboard else []
    return next(str(button.callback_data) for button in buttons if label in button.text)


@pytest.mark.parametrize(
    ("offset", "ranks", "rows"),
    [
        (0, (1, 2, 3), [["📖 ①", "📖 ②", "📖 ③"], ["More · 3/7", "Newest first"]]),
        (3, (4, 5, 6), [["📖 ④", "📖 ⑤", "📖 ⑥"], ["‹", "More · 6/7", "Newest first"]]),
        (6, (7,), [["📖 ⑦"], ["‹ 7/7", "Newest first"]]),
    ],
)
def test_pages_lead_on_and_back(offset: int, ranks: tuple[int, ...], rows: list[list[str]]) -> None:
    """Three short rows, from the first page to the last."""
    keyboard = below_answer(replace(SHOWN, ranks=ranks, listing=Listing(offset)), "bot", ENGLISH)
    assert labels(keyboard) == [["👍", "👎", "Share"], *rows]
    assert Press.read(data(keyboard, "👍")) is not None


def test_a_single_passage_has_two_rows() -> None:
    """With a word in place of a number; nothing to turn, nothing to sort."""
    shown = replace(SHOWN, ranks=(1,), found=1, sortable=False)
    assert labels(below_answer(shown, "bot", ENGLISH)) == [["👍", "👎", "Share"], ["📖 Read around"]]


def test_numbers_are_those_beside_the_passages_and_ranks_those_of_the_log() -> None:
    """Newest first, what is shown first may be the fifth best."""
    shown = replace(SHOWN, ranks=(5, 1, 3), listing=Listing(0, Order.NEWEST))
    keyboard = below_answer(shown, "bot", ENGLISH)
    assert labels(keyboard)[1:] == [["📖 ①", "📖 ②", "📖 ③"], ["More · 3/7", "Best first"]]
    assert data(keyboard, "📖 ①").startswith(f"p:{KEY}:5:")
    assert data(keyboard, "👎").startswith(f"v:{KEY}:5:d:")


def test_who_does_not_know_offers_to_tell_the_editors() -> None:
    """In place of sharing; the question as it was meant stands above all."""
    weak = replace(SHOWN, band=Band.WEAK, meant="Where\n is " + "it " * 60)
    rows = labels(below_answer(weak, "bot", ENGLISH))
    assert rows[0][0].startswith("Ask: Where is it it")
    assert rows[0][0].endswith("…")
    assert rows[1] == ["👍", "👎", "Tell the editors"]
    nothing = replace(SHOWN, band=Band.NONE, ranks=(), found=0, sortable=False)
    assert labels(below_answer(nothing, "bot", ENGLISH)) == [["Tell the editors"]]
    assert below_answer(replace(nothing, searched=False), "bot", ENGLISH) is None


def test_pages_of_an_article_are_turned() -> None:
    """Each says where it leads."""
    rows = [labels(below_page(KEY, Whole(1, page), 3, ENGLISH)) for page in (1, 2, 3)]
    assert rows == [[["1/3 ›"], ["‹ Back"]], [["‹", "2/3 ›"], ["‹ Back"]], [["‹"], ["‹ Back"]]]
    assert labels(below_words(KEY, 1, Listing(), ENGLISH)) == [["👍", "👎", "‹ Back"]]


@given(st.text(max_size=600), st.sampled_from(LANGUAGES))
def test_whatever_was_asked_telegram_takes_the_buttons(question: str, language: str) -> None:
    """In every language."""
    say = speech_in(language)
    shown = replace(SHOWN, question=question, meant=question or None)
    assert len(labels(below_answer(shown, "bot", say))) >= 3
    assert len(labels(reasons(KEY, 1, Listing(), say))) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_pop_up_find_room(language: str) -> None:
    """Telegram shows two hundred characters."""
    say = speech_in(language)
    for text in (GONE, NOT_NOW, THANKS, THANKS_WHY, TAKEN_BACK, WISHED, WISHED_ALREADY):
        assert 0 < len(say(text)) <= 200


def test_what_is_too_long_is_not_copied() -> None:
    """Telegram copies 256 characters."""
    assert copyable(["a" * 257, "🎉" * 129, "b" * 256]) == "b" * 256
    assert copyable(["", "a" * 257]) is None
