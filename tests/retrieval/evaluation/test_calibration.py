"""Which coefficients make the confidence a probability?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from retrieval.answers import Evidence
from retrieval.confidence import Model, band, confidence
from retrieval.evaluation import SHARES, JudgedSet, JudgmentsError, Situation, fit, held_out, situations
from tests.retrieval.evaluation.writing import make_set

T = TypeVar("T")
NOTHING: Mapping[str, tuple[Evidence | None, ...]] = dict.fromkeys(SHARES, ())
TRUE = Model(0.4, (1.5, -1.0, 0.5, -2.0, 0.0, 1.0, -0.5))
NAMES = "Adana Bursa Konya Izmir Mersin Sivas Tokat Rize Ordu Edirne Bolu Kars Usak Urfa".split(" ")  # noqa: SIM905


def track(items: Sequence[T], description: str) -> Iterable[T]:
    """Nobody watches."""
    assert description
    return items


def made(count: int, seed: int = 1, name: str = "set", size: int | None = 10) -> Situation:
    """What would be found if a model were right: answered as often as it says."""
    random = np.random.default_rng(seed)
    found = [Evidence(*row) for row in random.normal(size=(count, 7)).tolist()]
    right = [bool(random.random() < TRUE.probability(each)) for each in found]
    answered = tuple(each for each, is_right in zip(found, right, strict=True) if is_right)
    far = tuple(each for each, is_right in zip(found, right, strict=True) if not is_right)
    return Situation(name, size, {**NOTHING, "answered": answered, "far": far})


def coefficients(model: Model) -> list[float]:
    """All of them, the intercept first."""
    return [model.intercept, *model.weights]


def towns(folder: Path, count: int, thing: str = "mayor") -> JudgedSet:
    """A set of so many articles of one paragraph, with a question each."""
    rows: list[Any] = [
        {"id": f"p{at}", "title": f"Town {name}", "text": f"The {thing} of {name} is number {at} in the list."}
        for at, name in enumerate(NAMES[:count])
    ]
    asked = [
        {"id": f"q{at}", "text": f"Which number is the {thing} of {name}?"} for at, name in enumerate(NAMES[:count])
    ]
    return make_set(folder, rows, asked, [(f"q{at}", f"p{at}", 1) for at in range(count)])


def test_a_fit_finds_the_model_that_made_the_answers() -> None:
    """Signs and sizes of what each kind of evidence weighs."""
    assert fit([made(8000)]).weights == pytest.approx(TRUE.weights, abs=0.25)


def test_a_misspelt_question_is_answered_as_well() -> None:
    """Those near the topic and those far from it are not."""
    one = made(2000)
    moved = {"answered": (), "misspelt": one.found["answered"], "near": one.found["far"], "far": ()}
    assert fit([replace(one, found=moved)]).weights == pytest.approx(fit([one]).weights, abs=0.1)


def test_the_intercept_follows_what_each_sort_weighs() -> None:
    """Answered and far questions count 25 to 35, however many there are of each."""
    situation = made(8000)
    answered, far = (len(situation.found[sort]) for sort in ("answered", "far"))
    shift = np.log(SHARES["answered"] / answered) - np.log(SHARES["far"] / far)
    assert fit([situation]).intercept == pytest.approx(TRUE.intercept + shift, abs=0.15)


def test_sets_and_sorts_weigh_the_same_however_many_questions_they_have() -> None:
    """Nor does it matter how often a size was repeated."""
    one, other = made(300, 1, "one"), made(300, 2, "other")
    expected = pytest.approx(coefficients(fit([one, other])), abs=1e-3)
    thrice = replace(one, found={sort: found * 3 for sort, found in one.found.items()})
    lopsided = replace(one, found={**one.found, "far": one.found["far"] * 4})
    assert coefficients(fit([thrice, other])) == expected
    assert coefficients(fit([lopsided, other])) == expected
    assert coefficients(fit([one, other, one, one])) == expected
    assert coefficients(fit([one])) != expected


def test_where_nothing_was_found_nothing_is_learnt() -> None:
    """Such a question gets no answer anyway."""
    situation = made(300)
    empty = Evidence(0.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0)
    more = {sort: (None, *found, empty, None) for sort, found in situation.found.items()}
    assert coefficients(fit([replace(situation, found=more)])) == pytest.approx(
        coefficients(fit([situation])), abs=1e-6
    )


@pytest.mark.parametrize(
    "seen", [[], [Situation("set", 10, NOTHING)], [Situation("s", 10, {**NOTHING, "far": (None,)})]]
)
def test_without_evidence_there_is_nothing_to_fit(seen: list[Situation]) -> None:
    """And the message says what to do."""
    with pytest.raises(JudgmentsError, match="give sets whose articles answer questions"):
        fit(seen)


def test_evidence_of_one_sort_or_that_parts_them_all_can_be_fitted() -> None:
    """The ridge keeps weights finite; answered questions get more than the others."""
    high, low = Evidence(1, 1, 1, 0, 0, 3, 4), Evidence(0.1, 0.1, 0.1, 1, 1, 1, 4)
    model = fit([Situation("set", 10, {**NOTHING, "answered": (high, high), "near": (low,)})])
    assert model.probability(low) < 0.1
    assert model.probability(high) > 0.9
    assert all(np.isfinite(coefficients(model)))
    sure = fit([Situation("set", 10, {**NOTHING, "answered": (high, low)})])
    assert min(sure.probability(each) for each in (high, low)) > 0.9


def test_a_set_is_cut_down_to_every_size_that_it_reaches(tmp_path: Path) -> None:
    """Three times where few questions are left, and once to nearly all; the same ones in every run."""
    small, large = towns(tmp_path / "small", 9), towns(tmp_path / "large", 14, "governor")
    found = situations([small, large], track)
    assert [(each.name, each.size) for each in found] == [
        ("small", None), ("large", 10), ("large", 10), ("large", 10), ("large", None),
    ]  # fmt: skip
    assert situations([small, large], track) == found
    assert len({str(each.found) for each in found}) == len(found)


def test_every_sort_of_question_is_asked(tmp_path: Path) -> None:
    """Those that are answered, also misspelt; those whose article is gone; those of the other sets."""
    sets = [towns(tmp_path / "one", 14), towns(tmp_path / "other", 12, "governor")]
    for each in situations(sets, track):
        total, others = (14, 12) if each.name == "one" else (12, 14)
        kept = each.size or {14: 13, 12: 11}[total]
        counts = {sort: len(found) for sort, found in each.found.items()}
        assert counts == {"answered": kept, "misspelt": kept, "near": total - kept, "far": others}
        answered = [evidence for evidence in each.found["answered"] if evidence]
        assert len(answered) == kept
        assert min(evidence.paragraph for evidence in answered) > 0.99
        assert all(evidence is None or evidence.paragraph < 0.99 for evidence in each.found["near"])
        assert each.found["misspelt"] != each.found["answered"]


def test_paragraphs_with_one_title_stay_together(tmp_path: Path) -> None:
    """They are one article: what is left of it might answer."""
    rows: list[Any] = [
        {"id": f"p{at}", "title": f"Town {at // 6}", "text": f"The mayor of {name} is {at}."}
        for at, name in enumerate(NAMES)
    ]
    asked = [{"id": f"q{at}", "text": f"The mayor of {name}?"} for at, name in enumerate(NAMES)]
    judged = make_set(tmp_path, rows, asked, [(f"q{at}", f"p{at}", 1) for at in range(len(NAMES))])
    sizes = [len(each.found["answered"]) for each in situations([judged], track)]
    assert set(sizes[:3]) <= {12, 14}
    assert sizes[3] == 14


def test_a_set_alone_has_no_questions_of_others(tmp_path: Path) -> None:
    """It can be fitted all the same, but there is nothing to hold it against."""
    seen = situations([towns(tmp_path, 14)], track)
    assert {each.found["far"] for each in seen} == {()}
    assert len(fit(seen).weights) == len(astuple(Evidence(0, 0, 0, 0, 0, 0, 0)))
    assert held_out(seen) == ()


def test_a_set_is_judged_by_a_model_of_the_others() -> None:
    """At each size together; what was not asked has no verdict."""
    one, again, small = made(300, 1, "one"), made(300, 2, "one"), made(300, 3, "one", None)
    other = made(400, 4, "other")
    judged = held_out([one, again, other, small])
    assert [(each.name, each.size) for each in judged] == [("one", 10), ("one", None), ("other", 10)]
    model = fit([other])
    expected = [confidence(evidence, model) for evidence in (*one.found["far"], *again.found["far"])]
    assert [each.confidence for each in judged[0].verdicts["far"]] == expected
    assert [each.band for each in judged[0].verdicts["far"]] == [band(each) for each in expected]
    assert judged[0].verdicts["near"] == judged[0].verdicts["misspelt"] == ()
    reverse = fit([one, again, small])
    assert [each.confidence for each in judged[2].verdicts["answered"]] == [
        confidence(evidence, reverse) for evidence in other.found["answered"]
    ]
