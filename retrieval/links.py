"""A link to the very sentence: text fragments, as browsers understand them.

The form is ``page#:~:text=[prefix-,]start[,end][,-suffix]`` (WICG, Scroll To Text Fragment). Browsers look for words
of the page's visible text, white space collapsed; one that does not know fragments opens the page's top.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote

import regex

from retrieval.model import Article, Span
from retrieval.sentences import LONGEST

_START_WORDS: Final = range(3, 9)
_END_WORDS: Final = 3
_CONTEXT_WORDS: Final = range(2, 7)
_WORD_CHARACTERS: Final = 80  # of scripts that write without spaces, a "word" can be a whole clause
# What white space parts, without the punctuation at its ends.
_WORD: Final = regex.compile(r"[\p{L}\p{N}](?:\S*[\p{L}\p{N}\p{M}])?")
_SPACE: Final = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Fragment:
    """The parts of a text directive, as the words stand in the article, with white space collapsed."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def encoded(self) -> str:
        """The directive, ready to stand behind ``#:~:``; a comma, an ampersand and a hyphen in words are escaped."""
        parts = [_escaped(self.prefix) + "-"] if self.prefix else []
        parts += [_escaped(part) for part in (self.start, self.end) if part]
        parts += ["-" + _escaped(self.suffix)] if self.suffix else []
        return "text=" + ",".join(parts)


def link_to(article: Article, sentence: Span) -> str | None:
    """The address of a sentence on the article's page, None when the article has no address.

    Args:
        article: whose url leads to the page.
        sentence: in the article's body.
    """
    if article.url is None:
        return None
    fragment = fragment_of(article.body, sentence)
    page, _, anchor = article.url.partition("#")
    anchor = anchor.partition(":~:")[0]
    return f"{page}#{anchor}:~:{fragment.encoded()}" if fragment else article.url


def fragment_of(body: str, sentence: Span) -> Fragment | None:
    """The shortest directive that points to this sentence of a body and to no other place in it.

    None when the sentence holds no word.
    """
    words = _words(body, sentence)
    if not words:
        return None
    fragments = (
        fragment for count in _START_WORDS for fragment in [_plain(body, words, count)] if _is_only(body, fragment)
    )
    return next(fragments, None) or _with_context(body, sentence, words)


def _words(body: str, span: Span) -> list[Span]:
    found = _WORD.finditer(body, span.start, span.end)
    return [Span(word.start(), min(word.end(), word.start() + _WORD_CHARACTERS)) for word in found]


def _plain(body: str, words: Sequence[Span], count: int) -> Fragment:
    start = _said(body, words[:count])
    if len(words) <= count:
        return Fragment(start)
    ends = (_said(body, words[-size:]) for size in range(min(_END_WORDS, len(words) - count), len(words) - count + 1))
    rest = _collapsed(body[words[count - 1].end : words[-1].end])
    # The browser stops at the first place with the end's words, so they must not stand earlier in the sentence.
    return Fragment(start, next((end for end in ends if _places(rest.lower(), end) == 1), ""))


def _with_context(body: str, sentence: Span, words: Sequence[Span]) -> Fragment:
    """The words with as much of what stands around them as tells them apart."""
    plain = _plain(body, words, _START_WORDS[-1])
    before = _words(body, Span(max(0, words[0].start - LONGEST), words[0].start)) if words[0].start else []
    for size in _CONTEXT_WORDS[: len(before)]:
        prefix = _collapsed(body[before[-min(size, len(before))].start : words[0].start])
        if _is_only(body, Fragment(plain.start, plain.end, prefix)):
            return Fragment(plain.start, plain.end, prefix)
    after = _words(body, Span(sentence.end, sentence.end + LONGEST))
    if not after or not (plain.end or len(words) <= _START_WORDS[-1]):
        return plain
    return Fragment(plain.start, plain.end, suffix=_collapsed(body[words[-1].end : after[:_END_WORDS][-1].end]))


def _said(body: str, words: Sequence[Span]) -> str:
    return _collapsed(body[words[0].start : words[-1].end]) if words else ""


def _collapsed(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _is_only(body: str, fragment: Fragment) -> bool:
    """Whether the place where the directive begins can be no other one in the body."""
    return _places(_folded(body), f"{fragment.prefix} {fragment.start}".strip()) == 1 or (
        bool(fragment.prefix) and _places(_folded(body), fragment.prefix + fragment.start) == 1
    )


def _places(text: str, words: str) -> int:
    """How often ``words`` stand in ``text``, cut off from the letters and digits around them; both folded."""
    words = words.lower()
    count = 0
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        count += not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum()
        at = text.find(words, at + 1)
    return count


@lru_cache(maxsize=64)
def _folded(body: str) -> str:
    return _collapsed(body).lower()


def _escaped(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")
