"""Days that people mean when they type a date."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.periods import Period, period_in_words, period_of

Y2023 = ("2023-01-01", "2024-01-01")
APRIL = ("2023-04-01", "2023-05-01")
TWELFTH = ("2023-04-12", "2023-04-13")


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2023", Y2023),
        ("2023-04", APRIL),
        ("2023/4", APRIL),
        ("04.2023", APRIL),
        ("4/2023", APRIL),
        ("2023-04-12", TWELFTH),
        ("2023.4.12", TWELFTH),
        ("12.04.2023", TWELFTH),
        ("12.4.23", TWELFTH),
        ("2023-12", ("2023-12-01", "2024-01-01")),
        ("25/04/2023", ("2023-04-25", "2023-04-26")),
        ("04/25/2023", ("2023-04-25", "2023-04-26")),
        ("04-04-2023", ("2023-04-04", "2023-04-05")),
        ("٢٠٢٣", Y2023),
    ],
)
def test_dates_are_read_as_they_are_typed(typed: str, days: tuple[str, str]) -> None:
    """Year, month or day, whichever way round."""
    assert period_of(typed) == Period(*map(dt.date.fromisoformat, days))


@pytest.mark.parametrize(
    "typed", ["", "foo", "23", "2023-13", "2023-02-30", "0999", "2100", "99999", "04/05/2023", "2023-", "31.04.2023"]
)
def test_what_is_no_date_or_could_be_two_is_none(typed: str) -> None:
    """Years out of range, days that no month has, days that are other ones in America."""
    assert period_of(typed) is None


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("April 2023", APRIL),
        ("12 April 2023", TWELFTH),
        ("апреля 2023", APRIL),
        ("12 апреля 2023", TWELFTH),
        ("Nisan 2023", APRIL),
        ("aprel 2023", APRIL),
        ("ապրիլ 2023", APRIL),
    ],
)
def test_months_may_be_in_words(typed: str, days: tuple[str, str]) -> None:
    """In the languages of the interface, whatever the question's is."""
    assert period_in_words(typed, ["en"]) == Period(*map(dt.date.fromisoformat, days))


@pytest.mark.parametrize(
    "typed", ["April", "2023", "April May 2023", "in April 2023 or so", "road 2023", "31 April 2023"]
)
def test_other_words_are_no_date(typed: str) -> None:
    """Nor is a month without its year."""
    assert period_in_words(typed, ["en"]) is None


@given(st.dates(dt.date(1000, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_back(day: dt.date) -> None:
    """And its month and its year hold it."""
    assert period_of(day.isoformat()) == Period(day, day + dt.timedelta(days=1))
    for part in (day.isoformat()[:7], day.isoformat()[:4]):
        period = period_of(part)
        assert period
        assert period.first <= day < period.after


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none(typed: str) -> None:
    """Never an error; a period is never empty."""
    for period in (period_of(typed), period_in_words(typed, ["ru"])):
        assert period is None or period.first < period.after
