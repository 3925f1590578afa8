"""Signs in a question that can mean nothing else than a filter."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.filter_syntax import KEYWORDS, Signs, read_signs
from retrieval.filters import Filters
from retrieval.sources import Sources

SOURCES = Sources(["Press TV", "Asbarez", "Global Village Space (Anadolu Agency)", "Example Times", "Example Post"])
APRIL = dt.date(2023, 4, 1)


def read(text: str) -> Signs:
    """Where "the" and "who" are no words to search for."""
    return read_signs(text, SOURCES, ("en",), lambda word: word.lower() not in {"the", "who"})


def words(text: str) -> list[str]:
    """Parted by spaces."""
    return text.split()


@pytest.mark.parametrize(
    ("text", "filters", "rest"),
    [
        ("since:2023-04 peace", Filters(since=APRIL), "peace"),
        ("peace since:2023", Filters(since=dt.date(2023, 1, 1)), "peace"),
        ("peace before:12.04.2023?", Filters(before=dt.date(2023, 4, 12)), "peace ?"),
        ("SINCE: 2023-04 peace", Filters(since=APRIL), "peace"),
        ("since:April 2023 peace", Filters(since=APRIL), "peace"),
        ('since:"12 апреля 2023" peace', Filters(since=dt.date(2023, 4, 12)), "peace"),
        ("с:2023-04 мир", Filters(since=APRIL), "мир"),
        ("peace（since:2023-04", Filters(), "peace（since:2023-04"),
        ("peace (since:2023-04)", Filters(since=APRIL), "peace ( )"),
        ("since:2022 since:2023-04 before:2024 before:2025 x", Filters(APRIL, dt.date(2024, 1, 1)), "x"),
        ("before:2023-04 since:2023-04 x", Filters(APRIL, APRIL), "x"),
        ('source:"Press TV" peace', Filters(sources=("Press TV",)), "peace"),
        ("source:„Press TV“ peace", Filters(sources=("Press TV",)), "peace"),
        ("source:Press TV peace", Filters(sources=("Press TV",)), "peace"),
        ("source: press tv, who?", Filters(sources=("Press TV",)), ", who?"),
        ("source:presstv.ir peace", Filters(sources=("Press TV",)), "peace"),
        ("source:asbares peace", Filters(sources=("Asbarez",)), "peace"),
        ("источник:Асбарез мир", Filters(sources=("Asbarez",)), "мир"),
        ("source:Anadolu x", Filters(sources=("Global Village Space (Anadolu Agency)",)), "x"),
        ("source:Example x", Filters(sources=("Example Times", "Example Post")), "x"),
        ("source:Asbarez,PressTV x", Filters(sources=("Asbarez", "Press TV")), "x"),
        ("source:Asbarez source:asbarez x", Filters(sources=("Asbarez",)), "x"),
        ('"peace  treaty" now', Filters(phrases=("peace treaty",)), '"peace  treaty" now'),
        ('„peace treaty“ «мир» “war"', Filters(phrases=("peace treaty", "мир", "war")), '„peace treaty“ «мир» “war"'),
        ("peace -war -Well-known", Filters(excluded=("war", "Well-known")), "peace"),
        ('peace -"cold war"', Filters(excluded=("cold war",)), "peace"),
    ],
)
def test_filters_are_read_as_they_are_typed(text: str, filters: Filters, rest: str) -> None:
    """And nothing of them is left to be searched for, but the words of phrases."""
    signs = read(text)
    assert signs.filters == filters
    assert words(signs.plain) == words(rest)
    assert len(signs.plain) == len(text)
    assert (signs.unreadable, signs.unknown_sources) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "- -", "peace - war", "self-made", "-5 degrees", "at -80", "-LRB-", "--json", "-Who said it?"),
        *('5" disk', 'an open "quote', '""', '" "', 'צה"ל אמר "', "it's 'single' ", "source: who said it?"),
        *("https://example.org/since:2023", "Source:", "since: yesterday", "ratio 3:1", "key:value"),
    ],
)
def test_what_only_looks_like_a_filter_is_left_alone(text: str) -> None:
    """A dash, a minus, an inch, a web address, the colon of a sentence."""
    assert read(text) == Signs(Filters(), text, text)


@pytest.mark.parametrize(
    "sign",
    ["since:foo", "since:2023-13", "before:99999", "since:04/05/2023", 'since:"foo bar"', "-source:Asbarez"],
)
def test_what_cannot_be_read_is_named_as_typed(sign: str) -> None:
    """And not searched for."""
    signs = read(f"peace {sign} war")
    assert (signs.filters, signs.unreadable, words(signs.plain)) == (Filters(), (sign,), ["peace", "war"])


@pytest.mark.parametrize(
    ("sign", "name"), [("source:BBC", "BBC"), ('source: "Le Monde"', "Le Monde"), ("site:cnn.com", "cnn.com")]
)
def test_publishers_that_nobody_knows_are_named(sign: str, name: str) -> None:
    """Beside those that are known."""
    assert read(f"peace {sign}").unknown_sources == (name,)
    both = read(f"{sign} source:Asbarez peace")
    assert (both.filters.sources, both.unknown_sources) == (("Asbarez",), (name,))


ANYTHING = st.text(st.characters() | st.sampled_from('-:"“”„«» .,?'), max_size=80)
KEYS = sorted(f"{form}:" for forms in KEYWORDS.values() for form in forms.split())
TYPED = st.lists(ANYTHING | st.sampled_from([*KEYS, "2023-04", "foo", '"a b"', "-war", "Press TV", " "]), max_size=12)


@given(TYPED)
def test_any_text_keeps_its_places(pieces: list[str]) -> None:
    """Never an error; what is no filter stands where it stood; nothing that is taken is a filter again."""
    text = "".join(pieces)
    signs = read(text)
    assert len(signs.plain) == len(signs.outside) == len(text)
    assert all(now in (before, " ") for before, now in zip(text, signs.plain, strict=True))
    assert all(now in (before, " ") for before, now in zip(signs.plain, signs.outside, strict=True))
    for name in signs.filters.phrases:
        assert words(name) == name.split(" ")


FILTERS = {
    "since:2023-04": Filters(since=APRIL),
    "before:2024": Filters(before=dt.date(2024, 1, 1)),
    'source:"Press TV"': Filters(sources=("Press TV",)),
    "-war": Filters(excluded=("war",)),
    "since:foo": Filters(),
    "source:BBC": Filters(),
}
WORD = st.text("abcdefgабвгдəğıüһ", min_size=1, max_size=8)


@given(st.lists(WORD | st.sampled_from(sorted(FILTERS)), max_size=12))
def test_without_its_filters_the_words_of_a_question_are_left(pieces: list[str]) -> None:
    """In their order, wherever the filters stand."""
    signs = read(" ".join(pieces))
    assert words(signs.plain) == [piece for piece in pieces if piece not in FILTERS]
    for sign, expected in FILTERS.items():
        if sign in pieces and expected:
            [(name, value)] = [
                (n, v) for n in ("since", "before", "sources", "excluded") if (v := getattr(expected, n))
            ]
            assert getattr(signs.filters, name) == value
