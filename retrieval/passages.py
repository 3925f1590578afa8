"""Which words we show of a paragraph, which sentence of it answers best, and which words stand out?"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Final

from retrieval.analysis import Analyzer
from retrieval.answers import Passage, QuestionWord
from retrieval.bm25 import idf
from retrieval.confidence import coverage
from retrieval.kinds import Kind
from retrieval.likeness import distinct_grams, grams
from retrieval.model import Paragraph, Span, Token
from retrieval.question import Question
from retrieval.ranking import BESIDE, NEAR
from retrieval.sentences import LONGEST, sentences

# What tells the sentence that answers from its neighbours, each as a share of the best sentence's. Found on the
# answers of four question sets: English (two), Russian and Turkish.
_WORDS: Final = 1.0
_LETTERS: Final = 2.0
_KIND: Final = 0.6
_PAIRS: Final = 0.1

_REMEMBERED: Final = 1 << 10  # paragraphs, and sentences; many a question is about the same ones


def quote(
    paragraph: Paragraph,
    tokens: Sequence[Token],
    question: Question,
    score: float,
    *,
    also_in: Sequence[Paragraph] = (),
    rank: int = 1,
    phrases: Sequence[Span] = (),
    longest: int = LONGEST,
) -> Passage:
    """The part of a paragraph that answers best: whole sentences, at most ``longest`` code points.

    Args:
        paragraph: as a search found it.
        tokens: the words of its text.
        question: what to look for.
        score: of the paragraph, to be kept with the passage.
        also_in: paragraphs of other articles with the same words.
        rank: of the paragraph in this search, to be kept with the passage.
        phrases: where the text holds what must stand in it word for word.
        longest: in code points; a sentence beyond it is cut at a pause.
    """
    text, language = paragraph.text, paragraph.language
    pieces = _pieces(text, language, longest)
    parted = _by_sentence(pieces, tokens)
    matches = [[token for token in each if token.term in question.terms] for each in parted]
    covered = [coverage(question.words, _terms(each)) for each in matches]
    exact = [any(piece.start <= each.start < piece.end for each in phrases) for piece in pieces] if phrases else ()
    best = _best_sentence(question, parted, covered, exact, lambda at: _kinds(pieces[at].of(text), language))
    first, last = _run(question, pieces, matches, best, longest)
    span = Span(pieces[first].start, pieces[last].end)
    shown, start = [token for each in matches[first : last + 1] for token in each], paragraph.span.start
    marked: Sequence[Token | Span] = shown
    if phrases:
        marked = sorted([*shown, *(each for each in phrases if each in span)], key=_start)
    return Passage(
        article=paragraph.article,
        language=language,
        span=span.shifted(start),
        sentence=pieces[best].shifted(start),
        highlights=tuple(each.shifted(start) for each in _merged(marked)),
        score=score,
        coverage=coverage(question.words, _terms(shown)),
        sentence_coverage=covered[best],
        also_in=tuple(also_in),
        rank=rank,
    )


@lru_cache(maxsize=_REMEMBERED)
def _pieces(text: str, language: str, longest: int) -> Sequence[Span]:
    return tuple(sentences(text, language, longest))


@lru_cache(maxsize=_REMEMBERED)
def _kinds(sentence: str, language: str) -> Mapping[Kind, int]:
    return Analyzer(language).kinds(sentence)


def _start(place: Token | Span) -> int:
    return place.start


def _merged(places: Iterable[Token | Span]) -> Iterator[Span]:
    """The places of words in order; those that overlap, as pairs of characters do, as one."""
    start = end = 0
    for place in places:
        if place.start >= end and end:
            yield Span(start, end)
        start, end = (place.start, place.end) if place.start >= end else (start, max(end, place.end))
    if end:
        yield Span(start, end)


def _by_sentence(pieces: Sequence[Span], tokens: Iterable[Token]) -> list[list[Token]]:
    """The tokens of each sentence; one that reaches beyond its sentence is in none."""
    parted: list[list[Token]] = [[] for _ in pieces]
    at = 0
    for token in tokens:
        while at < len(pieces) and pieces[at].end <= token.start:
            at += 1
        if at < len(pieces) and pieces[at].start <= token.start and token.end <= pieces[at].end:
            parted[at].append(token)
    return parted


def _best_sentence(
    question: Question,
    tokens: Sequence[Sequence[Token]],
    covered: Sequence[float],
    exact: Sequence[bool],
    kinds: Callable[[int], Mapping[Kind, int]],
) -> int:
    """The number of the sentence that answers best; the first of equally good ones.

    Args:
        question: what to look for.
        tokens: of each sentence of one paragraph; at least one.
        covered: parallel to ``tokens``: the share of the question's weight that each holds.
        exact: parallel to ``tokens``, or empty: whether a phrase that was asked for begins there; that goes first.
        kinds: how many words of each kind a sentence holds, by its number; looked up only where it may decide.
    """
    if len(tokens) == 1:
        return 0
    parts = (
        (_WORDS, covered),
        (_LETTERS, _shares_of_letters(question, tokens)),
        (_PAIRS, [_weight_of_pairs(question.words, each) for each in tokens]),
    )
    totals = [0.0] * len(tokens)
    for weight, values in parts:
        most = max(values) or 1.0
        totals = [total + weight * value / most for total, value in zip(totals, values, strict=True)]
    if question.kind:
        enough = max(totals) - _KIND
        totals = [total + _KIND * (total >= enough and question.kind in kinds(at)) for at, total in enumerate(totals)]
    return max(range(len(tokens)), key=lambda at: (bool(exact) and exact[at], totals[at], -at))


def _shares_of_letters(question: Question, pieces: Sequence[Sequence[Token]]) -> list[float]:
    """How much of the question's 4-grams stands in each sentence; what few of them hold tells most."""
    asked = Counter(gram for word in question.words for gram in grams(word.form))
    known = frozenset(asked)
    held = [frozenset[str]().union(*(known & distinct_grams(token.form) for token in tokens)) for tokens in pieces]
    sentences_with = Counter(gram for each in held for gram in each)
    weights = idf(list(sentences_with.values()), len(pieces)).tolist()
    tells = {gram: asked[gram] * weight for gram, weight in zip(sentences_with, weights, strict=True)}
    return [math.fsum(tells[gram] for gram in each) for each in held]


def _weight_of_pairs(words: Sequence[QuestionWord], tokens: Sequence[Token]) -> float:
    """What the neighbouring words of the question weigh that stand near each other in a sentence."""
    place = {each.term: at for at, word in enumerate(words) for each in word.terms}
    places = [(at, place[token.term]) for at, token in enumerate(tokens) if token.term in place]
    near = {
        (min(one, other), max(one, other))
        for (at, one), (later, other) in combinations(places, 2)
        if later - at <= NEAR and 1 <= abs(one - other) <= BESIDE
    }
    return math.fsum(words[one].weight + words[other].weight for one, other in near)


def _terms(tokens: Iterable[Token]) -> set[str]:
    return {token.term for token in tokens}


def _run(
    question: Question, pieces: Sequence[Span], matches: Sequence[Sequence[Token]], best: int, longest: int
) -> tuple[int, int]:
    """The first and the last sentence to show: the run around the best one that covers most, of these the longest."""
    if pieces[-1].end - pieces[0].start <= longest:
        return 0, len(pieces) - 1
    # A run covers no less than any part of it, so only those matter that nothing can be added to.
    runs = [(first, last) for first in range(best + 1) if (last := _last(pieces, first, longest)) >= best]

    def worth(run: tuple[int, int]) -> tuple[float, int]:
        first, last = run
        terms = _terms(token for each in matches[first : last + 1] for token in each)
        return coverage(question.words, terms), pieces[last].end - pieces[first].start

    return max(runs, key=worth, default=(best, best))


def _last(pieces: Sequence[Span], first: int, longest: int) -> int:
    """The last sentence of the longest run from this one on."""
    fitting = (at for at in range(first, len(pieces)) if pieces[at].end - pieces[first].start <= longest)
    return max(fitting, default=-1)
