"""Which questions have no answer in the articles, though nobody judged them so?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from retrieval.corpus import Corpus
from retrieval.evaluation.judgments import JudgedSet, Question, paragraph_key
from retrieval.model import Article

SAMPLE: Final = 500
"""At most so many questions of other sets are asked of a set."""
FOLDS: Final = 10
"""The articles of a set are dealt into so many parts, of which one at a time is taken away."""
_SEED: Final = 20_230_424


@dataclass(frozen=True, slots=True)
class Fold:
    """A corpus from which articles were taken, and the questions that only those answered."""

    corpus: Corpus
    questions: tuple[Question, ...]


def off_topic(judged: JudgedSet, others: Iterable[JudgedSet]) -> list[Question]:
    """Answerable questions of other sets in the same language; the same ones in every run."""
    asked = [
        question
        for other in others
        if other is not judged and other.language == judged.language
        for question in other.answerable
    ]
    if len(asked) <= SAMPLE:
        return asked
    chosen = np.random.default_rng(_SEED).choice(len(asked), SAMPLE, replace=False)
    return [asked[at] for at in sorted(chosen.tolist())]


def folds(judged: JudgedSet) -> Iterator[Fold]:
    """The set without the articles that answer, a tenth of them at a time; every question at most once.

    Paragraphs with the same title are one article. Where several articles answer a question, all of them go. A
    part that would leave nothing to search is left out.
    """
    sources = _sources(judged.corpus)
    titles = list(dict.fromkeys(map(_title, judged.corpus.articles)))
    order = np.random.default_rng(_SEED).permutation(len(titles)).tolist()
    fold_of = {titles[at]: number % FOLDS for number, at in enumerate(order)}
    for number in range(min(FOLDS, len(titles))):
        asked = tuple(each for each in judged.answerable if fold_of[_first(sources, each)] == number)
        gone = {title for title, fold in fold_of.items() if fold == number}
        gone.update(title for question in asked for key in question.grades for title in sources[key])
        kept = tuple(article for article in judged.corpus.articles if _title(article) not in gone)
        if asked and kept:
            yield Fold(replace(judged.corpus, articles=kept, version=f"{judged.corpus.version}-{number}"), asked)


def _title(article: Article) -> str:
    return article.title or article.id


def _sources(corpus: Corpus) -> dict[str, list[str]]:
    """By key of a paragraph, the titles below which it stands, in the order of the corpus."""
    found: dict[str, list[str]] = {}
    for paragraph in corpus.paragraphs():
        found.setdefault(paragraph_key(paragraph), []).append(_title(paragraph.article))
    return found


def _first(sources: dict[str, list[str]], question: Question) -> str:
    return sources[next(iter(question.grades))][0]
