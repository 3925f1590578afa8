"""A link to the very sentence: text fragments, as browsers understand them.

The form is ``page#:~:text=[prefix-,]start[,end][,-suffix]`` (WICG, Scroll To Text Fragment). Browsers look for words
of the page's visible text, white space collapsed; one that does not know fragments opens the page's top.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote

import regex

from retrieval.model import Article, BlockKind, Span

_START_WORDS: Final = range(3, 9)
_END_WORDS: Final = range(3, 9)
_OFTEN: Final = 2
_ENOUGH: Final = 1_000  # places inside of longer words, after which no more are looked at
_USUAL: Final = 50_000  # code points of an article; the links to larger ones are not remembered
_LARGE: Final = 1_000_000  # code points
_CONTEXT_WORDS: Final = range(2, 7)
# What white space parts, without the punctuation at its ends; of scripts that write without spaces, a few characters.
_UNSPACED: Final = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD: Final = regex.compile(
    rf"(?:[{_UNSPACED}]\p{{M}}*){{1,4}}|[\p{{L}}\p{{N}}](?:[^\s{_UNSPACED}]*[\p{{L}}\p{{N}}\p{{M}}--[{_UNSPACED}]])?",
    regex.V1,
)
_JOINED: Final = regex.compile(rf"[[\p{{L}}\p{{N}}]--[{_UNSPACED}]]", regex.V1)
_Words = list[regex.Match[str]]
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

    An article with pages of its own, a PDF, is opened at the page where the sentence begins (RFC 8118).

    Args:
        article: whose url leads to the page.
        sentence: in the article's body.
    """
    if article.url is None:
        return None
    page, _, anchor = article.url.partition("#")
    number = article.page_of(sentence.start)
    if number is not None:
        return f"{page}#page={number}"
    fragment = fragment_of(article, sentence)
    anchor = anchor.partition(":~:")[0]
    return f"{page}#{anchor}:~:{fragment.encoded()}" if fragment else article.url


def fragment_of(article: Article, sentence: Span) -> Fragment | None:
    """The shortest directive that points to this sentence of an article and to no other place in it.

    None when the sentence holds no word.
    """
    body = article.body
    told_apart = _told_apart_again if len(body) <= _USUAL else _told_apart
    if (fragment := told_apart(body, _page(article), sentence)) is not None:
        return fragment
    words = _words(body, sentence)
    return _with_context(article, sentence, words, _plain(body, words, _START_WORDS[-1])) if words else None


def _told_apart(body: str, page: str, sentence: Span) -> Fragment | None:
    """The directive of a sentence whose first words stand nowhere else; None where it needs more, or has none."""
    words = _words(body, sentence)
    for count in _START_WORDS if words else ():
        if _places(page, _said(body, words[:count])) == 1:
            return _plain(body, words, count)
    return None


_told_apart_again: Final = lru_cache(maxsize=128)(_told_apart)  # the same sentences are linked to again and again


def _words(body: str, span: Span) -> _Words:
    return list(_WORD.finditer(body, span.start, span.end))


def _plain(body: str, words: _Words, count: int) -> Fragment:
    start = _said(body, words[:count])
    if len(words) <= count:
        return Fragment(start)
    rest = _collapsed(body[words[count - 1].end() : words[-1].end()]).lower()
    sizes = range(min(_END_WORDS[0], len(words) - count), min(_END_WORDS[-1], len(words) - count) + 1)
    ends = (_said(body, words[-size:]) for size in sizes)
    # The browser stops at the first place with the end's words, so they must not stand earlier in the sentence.
    return Fragment(start, next((end for end in ends if _places(rest, end) == 1), ""))


def _with_context(article: Article, sentence: Span, words: _Words, plain: Fragment) -> Fragment:
    """The words with as much of what stands around them as tells them apart, failing that the words alone.

    A browser finds each part within one block of the page, so the prefix comes from one paragraph, and so does the
    suffix; and it takes the first place of several, which therefore needs no context.
    """
    body, page = article.body, _page(article)
    before = _words_before(article, words[0].start())
    for size in _CONTEXT_WORDS[: max(0, len(before) - 1)]:
        prefix = _collapsed(body[before[-size].start() : words[0].start()])
        if _places(page, f"{prefix} {plain.start}") + _places(page, prefix + plain.start) == 1:
            return Fragment(plain.start, plain.end, prefix)
    after = _words_after(article, sentence)
    if not after or plain.end:
        return plain
    suffix = _collapsed(body[words[-1].end() : after[: _END_WORDS[0]][-1].end()])
    return Fragment(plain.start, suffix=suffix) if _places(page, plain.start + suffix) == 1 else plain


def _words_before(article: Article, at: int) -> _Words:
    """The words in front of a place: of its own paragraph, failing that of the one right above it."""
    own = next((block.span for block in article.blocks if block.span.start <= at < block.span.end), None)
    if own is None:
        return []
    if own.start < at and (words := _words(article.body, Span(own.start, at))):
        return words
    above = [block for block in article.blocks if block.span.end <= own.start]
    near = above[-1] if above and above[-1].kind is BlockKind.PARAGRAPH else None
    return _words(article.body, near.span) if near else []


def _words_after(article: Article, sentence: Span) -> _Words:
    """The words behind a sentence in its own paragraph."""
    own = next((block.span for block in article.blocks if sentence in block.span), None)
    return _words(article.body, Span(sentence.end, own.end)) if own and sentence.end < own.end else []


def _said(body: str, words: _Words) -> str:
    return _collapsed(body[words[0].start() : words[-1].end()]) if words else ""


def _collapsed(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _places(text: str, words: str) -> int:
    """How often ``words`` stand in ``text``, cut off from the letters and digits around them; ``text`` is folded.

    Nobody needs to know more than whether it is once: 2 stands for more.
    """
    words = words.lower()
    first, last = _JOINED.match(words) is not None, _JOINED.match(words[-1:]) is not None
    count = looked_at = 0
    at = text.find(words)
    while at >= 0 and count < _OFTEN:
        looked_at += 1
        if looked_at > _ENOUGH:  # a row of one digit holds a shorter one everywhere
            return _OFTEN
        end = at + len(words)
        joined = (first and at and _JOINED.match(text, at - 1)) or (last and _JOINED.match(text, end))
        count += not joined
        at = text.find(words, at + 1)
    return count


def _page(article: Article) -> str:
    """What a browser searches, as far as it is known, folded: the title, where the file lacks it, and the body."""
    titled = any(block.kind is BlockKind.TITLE for block in article.blocks)
    return _folded(article.body if titled else f"{article.title}\n{article.body}")


def _folded(text: str) -> str:
    return (_folded_large if len(text) > _LARGE else _folded_usual)(text)


def _fold(text: str) -> str:
    return _collapsed(text).lower()


_folded_usual: Final = lru_cache(maxsize=64)(_fold)
_folded_large: Final = lru_cache(maxsize=2)(_fold)  # these take memory


def _escaped(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")
