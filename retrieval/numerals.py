"""What number does a string of digits stand for, and what date? Languages part thousands and fractions differently."""

from functools import cache
from typing import Final

import regex

from retrieval.languages import language_of
from retrieval.normalization import ascii_digits

SPACES: Final = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}"
"""Spaces that part thousands in every language: whoever writes them means one number."""
RUN: Final = r"\p{Nd}+(?:[.,'’٫٬]\p{Nd}+|[%s]\p{Nd}{3}(?!\p{Nd}))*"
"""Pattern of digits with what may part them; the spaces are to be filled in."""
ISO_DATE: Final = r"(?<![\p{L}\p{N}]|\p{N}-)\p{Nd}{4}-\p{Nd}{1,2}-\p{Nd}{1,2}(?![\p{Nd}]|-\p{Nd})"
DOTTED_DATE: Final = r"(?<!\p{N}[.,]?)\p{Nd}{1,2}\.[ \xa0]?\p{Nd}{1,2}\.[ \xa0]?\p{Nd}{4}(?!\.?\p{Nd})"
EAST_ASIAN_MONTH: Final = r"(?<!\p{N}[.,]?)\p{Nd}{1,2}\s?[月월]"

_DIGITS: Final = regex.compile(r"[0-9]+")
_VERSION: Final = regex.compile(r"[0-9]+(?:\.[0-9]+){2,}")  # or a network address
_LONGEST: Final = 60  # digits and their marks; longer is no number that anybody asks for
_YEAR: Final = regex.compile(r"1[0-9]{3}|20[0-9]{2}")
_OWN_THOUSANDS: Final = "'’٬"

Part = tuple[int, int, str]
"""Where a number stands in the string that was read, half-open, and its plain form: digits, perhaps a point."""


def month_term(number: int) -> str:
    """What a month counts as in every language; no word looks like it."""
    return f"month-{number}"


def is_day(plain: str) -> bool:
    """Whether a number may be the day of a month."""
    return plain.isdecimal() and len(plain) <= len("31") and 1 <= int(plain) <= 31  # noqa: PLR2004


def is_year(plain: str) -> bool:
    """Whether a number may be a year, 1000 to 2099."""
    return bool(_YEAR.fullmatch(plain))


def read_number(written: str, language: str) -> list[Part]:
    """The numbers in a run of digits: one, where the language writes it so, else those between the marks.

    Args:
        written: what `RUN` matches.
        language: ISO 639-1.
    """
    digits = ascii_digits(written)
    plain = _plain(digits, language) if len(digits) <= _LONGEST else None
    if plain is not None:
        return [(0, len(written), plain)]
    found = list(_DIGITS.finditer(digits))
    if _VERSION.fullmatch(digits) and len(digits) <= _LONGEST:
        return [(0, len(written), digits)]
    return [(match.start(), match.end(), _without_zero(match.group())) for match in found]


def read_date(written: str) -> list[tuple[int, int, str, str]] | None:
    """The parts of a date in digits as ``(start, end, form, term)`` in their order; None when it is none.

    Args:
        written: what `ISO_DATE` or `DOTTED_DATE` matches.
    """
    found = list(_DIGITS.finditer(ascii_digits(written)))
    year, month, day = found if len(found[0].group()) > len("31") else reversed(found)
    forms = {match: _without_zero(match.group()) for match in found}
    if not (is_year(forms[year]) and is_day(forms[day]) and 1 <= int(forms[month]) <= 12):  # noqa: PLR2004
        return None
    terms = {**forms, month: month_term(int(forms[month]))}
    return [(match.start(), match.end(), forms[match], terms[match]) for match in found]


def _plain(digits: str, language: str) -> str | None:
    """A number as digits with at most one point; None when it is not one number."""
    if digits.isdecimal():
        return _without_zero(digits)
    known = language_of(language)
    read = _numeral(",", ".").fullmatch(digits) if "," in digits else None
    if not read or not read["grouped"]:  # English thousands are read everywhere: translations keep them
        read = _numeral(known.thousands, known.decimal).fullmatch(digits)
    if not read:
        return None
    whole = "".join(_DIGITS.findall(read["grouped"] or read["whole"]))
    if not read["fraction"]:
        return whole
    return None if is_year(whole) and is_year(read["fraction"]) else f"{whole}.{read['fraction']}"


def _without_zero(digits: str) -> str:
    return digits[1:] if len(digits) == len("09") and digits[0] == "0" else digits


@cache
def _numeral(thousands: str, decimal: str) -> regex.Pattern[str]:
    mark = f"[{regex.escape(thousands + SPACES + _OWN_THOUSANDS)}]"
    point = "[.٫]" if decimal == "." else "[.,٫]"
    return regex.compile(
        rf"(?:(?P<grouped>[1-9][0-9]{{0,2}}(?P<mark>{mark})[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*"
        rf"|[1-9][0-9]?(?:,[0-9]{{2}})+,[0-9]{{3}})|(?P<whole>[0-9]+))(?:{point}(?P<fraction>[0-9]+))?"
    )
