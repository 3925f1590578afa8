"""An Armenian who reads Russian articles meets no English word: whatever the bot says, it says by its catalogs."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.bot_api import BotApiServer
from tests.builders import write_corpus
from tests.e2e.running import BOB, running_bot, settings_for

GROUP = -100400
PRESSES = 60
KINDS = 5  # more, around, a vote, its reason, a wish
ARTICLES: dict[str, str | bytes] = {
    f"{number}.txt": f"""Дорога через горы, часть {number}

Горную дорогу в долине закрыли в понедельник из-за оползня, сообщило министерство. {place}.

Министр Карапетян сказал, что дорогу откроют через неделю, когда уберут камни. {place}.

Жители деревни добираются до города в обход, и это занимает три часа. {place}.
"""
    for number, place in enumerate(["Это первый случай за год", "Так было и весной", "Пострадавших нет"], start=1)
}
MANIFEST = "".join(
    f"""[[article]]
file = "{number}.txt"
title = "Дорога через горы, часть {number}"
publisher = "Горный вестник"
published = "2023-04-{number + 10}"
approximate = {str(number == 1).lower()}
"""
    + (f'url = "https://example.org/{number}"\n' if number < 3 else "")
    for number in (1, 2, 3)
)
WORDS = [
    "/start",
    "/help",
    "/privacy",
    "/sources",
    "/ask",
    "/ask почему закрыли горную дорогу?",
    "/nonsense",
    "/status",
    "/timeline дорога",
    "почему закрыли горную дорогу?",
    "что сказал министр Карапетян о камнях и вертолёте?",
    "кто выиграл чемпионат по шахматам?",
    "горную дорогу закрыл Карапетиан?",
    "а когда?",
    "дорога since:foo",
    "дорога since:2030-01-01",
    'дорога "закрыли в понедельник" -шахматы',
    "дорога since:2023-04-11 before:2023-05-01 source:вестник",
    "дорога since:2023-05 before:2023-04",
    "дорога source:Неизвестный",
    "где закрыли дорогу в мае 2019 года?",
    'дорога "такого здесь нет"',
    "/start a_AAAAAAAAAAAA",
    "дорога " + "очень " * 100,
    "!!! \N{PARTY POPPER}",
]
# What stands in every language as it is: commands, names, addresses, what a filter is called.
SAME = re.compile(r"/[a-z]+(@\w+)?|@\w+|https?://\S+|Telegram|UTC|\b(since|before|source)\b:?|foo")
LATIN = re.compile(r"[A-Za-z]{2,}")


def said_by(server: BotApiServer) -> Iterator[str]:
    """Every text that the bot showed anybody: messages, buttons, what pops up, cards."""
    for call in server.calls:
        if call.method.startswith(("set", "get", "delete")):
            continue  # what all languages share, or none
        yield from _texts(call.params)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            if isinstance(each, str) and name in {"text", "title", "description", "message_text", "caption"}:
                yield each
            elif not isinstance(each, str):
                yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def english_in(texts: Iterator[str]) -> set[str]:
    """Words that nobody who reads Cyrillic and Armenian letters should be shown."""
    return {word for text in texts for word in LATIN.findall(SAME.sub("", text))}


async def press_all(server: BotApiServer, chat: int) -> Counter[str]:
    """Press the buttons that come up in a chat, once each, of all kinds alike, up to a number; how many of each."""
    pressed: set[tuple[int, str]] = set()
    kinds = Counter[str]()
    while len(pressed) < PRESSES:
        there = [(message.message_id, data) for message in server.messages(chat) for data in _buttons(message)]
        left = [each for each in there if each not in pressed]
        if not left:
            break
        chosen = min(left, key=lambda each: kinds[each[1][0]])
        kinds[chosen[1][0]] += 1
        pressed.add(chosen)
        before = len(server.calls_of("answerCallbackQuery"))
        server.press_button(chat, *chosen, user_id=BOB)
        await server.wait_for_call("answerCallbackQuery", count=before + 1)
    return kinds


def _buttons(message: Any) -> list[str]:
    rows = (message.reply_markup or {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def keys(folder: Path) -> list[str]:
    """Of the answers in the log."""
    with closing(sqlite3.connect(folder / "log.db")) as connection:
        return [key for (key,) in connection.execute("SELECT key FROM question WHERE key IS NOT NULL ORDER BY id")]


async def test_nothing_that_the_bot_says_is_left_in_english(server: BotApiServer, tmp_path: Path) -> None:
    """In private, in a group, on buttons, in what pops up, in cards for other chats."""
    corpus = write_corpus(tmp_path / "articles", ARTICLES, MANIFEST)
    settings = settings_for(server, tmp_path, corpus=corpus, passages=1, person_limit=1_000)
    async with running_bot(settings, server):
        for count, words in enumerate(WORDS, start=1):
            server.send_text(words, user_id=BOB, language_code="hy")
            await server.wait_for_messages(BOB, count)
        server.send_photo(user_id=BOB, language_code="hy")
        await server.wait_for_messages(BOB, len(WORDS) + 1)
        for count, key in enumerate(keys(tmp_path)[:5], start=len(WORDS) + 2):
            server.send_text(f"/start a_{key}", user_id=BOB, language_code="hy")
            await server.wait_for_messages(BOB, count)
        server.send_text("/ask", user_id=BOB, language_code="hy", chat_id=GROUP, chat_type="supergroup")
        await server.wait_for_messages(GROUP, 1)
        for count, query in enumerate(["", "почему закрыли дорогу?", "шахматы", "!!"], start=1):
            server.send_inline_query(query, user_id=BOB)
            await server.wait_for_call("answerInlineQuery", count=count)
        assert len(await press_all(server, BOB)) >= KINDS
    assert sum(1 for _ in said_by(server)) > len(WORDS)
    assert english_in(said_by(server)) == set()
