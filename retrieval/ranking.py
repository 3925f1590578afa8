"""Which paragraphs fit a question best, and why?

The score of a paragraph is a sum, so that it can be explained term by term:

- words: BM25 over stems of title and text, a word weighing with idf to the power of 1.5: rare words decide;
- likeness: BM25 over 4-grams of the words' letters;
- pairs: words that stand beside each other in the question, near each other in the paragraph;
- kind: BM25 over numbers, dates or names, whichever the question asks for ("how many", "when", "who");
- recent: a question about "this week" means articles that appeared in it.

The index finds the best by words; the rest is added for these only, so that its cost does not grow with the corpus.
The weights were found on eight development sets in four languages, and are the same for all of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from retrieval.answers import Contribution, Hit, Match, QuestionWord
from retrieval.bm25 import idf, saturation
from retrieval.collection import Floats, Numbers, Paragraphs, Reading
from retrieval.index import Index
from retrieval.kinds import Kind
from retrieval.likeness import Likeness
from retrieval.question import Question
from retrieval.sieve import Sieve

CANDIDATES: Final = 32
"""Paragraphs, the best by words, that are scored in full."""

DEEPER: Final = 4
DEEPEST: Final = 2048
"""Where too few of the candidates pass a filter, so many times as many are looked at, up to so many."""

WORDS: Final = 0.5
RARITY: Final = 1.5
LIKENESS: Final = 0.35
PAIRS: Final = 0.2

KIND: Final = 2.0
RECENT: Final = 6.0

NEAR: Final = 3  # words from one to the other in a paragraph, those without meaning left out
BESIDE: Final = 2  # words from one to the other in the question


class Field(StrEnum):
    """What a score is the sum of."""

    WORDS = "words"
    PUBLISHER = "publisher"
    LIKENESS = "likeness"
    PAIRS = "pairs"
    KIND = "kind"
    RECENT = "recent"


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a paragraph fits a question.

    Attributes:
        ordinal: of the paragraph in the index.
        score: the sum of all parts.
        letters: share of what the question's 4-grams could score, 0 to 1.
    """

    ordinal: int
    score: float
    letters: float


class Ranking:
    """Ranks the paragraphs of one corpus. Never changed once built, safe to share between threads.

    Args:
        index: of the terms of all paragraphs.
        paragraphs: the same, as they are scored in full.
    """

    def __init__(self, index: Index, paragraphs: Paragraphs) -> None:
        self._index = index
        self._paragraphs = paragraphs

    def search(self, question: Question, limit: int, sieve: Sieve | None = None) -> list[Fit]:
        """The paragraphs that fit best, best first; equal ones in the order of the index.

        Args:
            question: as it was understood.
            limit: at most so many, at least 1. Beyond `CANDIDATES` all that are asked for are scored in full, which may
                bring another to the front.
            sieve: what they must pass; with it at most `DEEPEST` are looked at.

        Raises:
            ValueError: the limit is below 1.
        """
        if limit < 1:
            raise ValueError(f"limit must be at least 1, not {limit}")
        weights: dict[str, float] = defaultdict(float)
        for word in question.words:
            for wanted in word.terms:
                weights[wanted.term] += word_weight(word) * wanted.likeness
        hits = self._candidates(weights, max(limit, CANDIDATES), sieve)
        ordinals = [hit.ordinal for hit in hits]
        scores, reading = np.array([hit.score for hit in hits]), self._paragraphs.read(ordinals)
        likeness = Likeness([word.form for word in question.words], self._paragraphs)
        letters = likeness.scores(reading)
        scores = scores + LIKENESS * letters
        for part in self._parts(question, reading):
            scores = scores + part.scores
        best = sorted(range(len(hits)), key=lambda at: (-scores[at], ordinals[at]))[:limit]
        return [Fit(ordinals[at], float(scores[at]), float(letters[at]) / (likeness.most or 1.0)) for at in best]

    def _candidates(self, weights: Mapping[str, float], wanted: int, sieve: Sieve | None) -> list[Hit]:
        """The best by words; of those that pass, if they must."""
        if not sieve:
            return self._index.search(weights, wanted)
        depth = wanted
        while True:
            hits = self._index.search(weights, depth, required=sieve.required, barred=sieve.barred)
            passed = sieve.sift([hit.ordinal for hit in hits])
            if len(passed) >= wanted or len(hits) < depth or depth >= DEEPEST:
                return [hit for hit in hits if hit.ordinal in passed][:wanted]
            depth = min(depth * DEEPER, DEEPEST)

    def explain(self, question: Question, ordinal: int) -> tuple[Contribution, ...]:
        """What makes up the score of one paragraph."""
        words = (
            Contribution(
                Field.PUBLISHER if wanted.match is Match.PUBLISHER else Field.WORDS,
                word.text,
                wanted.term,
                word_weight(word) * wanted.likeness * self._index.saturation(wanted.term, ordinal),
            )
            for word in question.words
            for wanted in word.terms
        )
        reading = self._paragraphs.read([ordinal])
        others = (
            Contribution(part.field, part.word, part.term, float(part.scores[0]))
            for part in (*self._likenesses(question, reading), *self._parts(question, reading))
        )
        return tuple(part for part in (*words, *others) if part.score)

    def _likenesses(self, question: Question, reading: Reading) -> Iterator["_Part"]:
        """What the letters of each word add."""
        for word in question.words:
            scores = Likeness([word.form], self._paragraphs).scores(reading)
            yield _Part(Field.LIKENESS, word.form, "4-grams", LIKENESS * scores)

    def _parts(self, question: Question, reading: Reading) -> Iterator["_Part"]:
        """What is added to the scores of words and letters of each of these paragraphs."""
        for (one, other), scores in self._pairs(question.words, reading):
            yield _Part(Field.PAIRS, f"{one.text} {other.text}", f"{one.form} {other.form}", PAIRS * scores)
        if question.kind:
            yield _Part(Field.KIND, "", str(question.kind), KIND * self._scores_of_kind(question.kind, reading))
        if question.since and question.asked_on:
            first, last = question.since.toordinal(), question.asked_on.toordinal()
            recent = ((first <= reading.days) & (reading.days <= last)).astype(np.float64)
            yield _Part(Field.RECENT, "", f"since {question.since}", RECENT * recent)

    def _scores_of_kind(self, kind: Kind, reading: Reading) -> Floats:
        weight = idf(self._paragraphs.kind_frequency(kind), len(self._paragraphs))
        scores: Floats = weight * saturation(reading.kind_counts(kind), reading.norms)
        return scores

    def _pairs(
        self, words: Sequence[QuestionWord], reading: Reading
    ) -> Iterator[tuple[tuple[QuestionWord, QuestionWord], Floats]]:
        """What each pair of neighbouring words scores in each of the paragraphs; pairs that score nothing left out."""
        place: dict[int, int] = {}
        for at, word in enumerate(words):  # of several words of one name the first counts
            for wanted in word.terms:
                number = self._paragraphs.number(wanted.term)
                if number is not None:
                    place.setdefault(number, at)
        asked, places = _found(reading.terms, place)
        owners = reading.owners[asked]
        found = np.zeros((len(words), BESIDE, len(reading.norms)))
        for later in range(1, NEAR + 1):  # words that were not asked for may stand between them
            first, second = places[:-later], places[later:]
            distance = np.abs(second - first)
            near = (asked[later:] - asked[:-later] <= NEAR) & (owners[later:] == owners[:-later])
            near &= (distance >= 1) & (distance <= BESIDE)
            np.add.at(found, (np.minimum(first, second)[near], distance[near] - 1, owners[later:][near]), 1)
        for at, apart in zip(*np.nonzero(found.any(axis=2)), strict=True):
            pair = (words[at], words[at + apart + 1])
            counts = found[at, apart]
            yield pair, (pair[0].weight + pair[1].weight) * saturation(counts, reading.norms)


def _found(terms: Numbers, place: Mapping[int, int]) -> tuple[Numbers, Numbers]:
    """Which of the terms have a place, and which place that is."""
    numbers = np.array(sorted(place), dtype=np.int64)
    at = np.searchsorted(numbers, terms)
    at[at == len(numbers)] = 0
    held = np.flatnonzero(numbers[at] == terms) if len(numbers) else np.empty(0, np.int64)
    places = np.array([place[number] for number in numbers.tolist()], dtype=np.int64)
    return held, places[at[held]]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one field adds to the scores of some paragraphs, in their order."""

    field: Field
    word: str
    term: str
    scores: Floats


def word_weight(word: QuestionWord) -> float:
    """What a word of the question weighs in the ranking."""
    weight: float = WORDS * word.weight**RARITY
    return weight
