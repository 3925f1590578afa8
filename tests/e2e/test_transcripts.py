"""The conversations in the README are real ones."""

import re
from pathlib import Path

import pytest

from tests.e2e.transcripts import README, SCENES, played, printed


@pytest.mark.parametrize("name", SCENES)
async def test_a_conversation_goes_as_it_is_printed(name: str, tmp_path: Path) -> None:
    """Word for word; `python -m tests.e2e.transcripts` writes them anew."""
    assert await played(SCENES[name], tmp_path) == printed(name, README.read_text(encoding="utf-8"))


def test_all_of_them_are_printed() -> None:
    """And no others."""
    places = re.findall(r"^<!-- conversation: (.*) -->$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert places == list(SCENES)
