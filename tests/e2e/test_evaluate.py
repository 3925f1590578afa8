"""``python -m bot evaluate`` as a person runs it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import SEEDS, write_corpus
from tests.e2e.running import ROOT, run_program
from tests.retrieval.evaluation.writing import ASKED, JUDGED, write_set

HEAVY = ("scipy", "ir_measures", "pytrec_eval", "matplotlib", "bm25s", "retrieval.evaluation")


def test_without_a_folder_the_corpus_is_evaluated() -> None:
    """Tables for people, nothing on standard error."""
    code, out, err = run_program("evaluate", CORPUS=str(SEEDS))
    assert (code, err) == (0, "")
    for part in ("R@1", "nDCG@10", "seeds", "paraphrase", "none-near", "AUROC", "p50/p90/p99"):
        assert part in out, part


def test_everything_at_once_for_programs(tmp_path: Path) -> None:
    """One object on standard output and nothing on standard error; the picture is drawn."""
    chart = tmp_path / "chart.png"
    first, second = write_set(tmp_path / "first"), write_set(tmp_path / "second")
    code, out, err = run_program(
        "evaluate", str(first), str(second), "--json", "--compare", "--removed", "--mistyped", "--misses",
        "--chart", str(chart),
    )  # fmt: skip
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert {name: found[name] for name in ("R@1", "R@10", "MRR@10", "nDCG@10")} == {
        "R@1": 1, "R@10": 1, "MRR@10": 1, "nDCG@10": 1,
    }  # fmt: skip
    assert list(found["sets"]) == ["first", "second"]
    assert set(found["sets"]["first"]["comparison"]) == {"rank-bm25", "bm25s"}
    assert set(found["sets"]["first"]["mistyped"]) == {"two_slips"}
    assert found["sets"]["first"]["abstention"]["removed"]["questions"] == 2
    assert found["sets"]["first"]["misses"] == []
    assert chart.read_bytes().startswith(b"\x89PNG")


def test_misses_are_shown(tmp_path: Path) -> None:
    """As many as were asked for."""
    questions = [*ASKED, {"id": "q3", "text": "tunnel?"}, {"id": "q4", "text": "mountain?"}]
    folder = str(write_set(tmp_path / "set", questions=questions, judged=[*JUDGED, ("q3", "p1", 1), ("q4", "p1", 1)]))
    assert run_program("evaluate", folder)[1].count("first: rank 1") == 0
    assert run_program("evaluate", "--misses", folder)[1].count("first: rank 1") == 2
    assert run_program("evaluate", "--misses", "1", folder)[1].count("first: rank 1") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["{0}/gone"], 65, "{0}/gone: no such folder"),
        (["{0}/empty"], 65, "{0}/empty: it holds no judged questions"),
        (["{0}/bad"], 65, "{0}/bad/qrels.tsv:2: unknown query-id 'q1'"),
        (["{0}/good", "{0}/nothing"], 66, "nothing to quote in the corpus folder {0}/nothing"),
        (["{0}/good", "--chart", "{0}/chart.pdf"], 2, "must end in .png or .svg"),
        (["{0}/good", "--chart", "{0}/gone/chart.png"], 2, "name a file in a folder"),
        (["{0}/good", "--misses", "-1"], 2, "Invalid value for '--misses'"),
    ],
)
def test_errors_are_a_sentence_and_an_exit_code(tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    """With file, line and way out; without a traceback, and before anything is printed."""
    write_set(tmp_path / "good")
    write_set(tmp_path / "bad", questions=[{"id": "q2", "text": "x"}])
    write_corpus(tmp_path / "nothing", {"questions.toml": ""})
    (tmp_path / "empty").mkdir()
    ended, out, err = run_program("evaluate", *(each.format(tmp_path) for each in arguments), COLUMNS="500")
    assert (ended, out) == (code, "")
    assert said.format(tmp_path) in err
    assert "Traceback" not in err


def test_calibrating_prints_coefficients(tmp_path: Path) -> None:
    """And how models of the other sets do on each; nothing on standard error, nothing is changed."""
    rows = [{"id": f"p{at}", "title": f"Town {at}", "text": f"The mayor of town{at} is tall."} for at in range(12)]
    asked = [{"id": f"q{at}", "text": f"Is the mayor of town{at} tall?"} for at in range(12)]
    judged = [(f"q{at}", f"p{at}", 1) for at in range(12)]
    folders = [str(write_set(tmp_path / name, rows, asked, judged)) for name in ("[b]first", "second")]
    code, out, err = run_program("calibrate", *folders)
    assert (code, err) == (0, "")
    for part in ("[b]first", "second", "nearly all", "Each set judged by a model that was fitted"):
        assert part in out, part
    assert re.search(r"FITTED: Final = Model\(-?\d+\.\d\d, \((-?\d+\.\d\d, ){6}-?\d+\.\d\d\)\)", out)
    files = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(files) == sorted(["corpus.jsonl", "qrels.tsv", "queries.jsonl"] * 2)


def test_calibrating_says_what_is_wrong(tmp_path: Path) -> None:
    """As evaluating does."""
    code, out, err = run_program("calibrate", f"{tmp_path}/gone")
    assert (code, out) == (65, "")
    assert f"{tmp_path}/gone: no such folder" in err


@pytest.mark.parametrize("arguments", [["ask", "--json", "road"], ["corpus"], ["evaluate", "--help"]])
def test_what_measures_is_not_loaded_to_answer(tmp_path: Path, arguments: list[str]) -> None:
    """It would take longer to load than the answer takes."""
    program = (
        "import atexit, sys\n"
        f"atexit.register(lambda: print(sorted(set(sys.modules) & set({HEAVY!r})), file=sys.stderr))\n"
        "from bot.cli import main\n"
        f"sys.argv = ['bot', *{arguments!r}]\n"
        "main()"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False,
        env={
            "CORPUS": str(SEEDS), "DATABASE_URL": f"sqlite:///{tmp_path}/log.db",
            "DATA": f"{tmp_path}/loaded", "ADDED": f"{tmp_path}/added",
        },
    )  # fmt: skip
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "[]")
