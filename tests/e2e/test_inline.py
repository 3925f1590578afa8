"""The bot in chats of others: its name and a question are typed, a quote is chosen."""

from pathlib import Path
from typing import Any

import pytest

from tests.bot_api import BotApiServer, utf16_slice
from tests.builders import write_corpus
from tests.e2e.reading import rows
from tests.e2e.running import ADA, BOB, running_bot, settings_for

QUESTION = "What road links Armenia to Karabakh?"


async def offered(server: BotApiServer, query: str, offset: str = "") -> dict[str, Any]:
    """What the bot offers for a query."""
    before = len(server.calls_of("answerInlineQuery"))
    server.send_inline_query(query, offset=offset)
    return (await server.wait_for_call("answerInlineQuery", count=before + 1)).params


async def test_a_question_gets_cards_that_insert_quotes(bot: BotApiServer) -> None:
    """Title, publisher, date and the best sentence on the card; the quote with its link in the message."""
    answer = await offered(bot, QUESTION)
    assert answer["is_personal"] is True
    assert answer["cache_time"] <= 10
    cards = answer["results"]
    assert len(cards) >= 3
    assert len({card["id"] for card in cards}) == len(cards)
    shown = next(card for card in cards if "Daily Sabah" in card["description"])
    assert shown["title"] == "Russia urges Armenia to ease tensions with Azerbaijan"
    assert shown["description"].startswith(
        "Daily Sabah, 26 April 2023 (date inferred)\nAzerbaijan on Sunday established"
    )
    message = shown["input_message_content"]
    marks = {entity["type"]: entity for entity in message["entities"]}
    quote = utf16_slice(message["message_text"], marks["blockquote"]["offset"], marks["blockquote"]["length"])
    assert quote.startswith("Azerbaijan on Sunday established")
    assert "#:~:text=Azerbaijan%20on%20Sunday" in marks["text_link"]["url"]
    assert answer["button"]["start_parameter"] == "inline"


async def test_an_empty_query_shows_the_newest_articles(bot: BotApiServer) -> None:
    """The newest first, each with how it begins."""
    answer = await offered(bot, "")
    assert [card["description"].partition(",")[0] for card in answer["results"]] == [
        "Daily Sabah", "Press TV", "Asbarez", "M5 Dergi", "Global Village Space (Anadolu Agency)"
    ]  # fmt: skip
    message = answer["results"][0]["input_message_content"]["message_text"]
    assert message.startswith("Moscow said that Russian officials discussed")
    assert "— Daily Sabah, 26 April 2023" in message


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?", "Type words to search for"),
        ("a", "Type words to search for"),
        ("Who won the Champions League in 2023?", "No article contains “won”"),
        ("Why would the small country not leave the military alliance?", "These may not answer it"),
        ("x" * 256, f"No article contains “{'x' * 19}…”"),
        ("😀" * 128, "Type words to search for"),
        (f"{QUESTION:<256}", "Ask me in private"),
    ],
)
async def test_every_query_gets_an_answer(bot: BotApiServer, query: str, said: str) -> None:
    """From nothing to 256 characters; where nothing is found, the button says why."""
    answer = await offered(bot, query)
    assert answer["button"]["text"] == said


async def test_cards_can_be_paged_through(server: BotApiServer, tmp_path: Path) -> None:
    """No card comes twice; ten for a question, and the newest articles up to fifty."""
    files: dict[str, str | bytes] = {
        f"{n}.txt": f"The mountain road number {n} was closed by the army on a cold day." for n in range(60)
    }
    folder = write_corpus(tmp_path / "articles", files)
    async with running_bot(settings_for(server, tmp_path, corpus=folder), server):
        for query, count in [("Who closed the mountain road?", 10), ("", 50)]:
            ids: list[str] = []
            offset: str | None = ""
            while offset is not None:
                answer = await offered(server, query, offset)
                assert answer["results"]
                ids += [card["id"] for card in answer["results"]]
                offset = answer.get("next_offset") or None
            assert len(ids) == len(set(ids)) == count
        for strange in ("nonsense", "000000000000:5", "x:5", ":", "5"):
            assert (await offered(server, "Who closed the mountain road?", strange))["results"] == []


async def test_a_reload_ends_what_was_offered(server: BotApiServer, tmp_path: Path) -> None:
    """New questions get new articles, and a page of before is not continued with others."""
    files: dict[str, str | bytes] = {
        f"{n}.txt": f"The mountain road number {n} was closed by the army." for n in range(9)
    }
    folder = write_corpus(tmp_path / "articles", files)
    async with running_bot(settings_for(server, tmp_path, corpus=folder, admin_ids=str(ADA), watch=False), server):
        before = await offered(server, "Who closed the mountain road?")
        write_corpus(folder, {"new.txt": "The mountain road number 77 was closed by the police."})
        server.send_text("/reload")
        await server.wait_until(lambda: any("serves" in each.text for each in server.messages(ADA)), 20, "a reload")
        assert (await offered(server, "Who closed the mountain road?", before["next_offset"]))["results"] == []
        after = await offered(server, "Did the police close the mountain road?")
        assert "police" in after["results"][0]["description"]


async def test_only_what_was_chosen_is_logged(server: BotApiServer, tmp_path: Path) -> None:
    """With the quote that was chosen, and nothing of what was typed on the way."""
    async with running_bot(settings_for(server, tmp_path), server):
        await offered(server, "What road links")
        answer = await offered(server, QUESTION)
        chosen = answer["results"][1]
        server.choose_result(chosen["id"])
        newest = await offered(server, "")
        server.choose_result(newest["results"][0]["id"])
        person = {"id": ADA, "is_bot": False, "first_name": "Ada"}
        other = {"result_id": "of another program", "from": person, "query": "Who is Galuzin?"}
        server.send_update({"chosen_inline_result": other})
        server.send_text("Who is Peskov?", user_id=BOB)
        await server.wait_for_messages(BOB, 1)
    assert rows(tmp_path, "SELECT text, channel, length(asker) FROM question WHERE channel = 'inline'") == [
        (QUESTION, "inline", 64)
    ]
    ((rank, text),) = rows(
        tmp_path,
        "SELECT rank, shown_passage.text FROM shown_passage JOIN question ON question.id = question_id "
        "WHERE channel = 'inline'",
    )
    assert rank == 2
    assert rows(tmp_path, "SELECT verdict, via, rank, length(by) FROM feedback") == [("chosen", "inline", 2, 64)]
    (message, _) = server.inline_messages
    assert message.text.startswith(text)
    assert chosen["input_message_content"]["message_text"].startswith(text)
    assert rows(tmp_path, "SELECT count(*) FROM inbox WHERE body IS NOT NULL") == [(0,)]


async def test_an_answer_that_comes_too_late_is_nobodys_concern(server: BotApiServer, tmp_path: Path) -> None:
    """Telegram takes it no more; the next one is answered."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.fail_next("answerInlineQuery", 400, description="Bad Request: query is too old")
        await offered(server, QUESTION)
        assert (await offered(server, QUESTION))["results"]
    assert rows(tmp_path, "SELECT outcome FROM inbox ORDER BY id") == [("dropped",), ("answered",)]
