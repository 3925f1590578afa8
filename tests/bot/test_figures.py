"""Figures for people and for programs."""

import io
import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest
from rich.console import Console

from bot.figures import print_calibration, print_reports
from bot.figures_json import as_json
from retrieval import Band
from retrieval.confidence import Model
from retrieval.evaluation import SHARES, Clock, HeldOut, Report, Verdict, Wanted, evaluate
from tests.retrieval.evaluation.writing import ASKED, JUDGED, ROADS, make_set

T = TypeVar("T")
MEASURES = {"R@1", "R@10", "MRR@10", "nDCG@10"}
EVERYTHING = Wanted(peers=True, removed=True, mistyped=True, misses=2)
DAY = "2024-05-15"


def track(items: Sequence[T], description: str) -> Iterable[T]:
    """Nobody watches."""
    assert description
    return items


def reports(folder: Path, wanted: Wanted) -> tuple[Report, ...]:
    """Of two small sets; in the first, one of three answerable questions goes wrong."""
    questions: list[Any] = [
        {**ASKED[0], "answer": ["in May"]},
        {**ASKED[1], "kind": "short"},
        {"id": "q3", "text": "Which [red]tunnel[/red] \x1b[2J?", "date": DAY},
        {"id": "q4", "text": "Who sang?", "unanswerable": True},
        {"id": "q5", "text": "Who danced?", "unanswerable": True, "kind": "[b]$far^{$"},
    ]
    paragraphs: list[Any] = [{**ROADS[0], "title": "Roads \x1b[31m", "date": DAY}, *ROADS[1:]]
    first = make_set(folder / "first", paragraphs, questions=questions, judged=[*JUDGED, ("q3", "p1", 1)])
    second = make_set(
        folder / "[b]second",
        [{"id": "p", "text": "Pianos.", "title": "Halls"}],
        [{"id": "q", "text": "Pianó?"}],
        [("q", "p", 1)],
    )

    return evaluate([first, second], wanted, Clock(time.process_time, time.perf_counter), track)


def printed(found: tuple[Report, ...]) -> str:
    """The tables as they stand in a file."""
    stream = io.StringIO()
    print_reports(Console(file=stream, width=100, highlight=False), found)
    return stream.getvalue()


def test_the_json_has_the_measures_at_the_top_and_all_else_below(tmp_path: Path) -> None:
    """Means over the sets, each counting the same."""
    found = json.loads(json.dumps(as_json(reports(tmp_path, EVERYTHING))))
    assert set(found) == MEASURES | {"sets"}
    assert list(found["sets"]) == ["first", "[b]second"]
    first, second = found["sets"].values()
    assert set(first) == MEASURES | {
        "questions", "paragraphs", "language", "left_out", "kinds", "sentence", "abstention", "latency", "comparison",
        "mistyped", "misses",
    }  # fmt: skip
    for name in MEASURES:
        assert found[name] == pytest.approx((first[name] + second[name]) / 2, abs=1e-6)
    assert (first["R@1"], first["questions"], first["paragraphs"], first["language"]) == (0.666667, 3, 3, "en")
    assert {kind: set(figures) for kind, figures in first["kinds"].items()} == {"plain": MEASURES, "short": MEASURES}
    assert first["sentence"] == {"questions": 1, "right": 1, "share": 1.0}
    assert (second["kinds"], second["sentence"]) == ({}, None)


def test_the_json_of_silence_names_every_sort(tmp_path: Path) -> None:
    """With shares of the bands; null where nothing was asked."""
    silence = as_json(reports(tmp_path, EVERYTHING))["sets"]["first"]["abstention"]
    assert set(silence) == {"answerable", "unanswerable", "off_topic", "removed"}
    assert silence["answerable"]["questions"] == 3
    for each in (silence["unanswerable"]["unanswerable"], silence["off_topic"], silence["removed"]):
        assert set(each) == {"auroc", "refused", "questions", "found", "weak", "none"}
        assert each["found"] + each["weak"] + each["none"] == pytest.approx(1, abs=1e-5)
    silence = as_json(reports(tmp_path, Wanted())[1:])["sets"]["[b]second"]["abstention"]
    assert (silence["unanswerable"], silence["removed"]) == ({}, None)


def test_the_json_of_what_was_mistyped_says_what_it_costs(tmp_path: Path) -> None:
    """Every measure, and how far it is from that of the questions as they are; nothing where it was not wanted."""
    found = as_json(reports(tmp_path, EVERYTHING))["sets"]
    assert [set(each["mistyped"]) for each in found.values()] == [{"two_slips"}, {"two_slips", "plain_letters"}]
    for each in found.values():
        for typed in each["mistyped"].values():
            assert set(typed) == MEASURES | {"difference"}
            assert typed["difference"] == pytest.approx({name: typed[name] - each[name] for name in MEASURES}, abs=2e-6)
    assert found["[b]second"]["mistyped"]["plain_letters"]["R@1"] == 1
    assert as_json(reports(tmp_path, Wanted()))["sets"]["first"]["mistyped"] == {}


def test_the_json_of_peers_holds_their_measures_times_and_distance(tmp_path: Path) -> None:
    """None where one question proves nothing."""
    found = as_json(reports(tmp_path, EVERYTHING))["sets"]
    first, second = (each["comparison"]["rank-bm25"] for each in found.values())
    assert set(first) == MEASURES | {"latency", "ahead"}
    assert set(first["latency"]) == {"cpu_ms", "wall_ms", "build_seconds"}
    assert set(first["ahead"]) == {"mean", "low", "high", "p_value"}
    assert second["ahead"] is None
    assert as_json(reports(tmp_path, Wanted()))["sets"]["first"]["comparison"] == {}


def test_the_json_of_misses_explains_them(tmp_path: Path) -> None:
    """Both paragraphs, with the parts of their scores."""
    [miss] = as_json(reports(tmp_path, EVERYTHING))["sets"]["first"]["misses"]
    assert (miss["id"], miss["kind"], miss["right"]["rank"]) == ("q3", "plain", None)
    assert miss["right"]["text"].startswith("The bridge opened")
    assert miss["first"]["article_id"] == "p2"
    assert miss["asked_on"] == DAY
    assert (miss["right"]["title"], miss["right"]["published"], miss["first"]["published"]) == (
        "Roads \x1b[31m", DAY, None,
    )  # fmt: skip
    parts = miss["first"]["contributions"]
    assert {part["word"] for part in parts} >= {"tunnel"}
    assert miss["first"]["score"] == pytest.approx(sum(part["score"] for part in parts))


def test_the_tables_hold_every_figure(tmp_path: Path) -> None:
    """Names are shown as they are, commands to the terminal are not."""
    text = printed(reports(tmp_path, EVERYTHING))
    for part in (
        "Is a right paragraph found?", "first", "[b]second", "verbatim", "rank-bm25", "bm25s", "0.667", "mean",
        "Is verbatim better", "95% interval", "By kind of question", "short",
        "What if the questions are typed in a hurry?", "as they are", "two slips", "plain letters", "difference",
        "Is it silent", "with an answer", "│ no answer  ", "no answer: [b]$far^{$", "another topic", "AUROC",
        "right article removed", "nothing in the set answers", "questions of the other sets", "without those that",
        "How many milliseconds", "p50/p90/p99", "verbatim: a whole answer. The others: a search.",
        "Which [red]tunnel[/red]", "right: not ranked", "first: rank 1, score", "tunnel (words)", "The bridge opened",
        f"first, plain, asked on {DAY}: Which", f", {DAY}  ", "│ Roads  ",
    ):  # fmt: skip
        assert part in text, part
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 100
    assert "where half of the questions have others.\n" in text


def test_what_was_not_wanted_is_not_shown(tmp_path: Path) -> None:
    """Nor a mean over one set."""
    text = printed(reports(tmp_path, Wanted())[1:])
    for part in ("rank-bm25", "better", "By kind", "removed", "no answer", "hurry", "mean", "right:"):
        assert part not in text, part


def test_what_was_left_out_is_said(tmp_path: Path) -> None:
    """With how many of it."""
    made = make_set(tmp_path, questions=[*ASKED, ASKED[0]])
    clock = Clock(time.process_time, time.perf_counter)
    assert "1 repeated questions left out" in printed(evaluate([made], Wanted(), clock, track))


def test_what_was_left_out_is_said_before_what_went_wrong(tmp_path: Path) -> None:
    """Of all sets: what went wrong fills screens."""
    questions = [*ASKED, ASKED[0], {"id": "q3", "text": "tunnel?"}]
    sets = [make_set(tmp_path / name, questions=questions, judged=[*JUDGED, ("q3", "p1", 1)]) for name in "ab"]
    text = printed(evaluate(sets, Wanted(misses=1), Clock(time.process_time, time.perf_counter), track))
    assert text.rindex("left out") < text.index("right: ")


def test_a_model_is_shown_a_line_a_set_and_size() -> None:
    """In a hundred columns, with a legend and what is to be copied."""
    answered = (*[Verdict(0.9, Band.FOUND)] * 3, Verdict(0.3, Band.WEAK))
    verdicts = {**dict.fromkeys(SHARES, answered), "far": (Verdict(0.1, Band.NONE),), "near": ()}
    held = [HeldOut(name, size, verdicts) for name in ("a_rather_long_name", "other") for size in (10, None)]
    stream = io.StringIO()
    print_calibration(Console(file=stream, width=100, highlight=False), Model(-1, (0.5, 2)), held)
    lines = stream.getvalue().splitlines()
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if line.startswith("│")]
    shares = ["0.75/0.25", "0.75/0.25", "–", "0.00/0.00", "–/1.00"]
    assert rows == [
        ["a_rather_long_name", "10", *shares],
        ["", "nearly all", *shares],
        ["other", "10", *shares],
        ["", "nearly all", *shares],
    ]
    assert "FITTED: Final = Model(-1.00, (0.50, 2.00))" in lines
    for sort in (*SHARES, "refused"):
        assert f"{sort}: " in stream.getvalue()
    assert max(map(len, lines)) <= 100
