"""What the bot writes is for its own user, what it reads cannot run, and its container can do little."""

import os
import re
import stat
from pathlib import Path

import pytest

from bot.settings import exposure_of_env
from tests.builders import SEEDS
from tests.e2e.running import run_program

ROOT = SEEDS.parent


def modes(folder: Path) -> dict[str, int]:
    """What others may do with each file and folder below one, that one included."""
    return {str(path): stat.S_IMODE(path.stat().st_mode) & 0o077 for path in [folder, *folder.rglob("*")]}


def test_what_the_bot_writes_is_for_its_own_user(tmp_path: Path) -> None:
    """The log with its questions, the loaded articles, folders: whatever the shell's own habit is."""
    home, before = tmp_path / "home", os.umask(0)
    try:
        places = {"DATABASE_URL": f"sqlite:///{home}/log/log.db", "DATA": f"{home}/data", "ADDED": f"{home}/added"}
        code, _, errors = run_program("ask", "Who is Galuzin?", INDEX="disk", **places)
    finally:
        os.umask(before)
    assert (code, errors) == (0, "")
    found = modes(home)
    assert any(path.endswith("log.db") for path in found)
    assert any(path.endswith(".mdb") for path in found)
    assert len(found) >= 8
    assert {path: oct(mode) for path, mode in found.items() if mode} == {}


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        (0o600, None),
        (0o400, None),
        (0o640, None),
        (0o644, "read"),
        (0o604, "read"),
        (0o660, "change"),
        (0o602, "change"),
    ],
)
def test_a_file_with_secrets_that_others_may_read_is_warned_of(tmp_path: Path, mode: int, said: str | None) -> None:
    """With the way out; a group may be meant to read it."""
    file = tmp_path / ".env"
    assert exposure_of_env(file) is None
    file.touch()
    file.chmod(mode)
    found = exposure_of_env(file)
    assert found == (said and f"others on this machine may {said} {file}, in which secrets stand: chmod 600 {file}")


def test_nothing_that_is_read_can_run() -> None:
    """No loader that makes programs of data is used anywhere; YAML makes texts, lists and mappings only."""
    dangerous = re.compile(
        r"\b(?:pickle|marshal|shelve|dill|joblib)\b|allow_pickle\s*=\s*True|\beval\(|\bexec\(|\bos\.system|shell\s*=\s*True"
        r"|yaml\.(?:load\((?!.*BaseLoader)|unsafe_load|full_load)|extractall|__import__\("
    )
    files = [path for name in ("bot", "db", "retrieval") for path in (ROOT / name).rglob("*.py")]
    assert len(files) > 100
    lines = [(path.name, line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(name, line) for name, line in lines if dangerous.search(line)] == []


def test_the_container_can_do_little() -> None:
    """It runs as a user of its own, cannot write its own files, gains no rights, and installs what the lock names."""
    compose, dockerfile = ((ROOT / name).read_text(encoding="utf-8") for name in ("docker-compose.yml", "Dockerfile"))
    for line in (
        "read_only: true",
        "cap_drop: [ALL]",
        "no-new-privileges:true",
        "/verbatim/seeds:ro",
        "pids_limit:",
        "/tmp:size=",
    ):
        assert line in compose
    for line in ("USER verbatim", "--require-hashes"):
        assert line in dockerfile
    assert ".env" not in (ROOT / ".dockerignore").read_text(encoding="utf-8")
    assert (ROOT / ".dockerignore").read_text(encoding="utf-8").startswith("*\n")
