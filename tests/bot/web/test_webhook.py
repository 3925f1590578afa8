"""Telegram hears 200 when an update is safe, and at no other time."""

import asyncio
import contextlib
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.web.webhook import LARGEST, SECRET_HEADER
from tests.bot.web.conftest import SECRET, Web, web_side


def update(number: int = 7, **content: Any) -> bytes:
    """An update as Telegram sends it."""
    return json.dumps({"update_id": number, "message": {"text": "hello"}, **content}).encode()


async def test_an_update_is_taken_as_it_came(web: Web) -> None:
    """Every field of it, and the answer is empty: Telegram would carry out a method that it names."""
    assert await web.post(update(7, more={"text": "Şuşa \ud83d", "n": [1, None]})) == 200
    assert web.inbox.taken == [
        {"update_id": 7, "message": {"text": "hello"}, "more": {"text": "Şuşa \ud83d", "n": [1, None]}}
    ]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], SECRET.upper(), "\xe9" * 20])
async def test_nobody_else_is_heard(web: Web, secret: str | None) -> None:
    """Without the secret, nothing is taken, and nothing is read."""
    assert await web.post(update(), secret) == 403
    assert web.inbox.begun == 0


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[]", b"7", b'"update_id"', b"{}", b'{"update_id": "7"}', b'{"update_id": 7.0}',
        b'{"update_id": true}', b'{"update_id": null}', b'{"update_id": -1}', b'{"update_id": 9223372036854775808}',
        b'{"update_id": 7, "x": \xff}', b"[" * 100_000, b'{"a":' * 100_000, b"1" * 100_000, b"\x00" * 9,
        b'[{"update_id": 7}]', b"update_id=7",
    ],
)  # fmt: skip
async def test_what_is_no_update_is_refused(web: Web, body: bytes) -> None:
    """With 400, whatever it is; and the next one is taken."""
    assert await web.post(body) == 400
    assert web.inbox.begun == 0
    assert await web.post(update()) == 200


async def test_any_body_gets_one_of_the_known_answers(web: Web) -> None:
    """Nothing that is sent breaks it."""
    texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    values = st.recursive(st.none() | st.integers() | st.floats() | texts, lambda inner: st.lists(inner, max_size=4))
    bodies = st.binary(max_size=300) | st.dictionaries(st.just("update_id") | texts, values, max_size=4).map(
        lambda value: json.dumps(value).encode()
    )
    found = []

    @settings(max_examples=200, suppress_health_check=list(HealthCheck))
    @given(bodies)
    def collect(body: bytes) -> None:
        found.append(body)

    collect()
    statuses = {await web.post(body) for body in found}
    assert statuses <= {200, 400}
    assert len(found) >= 100


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(web: Web) -> None:
    """By its declared length, and where none is declared, by what comes."""
    assert await web.post(io.BytesIO(update(text="x" * LARGEST))) == 413
    large = update(text="x" * (LARGEST - 100))
    assert len(large) <= LARGEST
    assert await web.post(io.BytesIO(large)) == 200

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 65_536

    with contextlib.suppress(aiohttp.ClientError):  # it hung up while more was being sent
        assert await web.post(endless()) == 413
    assert len(web.inbox.taken) == 1


async def test_a_body_that_trickles_is_not_waited_for() -> None:
    """Nor does it keep others waiting."""
    async with web_side(body_seconds=0.3) as web:

        async def trickle() -> AsyncIterator[bytes]:
            for byte in update():
                yield bytes([byte])
                await asyncio.sleep(0.1)

        slow = asyncio.create_task(web.post(trickle()))
        await asyncio.sleep(0.1)
        assert await web.post(update(8)) == 200
        async with asyncio.timeout(2):
            with contextlib.suppress(aiohttp.ClientError):
                assert await slow == 408
        assert [each["update_id"] for each in web.inbox.taken] == [8]


async def test_a_caller_that_hangs_up_midway_costs_nothing(web: Web) -> None:
    """And what it had sent is not taken."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(web.url.rpartition(":")[2]))
    head = (
        f"POST /telegram HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: 50\r\n\r\n"
    )
    writer.write(head.encode() + b'{"update_id": 7')
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    del reader
    assert await web.post(update(8)) == 200
    assert [each["update_id"] for each in web.inbox.taken] == [8]


async def test_the_answer_waits_until_the_update_is_safe(web: Web) -> None:
    """Not a moment sooner."""
    web.inbox.open.clear()
    posting = asyncio.create_task(web.post(update()))
    await asyncio.sleep(0.2)
    assert web.inbox.begun == 1
    assert not posting.done()
    web.inbox.open.set()
    assert await posting == 200


async def test_what_takes_too_long_is_asked_for_again_and_taken_once() -> None:
    """Telegram hands it over anew; the first taking goes on, and the second waits for it."""
    async with web_side(take_seconds=0.2) as web:
        web.inbox.open.clear()
        assert await web.post(update()) == 503
        again = asyncio.create_task(web.post(update()))
        await asyncio.sleep(0.1)
        web.inbox.open.set()
        assert await again == 200
        assert len(web.inbox.taken) == 1


async def test_an_update_that_cannot_be_taken_is_asked_for_again(web: Web, caplog: pytest.LogCaptureFixture) -> None:
    """And said."""
    web.inbox.error = RuntimeError("no room")
    assert await web.post(update()) == 503
    web.inbox.error = None
    assert await web.post(update()) == 200
    assert "could not be taken" in caplog.text


async def test_too_many_at_once_are_told_to_come_again() -> None:
    """In a few seconds; those in hand are not given up."""
    async with web_side(most=5) as web:
        web.inbox.open.clear()
        posts = [asyncio.create_task(web.post(update(number))) for number in range(5)]
        await web.inbox.until_begun(5)
        headers = {SECRET_HEADER: SECRET}
        async with web.session.post(f"{web.url}/telegram", data=update(99), headers=headers) as answer:
            assert answer.status == 503
            assert answer.headers["Retry-After"] == "5"
        web.inbox.open.set()
        assert await asyncio.gather(*posts) == [200] * 5
        assert await web.post(update(99)) == 200


async def test_before_the_beginning_and_after_the_end_nothing_is_taken(web: Web) -> None:
    """What is being taken then goes on, and is answered."""
    web.inbox.open.clear()
    posting = asyncio.create_task(web.post(update(1)))
    await web.inbox.until_begun(1)
    web.webhook.close()
    assert await web.post(update(2)) == 503
    web.inbox.open.set()
    assert await posting == 200
    web.webhook.open(web.inbox.take)
    assert await web.post(update(2)) == 200
    assert [each["update_id"] for each in web.inbox.taken] == [1, 2]


async def test_what_arrives_while_it_closes_is_not_taken(web: Web) -> None:
    """Nobody would deal with it any more."""

    async def slow() -> AsyncIterator[bytes]:
        yield update(1)[:9]
        await asyncio.sleep(0.2)
        yield update(1)[9:]

    posting = asyncio.create_task(web.post(slow()))
    await asyncio.sleep(0.1)
    web.webhook.close()
    assert await posting == 503
    assert web.inbox.begun == 0


async def test_answers_are_counted_by_status(web: Web) -> None:
    """So that somebody who tries secrets is seen."""
    for secret in (SECRET, "no", "no"):
        await web.post(update(), secret)
    page = web.metrics.page().decode()
    assert 'verbatim_webhook_requests_total{status="200"} 1.0' in page
    assert 'verbatim_webhook_requests_total{status="403"} 2.0' in page
