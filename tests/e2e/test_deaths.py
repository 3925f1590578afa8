"""The real program dies or is stopped while people ask: nothing that Telegram handed over is lost."""

import signal
from pathlib import Path

from tests.bench.faults.lives import Lives

ROUNDS = 3


async def test_nothing_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    """At random moments, its start among them: all is answered, and logged once; twice only where it died between."""
    lives = Lives(tmp_path, seed=3)
    course = await lives.run(ROUNDS, signal.SIGKILL)
    account = lives.account()
    assert account.wrong == [], lives.ledger.unanswered()
    assert account.asked > 50
    assert course.codes == [-signal.SIGKILL] * ROUNDS


async def test_nothing_is_doubled_when_the_program_is_told_to_stop(tmp_path: Path) -> None:
    """It finishes what it began, and the next start does the rest."""
    lives = Lives(tmp_path, seed=3)
    course = await lives.run(ROUNDS, signal.SIGTERM)
    account = lives.account()
    assert account.wrong == [], lives.ledger.unanswered()
    assert account.asked > 50
    assert account.doubled == 0
    assert set(course.codes) <= {0, -signal.SIGTERM}
    assert max(course.stops) < 25
