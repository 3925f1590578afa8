"""The README's table of who may do what: nothing is claimed that no test attacks."""

import re

from tests.builders import SEEDS

ROOT = SEEDS.parent
TABLE = re.compile(r"^## Who may do what.*?(?=^## )", re.MULTILINE | re.DOTALL)
TEST = re.compile(r"`(test_\w+)`")


def rows() -> list[list[str]]:
    """The cells of each row."""
    found = TABLE.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert found
    lines = [line for line in found[0].splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_every_claim_names_tests_that_exist() -> None:
    """A test that is renamed or dropped takes its claim with it."""
    known = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^(?:async )?def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(known) > 500
    assert len(rows()) >= 15
    for row in rows():
        named = TEST.findall(row[-1])
        assert named, row
        assert [name for name in named if name not in known] == []


def test_everybody_is_in_the_table() -> None:
    """Those who ask, decide, send, write, look on, and run it."""
    who = " ".join(row[0] for row in rows())
    for each in ("whoever asks", "a group", "an admin", "a reviewer", "the operator", "anybody on the network"):
        assert f"**{each}**" in who
