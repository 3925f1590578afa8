"""What are the languages of the interface called, by those who speak them and by others?"""

from functools import cache

from anyascii import anyascii
from babel import Locale

from bot.speech.speech import LANGUAGES


def own_name(language: str) -> str:
    """What those who speak a language call it, as a button says it: ``Русский``.

    Args:
        language: ISO 639 code, one of `LANGUAGES`.
    """
    name = Locale(language).get_language_name(language) or language
    return name[0].upper() + name[1:]


def language_named(words: str) -> str | None:
    """The language that somebody means; None where it is none of `LANGUAGES`.

    Args:
        words: a code, with a country or without, or a name in any language of the interface, with accents or without.
    """
    code = words.strip().replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else _names().get(_plain(words))


@cache
def _names() -> dict[str, str]:
    pairs = ((Locale(language).get_language_name(spoken), language) for spoken in LANGUAGES for language in LANGUAGES)
    return {_plain(name): language for name, language in pairs if name}


def _plain(name: str) -> str:
    return anyascii(name).casefold().strip()
