"""No pattern of the program takes more time for a long text than its length explains."""

import contextlib
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import regex

import bot
import db
import retrieval
from retrieval.languages import language_of
from retrieval.segmentation import _known_words, word_pattern
from retrieval.set_phrases import _pattern
from tests.fuzz.mutating import PIECES

_SIZE: Final = 8_000  # code points
_SECONDS: Final = 0.02  # what grows with the square takes twice as long at least, what grows with the length a tenth
_TRIES: Final = 3  # the fastest counts: other programs want the processor too
_BOUNDED: Final = {
    # Patterns that see no more than so many code points at once, by the code before them.
    "retrieval.furniture": 300,
    "retrieval.kinds._SENTENCE_END": 12,
    "retrieval.sources._BETWEEN_NAMES": 500,
    "retrieval.acronyms._ACRONYM_BEFORE": 40,
    "retrieval.acronyms._ACRONYM": 200,
    "retrieval.acronyms._GAP": 300,
    "retrieval.sentences": 2_000,
    "retrieval.formats.dates": 64,
    "retrieval.formats.web_page._DECLARED": 4_096,
    "retrieval.numerals.numeral": 60,
}  # fmt: skip
_SEARCHES: Final = frozenset({"search", "finditer", "findall", "sub", "split"})
_STARTS: Final = ("", "a", "[")
_READ: Final = ("en", "ru", "tr", "fr", "zh", "th", "ko", "ar")  # whose patterns are made of their words
_ENDS: Final = ("\x01", '"=]>:-)1}/@')
Pattern = regex.Pattern[Any] | re.Pattern[Any]


def _modules() -> Iterator[Any]:
    for package in (bot, db, retrieval):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__") and "migrations" not in found.name:
                yield importlib.import_module(found.name)


def _inside(value: object) -> Iterator[Pattern]:
    if isinstance(value, regex.Pattern | re.Pattern):
        yield value
    elif isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from _inside(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _inside(key)
            yield from _inside(each)


def _patterns() -> dict[str, tuple[Pattern, frozenset[str]]]:
    """Every pattern with the names of the methods that it is used by."""
    found: dict[str, tuple[Pattern, frozenset[str]]] = {}
    for module in _modules():
        source = Path(module.__file__).read_text(encoding="utf-8")
        for name, value in vars(module).items():
            if f"{name}: Final" not in source:
                continue
            used = frozenset(re.findall(rf"\b{name}\.(\w+)\(", source)) or _SEARCHES | {"match", "fullmatch"}
            for number, pattern in enumerate(_inside(value)):
                found[f"{module.__name__}.{name}" + (f"-{number}" if number else "")] = (pattern, used)
    for code in _READ:
        known = language_of(code)
        found[f"words {code}"] = (word_pattern(code), frozenset({"finditer"}))  # and then matched with what was found
        found[f"known words {code}"] = (_known_words(code, True), frozenset({"finditer"}))
        found[f"moments {code}"] = (_pattern(tuple(known.moments), known.unspaced), frozenset({"finditer"}))
    return found


PATTERNS: Final = _patterns()


def _attacks(pattern: str, size: int) -> Iterator[str]:
    """Long texts that a pattern nearly matches: its own words and what parsers trip over, again and again."""
    own = list(dict.fromkeys(re.findall(r"[^\W\d_]{3,}", pattern)))[:8]
    pieces = [*PIECES, *own]
    for piece in pieces:
        for start in (*_STARTS, *own[:3]):
            for end in _ENDS:
                yield start + piece * (size // len(piece)) + end


def _applied(pattern: Pattern, used: frozenset[str]) -> list[Callable[[Any], object]]:
    """How a pattern is used, each way given up where it takes much too long."""
    if isinstance(pattern, re.Pattern):
        return [pattern.search if used & _SEARCHES else pattern.match]
    methods: list[Callable[[Any], object]] = []
    if used & _SEARCHES:
        methods.append(lambda text: next(pattern.finditer(text, timeout=2 * _SECONDS), None))
    if "match" in used:
        methods.append(lambda text: pattern.match(text, timeout=2 * _SECONDS))
    if "fullmatch" in used:
        methods.append(lambda text: pattern.fullmatch(text, timeout=2 * _SECONDS))
    return methods


def _seconds(apply: Callable[[Any], object], data: object) -> float:
    start = time.process_time()
    with contextlib.suppress(TimeoutError):
        apply(data)
    return time.process_time() - start


def _bound(name: str) -> int:
    return next((size for known, size in _BOUNDED.items() if name.startswith(known)), _SIZE)


def test_all_patterns_are_looked_at() -> None:
    """A pattern that is not found is not tried."""
    sources = (Path(module.__file__).read_text(encoding="utf-8") for module in _modules())
    written = sum(len(re.findall(r"(?m)^_?[A-Z_0-9]+.*re(?:gex)?\.compile\(", source)) for source in sources)
    assert len([name for name in PATTERNS if " " not in name]) >= written > 40


@pytest.mark.parametrize("name", PATTERNS)
def test_the_time_grows_with_the_length(name: str) -> None:
    """Whatever stands again and again in a text, where the pattern nearly fits."""
    pattern, used = PATTERNS[name]
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode()
    for attack in _attacks(text, _bound(name)):
        data = attack if isinstance(pattern.pattern, str) else attack.encode("utf-8", "surrogatepass")
        for apply in _applied(pattern, used):
            fast = any(_seconds(apply, data) < _SECONDS for _ in range(_TRIES))
            assert fast, f"{attack[:20]!r} … {attack[-5:]!r}"
