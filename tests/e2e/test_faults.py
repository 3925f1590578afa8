"""What stands around and below the real program fails: nobody's question is lost, and the operator can read why."""

from pathlib import Path

import pytest

from tests.bench.faults.plays import Play, perform, wrong
from tests.bench.faults.table import ALL

QUICK = [play for play in ALL if play.quick and play.needs is None]


@pytest.mark.parametrize("play", QUICK, ids=[play.name.replace(" ", "-") for play in QUICK])
async def test_nothing_is_lost(play: Play, tmp_path: Path) -> None:
    """Asked before, meanwhile or afterwards: each question is answered, once, and what is wrong is said."""
    stage = await perform(play, tmp_path)
    assert wrong(play, stage) == [], stage.everything_said
