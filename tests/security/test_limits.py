"""What one person can cost the others: an answer takes a bounded time, and no flood keeps anybody else waiting."""

import asyncio
import datetime as dt
import random
import sqlite3
import string
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Retriever, Span, link_to, read_corpus
from retrieval.model import Block, BlockKind
from tests.bot_api import BotApiServer
from tests.builders import SEEDS, make_article
from tests.e2e.running import BOB, running_bot, settings_for

TODAY = dt.date(2026, 1, 1)
LONGEST = 4096  # characters of a message
RANDOM = random.Random(7)  # noqa: S311 - to be the same every time


def letters(first: str, last: str, size: int, every: int = LONGEST) -> str:
    """Words of so many letters between two of an alphabet, at random."""
    codes = range(ord(first), ord(last) + 1)
    text = "".join(chr(RANDOM.choice(codes)) for _ in range(LONGEST))
    return " ".join(text[at : at + size] for at in range(0, every, size))[:LONGEST]


HEAVY = {
    "a Chinese wall": letters("一", "鿿", LONGEST),
    "a Korean wall": letters("가", "힣", LONGEST),
    "Korean words": letters("가", "힣", 3),
    "Thai without spaces": letters("ก", "ฮ", LONGEST),
    "many typos": letters("a", "z", 7),
    "short words": letters("a", "z", 3),
    "single letters": " ".join(string.ascii_lowercase) * 80,
    "other scripts": letters("а", "я", 8),
    "numbers": " ".join(map(str, range(900))),
    "one number": "1" * LONGEST,
    "one word": "a" * LONGEST,
    "marks on one letter": "a" + "\u0301" * (LONGEST - 1),
    "points": "1." * (LONGEST // 2),
    "apostrophes": "a'" * (LONGEST // 2),
    "brackets": "(" * LONGEST,
    "joiners": "\u200d" * LONGEST,
    "months": "November 9, 2020 " * 240,
    "kinds": "how many when who what year " * 150,
    "names": "WHO U.S. EU Lachin Galuzin " * 150,
}


@pytest.fixture(scope="module")
def seeds() -> Retriever:
    """The production retriever over the production corpus, asked once before."""
    retriever = Retriever(read_corpus(SEEDS))
    retriever.answer("Who is Galuzin?", 10, TODAY)
    return retriever


def seconds_of(retriever: Retriever, question: str) -> float:
    """Of the processor, for an answer of ten passages."""
    start = time.thread_time()
    retriever.answer(question, 10, TODAY)
    return time.thread_time() - start


@pytest.mark.parametrize("kind", HEAVY)
def test_the_slowest_question_takes_a_bounded_time(seeds: Retriever, kind: str) -> None:
    """Of a message as long as they come only the first 500 characters are read: a tenth of a second, on a slow day."""
    assert seconds_of(seeds, HEAVY[kind]) < 0.5


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.integers(1, 400))
def test_no_text_that_repeats_takes_long(seeds: Retriever, part: str, times: int) -> None:
    """What looks again and again at the same signs takes minutes; reading a table for the first time, half a second."""
    assert seconds_of(seeds, (part * times)[:LONGEST]) < 2


def test_no_article_makes_its_links_slow() -> None:
    """Not even one that says the same a hundred thousand times, of which every place looks like every other."""
    body = "The mountain road was closed by the army in winter. " * 90_000
    block = Block(Span(0, len(body)), BlockKind.PARAGRAPH)
    article = replace(make_article("A road."), body=body, blocks=(block,))
    sentence = Span(0, body.index(".") + 1)
    start = time.thread_time()
    assert link_to(article, sentence)
    assert time.thread_time() - start < 1


async def test_one_persons_flood_keeps_nobody_waiting(server: BotApiServer, tmp_path: Path) -> None:
    """A hundred of the slowest questions of one chat, and another's answer comes long before the last of them."""
    async with running_bot(settings_for(server, tmp_path, person_limit=0), server):
        for _ in range(100):
            server.send_text(HEAVY["a Korean wall"], user_id=666)
        start = time.monotonic()
        server.send_text("Who is Galuzin?", user_id=BOB)
        await server.wait_for_messages(BOB, 1, timeout=20)
        waited = time.monotonic() - start
        answered = len(server.messages(666)) if 666 in server.state.chats else 0
        assert waited < 3
        assert answered < 100


async def test_a_person_in_many_groups_is_one_person(server: BotApiServer, tmp_path: Path) -> None:
    """Who asks in forty groups at once is answered once at a time, and others in between."""
    async with running_bot(settings_for(server, tmp_path, person_limit=0), server):
        for group in range(40):
            text = f"/ask {HEAVY['a Korean wall'][: LONGEST - 5]}"
            server.send_text(text, user_id=666, chat_id=-1000 - group, chat_type="supergroup")
        server.send_text("Who is Galuzin?", user_id=BOB)
        await server.wait_for_messages(BOB, 1, timeout=20)
        answered = sum(bool(server.messages(-1000 - group)) for group in range(40))
        assert answered < 20
        for group in range(40):
            await server.wait_for_messages(-1000 - group, 1, timeout=30)


async def test_beyond_what_may_wait_a_flood_is_not_taken(server: BotApiServer, tmp_path: Path) -> None:
    """Neither answered nor logged, and told once."""
    async with running_bot(settings_for(server, tmp_path, chat_queue=5, person_limit=0), server):
        for number in range(300):
            server.send_text(f"Who is Galuzin? {number}", user_id=666)
        await server.wait_until(
            lambda: any("faster than I can answer" in message.text for message in server.messages(666)), 30, "a word"
        )
        await asyncio.sleep(0.2)
    connection = sqlite3.connect(tmp_path / "log.db")
    (logged,) = connection.execute("SELECT COUNT(*) FROM question").fetchone()
    connection.close()
    assert logged < 300


async def test_nothing_of_one_chat_shows_in_another(server: BotApiServer, tmp_path: Path) -> None:
    """Nobody learns what others ask: not by a command, not by a suggestion, not in a group."""
    async with running_bot(settings_for(server, tmp_path, admin_ids="1"), server):
        server.send_text("Is Xyzzyplugh Quuxfrob secretly leaving Lachin?", user_id=7)
        await server.wait_for_messages(7, 1)
        texts = [
            "/start",
            "/help",
            "/privacy",
            "/sources",
            "/status",
            "/corpus",
            "/ask",
            "Xyzzyplug",
            "who asked before me?",
        ]
        for count, text in enumerate(texts, start=1):
            server.send_text(text, user_id=BOB)
            await server.wait_for_messages(BOB, count)
        server.send_text("/status", user_id=1)
        await server.wait_for_messages(1, 1)
        server.send_update({"inline_query": {"id": "I1", "from": {"id": BOB, "is_bot": False, "first_name": "B"},
                                             "query": "Xyzzy", "offset": ""}})  # fmt: skip
    said = [message.text for user in (BOB, 1) for message in server.messages(user)]
    assert not any("plugh" in text or "Quux" in text for text in said)
    assert server.calls_of("answerInlineQuery") == []
