"""The README's tables of who may do what, and of what comes in Telegram: nothing is claimed that no test plays."""

import re

import pytest

from tests.builders import SEEDS

ROOT = SEEDS.parent
THREATS, TELEGRAM = "Who may do what", "Telegram, row by row"
TEST = re.compile(r"`(test_\w+)`")


def rows(title: str) -> list[list[str]]:
    """The cells of each row of the first table below a heading."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {title}.*?(?=^## )", text, re.MULTILINE | re.DOTALL)
    assert found
    lines = [line for line in found[0].splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


@pytest.mark.parametrize("title", [THREATS, TELEGRAM])
def test_every_claim_names_tests_that_exist(title: str) -> None:
    """A test that is renamed or dropped takes its claim with it."""
    known = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^(?:async )?def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(known) > 500
    assert len(rows(title)) >= 15
    for row in rows(title):
        named = TEST.findall(row[-1])
        assert named, row
        assert [name for name in named if name not in known] == []


def test_everybody_is_in_the_table() -> None:
    """Those who ask, decide, send, write, look on, and run it."""
    who = " ".join(row[0] for row in rows(THREATS))
    for each in ("whoever asks", "a group", "an admin", "a reviewer", "the operator", "anybody on the network"):
        assert f"**{each}**" in who
