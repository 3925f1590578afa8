"""The use case: judged sets in, reports out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol, TypeVar

from retrieval.answers import Answer
from retrieval.evaluation.abstention import Verdict
from retrieval.evaluation.judgments import JudgedSet, Question, paragraph_key
from retrieval.evaluation.latency import Clock, Elapsed, latency
from retrieval.evaluation.measures import DEPTH, Values, measure
from retrieval.evaluation.misses import explained, spread
from retrieval.evaluation.mistyped import mistyped
from retrieval.evaluation.negatives import folds, off_topic
from retrieval.evaluation.peers import PEERS
from retrieval.evaluation.reports import Abstention, Report, Sentences, System
from retrieval.evaluation.significance import difference
from retrieval.model import Paragraph
from retrieval.retriever import Retriever

PROJECT: Final = "verbatim"
"""The name of this project among the systems."""
_PAIRED: Final = "MRR@10"  # finer than R@1: it has more than two values
T = TypeVar("T")


class Track(Protocol):
    """Passes on what is gone through, and may show how far it has got."""

    def __call__(self, items: Sequence[T], description: str) -> Iterable[T]:
        """The items in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to find out beside the measures.

    Attributes:
        peers: what other libraries find.
        removed: what is said when the right article is taken away; builds ten more indexes.
        mistyped: what is found when the questions are typed in a hurry; asks them once or twice more.
        misses: so many questions whose first paragraph is not right.
    """

    peers: bool = False
    removed: bool = False
    mistyped: bool = False
    misses: int = 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with all that came of it."""

    question: Question
    answer: Answer
    ranking: tuple[Paragraph, ...]
    elapsed: Elapsed

    @property
    def right(self) -> bool:
        """Whether the first paragraph is."""
        return any(key in self.question.grades for key in map(paragraph_key, self.ranking[:1]))


def evaluate(sets: Sequence[JudgedSet], wanted: Wanted, clock: Clock, track: Track) -> tuple[Report, ...]:
    """A report of each set, in their order.

    The same sets give the same figures, but for those of the clock.
    """
    return tuple(_report(judged, sets, wanted, clock, track) for judged in sets)


def _report(judged: JudgedSet, sets: Sequence[JudgedSet], wanted: Wanted, clock: Clock, track: Track) -> Report:
    retriever, built = clock.timed(partial(Retriever, judged.corpus))
    asked = [_ask(retriever, each, clock) for each in track(judged.answerable, f"{judged.name}: questions")]
    project = System(
        PROJECT,
        _values([(each.question, each.ranking) for each in asked]),
        latency([each.elapsed for each in asked]),
        built.wall / 1000,
    )
    peers = PEERS if wanted.peers else {}
    hurried = mistyped(judged.answerable) if wanted.mistyped else {}
    missed = spread([each.question for each in asked if not each.right], wanted.misses)
    return Report(
        judged=judged,
        project=project,
        peers=tuple(_peer(name, judged, project.values, clock, track) for name in peers),
        mistyped={
            typed: _values([(each, _ranking(retriever, each)) for each in track(questions, f"{judged.name}: {typed}")])
            for typed, questions in hurried.items()
        },
        sentences=_sentences(retriever, asked),
        abstention=_abstention(retriever, judged, asked, off_topic(judged, sets), removed=wanted.removed, track=track),
        misses=tuple(explained(retriever, each) for each in missed),
    )


def _ask(retriever: Retriever, question: Question, clock: Clock) -> _Asked:
    answer, elapsed = clock.timed(partial(_answer, retriever, question))
    return _Asked(question, answer, _ranking(retriever, question), elapsed)


def _answer(retriever: Retriever, question: Question) -> Answer:
    return retriever.answer(question.text, asked_on=question.asked_on)


def _ranking(retriever: Retriever, question: Question) -> tuple[Paragraph, ...]:
    return tuple(each.paragraph for each in retriever.rank(question.text, DEPTH, question.asked_on))


def _values(found: Sequence[tuple[Question, Sequence[Paragraph]]]) -> Values:
    rankings = {question.id: list(map(paragraph_key, ranking)) for question, ranking in found}
    return measure([question for question, _ in found], rankings)


def _peer(name: str, judged: JudgedSet, ours: Values, clock: Clock, track: Track) -> System:
    paragraphs = list(judged.corpus.paragraphs())
    keys = [paragraph_key(each) for each in paragraphs]
    texts = [f"{each.article.title} {each.text}" for each in paragraphs]
    search, built = clock.timed(partial(PEERS[name], texts))
    depth = DEPTH + len(keys) - len(set(keys))  # copies, which a peer lists one by one, must push nothing out
    rankings: dict[str, list[str]] = {}
    calls = []
    for question in track(judged.answerable, f"{judged.name}: {name}"):
        found, elapsed = clock.timed(partial(search, question.text, depth))
        rankings[question.id] = list(dict.fromkeys(keys[at] for at in found))[:DEPTH]
        calls.append(elapsed)
    values = measure(judged.answerable, rankings)
    ids = [question.id for question in judged.answerable]
    ahead = difference([ours[_PAIRED][each] for each in ids], [values[_PAIRED][each] for each in ids])
    return System(name, values, latency(calls), built.wall / 1000, ahead)


def _sentences(retriever: Retriever, asked: Iterable[_Asked]) -> Sentences | None:
    """Where the first paragraph is right and an answer stands in it; however sure the answer is, shown or not."""
    found = []
    for each in asked:
        answers = [folded for answer in each.question.answers if each.right and (folded := _folded(answer))]
        known = [answer for answer in answers if answer in _folded(each.ranking[0].text)]
        if known:
            sentence = _folded(_best_sentence(retriever, each.question))
            found.append(any(answer in sentence for answer in known))
    return Sentences(len(found), sum(found)) if found else None


def _best_sentence(retriever: Retriever, question: Question) -> str:
    [passage] = retriever.passages(question.text, 1, question.asked_on)
    return passage.sentence.of(passage.article.body)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _abstention(
    retriever: Retriever, judged: JudgedSet, asked: Iterable[_Asked], others: Sequence[Question],
    *, removed: bool, track: Track,
) -> Abstention:  # fmt: skip
    unanswerable: dict[str, list[Verdict]] = {}
    without = [question for question in judged.questions if not question.answerable]
    for question in track(without, f"{judged.name}: without an answer"):
        unanswerable.setdefault(question.kind, []).append(_verdict(_answer(retriever, question)))
    return Abstention(
        answerable=tuple(_verdict(each.answer) for each in asked),
        unanswerable={kind: tuple(verdicts) for kind, verdicts in unanswerable.items()},
        off_topic=tuple(_verdict(_answer(retriever, each)) for each in track(others, f"{judged.name}: another topic")),
        removed=tuple(_without_the_right_article(judged, track)) if removed else (),
    )


def _without_the_right_article(judged: JudgedSet, track: Track) -> Iterable[Verdict]:
    for fold in track(list(folds(judged)), f"{judged.name}: right article removed"):
        retriever = Retriever(fold.corpus)
        yield from (_verdict(_answer(retriever, question)) for question in fold.questions)


def _verdict(answer: Answer) -> Verdict:
    return Verdict(answer.confidence, answer.band)
