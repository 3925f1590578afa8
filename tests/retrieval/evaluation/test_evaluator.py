"""Sets in, reports out."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest

from retrieval import Answer, Band, Retriever
from retrieval.evaluation import (
    Clock,
    JudgedSet,
    Report,
    Sentences,
    Wanted,
    evaluate,
    overall,
    read_sets,
)
from retrieval.evaluation.latency import Elapsed
from tests.builders import write_corpus
from tests.retrieval.evaluation.writing import ASKED, JUDGED, ROADS, make_set

ONLY_MEASURES = Wanted()
T = TypeVar("T")


def report_of(*sets: JudgedSet, wanted: Wanted = ONLY_MEASURES) -> Report:
    """The first set's report, with clocks that tick a millisecond a look."""
    return reports_of(*sets, wanted=wanted)[0]


def reports_of(*sets: JudgedSet, wanted: Wanted = ONLY_MEASURES) -> tuple[Report, ...]:
    """All reports, with such clocks."""
    cpu, wall = itertools.count(0, 0.001), itertools.count(0, 0.002)
    return evaluate(sets, wanted, Clock(lambda: next(cpu), lambda: next(wall)), track)


def track(items: Sequence[T], description: str) -> Iterable[T]:
    """Nobody watches."""
    assert description
    return items


class SeeingClock(Clock):
    """A clock that remembers what it timed."""

    def __init__(self, seen: list[object]) -> None:
        super().__init__(cpu=lambda: 0.0, wall=lambda: 0.0)
        object.__setattr__(self, "seen", seen)

    def timed(self, call: Callable[[], T]) -> tuple[T, Elapsed]:
        """As a clock does."""
        result, elapsed = super().timed(call)
        seen: list[object] = object.__getattribute__(self, "seen")
        seen.append(result)
        return result, elapsed


def test_a_report_says_how_many_questions_found_their_paragraph(tmp_path: Path) -> None:
    """One first, one not at all: half of everything."""
    questions = [*ASKED, {"id": "q3", "text": "zzzzqqqq?"}, {"id": "q4", "text": "Which tunnel?"}]
    made = make_set(tmp_path, questions=questions, judged=[*JUDGED, ("q3", "p1", 1), ("q4", "p3", 1)])
    report = report_of(made)
    assert report.means(report.project) == {"R@1": 0.5, "R@10": 0.5, "MRR@10": 0.5, "nDCG@10": 0.5}
    latency = report.project.latency
    assert [latency.cpu.p50, latency.cpu.p99, latency.wall.p50, latency.wall.p99] == pytest.approx([1, 1, 2, 2])
    assert report.project.build_seconds == pytest.approx(0.002)
    assert (report.kinds(), report.peers, report.misses) == ({}, (), ())


def test_nothing_but_the_answer_to_a_judged_question_is_timed(tmp_path: Path) -> None:
    """Beside the building of the index: no ranking, no explanation, none of what is asked for other figures."""
    questions = [{**ASKED[0], "answer": ["May"]}, ASKED[1], {"id": "q3", "text": "Who?", "unanswerable": True}]
    made = make_set(tmp_path, questions=questions)
    seen: list[object] = []
    evaluate([made], Wanted(removed=True, mistyped=True, misses=3), SeeingClock(seen), track)
    built, *answered = seen
    assert isinstance(built, Retriever)
    assert [each.question for each in answered if isinstance(each, Answer)] == [each["text"] for each in ASKED]
    assert len(answered) == 2


def test_kinds_are_told_apart_where_there_are_several(tmp_path: Path) -> None:
    """In the order in which they come; a kind without an answer has no measures."""
    questions = [
        {**ASKED[0], "kind": "easy"},
        {"id": "q3", "text": "Who?", "unanswerable": True},
        {"id": "q2", "text": "zzzzqqqq", "kind": "hard"},
    ]
    report = report_of(make_set(tmp_path, questions=questions))
    assert {kind: figures["R@1"] for kind, figures in report.kinds().items()} == {"easy": 1, "hard": 0}


def test_a_copy_of_a_right_paragraph_is_right(tmp_path: Path) -> None:
    """Only one of several with the same words is indexed, the oldest; the judges may have seen another."""
    old = {"id": "old", "text": "A bridge opened in May!", "date": "2001"}
    paragraphs = [{"id": "new", "text": "A bridge opened in May.", "date": "2002"}, *ROADS[1:], old]
    questions = [{"id": "q", "text": "Which bridge opened?"}]
    for judged in ([("q", "new", 1)], [("q", "old", 1)], [("q", "new", 0), ("q", "old", 1)]):
        report = report_of(make_set(tmp_path, paragraphs, questions, judged), wanted=Wanted(peers=True))
        for system in (report.project, *report.peers):
            assert report.means(system) == {"R@1": 1, "R@10": 1, "MRR@10": 1, "nDCG@10": 1}, system.name


def test_copies_push_nothing_out_of_a_peers_ranking(tmp_path: Path) -> None:
    """A peer lists them one by one; they count as one."""
    copies = [{"id": f"c{at}", "text": "A bridge and bridge"} for at in range(15)]
    others = [{"id": f"o{at}", "text": f"Other text about something, number {at}."} for at in range(30)]
    right = {"id": "right", "text": "The bridge opened in May and people were glad."}
    made = make_set(tmp_path, [*copies, *others, right], [{"id": "q", "text": "bridge"}], [("q", "right", 1)])
    for peer in report_of(made, wanted=Wanted(peers=True)).peers:
        assert peer.values["MRR@10"]["q"] == 0.5, peer.name


def test_of_copies_with_several_grades_the_best_counts(tmp_path: Path) -> None:
    """Whichever was judged last."""
    copies = [{"id": "a", "text": "A bridge opened."}, {"id": "b", "text": "A bridge opened!"}]
    for grades in ((1, 2), (2, 1)):
        judged = [("q", name, grade) for name, grade in zip("ab", grades, strict=True)]
        made = make_set(tmp_path, copies, [{"id": "q", "text": "bridge"}], judged)
        assert list(made.questions[0].grades.values()) == [2]


def test_peers_read_the_title_too(tmp_path: Path) -> None:
    """As this project does."""
    made = make_set(tmp_path, ROADS[::-1], [{"id": "q", "text": "cooking"}], [("q", "p3", 1)])
    for peer in report_of(made, wanted=Wanted(peers=True)).peers:
        assert peer.values["R@1"]["q"] == 1, peer.name


def test_a_peers_report_says_how_far_it_is_behind(tmp_path: Path) -> None:
    """It does not know that a question's last word is followed by a mark."""
    questions = [{"id": f"q{at}", "text": "Which of them is glad of FLOUR?"} for at in range(6)]
    made = make_set(tmp_path, ROADS[::-1], questions, [(f"q{at}", "p3", 1) for at in range(6)])
    report = report_of(made, wanted=Wanted(peers=True))
    plain, library = report.peers
    assert (plain.name, library.name) == ("rank-bm25", "bm25s")
    assert plain.ahead is not None
    assert plain.ahead.mean == pytest.approx(1 - report.means(plain)["MRR@10"])
    assert plain.ahead.mean > 0
    assert library.ahead is not None
    assert library.ahead.mean == 0


def test_sentences_are_judged_by_short_answers(tmp_path: Path) -> None:
    """Where the right paragraph is first and holds an answer, whatever its case and white space."""
    paragraphs = [
        {"id": "p1", "text": "The bridge opened in May. It was cold.  Nobody\ncame, said the mayor of Springfield."},
        *ROADS[1:],
    ]
    answers = {"q1": ["in  MAY"], "q2": ["Springfield"], "q3": ["in June"], "q4": [], "q5": ["in May"]}
    questions: list[Any] = [
        {"id": name, "text": "When did the bridge open?", "answer": each} for name, each in answers.items()
    ]
    judged = [(name, "p1", 1) for name in ("q1", "q2", "q3", "q4")] + [("q5", "p2", 1)]
    report = report_of(make_set(tmp_path, paragraphs, questions, judged))
    assert report.sentences == Sentences(questions=2, right=1)
    assert report_of(make_set(tmp_path)).sentences is None


def test_sentences_are_judged_however_sure_the_answer_is(tmp_path: Path) -> None:
    """Which sentence is marked is one matter, whether it is shown another."""
    text = "Did bartering Zzzzqqq, Xxxxwww, Qqqqppp or Wwwwkkk open a bridge?"
    paragraphs = [*ROADS, {"id": "p4", "text": "Another bridge is closed."}]
    made = make_set(tmp_path, paragraphs, [{"id": "q", "text": text, "answer": ["May"]}], [("q", "p1", 1)])
    report = report_of(made)
    assert [each.band for each in report.abstention.answerable] == [Band.NONE]
    assert report.sentences == Sentences(questions=1, right=1)


def test_every_question_is_asked_on_its_day(tmp_path: Path) -> None:
    """Those without an answer too: what "this week" means hangs on it."""
    day = dt.date(2024, 5, 15)
    paragraphs = [
        {"id": "p1", "text": "The bridge opened, said the mayor of the town.", "date": "2024-05-14"},
        {"id": "p2", "text": "The long bridge opened.", "date": "2020-05-14"},
        {"id": "p3", "text": "Bread needs flour.", "date": "2020-05-14"},
    ]
    ask = "Which long bridge opened this week?"
    questions = [
        {"id": "q1", "text": ask, "date": str(day)},
        {"id": "q2", "text": ask, "date": str(day), "unanswerable": True},
    ]
    judged = [("q1", "p1", 1)]
    one = make_set(tmp_path / "one", paragraphs, questions, judged)
    other = make_set(tmp_path / "other", paragraphs, questions, judged)
    report = report_of(one, other, wanted=Wanted(removed=True, mistyped=True))
    sure = Retriever(one.corpus).answer(ask, asked_on=day).confidence
    assert sure != Retriever(one.corpus).answer(ask).confidence
    found = report.abstention
    verdicts = [*found.answerable, *found.unanswerable["unanswerable"], *found.off_topic]
    assert [each.confidence for each in verdicts] == [sure] * 3
    assert report.means(report.project)["R@1"] == 1


def test_the_right_article_removed_is_asked_for_on_its_day(tmp_path: Path) -> None:
    """As while it was there."""
    day = dt.date(2024, 5, 15)
    paragraphs = [
        {"id": "p0", "text": "It was the long bridge that opened.", "date": "2024-05-15"},
        {"id": "p1", "text": "The bridge opened, said the mayor of the town.", "date": "2024-05-14"},
        {"id": "p2", "text": "The long bridge opened.", "date": "2020-05-14"},
    ]
    ask = "Which long bridge opened this week?"
    made = make_set(tmp_path, paragraphs, [{"id": "q", "text": ask, "date": str(day)}], [("q", "p0", 1)])
    [removed] = report_of(made, wanted=Wanted(removed=True)).abstention.removed
    rest = Retriever(make_set(tmp_path, paragraphs[1:], judged=[("q1", "p1", 1)]).corpus)
    assert removed.confidence == rest.answer(ask, asked_on=day).confidence
    assert removed.confidence != rest.answer(ask).confidence


def test_questions_typed_in_a_hurry_are_asked_again(tmp_path: Path) -> None:
    """By how they were typed, every measure of every answerable question; only where it is wanted."""
    paragraphs = [{"id": "p1", "text": "Köprü mayısta açıldı."}, {"id": "p2", "text": "Ekmek için un gerekir."}]
    questions = [
        {"id": "q1", "text": "Köprü ne zaman açıldı?"},
        {"id": "q2", "text": "Ekmek için ne gerekir?"},
        {"id": "q3", "text": "Kim?", "unanswerable": True},
    ]
    made = make_set(tmp_path, paragraphs, questions, [("q1", "p1", 1), ("q2", "p2", 1)])
    report = report_of(made, wanted=Wanted(mistyped=True))
    assert list(report.mistyped) == ["two slips", "plain letters"]
    for values in report.mistyped.values():
        assert set(values["R@1"]) == {"q1", "q2"}
    assert report.mistyped_means()["plain letters"] == {"R@1": 1, "R@10": 1, "MRR@10": 1, "nDCG@10": 1}
    assert report_of(made).mistyped == {}


def test_silence_is_judged_with_every_sort_of_question_without_an_answer(tmp_path: Path) -> None:
    """Those of the set by kind, other sets' questions, and its own without the right article."""
    questions = [
        *ASKED,
        {"id": "q3", "text": "Who won the cup?", "unanswerable": True, "kind": "far"},
        {"id": "q4", "text": "Who sang?", "unanswerable": True},
    ]
    one = make_set(tmp_path / "one", questions=questions)
    bread = [{"id": "p1", "text": "The piano is in the hall."}]
    other = make_set(tmp_path / "other", bread, [{"id": "q1", "text": "Where is the piano?"}], [("q1", "p1", 1)])
    found = report_of(one, other).abstention
    assert (len(found.answerable), len(found.off_topic), found.removed) == (2, 1, ())
    assert {kind: len(each) for kind, each in found.unanswerable.items()} == {"far": 1, "unanswerable": 1}
    found = report_of(one, other, wanted=Wanted(removed=True)).abstention
    assert list(found.negatives) == ["no answer: far", "no answer", "another topic", "right article removed"]
    assert len(found.removed) == 2
    sure = min(each.confidence for each in found.answerable)
    assert all(each.confidence < sure for negatives in found.negatives.values() for each in negatives)


def test_misses_are_those_whose_first_paragraph_is_wrong(tmp_path: Path) -> None:
    """At most so many."""
    questions = [*ASKED, {"id": "q3", "text": "Which tunnel?"}, {"id": "q4", "text": "zzzzqqqq"}]
    made = make_set(tmp_path, questions=questions, judged=[*JUDGED, ("q3", "p1", 1), ("q4", "p1", 1)])
    assert [miss.question.id for miss in report_of(made, wanted=Wanted(misses=9)).misses] == ["q3", "q4"]
    assert len(report_of(made, wanted=Wanted(misses=1)).misses) == 1


def test_sets_count_the_same_whatever_their_size(tmp_path: Path) -> None:
    """An unweighted mean."""
    small = make_set(tmp_path / "small", questions=[{"id": "q", "text": "zzzzqqqq"}], judged=[("q", "p1", 1)])
    reports = reports_of(make_set(tmp_path / "large"), small)
    assert overall(reports) == {"R@1": 0.5, "R@10": 0.5, "MRR@10": 0.5, "nDCG@10": 0.5}


def test_the_same_sets_give_the_same_figures(tmp_path: Path) -> None:
    """Twice in one process; nothing hangs on the order of a set or a dict."""
    sets = [make_set(tmp_path / "one"), make_set(tmp_path / "other")]
    wanted = Wanted(peers=True, removed=True, mistyped=True, misses=3)
    assert reports_of(*sets, wanted=wanted) == reports_of(*sets, wanted=wanted)


def test_an_article_of_several_paragraphs_is_judged_by_the_paragraph(tmp_path: Path) -> None:
    """The right article is not enough, and a sentence is judged only where it was chosen from the right one."""
    questions = (
        '[[question]]\nask = "Which bridge?"\nright = ["tunnel"]\n[[question]]\nask = "tunnel"\nright = ["A tu"]\n'
    )
    files: dict[str, str | bytes] = {
        "a.txt": "The bridge opened in May.\n\nA tunnel collapsed.", "questions.toml": questions,
    }  # fmt: skip
    [judged] = read_sets([write_corpus(tmp_path, files)])
    report = report_of(judged)
    assert report.project.values["R@1"] == {"1": 0, "2": 1}
