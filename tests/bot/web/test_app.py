"""What machines ask a bot."""

import json

import aiohttp
import pytest

from bot.web.app import build_app
from bot.web.server import serving
from tests.bot.web.conftest import FREE, Web, web_side


async def test_a_process_that_answers_lives(web: Web) -> None:
    """Whatever else is wrong."""
    assert await web.get("/healthz") == (200, "alive\n")


async def test_a_bot_is_ready_when_all_its_parts_are() -> None:
    """Each is told by its name, with what is wrong; a check that fails is no good sign."""
    wrong: str | None = None

    def broken() -> str | None:
        if wrong is None:
            return None
        raise LookupError(wrong)

    async with web_side({"articles": lambda: None, "database": lambda: wrong, "telegram": broken}) as web:
        status, body = await web.get("/readyz")
        assert (status, json.loads(body)["ready"]) == (200, True)
        wrong = "the disk is full"
        status, body = await web.get("/readyz")
        assert status == 503
        checks = {"articles": "ok", "database": "the disk is full", "telegram": "cannot be told: LookupError"}
        assert json.loads(body) == {"ready": False, "checks": checks}
        assert (await web.get("/healthz"))[0] == 200


async def test_figures_are_in_prometheus_own_format(web: Web) -> None:
    """With the type that scrapers look for."""
    async with web.session.get(f"{web.url}/metrics") as answer:
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert "# TYPE verbatim_questions_total counter" in await answer.text()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404), ("GET", "/telegram", 405), ("PUT", "/telegram", 405), ("POST", "/healthz", 405),
        ("GET", "/docs", 404), ("GET", "/telegram/", 404), ("GET", "/../etc/passwd", 404), ("HEAD", "/healthz", 200),
    ],
)  # fmt: skip
async def test_nothing_else_is_there(web: Web, method: str, path: str, status: int) -> None:
    """No documentation, no index, no files; and no word on what serves."""
    async with web.session.request(method, f"{web.url}{path}", allow_redirects=False) as answer:
        assert answer.status == status
        assert "Server" not in answer.headers


async def test_a_bot_that_polls_has_no_webhook() -> None:
    """The address does not even exist."""

    async def page() -> bytes:
        return b""

    async with (
        serving(build_app({}, page), FREE) as url,
        aiohttp.ClientSession() as session,
        session.post(f"{url}/telegram") as answer,
    ):
        assert answer.status == 404
