"""What is known of each language's words."""

from dataclasses import fields
from pathlib import Path

import pytest
import Stemmer

from retrieval import lexicon
from retrieval.languages import CODES, Language, language_of, moments, months, phrases
from tests.builders import SEEDS

README = (SEEDS.parent / "README.md").read_text(encoding="utf-8")
HEADING = "| language | stemmer | months | number words | kind asked | moments |"


def tables(language: Language) -> list[str]:
    """All that the tables of a language hold."""
    found = (getattr(language, field.name) for field in fields(language) if field.name not in {"name", "snowball"})
    return [word for table in found if not isinstance(table, str | bool) for word in table]


def row(code: str) -> str:
    """What the README says of a language."""
    known = language_of(code)
    pairs = "pairs of characters" if known.unspaced else ""
    stemmer = pairs or (known.snowball and "Snowball") or (known.endings and "endings") or "–"
    asks = known.asks_number and known.asks_date and known.asks_name
    marks = ["✓" if each else "–" for each in (known.months, known.number_words, asks, known.moments)]
    return f"| {known.name} `{code}` | {stemmer} | {' | '.join(marks)} |"


def test_every_module_is_listed() -> None:
    """Under the code that it is named after."""
    assert lexicon.__file__
    paths = Path(lexicon.__file__).parent.glob("*.py")
    assert {path.stem for path in paths} - {"__init__"} == set(CODES)
    assert len(set(CODES)) == len(CODES) > 40


@pytest.mark.parametrize("code", CODES)
def test_a_language_is_whole_and_in_lower_case(code: str) -> None:
    """It can drop what makes a sentence a question, and ask for every kind; its stemmer exists."""
    known = language_of(code)
    assert 8 <= len(known.stop_words) <= 80
    assert len(known.question_words) >= 8
    assert known.asks_number
    assert known.asks_date
    assert known.asks_name
    assert [word for word in tables(known) if word != word.lower() or word != word.strip() or not word] == []
    assert known.snowball is None or known.snowball in Stemmer.algorithms()


@pytest.mark.parametrize("code", CODES)
def test_a_language_knows_all_months_or_none(code: str) -> None:
    """One that is missing would be a slip of the pen; Irish writes two of them in two words."""
    known = language_of(code)
    found = {*known.months.values(), *known.capital_months.values(), *known.short_months.values()}
    assert found in (set(range(1, 13)) - ({9, 10} if code == "ga" else set()), set())


@pytest.mark.parametrize("code", CODES)
def test_the_readme_says_what_a_language_gets(code: str) -> None:
    """A row a language."""
    assert HEADING in README
    assert row(code) in README


def test_a_language_that_is_not_listed_has_no_words() -> None:
    """Nor a stemmer: its words are found as they are written."""
    assert tables(language_of("xx")) == []


def test_tables_are_read_as_they_are_written() -> None:
    """Phrases longest first, months by number, a weekday in each place that asks for one."""
    assert phrases("when, since  when,") == ("since when", "when")
    assert months("jan; ; mar march") == {"jan": 1, "mar": 3, "march": 3}
    assert moments({8: "last {day}"}, frozenset({"monday"})) == {"last monday": 8}
