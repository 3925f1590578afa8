"""Which coefficients make the confidence a probability, in small corpora and in large ones?

The model is fitted to what it will meet: questions that the articles answer, as typed and misspelt; questions about
their topic that they do not answer; questions about something else. Every set is cut down to several sizes, since
in a large corpus more of any question is found by chance. Each set, each size and each sort of question weighs as much
as the others, however many questions it has.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from retrieval.answers import Evidence
from retrieval.confidence import Model, band, confidence
from retrieval.corpus import Corpus
from retrieval.errors import JudgmentsError
from retrieval.evaluation.abstention import Verdict
from retrieval.evaluation.evaluator import Track
from retrieval.evaluation.judgments import JudgedSet, Question, paragraph_key
from retrieval.evaluation.negatives import off_topic
from retrieval.evaluation.slips import with_slips
from retrieval.retriever import Retriever

SIZES: Final = (10, 40, 200, None)
"""Paragraphs that sets are cut down to; None is all but a tenth of the articles, so that some questions lose theirs."""
QUESTIONS: Final = 200
"""Of each sort, at most so many are asked at each size."""
SHARES: Final = {"answered": 0.25, "misspelt": 0.1, "near": 0.3, "far": 0.35}
"""What each sort of question weighs. Answered: by the articles; near: by articles that are gone; far: by other sets.

Those without an answer weigh more: to show a wrong passage as an answer is worse than to hedge a right one."""
_ANSWERABLE: Final = frozenset({"answered", "misspelt"})
_SLIPS: Final = 2
_REPETITIONS: Final = 3  # of sizes that leave few questions; each with other articles
_RIDGE: Final = 1e-3  # of squared weights: keeps evidence that always comes together from opposing itself
_SEED: Final = 20_230_424
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Situation:
    """What was found for questions of every sort in a set that was cut down to some size.

    Attributes:
        name: of the set.
        size: one of `SIZES`.
        found: by sort of question; None where no paragraph holds a word of the question.
    """

    name: str
    size: int | None
    found: Mapping[str, tuple[Evidence | None, ...]]


def situations(sets: Sequence[JudgedSet], track: Track) -> tuple[Situation, ...]:
    """Every set at every size that it reaches; the same ones in every run."""
    random = np.random.default_rng(_SEED)
    wanted = [
        (judged, size)
        for judged in sets
        for size in SIZES
        for _ in range(1 if size is None else _REPETITIONS)
        if size is None or judged.corpus.paragraph_count > size
    ]
    return tuple(
        _situation(judged, size, off_topic(judged, sets), random) for judged, size in track(wanted, "cutting down sets")
    )


def fit(seen: Sequence[Situation]) -> Model:
    """The logistic model that fits best, by weighted maximum likelihood with a small ridge.

    Raises:
        JudgmentsError: the situations hold no evidence.
    """
    rows, answered, weights = _table(seen)
    if not len(rows):
        raise JudgmentsError("no question of these sets finds a paragraph: give sets whose articles answer questions")
    table = np.column_stack([np.ones(len(rows)), rows])
    ridge = np.concatenate([[0.0], np.full(rows.shape[1], _RIDGE)])

    def loss(coefficients: _Floats) -> tuple[float, _Floats]:
        odds = table @ coefficients
        likelihood = weights @ (np.logaddexp(0, odds) - answered * odds)
        slope = table.T @ (weights * (1 / (1 + np.exp(-odds)) - answered))
        return float(likelihood + ridge @ coefficients**2), slope + 2 * ridge * coefficients

    best = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B").x
    return Model(float(best[0]), tuple(best[1:].tolist()))


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What a model that has not seen a set says of it at some size.

    Attributes:
        name: of the set.
        size: one of `SIZES`.
        verdicts: by sort of question; empty where the set has none of it.
    """

    name: str
    size: int | None
    verdicts: Mapping[str, tuple[Verdict, ...]]


def held_out(seen: Sequence[Situation]) -> tuple[HeldOut, ...]:
    """How well the model carries over: for each set, one that is fitted to all the others.

    Nothing where there is only one set.
    """
    names = dict.fromkeys(each.name for each in seen)
    models = {name: fit([each for each in seen if each.name != name]) for name in names} if len(names) > 1 else {}
    return tuple(
        HeldOut(name, size, {sort: _verdicts(here, sort, model) for sort in SHARES})
        for name, model in models.items()
        for size in SIZES
        if (here := [each for each in seen if (each.name, each.size) == (name, size)])
    )


def _verdicts(seen: Sequence[Situation], sort: str, model: Model) -> tuple[Verdict, ...]:
    sure = [confidence(evidence, model) for each in seen for evidence in each.found[sort]]
    return tuple(Verdict(each, band(each)) for each in sure)


def _situation(
    judged: JudgedSet, size: int | None, others: Sequence[Question], random: np.random.Generator
) -> Situation:
    corpus = _cut_down(judged.corpus, size, random)
    retriever = Retriever(corpus)
    keys = {paragraph_key(paragraph) for paragraph in corpus.paragraphs()}
    titles = {_title(article.title, article.id) for article in corpus.articles}
    whole = {paragraph_key(each): _title(each.article.title, each.article.id) for each in judged.corpus.paragraphs()}
    answered = [each.text for each in judged.answerable if keys & each.grades.keys()]
    near = [
        each.text
        for each in judged.answerable
        if not keys & each.grades.keys() and all(whole[key] not in titles for key in each.grades)
    ]
    asked = _sample(answered, random)
    sorts = {
        "answered": asked,
        "misspelt": [with_slips(each, _SLIPS, random) for each in asked],
        "near": _sample(near, random),
        "far": _sample([each.text for each in others], random),
    }
    return Situation(
        judged.name,
        size,
        {sort: tuple(retriever.answer(each, 1).evidence for each in texts) for sort, texts in sorts.items()},
    )


def _cut_down(corpus: Corpus, size: int | None, random: np.random.Generator) -> Corpus:
    """Whole articles, drawn at random until they have so many paragraphs; paragraphs with one title are one article."""
    titles = list(dict.fromkeys(_title(article.title, article.id) for article in corpus.articles))
    order = [titles[at] for at in random.permutation(len(titles)).tolist()]
    if size is None:
        kept = set(order[len(order) // 10 :])
    else:
        counts: dict[str, int] = {}
        for article in corpus.articles:
            title = _title(article.title, article.id)
            counts[title] = counts.get(title, 0) + sum(1 for _ in article.paragraphs())
        kept = set(_until(order, counts, size))
    articles = tuple(each for each in corpus.articles if _title(each.title, each.id) in kept)
    return replace(corpus, articles=articles, version=f"{corpus.version}-{len(articles)}")


def _until(order: Sequence[str], counts: Mapping[str, int], size: int) -> Iterator[str]:
    held = 0
    for title in order:
        if held >= size:
            return
        held += counts[title]
        yield title


def _title(title: str, article_id: str) -> str:
    return title or article_id


def _sample(texts: Sequence[str], random: np.random.Generator) -> list[str]:
    return [texts[at] for at in random.permutation(len(texts))[:QUESTIONS].tolist()]


def _table(seen: Sequence[Situation]) -> tuple[_Floats, _Floats, _Floats]:
    """Evidence, whether the articles answer, and what each row weighs; parallel."""
    alike = Counter((each.name, each.size) for each in seen)
    rows: list[tuple[float, ...]] = []
    answered: list[float] = []
    weights: list[float] = []
    for each in seen:
        for sort, share in SHARES.items():
            # Without a word of the question there is nothing to weigh: that is never an answer.
            known = [astuple(evidence) for evidence in each.found[sort] if evidence and evidence.paragraph]
            rows += known
            answered += [float(sort in _ANSWERABLE)] * len(known)
            weights += [share / len(known) / alike[each.name, each.size] for _ in known]
    total = np.array(weights) / (sum(weights) or 1.0)
    return np.array(rows).reshape(len(rows), len(fields(Evidence))), np.array(answered), total
