"""Quotes are cut where their author paused."""

import time

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sentences import sentences

TEXTS = st.text() | st.lists(
    st.sampled_from(
        ["One thing. ", "“Two,” he said. ", "U.N. ", "No. 1 ", "x" * 40 + " ", "\u0627\u0644 ", "👩🏽‍🚒", "。"]
    )
).map("".join)


@given(TEXTS, st.sampled_from(["en", "ru", "tr", "hy", "zh", "xx"]), st.integers(1, 80))
def test_sentences_are_disjoint_and_cover_everything(text: str, language: str, longest: int) -> None:
    """Nothing but white space stands between two of them, and none is too long."""
    position = 0
    for span in sentences(text, language, longest):
        assert span.start >= position
        assert all(c.isspace() or c in "\ufeff\u200b" for c in text[position : span.start])
        assert 0 < len(span) <= longest
        position = span.end
    assert all(c.isspace() or c in "\ufeff\u200b" for c in text[position:])


@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=60), st.integers(10, 60))
def test_a_long_sentence_is_never_cut_inside_a_word(words: list[str], longest: int) -> None:
    """Words that fit are kept whole."""
    text = " ".join(words)
    pieces = [span.of(text) for span in sentences(text, "en", longest)]
    assert " ".join(pieces).split() == words


@given(st.lists(st.sampled_from(["👩🏽‍🚒", "é", "हि", "a", "🇦🇲"]), min_size=1, max_size=60), st.integers(8, 40))
def test_where_no_white_space_helps_no_character_is_cut(graphemes: list[str], longest: int) -> None:
    """What a reader sees as one character stays one."""
    text = "".join(graphemes)
    whole = regex.findall(r"\X", text)
    assert [g for span in sentences(text, "xx", longest) for g in regex.findall(r"\X", span.of(text))] == whole


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It met on Nov. 9, 2020. Then it left.", 2),
        ("Observation post No. 1 was closed. The U.N. peacekeepers left.", 2),
        ("“It is open,” she said. “It stays so.”", 2),
        ("你好。我们走吧！", 2),
    ],
)
def test_abbreviations_do_not_end_a_sentence(text: str, count: int) -> None:
    """A point is not always a full stop."""
    assert len(sentences(text, "en")) == count


def test_offsets_count_code_points() -> None:
    """Characters outside the basic plane count as one."""
    text = "👍🏽 is a sign. Then 🎉 came."
    assert [span.of(text) for span in sentences(text, "en")] == ["👍🏽 is a sign.", "Then 🎉 came."]


def test_a_long_text_is_parted_like_a_short_one() -> None:
    """However long it is: where its parts are read makes no difference."""
    words = "The road is open, Dr. Smith said. “Is it?” he asked; nobody knew, for 3.5 miles. "
    parts = [words[span.start : span.end] for span in sentences(words, "en")]
    text = words * 2_000
    assert [text[span.start : span.end] for span in sentences(text, "en")] == parts * 2_000


@pytest.mark.parametrize("unit", ["“", "(", "a“b ", "« ", "a.“"])
def test_no_text_takes_long(unit: str) -> None:
    """Quotes that are opened again and again once took hours; the bound is generous."""
    begin = time.process_time()
    assert sentences("a" + unit * (400_000 // len(unit)), "en")
    assert time.process_time() - begin < 10
