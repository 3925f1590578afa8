"""Where are the words of a text? Language by language: numbers, dates, abbreviations, scripts without spaces."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

import regex

from retrieval.languages import language_of
from retrieval.model import Token
from retrieval.normalization import INSIDE, ascii_digits, normal_form
from retrieval.numerals import (
    DOTTED_DATE,
    EAST_ASIAN_MONTH,
    ISO_DATE,
    RUN,
    SPACES,
    is_day,
    is_year,
    month_term,
    read_date,
    read_number,
)
from retrieval.stemming import stem, without_ending

# Scripts that put no spaces between words, or (Hangul) write endings of many kinds at the word.
_SCRIPTS: Final = (
    *(r"\p{Han}", r"\p{Hiragana}", r"[\p{Katakana}ー]", r"\p{Hangul}"),
    *(r"\p{Thai}", r"\p{Lao}", r"\p{Khmer}", r"\p{Myanmar}"),
)
_UNSPACED: Final = rf"[{''.join(_SCRIPTS)}--\p{{N}}]"
# Letters, digits and marks: a Hindi vowel sign is a mark, and \w would cut the word there.
_LETTER: Final = rf"[[\p{{L}}\p{{N}}\p{{M}}]--{_UNSPACED}]"
_END: Final = r"(?![\p{L}\p{N}\p{M}])"
_APOSTROPHE: Final = r"['’ʼ]"
_STRETCH: Final = regex.compile("|".join(rf"{script}(?:{script}|\p{{M}})*" for script in _SCRIPTS), regex.V1)
_CLUSTER: Final = regex.compile(r"\X")
_HANGUL: Final = regex.compile(r"\p{Hangul}")
_PARTED_ENDINGS: Final = frozenset({"tr", "az"})
_INFLECTED: Final = _PARTED_ENDINGS | frozenset(
    {"ru", "uk", "pl", "cs", "sr", "hr", "bg", "lt", "fi", "et", "hu", "hy", "ka", "kk", "el", "eu"}
)  # languages that give months endings
_STAND_IN: Final = "00"  # digits before an ending: what an apostrophe does depends on what stands before it
_DATE_UNITS: Final = frozenset("年月日号號년월일")
_DATE_UNIT: Final = r"(?:[年号號년일]|日(?!本))"  # behind a number, where it is no part of a word


@cache
def word_pattern(language: str) -> regex.Pattern[str]:
    """What is written as one word, number or date in a language, or as one run without spaces."""
    known = language_of(language)
    run = RUN % (SPACES + " " if " " in known.thousands else SPACES)
    behind = [ordinal for ordinal in known.ordinals if ordinal.startswith("-")]
    ordinal = rf"(?:(?:{'|'.join(sorted(behind))}){_END})?+" if behind else ""
    return regex.compile(
        # What most of a text is, first: a plain word before a space or a comma.
        r"[A-Za-zÀ-ÖØ-öø-ɏЀ-ӿ]++(?=[ ,])|"
        rf"(?P<date>{ISO_DATE}|{DOTTED_DATE})|(?P<month>{EAST_ASIAN_MONTH})"
        rf"|(?P<number>{run})(?P<tail>{ordinal}{_LETTER}*(?:{_APOSTROPHE}[\p{{L}}\p{{M}}]+)*){_DATE_UNIT}?"
        rf"|(?P<unspaced>{_UNSPACED}(?:{_UNSPACED}|\p{{M}})*)"
        # Single letters with points between them are one abbreviation ("U.N."), and so is "Ph.D.".
        rf"|(?:\p{{L}}\.){{2,}}\p{{L}}?{_END}|\p{{L}}\.\p{{L}}{_END}|\p{{Lu}}\p{{Ll}}\.\p{{Lu}}(?:\.|{_END})"
        # An apostrophe joins what Turkish and English write together.
        rf"|{_LETTER}[{_LETTER}{INSIDE}]*(?:{_APOSTROPHE}[\p{{L}}\p{{M}}]+)*",
        regex.V1,
    )


def read(written: str, language: str, *, asked: bool = False) -> tuple[Token, ...]:
    """The words in what `word_pattern` matched, in order; stop words too, where spaces part the words.

    Args:
        written: the whole of a match.
        language: ISO 639-1.
        asked: True for a question, whose question words part a run without spaces as stop words do.
    """
    match = word_pattern(language).fullmatch(written)
    if match is None or match.lastgroup is None:
        return (_word(written, language),)
    if match["unspaced"]:
        return tuple(_pairs(written, language, asked=asked))
    if match["date"] and (date := read_date(written)):
        return tuple(Token(*part) for part in date)
    if match["month"]:
        return _east_asian_month(written, language)
    return tuple(_numbers(match, language))


def words_in(text: str, language: str, *, asked: bool = False) -> list[Token]:
    """The words of a text in order, counted from its beginning; stop words too, where spaces part the words.

    Args:
        text: any.
        language: ISO 639-1.
        asked: as for `read`.
    """
    found = (
        word.moved(match.start())
        for match in word_pattern(language).finditer(text)
        for word in _remembered(match.group(), language, asked=asked)
    )
    return dated([word for word in found if word.form], language)


_remembered: Final = lru_cache(maxsize=1 << 12)(read)  # people ask in the same words


def dated(words: list[Token], language: str) -> list[Token]:
    """The words, those that are months only beside a number as months where they stand beside one.

    Args:
        words: of one text, in order, with or without stop words.
        language: ISO 639-1.
    """
    doubtful = _doubtful_months(language)
    if doubtful.keys().isdisjoint(word.form for word in words):
        return words
    return [
        word._replace(term=month_term(doubtful[word.form]))
        if word.form in doubtful and _stands_beside_number(words, at)
        else word
        for at, word in enumerate(words)
    ]


def _stands_beside_number(words: list[Token], at: int) -> bool:
    """Whether a day comes before a word, or a day or a year after it."""
    before, after = words[max(at - 1, 0) : at], words[at + 1 : at + 2]
    return any(is_day(word.form) for word in before) or any(is_day(word.form) or is_year(word.form) for word in after)


@cache
def _doubtful_months(language: str) -> dict[str, int]:
    """The names that are months only beside a number."""
    known = language_of(language)
    listed = {**known.capital_months, **known.short_months}
    return {normal_form(name, language): number for name, number in listed.items()}


def _word(written: str, language: str) -> Token:
    form = normal_form(written, language)
    known = _months(language)
    month = known.get(form) or (known.get(stem(form, language)) if _may_be_inflected(written, language) else None)
    if not month and written[:1].isupper():
        month = language_of(language).capital_months.get(form)
    return Token(0, len(written), form, month_term(month) if month else "")


def _may_be_inflected(written: str, language: str) -> bool:
    """Whether a word may be a month with an ending; elsewhere stems only make months of other words ("mare", "mars").

    Turkish parts an ending from a name by an apostrophe: "Martin" is a person.
    """
    return language in _INFLECTED and not (language in _PARTED_ENDINGS and written[:1].isupper())


@cache
def _months(language: str) -> dict[str, int]:
    return {normal_form(name, language): number for name, number in language_of(language).months.items()}


def _east_asian_month(written: str, language: str) -> tuple[Token, ...]:
    number = int(ascii_digits(written[:-1]))
    term = month_term(number) if 1 <= number <= 12 else str(number)  # noqa: PLR2004
    return (Token(0, len(written), normal_form(written, language), term),)


def _numbers(match: regex.Match[str], language: str) -> Iterator[Token]:
    """The numbers in a run of digits, the last with what is written directly behind it."""
    run, tail = (match["number"], match["tail"]) if match["number"] else (match.group(), "")
    *parts, (start, end, plain) = read_number(run, language)
    for part in parts:
        yield Token(*part, part[-1])
    ending = normal_form(_STAND_IN + tail, language).removeprefix(_STAND_IN)
    ordinal = not ending or ending in language_of(language).ordinals
    yield Token(start, end + len(tail), plain if ordinal else plain + ending, plain if ordinal else "")


def _pairs(run: str, language: str, *, asked: bool) -> Iterator[Token]:
    """Overlapping pairs of characters between the words of the language that are known."""
    position = 0
    for known in _known_words(language, asked).finditer(run) if language_of(language).unspaced else ():
        yield from _pairs_within(run[position : known.start()], position, language, asked=asked)
        number = _months(language).get(normal_form(known.group(), language))
        if number:
            yield Token(*known.span(), normal_form(known.group(), language), month_term(number))
        position = known.end()
    yield from _pairs_within(run[position:], position, language, asked=asked)


def _pairs_within(run: str, start: int, language: str, *, asked: bool) -> Iterator[Token]:
    for stretch in _STRETCH.finditer(run):
        text = stretch.group()
        if _HANGUL.match(text):
            text = _without_particle(text, language, asked=asked)
        ends = [0, *(cluster.end() for cluster in _CLUSTER.finditer(text))]
        size = min(2, len(ends) - 1)
        for first, last in zip(ends, ends[size:], strict=False) if size else ():
            form = normal_form(text[first:last], language)
            if form and form not in _DATE_UNITS:
                yield Token(start + stretch.start() + first, start + stretch.start() + last, form, form)


def _without_particle(word: str, language: str, *, asked: bool) -> str:
    """A word of Hangul without its particle; empty when it is dropped."""
    known = language_of(language)
    kept = without_ending(word, known.endings)
    dropped = known.stop_words | known.question_words if asked else known.stop_words
    return "" if word in dropped or kept in dropped else kept


@cache
def _known_words(language: str, asked: bool) -> regex.Pattern[str]:
    """What is known of a language without spaces: its stop words, its months, and of a question what asks."""
    known = language_of(language)
    listed = {*known.stop_words, *known.months, *(known.question_words if asked else ())}
    spaced = {word for word in listed if _HANGUL.match(word)}
    either = "|".join(regex.escape(word) for word in sorted(listed - spaced, key=lambda word: (-len(word), word)))
    return regex.compile(rf"(?:{either or '(?!)'})(?!\p{{M}})")
