"""May a staged version of the articles serve? Each gate that it does not pass is told in a sentence, for an admin."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from retrieval.answers import Band
from retrieval.errors import JudgmentsError
from retrieval.retriever import Retriever
from retrieval.store.report import Report, Track
from retrieval.wordings import Judged, read_questions

_IF_MEANT: Final = "If that is meant, apply it all the same."
_ROUNDING: Final = 1e-9  # 0.29 * 100 is a little less than 29
_NAMED: Final = 5  # questions in one sentence
_LONGEST: Final = 80  # characters of a question that are told


@dataclass(frozen=True, slots=True)
class Gates:
    """What a new version must keep of the one that serves.

    Attributes:
        shrink: at most this share of the paragraphs may go, 0 to 1; with 1 all may.
        judged: whether the judged questions beside the articles must be answered as well as before. Those of the kind
            canary must be answered in any case.

    Raises:
        ValueError: unless ``0 <= shrink <= 1``.
    """

    shrink: float = 0.2
    judged: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.shrink <= 1:
            raise ValueError(f"shrink must be 0 to 1, not {self.shrink}")

    def failures_beside(
        self, questions: Path, report: Report, current: Retriever | None, staged: Retriever, track: Track | None = None
    ) -> tuple[str, ...]:
        """As `failures`, with the questions of a `questions.toml`; without one, nothing is asked.

        A file that cannot be read is a failure: nobody could tell whether its questions are still answered.
        """
        try:
            judged = read_questions(questions) if questions.exists() or questions.is_symlink() else ()
        except JudgmentsError as error:
            unread = f"The judged questions cannot be read. {error}. Mend the file, or remove it."
            return (unread, *self.failures(report, current, staged, (), track))
        return self.failures(report, current, staged, judged, track)

    def failures(
        self,
        report: Report,
        current: Retriever | None,
        staged: Retriever,
        judged: Sequence[Judged],
        track: Track | None = None,
    ) -> tuple[str, ...]:
        """The gates that a staged version does not pass, a sentence each; empty when it passes all.

        Args:
            report: what it changes.
            current: of the version that serves; None when nothing was loaded yet. Then only canaries count.
            staged: of the version that is to serve.
            judged: questions, canaries among them.
            track: told how many of them were asked.
        """
        canaries = [each for each in judged if each.is_canary]
        others = [each for each in judged if each.right and not each.is_canary] if self.judged and current else []
        progress = _Progress(track, len(canaries) + len(others))
        found = [_shrunk(report, self.shrink), _unanswered(staged, canaries, progress)]
        if current:
            found.append(_worse(report, current, staged, others, progress))
        return tuple(filter(None, found))


class _Progress:
    """Counts the questions that were asked."""

    def __init__(self, track: Track | None, total: int) -> None:
        self._track = track
        self._total = total
        self._done = 0

    def through(self, questions: Sequence[Judged]) -> Iterator[Judged]:
        for each in questions:
            yield each
            self._done += 1
            if self._track:
                self._track("asking", self._done, self._total)


def _shrunk(report: Report, limit: float) -> str:
    """What is wrong with the number of paragraphs; empty if nothing is."""
    before, now = report.paragraphs_before, report.paragraphs
    gone = before - now
    if gone <= 0 or gone / before <= limit:
        return ""
    allowed = f"{math.floor(limit * before + _ROUNDING)} ({100 * limit:.3g}%)"
    counts = f"{now} of {before} paragraphs, {gone} fewer ({100 * gone / before:.3g}%)"
    return f"The new version has {counts}; at most {allowed} may go. {_IF_MEANT}"


def _unanswered(staged: Retriever, canaries: Sequence[Judged], progress: _Progress) -> str:
    """Which canaries are not answered; empty if all are."""
    reasons = [(each, _fault(staged, each)) for each in progress.through(canaries)]
    missed = [f"{_quoted(each)} ({reason})" for each, reason in reasons if reason]
    if not missed:
        return ""
    way_out = "Put back the articles that answer, or change the questions in questions.toml."
    return f"{len(missed)} of {len(canaries)} canaries are not answered: {_listed(missed)}. {way_out}"


def _fault(staged: Retriever, canary: Judged) -> str:
    """What is wrong with the answer to a canary; empty if nothing is."""
    answer = staged.answer(canary.ask, 1)
    if answer.band is not Band.FOUND:
        return "the articles may not answer" if answer.passages else "no article answers"
    if canary.right and not _finds(staged, canary):
        return f"the paragraph that answers, in {answer.passages[0].article.path}, has none of the wordings"
    return ""


def _worse(report: Report, current: Retriever, staged: Retriever, judged: Sequence[Judged], progress: _Progress) -> str:
    """Which questions found a right paragraph and no longer do; empty if no fewer do than before."""
    finding = [(each, _finds(current, each), _finds(staged, each)) for each in progress.through(judged)]
    before, now = sum(was for _, was, _ in finding), sum(is_now for _, _, is_now in finding)
    if now >= before:
        return ""
    lost = [_quoted(each) + _cause(report, current, each) for each, was, is_now in finding if was and not is_now]
    counts = f"{now} of {len(judged)} judged questions find a right paragraph first, {before} did before"
    return f"{counts}. Lost: {_listed(lost)}. {_IF_MEANT}"


def _finds(retriever: Retriever, judged: Judged) -> bool:
    """Whether a right paragraph comes first, or one with the same words as a right one."""
    if any(judged.is_right(ranked.paragraph) for ranked in retriever.rank(judged.ask, 1)):
        return True
    return any(judged.is_right(copy) for passage in retriever.passages(judged.ask, 1) for copy in passage.also_in)


def _cause(report: Report, current: Retriever, judged: Judged) -> str:
    """What became of the article that answered a question."""
    [ranked] = current.rank(judged.ask, 1)
    path = ranked.paragraph.article.path
    if path in report.removed:
        return f" ({path}, which answered it, was removed)"
    return f" ({path}, which answered it, was changed)" if path in report.changed else ""


def _quoted(judged: Judged) -> str:
    ask = " ".join(judged.ask.split())
    return f"“{ask if len(ask) <= _LONGEST else ask[:_LONGEST] + '…'}”"


def _listed(parts: Sequence[str]) -> str:
    more = len(parts) - _NAMED
    return ", ".join(parts[:_NAMED]) + (f" and {more} more" if more > 0 else "")
