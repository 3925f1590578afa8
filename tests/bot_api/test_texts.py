"""What passes as a text, and what Telegram makes of it."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot, MessageEntity

from tests.bot_api import ApiError, BotApiServer, utf16_length, utf16_slice
from tests.bot_api.texts import accept

ADA = 1001


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    """Answer a MessageEntity as the Bot API writes it."""
    return {"type": kind, "offset": offset, "length": length, **more}


def link(offset: int, length: int, url: str = "https://example.org/") -> dict[str, Any]:
    """Answer a text_link."""
    return entity("text_link", offset, length, url=url)


def spans(entities: Sequence[Any]) -> list[tuple[str, int, int]]:
    """Answer kind, offset and length of each entity."""
    return [(found.kind, found.offset, found.length) for found in entities]


@pytest.mark.parametrize("text", ["a" * 4096, "😀" * 4096, "  " + "a" * 4096 + "\n"])
def test_4096_code_points_pass(text: str) -> None:
    """The limit counts code points of the trimmed text, not UTF-16 units."""
    assert len(accept(text).text) == 4096


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * 4097, "message is too long"),
        ("a" * 32_769, "text is too long"),
        ("", "message text is empty"),
        (" \n \t ", "message text is empty"),
        ("\u202e", "message text is empty"),
        ("a\ud800", "UTF-8"),
    ],
)
def test_texts_that_are_refused(text: str, reason: str) -> None:
    """Too long, too many bytes, empty after trimming, and not Unicode at all."""
    with pytest.raises(ApiError, match=reason):
        accept(text)


def test_bytes_are_counted_before_parsing() -> None:
    """Markup which parsing removes counts for the bytes, not for the code points."""
    assert accept("a" + " " * 32_767).text == "a"
    with pytest.raises(ApiError, match="text is too long"):
        accept("a" + " " * 32_768)


@pytest.mark.parametrize(
    "entities",
    [
        [entity("bold", 0, 12)],
        [entity("bold", 6, 2)],
        [entity("blockquote", 0, 6), entity("expandable_blockquote", 6, 6)],
        [entity("blockquote", 0, 12), entity("bold", 0, 5), link(6, 2)],
        [entity("bold", 0, 12), link(0, 5), entity("italic", 6, 2)],
        [entity("pre", 0, 5, language="python"), entity("code", 6, 2)],
        [link(0, 5, "https://example.org/page#:~:text=a%20b,c")],
        [entity("text_mention", 0, 5, user={"id": ADA, "is_bot": False, "first_name": "Ada"})],
    ],
)
def test_entities_that_pass(entities: list[dict[str, Any]]) -> None:
    """Entities inside of the text, nested as Telegram nests them."""
    kept = accept("hello 😀 text", None, entities, known_users={ADA})
    assert {found.kind for found in kept.entities} == {given["type"] for given in entities}


@pytest.mark.parametrize(
    ("entities", "reason"),
    [
        ([entity("bold", 0, 14)], "after the end of the text"),
        ([entity("bold", 13, 1)], "after the end of the text"),
        ([entity("bold", -1, 2)], "incorrect offset"),
        ([entity("bold", 0, 0)], "length 0"),
        ([entity("bold", 0, 7)], "middle of a UTF-16 symbol"),
        ([entity("bold", 7, 2)], "middle of a UTF-16 symbol"),
        ([entity("bold", 5, 1)], "white space only"),
        ([entity("shout", 0, 5)], "unknown entity type"),
        ([entity("url", 0, 5)], "holds none"),
        ([link(0, 5, "ftp://example.org")], "invalid"),
        ([link(0, 5, "javascript:alert(1)")], "invalid"),
        ([link(0, 5, "example.org")], "Unsupported URL protocol"),
        ([link(0, 5, "https://")], "URL host is empty"),
        ([entity("text_link", 0, 5)], "lacks its argument"),
        ([entity("bold", 0, 6), entity("italic", 3, 9)], "partly overlap"),
        ([entity("blockquote", 0, 13), entity("blockquote", 0, 5)], "inside of a blockquote"),
        ([entity("expandable_blockquote", 0, 13), entity("blockquote", 6, 2)], "inside of a blockquote"),
        ([entity("code", 0, 12), entity("bold", 0, 5)], "cannot stand together"),
        ([link(0, 12), link(0, 5)], "cannot stand together"),
        ([entity("text_mention", 0, 5, user={"id": 7, "is_bot": False, "first_name": "X"})], "unknown to the bot"),
    ],
)
def test_entities_that_are_refused(entities: list[dict[str, Any]], reason: str) -> None:
    """Whatever Telegram refuses, and whatever it would drop without a word."""
    with pytest.raises(ApiError, match=reason):
        accept("hello 😀 text", None, entities, known_users={ADA})


def test_number_of_entities() -> None:
    """A hundred entities pass, one more does not."""
    entities = [entity("bold", 2 * number, 1) for number in range(101)]
    assert len(accept("a " * 101, None, entities[:100]).entities) == 100
    with pytest.raises(ApiError, match="101 entities"):
        accept("a " * 101, None, entities)


def test_size_of_entities() -> None:
    """Twelve bytes for each entity and the length of the addresses stay within 9,500."""
    head = "https://example.org/"
    fitting = head + "a" * (9_500 - 12 - len(head))
    assert accept("a", None, [link(0, 1, fitting)]).entities
    with pytest.raises(ApiError, match="ENTITIES_TOO_LONG"):
        accept("a", None, [link(0, 1, fitting + "a")])


def test_markup_is_parsed_by_telegram() -> None:
    """HTML and both Markdowns give entities; broken markup gives Telegram's error."""
    assert spans(accept("<b>😀</b> <i>x</i>", "HTML").entities) == [("bold", 0, 2), ("italic", 3, 1)]
    assert spans(accept("*a*", "MarkdownV2").entities) == [("bold", 0, 1)]
    assert accept("a.b", "Markdown").text == "a.b"
    for text, mode in (("<b>x", "HTML"), ("a.b!", "MarkdownV2"), ("a_b", "Markdown")):
        with pytest.raises(ApiError, match="can't parse entities"):
            accept(text, mode)
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        accept("x", "RTF")
    with pytest.raises(ApiError, match="inside of a blockquote"):
        accept("<blockquote>a<blockquote>b</blockquote></blockquote>", "HTML")


def test_ends_are_trimmed_and_offsets_follow() -> None:
    """White space at both ends goes away, at the beginning up to the first entity; offsets follow."""
    kept = accept("\n  hello  \n", None, [entity("bold", 3, 8)])
    assert (kept.text, spans(kept.entities)) == ("hello", [("bold", 0, 5)])
    kept = accept("\n  hello", None, [entity("bold", 1, 7)])
    assert (kept.text, spans(kept.entities)) == ("  hello", [("bold", 0, 7)])


def test_cleaned_characters_move_entities() -> None:
    """Carriage returns and bidi controls vanish; entities behind them move."""
    kept = accept("a\r\nb\u202ec", None, [entity("bold", 5, 1)])
    assert (kept.text, spans(kept.entities)) == ("a\nbc", [("bold", 3, 1)])


def test_text_which_looks_like_markup_stays() -> None:
    """Without parse_mode no character of the text is markup."""
    text = "**a** __b__ `c` [d](https://e.org) ~~f~~ ||g||"
    assert accept(text).text == text
    assert accept(text, None, [entity("bold", 0, 5)]).text == text


def test_links_and_mentions_are_found() -> None:
    """Telegram adds what it finds, except inside of links and code."""
    kept = accept("see example.org and @someone", None, [entity("bold", 0, 3)])
    assert spans(kept.entities) == [("bold", 0, 3), ("url", 4, 11), ("mention", 20, 8)]
    assert spans(accept("see example.org", None, [link(0, 15)]).entities) == [("text_link", 0, 15)]


async def test_the_bot_gets_what_telegram_keeps(api: BotApiServer, bot: Bot) -> None:
    """The answer of sendMessage holds the kept text and entities, and so does the record."""
    quote = MessageEntity(MessageEntity.BLOCKQUOTE, 2, 5)
    sent = await bot.send_message(ADA, "\n\nquote \n", entities=[quote])
    assert sent.text == "quote"
    assert [found.to_dict() for found in sent.entities] == [{"type": "blockquote", "offset": 0, "length": 5}]
    assert api.messages(ADA)[0].entities == [{"type": "blockquote", "offset": 0, "length": 5}]
    assert api.invalid == []


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), max_size=20)


@settings(max_examples=300, deadline=None)
@given(before=WORDS, meant=WORDS, after=WORDS)
def test_utf16_spans_slice_what_was_meant(before: str, meant: str, after: str) -> None:
    """An entity computed in UTF-16 units marks the meant words, here and in what Telegram keeps."""
    text, offset, length = before + meant + after, utf16_length(before), utf16_length(meant)
    assert utf16_slice(text, offset, length) == meant
    if not meant.strip() or not _kept_as_is(text):
        return
    kept = accept(text, None, [entity("blockquote", offset, length)])
    quote = next(found for found in kept.entities if found.kind == "blockquote")
    assert utf16_slice(kept.text, quote.offset, quote.length).split() == meant.split()


def _kept_as_is(text: str) -> bool:
    # Telegram removes three combining marks and bidi controls, and breaks up stacks of others.
    return accept("." + text + ".").text == "." + text + "."
