"""Articles at Telegram's limits and beyond: whatever is asked of them, every call is one that it accepts."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.bot_api import BotApiServer, SentMessage, utf16_length, utf16_slice
from tests.builders import write_corpus
from tests.e2e.running import ADA, BOB, running_bot, settings_for

_PRESSES = 100
QUESTION = "What about the mountain road?"
_LINK = "https://example.org/" + "very/" * 370 + "long?a=1&b=%D1%8F#part"
_ZALGO = "".join(letter + "\u0301\u0323\u0330" * 4 for letter in "mountain road")
ARTICLES: dict[str, str | bytes] = {
    "emoji.txt": "\n\n".join(f"The mountain road {at} is 😀👩‍👩‍👧‍👦🏳️‍🌈 {'😀' * 560}." for at in range(8)),
    "marks.txt": "\n\n".join(f"{at}: {'mountain road ' * 42}." for at in range(4)),
    "signs.txt": 'The mountain road <b>&amp;"*_[x](https://evil.example)`~|</b> @durov /start #tag $TAG 1 & 2 < 3 > 2.',
    "controls.txt": "The mountain road \u202eis closed\u202c\u2066, said\u2069 \u200b\ufeffhe\u0000 then\x07.\r\n\tSo.",
    "stacked.txt": f"The mountain road is called {_ZALGO * 20} by them.",
    "one word.txt": f"The mountain road is {'long' * 400} and {'路' * 700}.",
    "long.txt": "\n\n".join(
        f"Paragraph {at} of a book on the mountain road. " + "It goes on. " * 150 for at in range(30)
    ),
}
MANIFEST = "".join(
    f'[[article]]\nfile = "{name}"\ntitle = "{"A mountain road " * 30}"\npublisher = "{"Times " * 40}"\n'
    f'url = "{_LINK}"\npublished = 2023-04-{at:02}\n'
    for at, name in enumerate(ARTICLES, start=1)
)


@pytest.fixture
async def bot(server: BotApiServer, tmp_path: Path) -> AsyncIterator[BotApiServer]:
    """The bot, quoting these articles, all of each where somebody wants to read it."""
    folder = write_corpus(tmp_path / "articles", ARTICLES, MANIFEST)
    async with running_bot(
        settings_for(server, tmp_path, corpus=folder, whole_articles=True, passages=10, person_limit=10_000), server
    ):
        yield server


def callbacks(sent: SentMessage) -> list[str]:
    """What the buttons below a message carry."""
    rows = (sent.reply_markup or {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


@pytest.mark.parametrize("source", [*ARTICLES, ""])
async def test_every_answer_is_accepted(bot: BotApiServer, source: str) -> None:
    """Of each article and of all together; quotes are whole, and in them the words of the article."""
    words = {"marks.txt": "mountain road 1 2 3", "one word.txt": "mountain road long", "": "mountain road"}
    bot.send_text(words.get(source, f"mountain road {source.removesuffix('.txt')} said called goes emoji"))
    await bot.wait_for_messages(ADA, 1)
    for sent in bot.messages(ADA):
        assert utf16_length(sent.text) <= 4096
        for entity in sent.entities:
            if "blockquote" in entity["type"]:
                assert utf16_slice(sent.text, entity["offset"], entity["length"]).strip()


async def test_every_button_is_accepted(bot: BotApiServer) -> None:
    """From one view to the next, as far as buttons lead: no press is left without an answer."""
    bot.send_text(QUESTION)
    (sent,) = await bot.wait_for_messages(ADA, 1)
    seen = dict.fromkeys(callbacks(sent))
    for count in range(1, _PRESSES + 1):
        data = next(data for data, pressed in seen.items() if not pressed)
        bot.press_button(ADA, sent.message_id, data, stale=True)
        await bot.wait_for_call("answerCallbackQuery", count=count)
        await bot.wait_until(lambda: not bot.updates.pending, 20, "confirmed update")
        await asyncio.sleep(0.03)  # what it leads to
        seen = {**dict.fromkeys(callbacks(bot.messages(ADA)[0])), **seen, data: True}
        assert utf16_length(bot.messages(ADA)[0].text) <= 4096
    verbs = {data.partition(":")[0] for data, pressed in seen.items() if pressed}
    assert {"m", "p", "v", "w"} <= verbs


@pytest.mark.parametrize("query", ["mountain road", "", "m", "mountain road " * 18])
async def test_every_card_is_accepted(bot: BotApiServer, query: str) -> None:
    """All pages of them, and what becomes of each that is chosen."""
    offset, pages = "", 0
    while pages == 0 or offset:
        bot.send_inline_query(query, offset=offset)
        pages += 1
        call = await bot.wait_for_call("answerInlineQuery", count=pages)
        offset = call.params.get("next_offset", "")
        for result in call.params["results"]:
            bot.choose_result(result["id"])
    assert all(utf16_length(message.text) <= 4096 for message in bot.inline_messages)


async def test_what_is_told_in_order_and_opened_again_is_accepted(bot: BotApiServer) -> None:
    """A timeline, the list of sources, and an answer by its link."""
    for count, text in enumerate(("/timeline mountain road", "/sources", QUESTION), start=1):
        bot.send_text(text)
        await bot.wait_for_messages(ADA, count)
    await bot.wait_until(lambda: any(map(link_of, bot.messages(ADA))), 20, "answer to be shared")
    bot.open_link(next(filter(None, map(link_of, bot.messages(ADA)))), user_id=BOB)
    for sent in [*await bot.wait_for_messages(BOB, 1), *bot.messages(ADA)]:
        assert utf16_length(sent.text) <= 4096


def link_of(sent: SentMessage) -> str:
    """The link that a message's share button hands on; empty where it has none."""
    rows = (sent.reply_markup or {}).get("inline_keyboard", [])
    urls = [button.get("url", "") for row in rows for button in row]
    shared = [url for url in urls if url.startswith("https://t.me/share/url?url=")]
    return parse_qs(urlsplit(shared[0]).query)["url"][0] if shared else ""
