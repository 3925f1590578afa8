"""Which signs does a question hold that can mean nothing else than a filter? ``since:2023-04 source:"Press TV" -war``.

Found in the text as it was typed, whatever hand or telephone typed it: with the quotation marks of any country, with a
space behind the colon, with the keyword in another language, with a question mark at the end.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

import regex

from retrieval.filters import Filters
from retrieval.model import Span
from retrieval.periods import period_in_words, period_of
from retrieval.sources import Sources

KEYWORDS: Final = {
    "since": "since after с после sonra əvvəldən սկսած",
    "before": "before until до önce əvvəl մինչև",
    "source": "source site publisher источник сайт kaynak mənbə աղբյուր",
}
"""What may stand before the colon of each filter, in lower case."""

_OPENING: Final = '"“”„«»‟「『＂'
_CLOSING: Final = '"”“»«‟」』＂'
_LETTER: Final = r"[\p{L}\p{N}\p{M}]"
_QUOTED: Final = rf"[{_OPENING}](?P<NAME>[^{_OPENING}{_CLOSING}]{{0,200}})[{_CLOSING}]"
_FORMS: Final = {form: name for name, forms in KEYWORDS.items() for form in forms.split()}
_SIGN: Final = regex.compile(
    rf"(?<![^\s(])(?P<minus>-?)(?P<key>{'|'.join(_FORMS)})[:：](?P<space>\s*)"
    rf"(?:{_QUOTED.replace('NAME', 'quoted')}|(?P<plain>[^\s{_OPENING}{_CLOSING}]*))"
    rf"|(?<![^\s(])-{_QUOTED.replace('NAME', 'barred')}"
    rf"|(?<!{_LETTER}){_QUOTED.replace('NAME', 'phrase')}"
    # "-RRB-" and "--json" are no words that somebody does not want.
    rf"|(?<![^\s(])-(?P<word>\p{{L}}{_LETTER}*+(?:['’ʼ-]{_LETTER}++)*+)(?!-)",
    regex.IGNORECASE,
)
_WORDS: Final = regex.compile(r"\S+")
_AT_THE_END: Final = "?!.,;:)…՞"
_MOST_UNKNOWN: Final = 8  # names that nobody has, after which others are no longer looked for letter by letter
_MOST_WORDS: Final = 6  # of a publisher's name, or of a date


@dataclass(frozen=True, slots=True)
class Signs:
    """The filters that a text holds in signs.

    Attributes:
        filters: what they ask for.
        plain: the text with a space for each character of them, so that all else stands where it stood; quoted
            phrases stay, for their words are searched for too.
        outside: the same without the quoted phrases.
        unreadable: those that could not be read, as typed.
        unknown_sources: publishers that are asked for and are not known, as typed.
    """

    filters: Filters
    plain: str
    outside: str
    unreadable: tuple[str, ...] = ()
    unknown_sources: tuple[str, ...] = ()


def read_signs(text: str, sources: Sources, languages: tuple[str, ...], is_word: Callable[[str], bool]) -> Signs:
    """The filters in a text, and the text without them.

    Args:
        text: any.
        sources: the publishers that there are.
        languages: ISO 639-1 codes of the languages in which months may be named.
        is_word: whether a word is one to search for; ``-Who`` in a dialogue is not.
    """
    if not any(sign in text for sign in (":", "：", "-", *_OPENING)):
        return Signs(Filters(), text, text)
    return _Reading(text, sources, languages, is_word).run()


class _Reading:
    """One text while it is read."""

    def __init__(self, text: str, sources: Sources, languages: tuple[str, ...], is_word: Callable[[str], bool]) -> None:
        self._text = text
        self._sources = sources
        self._languages = languages
        self._is_word = is_word
        self._since: dt.date | None = None
        self._before: dt.date | None = None
        self._publishers: dict[str, None] = {}
        self._phrases: dict[str, None] = {}
        self._excluded: dict[str, None] = {}
        self._taken: list[Span] = []
        self._quoted: list[Span] = []
        self._unreadable: list[str] = []
        self._unknown: list[str] = []

    def run(self) -> Signs:
        at = 0
        while match := _SIGN.search(self._text, at):
            at = max(self._sign(match), match.start() + 1)
        plain = _blank(self._text, self._taken)
        sources, phrases, excluded = map(tuple, (self._publishers, self._phrases, self._excluded))
        filters = Filters(self._since, self._before, sources, phrases, excluded)
        return Signs(
            filters=filters,
            plain=plain,
            outside=_blank(plain, self._quoted),
            unreadable=tuple(dict.fromkeys(self._unreadable)),
            unknown_sources=tuple(dict.fromkeys(self._unknown)),
        )

    def _sign(self, match: regex.Match[str]) -> int:
        """Take one; where to go on reading."""
        if match["key"]:
            return self._keyed(match)
        if match["phrase"] is not None:
            if any(character.isalnum() for character in match["phrase"]):
                self._phrases[" ".join(match["phrase"].split())] = None
                self._quoted.append(Span(*match.span()))
            return match.end()
        barred = match["barred"] or match["word"] or ""
        if any(map(self._is_word, barred.split())):
            self._excluded[" ".join(barred.split())] = None
            self._take(*match.span())
        return match.end()

    def _keyed(self, match: regex.Match[str]) -> int:
        name, quoted = _FORMS[match["key"].lower()], match["quoted"]
        values = [(quoted, match.end())] if quoted is not None else self._values(match.start("plain"))
        loose = bool(match["space"]) and quoted is None  # "Source: who said it?" is no filter
        read = self._source if name == "source" else partial(self._date, name)
        end = next((end for value, end in values if not match["minus"] and read(value)), None)
        if end is None:
            if loose or (name == "source" and not match["minus"] and not values[-1][0]):
                return match.end("space")
            value, end = values[-1]
            if match["minus"] or name != "source":
                self._unreadable.append(self._text[match.start() : end])
            else:
                self._named(value)
        self._take(match.start(), end)
        return end

    def _values(self, start: int) -> list[tuple[str, int]]:
        """What may be the value that begins here, with its end: several words, ever fewer, at last one."""
        ends: list[int] = []
        for word in _WORDS.finditer(self._text, start):
            if len(ends) == _MOST_WORDS or (not ends and word.start() > start):
                break
            ends.append(word.end())
        values = [(self._text[start:end].rstrip(_AT_THE_END), end) for end in reversed(ends)]
        return [(value, start + len(value)) for value, _ in values] or [("", start)]

    def _date(self, name: str, value: str) -> bool:
        period = period_of(value) or period_in_words(value, self._languages)
        if period and name == "since":
            self._since = max(self._since or period.first, period.first)  # of two dates of one kind both hold
        elif period:
            self._before = min(self._before or period.first, period.first)
        return period is not None

    def _source(self, value: str) -> bool:
        publishers = self._sources.called_in_full(value)
        self._publishers.update(dict.fromkeys(publishers))
        return bool(publishers)

    def _named(self, value: str) -> None:
        """Names that are not whole, or several with commas between them."""
        for part in filter(None, (part.strip() for part in value.split(","))):
            publishers = self._sources.called(part) if len(self._unknown) < _MOST_UNKNOWN else ()
            self._publishers.update(dict.fromkeys(publishers))
            if not publishers:
                self._unknown.append(part)

    def _take(self, start: int, end: int) -> None:
        self._taken.append(Span(start, end))


def _blank(text: str, spans: Iterable[Span]) -> str:
    """A text with spaces in some places."""
    for span in spans:
        text = text[: span.start] + " " * len(span) + text[span.end :]
    return text
