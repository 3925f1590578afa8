"""What operators copy works: the unit in the README, the health check of the container."""

import json
import re
import shutil
import socket
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path

import pytest

from bot.errors import SettingsError, WrongTokenError
from bot.settings import Settings
from bot.telegram.serving import STOP_SECONDS
from tests.builders import SEEDS

ROOT = SEEDS.parent
UNIT = re.search(r"```ini\n(\[Unit\].*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
TOOL = shutil.which("systemd-analyze")


def unit() -> str:
    """The unit that the README shows."""
    assert UNIT is not None
    return UNIT[1]


def service() -> RawConfigParser:
    """The same, read; of a key that comes again, the last one."""
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign] # keys are as they are written
    parser.read_string(unit())
    return parser


@pytest.mark.skipif(TOOL is None, reason="systemd is not here")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    """No unknown key, no value that it would ignore; and little that the service could do beyond its work."""
    path = tmp_path / "verbatim.service"
    path.write_text(unit().replace("/opt/verbatim/.venv/bin/python", sys.executable), encoding="utf-8")
    checked = run(str(TOOL), "verify", str(path))
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    path.write_text(path.read_text(encoding="utf-8").replace("Restart=", "Restrat="), encoding="utf-8")
    assert "Restrat" in run(str(TOOL), "verify", str(path)).stderr
    judged = run(str(TOOL), "security", "--offline=yes", "--threshold=25", str(path))
    assert judged.returncode == 0, judged.stdout[-500:]


def test_the_unit_starts_the_bot_with_settings_that_it_knows() -> None:
    """And leaves off where starting again would not help."""
    found = service()["Service"]
    assert found["ExecStart"].endswith("/python -m bot serve")
    names = re.findall(r"(?:^Environment=| )([A-Z_]+)=", unit(), re.MULTILINE)
    assert set(names) >= {"DATABASE_URL", "DATA", "ADDED"}
    assert [name for name in names if name.lower() not in Settings.model_fields] == []
    final = {int(code) for code in found["RestartPreventExitStatus"].split()}
    assert final == {2, SettingsError.exit_code, WrongTokenError.exit_code}


def test_a_stop_is_given_the_time_that_it_may_take() -> None:
    """By systemd and by Docker: for answers, then a reload, then the log."""
    needed = STOP_SECONDS + 10 + 20
    assert int(service()["Service"]["TimeoutStopSec"]) >= needed
    grace = re.search(r"stop_grace_period: (\d+)s", (ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    assert grace is not None
    assert int(grace[1]) >= needed


@pytest.mark.parametrize(("status", "code"), [(b"200 OK", 0), (b"503 Service Unavailable", 1), (None, 1)])
def test_the_container_asks_whether_the_bot_lives(status: bytes | None, code: int) -> None:
    """At the port that LISTEN names; what does not answer is not alive."""
    check = re.search(r"HEALTHCHECK .*?CMD (\[.*?\"\])\n", DOCKERFILE, re.DOTALL)
    assert check is not None
    command = [sys.executable, *json.loads(check[1].replace("\\\n", ""))[1:]]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        if status is None:
            listener.close()
        environment = {"LISTEN": f"0.0.0.0:{port}"}
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as asking:  # noqa: S603 - our own
            if status is not None:
                connection, _ = listener.accept()
                assert connection.recv(1000).startswith(b"GET /healthz ")
                connection.sendall(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")
                connection.close()
            assert asking.wait(20) == code
    assert re.search(r"LISTEN=0\.0\.0\.0:8080", DOCKERFILE)


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    """What a tool says."""
    return subprocess.run(  # noqa: S603 - a tool of systemd
        command, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
