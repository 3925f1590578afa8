"""The conversations in the README are real ones."""

import re
from pathlib import Path

import pytest

from tests.e2e.transcripts import SCENES, block, played, region


@pytest.mark.parametrize("name", SCENES)
async def test_a_conversation_goes_as_it_is_printed(name: str, tmp_path: Path) -> None:
    """Word for word; `python -m tests.e2e.transcripts` writes them anew."""
    assert block(name, await played(SCENES[name], tmp_path)) in region()


def test_all_of_them_are_printed() -> None:
    """In order, and no others."""
    titles = re.findall(r"^\*\*(.*?)\.\*\*", region(), re.MULTILINE)
    assert titles == [name.capitalize() for name in SCENES]
