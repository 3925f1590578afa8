"""Are there known holes in what is installed? Asks the database that pip-audit knows, where it can be reached.

Run with a lock file; ends with 1 where there is a hole, with 0 where there is none, or nobody could be asked, which it
says.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

_SECONDS: Final = 300
UNREACHABLE: Final = "The database of known holes cannot be reached from here: nothing was looked up."


def main(lock: str) -> int:
    """Look up all that a lock file names; the exit code."""
    printed = ""
    command = [sys.executable, "-m", "pip_audit", "-r", lock, "--require-hashes", "--disable-pip"]
    command += ["-f", "json", "--progress-spinner", "off"]
    with suppress(subprocess.TimeoutExpired):
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=False)  # noqa: S603
        printed = done.stdout
    code, lines = verdict(_report(printed))
    print("\n".join(lines))
    return code


def _report(printed: str) -> Mapping[str, Any]:
    try:
        found = json.loads(printed)
    except ValueError:  # it could not even ask
        return {}
    return found if isinstance(found, dict) else {}


def verdict(report: Mapping[str, Any]) -> tuple[int, list[str]]:
    """What a report of pip-audit means.

    Args:
        report: its JSON; empty where it gave none.

    Returns:
        The exit code, and what is said.
    """
    every = report.get("dependencies", [])
    asked = [each for each in every if "skip_reason" not in each]
    if not asked:
        return 0, [UNREACHABLE]
    holes = list(_holes(asked))
    unknown = [each["name"] for each in every if "skip_reason" in each]
    said = [f"{len(asked)} packages were looked up, {len(holes)} known holes.", *holes]
    return int(bool(holes)), said + ([f"Not known there: {', '.join(unknown)}."] if unknown else [])


def _holes(asked: list[Mapping[str, Any]]) -> Iterator[str]:
    for each in asked:
        for hole in each.get("vulns", []):
            fixed = ", ".join(hole.get("fix_versions", [])) or "no version yet"
            yield f"{each['name']} {each['version']}: {hole['id']}, fixed in {fixed}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
