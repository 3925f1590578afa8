"""The figures as a picture."""

import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from matplotlib.image import imread

from bot.charts import draw
from retrieval.evaluation import Clock, Wanted, evaluate
from tests.bot.test_figures import EVERYTHING, reports, track
from tests.retrieval.evaluation.writing import ASKED, JUDGED, make_set


def test_a_png_is_a_picture_with_something_on_it(tmp_path: Path) -> None:
    """Large enough to read, with the colours of three systems."""
    path = tmp_path / "chart.PNG"
    draw(reports(tmp_path, EVERYTHING), path)
    assert path.read_bytes().startswith(b"\x89PNG")
    picture = (imread(path)[:, :, :3] * 255).round().astype(int)
    assert picture.shape[1] >= 1500
    colors = set(map(tuple, picture.reshape(-1, 3).tolist()))
    assert {(0x00, 0x72, 0xB2), (0xE6, 0x9F, 0x00), (0x00, 0x9E, 0x73)} <= colors


@pytest.mark.parametrize("wanted", [EVERYTHING, Wanted()])
def test_an_svg_is_well_formed_whatever_is_in_it(tmp_path: Path, wanted: Wanted) -> None:
    """One set or more, with peers or without, with questions without an answer or with none."""
    for number, some in enumerate(
        [reports(tmp_path, wanted), reports(tmp_path, wanted)[:1], reports(tmp_path, wanted)[1:]]
    ):
        path = tmp_path / f"{number}.svg"
        draw(some, path)
        assert ET.parse(path).getroot().tag.endswith("svg")  # noqa: S314 - our own file


def test_sets_without_a_question_that_has_no_answer_leave_no_empty_panel(tmp_path: Path) -> None:
    """Nor a title over nothing."""
    only = make_set(tmp_path / "only")
    other = make_set(tmp_path / "other", questions=[*ASKED, {"id": "q3", "text": "Who sang?", "unanswerable": True}])
    russian = make_set(
        tmp_path / "russian", [{"id": "p1", "text": "Это была новая дорога в горах."}], ASKED[:1], JUDGED[:1]
    )
    clock = Clock(time.process_time, time.perf_counter)
    for sets, panels in (([only], 0), ([other], 1), ([russian, other], 1), ([only, other], 2)):
        draw(evaluate(sets, Wanted(), clock, track), tmp_path / "chart.svg")
        drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
        assert drawn.count("<!-- share of the answerable answered -->") == panels
        assert ("<!-- Questions without an answer" in drawn) == bool(panels)


def test_a_name_is_no_formula(tmp_path: Path) -> None:
    """A kind of question has dollar signs in its name; it is drawn letter by letter."""
    draw(reports(tmp_path, Wanted()), tmp_path / "chart.svg")
    assert "<!-- no answer: [b]$far^{$ -->" in (tmp_path / "chart.svg").read_text(encoding="utf-8")
