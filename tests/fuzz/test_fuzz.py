"""Nothing that reads what others wrote breaks, or takes long, whatever it is given."""

from pathlib import Path
from random import Random
from typing import Final

import pytest

from tests.fuzz.mutating import PIECES, bytes_of, text_of
from tests.fuzz.running import fuzz
from tests.fuzz.target import Target, tried
from tests.fuzz.targets import TARGETS

FOUND: Final = Path(__file__).parent / "found"
_INPUTS: Final = 60
_SEED: Final = 20_230_424
_BY_NAME: Final = {target.name.replace(" ", "-"): target for target in TARGETS}
_KEPT: Final = sorted(path.relative_to(FOUND).as_posix() for path in FOUND.glob("*/*.input"))


@pytest.mark.parametrize("target", TARGETS, ids=_BY_NAME)
def test_a_few_inputs_of_each_kind(target: Target, tmp_path: Path) -> None:
    """The same ones in every run; `python -m tests.fuzz` tries as many others as one likes."""
    with target.open(tmp_path) as run:
        tally = fuzz(
            target,
            run,
            Random(f"{_SEED} {target.name}"),
            goes_on=lambda tally: tally.inputs < max(10, _INPUTS * min(1.0, 2 * target.share)),
            note=lambda _: None,
            growing=False,
        )
    assert tally.found == {}
    assert tally.inputs >= 10


@pytest.mark.parametrize("kept", _KEPT)
def test_what_was_found_once_is_not_found_again(kept: str, tmp_path: Path) -> None:
    """Each input that was a failure, with what was wrong beside it."""
    target = _BY_NAME[Path(kept).parent.name]
    with target.open(tmp_path) as run:
        assert tried(target, run, (FOUND / kept).read_bytes()).fault == ""


def test_inputs_are_kept_for_targets_that_there_are() -> None:
    """An input whose target is called otherwise today would never be tried."""
    assert {Path(kept).parent.name for kept in _KEPT} <= set(_BY_NAME)
    assert len(_KEPT) >= 5
    assert all((FOUND / kept).with_suffix(".txt").read_text(encoding="utf-8").strip() for kept in _KEPT)


def test_a_failure_is_found_and_made_small() -> None:
    """A target that breaks at one letter: of what was found nothing is left but that letter."""

    def broken(data: bytes) -> None:
        if b"q" in data:
            raise KeyError("q")

    target = Target("broken", TARGETS[0].open, (b"a long text, quite long",))
    tally = fuzz(target, broken, Random(1), goes_on=lambda tally: tally.inputs < 50, note=lambda _: None, growing=False)
    assert list(tally.found.values()) == [b"q"]
    assert "KeyError" in next(iter(tally.found))


def test_texts_and_inputs_are_the_same() -> None:
    """Halves of characters too, as long as they stand alone."""
    assert all(text_of(bytes_of(piece)) == piece for piece in PIECES)
