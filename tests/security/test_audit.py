"""What an audit of the libraries says: never that all is well where nobody was asked."""

from tests.audit import UNREACHABLE, verdict

SOUND = {"name": "one", "version": "1.0", "vulns": []}
HOLED = {"name": "two", "version": "2.0", "vulns": [{"id": "CVE-1", "fix_versions": ["2.1"]}, {"id": "CVE-2"}]}
UNKNOWN = {"name": "three", "skip_reason": "not found"}


def test_a_database_that_cannot_be_reached_is_said() -> None:
    """It fails nothing, and claims nothing."""
    assert verdict({}) == (0, [UNREACHABLE])
    assert verdict({"dependencies": [UNKNOWN, UNKNOWN]}) == (0, [UNREACHABLE])


def test_a_known_hole_fails_the_audit() -> None:
    """With the version that has none."""
    code, said = verdict({"dependencies": [SOUND, HOLED, UNKNOWN]})
    assert code == 1
    assert said == [
        "2 packages were looked up, 2 known holes.",
        "two 2.0: CVE-1, fixed in 2.1",
        "two 2.0: CVE-2, fixed in no version yet",
        "Not known there: three.",
    ]


def test_sound_libraries_pass() -> None:
    """And it is said how many were looked up."""
    assert verdict({"dependencies": [SOUND]}) == (0, ["1 packages were looked up, 0 known holes."])
