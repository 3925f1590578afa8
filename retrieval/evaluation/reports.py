"""What is known of a set after its evaluation?"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from retrieval.evaluation.abstention import Verdict
from retrieval.evaluation.judgments import UNANSWERABLE, JudgedSet
from retrieval.evaluation.latency import Latency
from retrieval.evaluation.measures import MEASURES, Values, means
from retrieval.evaluation.misses import Miss
from retrieval.evaluation.significance import Difference


@dataclass(frozen=True, slots=True)
class System:
    """What one way of searching achieved.

    Attributes:
        name: of the library, or of this project.
        values: every measure of every answerable question.
        latency: of a whole answer with this project, of a search with another.
        build_seconds: wall time in which its index was built.
        ahead: how much further up a right paragraph stands with this project, by MRR@10; None for itself.
    """

    name: str
    values: Values
    latency: Latency
    build_seconds: float
    ahead: Difference | None = None


@dataclass(frozen=True, slots=True)
class Sentences:
    """Whether the sentence that is marked holds the answer.

    Attributes:
        questions: those whose short answer stands in the paragraph that came first, and is right.
        right: those of them whose sentence contains it.
    """

    questions: int
    right: int


@dataclass(frozen=True, slots=True)
class Abstention:
    """What was said to questions with an answer and to those without one.

    Attributes:
        answerable: of the answerable questions.
        unanswerable: by kind, of those that the set itself says have no answer.
        off_topic: of questions of other sets.
        removed: of the answerable questions, asked of the articles without those that answer; empty unless wanted.
    """

    answerable: tuple[Verdict, ...]
    unanswerable: Mapping[str, tuple[Verdict, ...]]
    off_topic: tuple[Verdict, ...]
    removed: tuple[Verdict, ...]

    @property
    def negatives(self) -> dict[str, tuple[Verdict, ...]]:
        """All that there is without an answer, by a name for people."""
        found = {
            "no answer" if kind == UNANSWERABLE else f"no answer: {kind}": verdicts
            for kind, verdicts in self.unanswerable.items()
        }
        found |= {"another topic": self.off_topic, "right article removed": self.removed}
        return {name: each for name, each in found.items() if each}


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of one set.

    Attributes:
        judged: the set.
        project: what this project achieved.
        peers: what other libraries did with the same questions; empty unless wanted.
        mistyped: the same questions typed in a hurry: by how they were typed, every measure of every question; empty
            unless wanted.
        sentences: None where no short answers are known.
        abstention: when it should have been silent.
        misses: some questions whose first paragraph is not right; empty unless wanted.
    """

    judged: JudgedSet
    project: System
    peers: tuple[System, ...]
    mistyped: Mapping[str, Values]
    sentences: Sentences | None
    abstention: Abstention
    misses: tuple[Miss, ...]

    def kinds(self) -> dict[str, dict[str, float]]:
        """This project's measures by kind of question; empty where there is one kind only."""
        answerable = self.judged.answerable
        names = dict.fromkeys(question.kind for question in answerable)
        if len(names) == 1:
            return {}
        return {kind: means(self.project.values, [each for each in answerable if each.kind == kind]) for kind in names}

    def means(self, system: System) -> dict[str, float]:
        """A system's measures over all answerable questions."""
        return means(system.values, self.judged.answerable)

    def mistyped_means(self) -> dict[str, dict[str, float]]:
        """This project's measures over all answerable questions, by how they were typed."""
        return {typed: means(values, self.judged.answerable) for typed, values in self.mistyped.items()}


def overall(reports: tuple[Report, ...]) -> dict[str, float]:
    """Every measure's mean over the sets, each counting the same; at least one set."""
    by_set = [report.means(report.project) for report in reports]
    return {name: fmean(each[name] for each in by_set) for name in MEASURES}
