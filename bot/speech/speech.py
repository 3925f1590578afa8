"""How does the interface speak in one language: its sentences, its plurals, its dates, its lists?"""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from gettext import NullTranslations
from typing import Any, Final

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from bot.speech.catalogs import read_catalog
from bot.speech.marking import N_
from retrieval import Published

# By how much of a date is known, in Unicode's letters; Babel knows the cases of the months.
_DATES: Final = ("y", "LLLL y", "d MMMM y")
_DATES_IN: Final = {"hy": ("y", "y թ. LLLL", "y թ. MMMM d")}

_written: Final = lru_cache(maxsize=1 << 10)(format_date)  # the same articles are quoted again and again

LANGUAGES: Final = ("en", "ru", "tr", "az", "hy")
"""The languages of the interface, by ISO 639 code; the first is the one that sentences are written in."""


class Speech:
    """The words of the interface in one language. Called with a sentence, it says that sentence.

    Args:
        language: ISO 639 code.
        translations: of the sentences, where there are any.
        locale: whose dates and lists they are.
    """

    def __init__(self, language: str, translations: NullTranslations, locale: Locale) -> None:
        self.language = language
        self._translations = translations
        self._locale = locale
        self._dates = _DATES_IN.get(language, _DATES)

    def __call__(self, text: str, /, **values: Any) -> str:
        """Say a sentence.

        Args:
            text: English, as marked by `N_` or written in place; what has no translation is said as it is.
            values: what stands in its braces.
        """
        return self._translations.gettext(text).format(**values)

    def plural(self, one: str, many: str, count: int, /, **values: Any) -> str:
        """Say a sentence in the form that goes with a number.

        Args:
            one: English for one.
            many: English for any other number.
            count: stands in ``{count}``.
            values: what stands in other braces.
        """
        return self._translations.ngettext(one, many, count).format(count=count, **values)

    def date(self, published: Published) -> str:
        """A date as people write it, as much of it as is known, with a word where it was inferred."""
        parts = [int(part) for part in published.iso.split("-")]
        year, month, day = (*parts, 1, 1)[:3]
        written = _written(dt.date(year, month, day), self._dates[len(parts) - 1], self._locale)
        return self(N_("{date} (date inferred)"), date=written) if published.approximate else written

    def day(self, day: dt.date) -> str:
        """A day as people write it."""
        return _written(day, self._dates[-1], self._locale)

    def quoted(self, words: str) -> str:
        """Words in quotation marks."""
        return self(N_("“{words}”"), words=words)

    def listed(self, words: Sequence[str]) -> str:
        """Words as in a sentence, with “or” before the last; nothing for none."""
        return format_list(words, "or", self._locale)


def speech_in(code: str | None) -> Speech:
    """The words of a language; English where the interface does not know it.

    Args:
        code: as Telegram says it: ``ru``, ``pt-br``; None where it is unknown.
    """
    language = (code or "").replace("_", "-").partition("-")[0].lower()
    return _speech_in(language if language in LANGUAGES else LANGUAGES[0])


@lru_cache
def _speech_in(language: str) -> Speech:
    if language == LANGUAGES[0]:
        return Speech(language, NullTranslations(), Locale("en", "GB"))  # the day before the month
    return Speech(language, read_catalog(language), Locale(language))


ENGLISH: Final = speech_in(LANGUAGES[0])
"""What those hear who have no language: the command line, the log."""
