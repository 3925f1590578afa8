"""What is said of filters, and of questions that go on."""

import datetime as dt

import pytest

from bot.speech import ENGLISH, LANGUAGES, speech_in
from bot.wording import in_short, remarks
from retrieval import Answer, Band, Filters, Understood
from tests.bot.test_messages import make_passage

APRIL, MAY = dt.date(2023, 4, 1), dt.date(2023, 5, 1)
TOLD = [
    (Understood(Filters(sources=("Asbarez",))), "Only what Asbarez published."),
    (Understood(Filters(APRIL, sources=("Asbarez",))), "Only what Asbarez published since 1 April 2023."),
    (Understood(Filters(None, MAY, ("Asbarez",))), "Only what Asbarez published before 1 May 2023."),
    (
        Understood(Filters(APRIL, MAY, ("Asbarez", "Press TV"))),
        "Only what Asbarez or Press TV published since 1 April 2023 and before 1 May 2023.",
    ),
    (Understood(Filters(APRIL)), "Only what was published since 1 April 2023."),
    (Understood(Filters(None, MAY)), "Only what was published before 1 May 2023."),
    (Understood(Filters(APRIL, MAY)), "Only what was published since 1 April 2023 and before 1 May 2023."),
    (Understood(Filters(month=APRIL, natural=True)), "Only April 2023: what was published then or speaks of it."),
    (Understood(Filters(phrases=("a b",))), "Only passages that hold, word for word: “a b”."),
    (Understood(Filters(excluded=("war", "x y"))), "Nothing that holds “war” or “x y”."),
    (Understood(follows="Who?"), "This goes on from “Who?”."),
    (
        Understood(unreadable=("since:foo",)),
        "I left out “since:foo”: a day is written like 2023-04-24, 2023-04 or 2023.",
    ),
    (
        Understood(dropped=Filters(sources=("Asbarez",), natural=True)),
        "Others fit your words much better than Asbarez, so I looked everywhere.",
    ),
    (
        Understood(dropped=Filters(month=APRIL, natural=True)),
        "Other times fit your words much better than April 2023, so I looked at all times.",
    ),
    (
        Understood(dropped=Filters(phrases=("a b",), natural=True)),
        "No passage that fits holds, word for word: “a b”.",
    ),
]
LOST = [
    (Understood(Filters(APRIL), nothing_passes=True), "Only what was published since 1 April 2023."),
    (
        Understood(Filters(MAY, APRIL), nothing_passes=True),
        "No day is at once since 1 May 2023 and before 1 April 2023.",
    ),
    (
        Understood(
            Filters(sources=("BBC",)),
            None,
            Filters(),
            nothing_passes=True,
            unknown_sources=("BBC",),
            known_sources=("Asbarez", "Press TV"),
        ),
        "No article is by “BBC”.",
    ),
]


def answer_with(understood: Understood, band: Band = Band.FOUND) -> Answer:
    """One that shows a passage unless there is none."""
    passages = () if band is Band.NONE else (make_passage("The road is open."),)
    return Answer("x", "en", band, "v", ("road",), passages=passages, understood=understood)


@pytest.mark.parametrize(("understood", "sentence"), TOLD)
def test_what_was_understood_is_said(understood: Understood, sentence: str) -> None:
    """In a sentence, beside the passages; nothing for a plain question."""
    assert remarks(answer_with(understood)) == [sentence]
    assert in_short(answer_with(understood)) is None
    assert remarks(answer_with(Understood())) == []


@pytest.mark.parametrize(("understood", "sentence"), LOST)
def test_a_filter_that_nothing_passes_is_the_reason(understood: Understood, sentence: str) -> None:
    """With the way out; no word of the question is blamed."""
    said = remarks(answer_with(understood, Band.NONE))
    assert said[0] == sentence
    assert said[-1] == "No passage passes this. Ask with fewer conditions, or wider ones."
    assert in_short(answer_with(understood, Band.NONE)) == "No passage passes your conditions"


def test_publishers_that_there_are_are_named() -> None:
    """Up to eight."""
    known = tuple(f"Paper {at}" for at in range(10))
    few = remarks(answer_with(Understood(unknown_sources=("BBC",), known_sources=known[:2])))
    many = remarks(answer_with(Understood(unknown_sources=("BBC",), known_sources=known)))
    assert few == ["No article is by “BBC”.", "I have articles by Paper 0, Paper 1."]
    assert many[1].endswith("Paper 7 and 2 others.")


def test_the_newest_are_shown_where_nothing_else_was_asked() -> None:
    """Without a word, with filters; and without both there is no question."""
    newest = Answer("x", "en", Band.FOUND, "v", passages=(make_passage("The road."),), understood=TOLD[0][0])
    assert remarks(newest) == ["Only what Asbarez published.", "The newest first:"]
    assert in_short(newest) is None
    assert remarks(Answer("-", "en", Band.NONE, "v"))[0].startswith("I found no word")


def test_words_of_others_stay_on_one_line_and_short() -> None:
    """Whoever typed them."""
    text = "a\n\x1b[31m\u202e" + "b" * 500
    understood = Understood(
        Filters(sources=(text,), phrases=(text,), excluded=(text,) * 20),
        text,
        Filters(sources=(text,)),
        unreadable=(text,),
    )
    for code in LANGUAGES:
        for said in remarks(answer_with(understood), speech_in(code)):
            assert not set(said) & set("\n\x1b\u202e")
            assert len(said) < 800
    assert remarks(answer_with(understood), ENGLISH)
