"""A date is read as precisely as it is written, or not at all."""

import datetime as dt
import email.utils

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.formats.dates import read_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023", "2023"),
        ("2023-04", "2023-04"),
        ("2023-04-24", "2023-04-24"),
        ("2023-04-24T23:30:00+04:00", "2023-04-24"),
        ("2023-04-24 23:30", "2023-04-24"),
        ("20230424", "2023-04-24"),
        ("Mon, 24 Apr 2023 23:30:00 +0400", "2023-04-24"),
        ("4 Sept 2023", "2023-09-04"),
        ("24 April 2023", "2023-04-24"),
        ("April 24, 2023", "2023-04-24"),
        ("Apr. 2023", "2023-04"),
        ("2023-02-30", None),
        ("2023-13", None),
        ("0000", None),
        ("04/05/2023", None),
        ("yesterday", None),
        ("Ma 2023", None),
        ("24 Foo 2023", None),
        ("2023-04-24" * 20, None),
        ("", None),
    ],
)
def test_what_is_written_is_read(text: str, date: str | None) -> None:
    """With its own day, whatever the time zone; what may mean two days means none."""
    assert read_date(text) == date


@given(st.datetimes(dt.datetime(1000, 1, 1)))  # noqa: DTZ001  a day as it is written has no zone
def test_every_way_to_write_a_day_means_the_day(moment: dt.datetime) -> None:
    """ISO 8601, mail, English."""
    day = moment.date().isoformat()
    written = [
        moment.isoformat(),
        f"{moment:%Y%m%d}",
        email.utils.format_datetime(moment),
        f"{moment:%B} {moment.day}, {day[:4]}",
    ]
    assert {read_date(text) for text in written} == {day}


@given(st.text(max_size=80) | st.from_regex(r"[0-9A-Za-z ,.:/+-]{0,80}", fullmatch=True))
def test_whatever_is_read_is_a_date(text: str) -> None:
    """And nothing raises."""
    found = read_date(text)
    assert found is None or dt.date.fromisoformat((found + "-01-01")[:10]).isoformat().startswith(found)
