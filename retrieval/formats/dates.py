"""Which day does a written date mean? Only what is written is read: no day is invented, no time zone is turned."""

import datetime as dt
from typing import Final

import regex

_LONGEST: Final = 64  # code points; no date is longer
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SHORTEST_MONTH: Final = 3  # letters that tell one month from another
_MONTH: Final = r"(?P<name>\p{L}{3,9})\.?"
_YEAR: Final = r"(?P<year>[0-9]{4})"
_FORMS: Final = tuple(
    regex.compile(form)
    for form in (
        rf"{_YEAR}(?:-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}})(?:[T ]\d\d?:.*)?)?)?",
        rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})(?:T?\d{{6}}.*)?",
        rf"(?:\p{{L}}+,? )?(?P<day>[0-9]{{1,2}}) {_MONTH},? {_YEAR}(?:,? \d\d?:.*)?",
        rf"(?:\p{{L}}+,? )?{_MONTH} (?P<day>[0-9]{{1,2}}), {_YEAR}(?:,? \d\d?:.*)?",
        rf"{_MONTH} {_YEAR}",
    )
)


def read_date(text: str) -> str | None:
    """The date as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, as precisely as it is written; None for anything else.

    Read are ISO 8601, the dates of mail and feeds (RFC 5322), and English ones with the month in letters. Dates like
    04/05/2023 mean different days in different countries and are not read.
    """
    text = " ".join(text[: _LONGEST + 1].split())
    if len(text) > _LONGEST:
        return None
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            return _checked(match.groupdict())
    return None


def _checked(parts: dict[str, str | None]) -> str | None:
    """The date of these parts, None where the calendar has no such day."""
    name, day = parts.get("name"), parts.get("day")
    month = _numbered(name) if name else parts.get("month")
    year = parts["year"] or ""
    if name and month is None:
        return None
    try:
        dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, *([month] if month else []), *([f"{int(day):02}"] if day else [])])


def _numbered(name: str) -> str | None:
    """The month that a name or its first letters mean."""
    name = name.casefold()
    found = [at for at, month in enumerate(_MONTHS, start=1) if month.startswith(name) or name == "sept" == month[:4]]
    return f"{found[0]:02}" if found and len(name) >= _SHORTEST_MONTH else None
