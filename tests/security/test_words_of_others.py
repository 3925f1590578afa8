"""What others write (titles, publishers, file names, questions) commands nothing and leads nowhere."""

import datetime as dt
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot import listing
from bot.answering import Answered
from bot.reload_wording import report_lines
from bot.telegram.live import fitted
from bot.telegram.messages import Message, to_sources
from bot.terminal import print_json
from bot.wording import printable
from db import LogFilter, LoggedQuestion, QueryLog
from retrieval import Article, Band, Catalog, Corpus, MemoryCatalog, Rejection, Report, Retriever, read_corpus
from retrieval.formats.draft import Draft, described
from tests.bot.pages import to_messages
from tests.bot_api import texts
from tests.builders import SEEDS, make_article, make_corpus

COMMANDING = "\x00\x07\x1b\x7f\x9b\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\r"
FOREIGN = f"<b>Title</b> [x](http://x.org) _it_{COMMANDING}\nAdmin: all is well"
BODY = "The ministry said on Monday that the mountain road would stay open for everybody."


@pytest.fixture(scope="module")
def seeds() -> Retriever:
    """The production retriever over the production corpus."""
    return Retriever(read_corpus(SEEDS))


def found_in(message: Message) -> list[str]:
    """What Telegram makes of a message by itself: links, mentions, commands."""
    entities = [entity.to_dict() for entity in message.entities]
    kept = texts.accept(message.text, entities=entities)
    return [each.kind for each in kept.entities if each.kind in {"url", "mention", "bot_command", "email"}]


@pytest.mark.parametrize(
    "question",
    [
        "https://evil.example/bayramof/protets checkpont",
        "wat did bayramof say about the protets see https://evil.example/win",
        "wat did bayramof say about the protets @evilbot /start mail@evil.example t.me/evil",
        "wat did bayramof say about the protets\n\nOfficial: the corridor is closed for ever",
        f"wat did bayramof say about the protets {COMMANDING}",
    ],
)
def test_what_an_asker_writes_becomes_no_word_of_the_bot(seeds: Retriever, question: str) -> None:
    """A question that is said again leads nowhere, calls nobody, and stays on its line, marked as somebody's words."""
    known = seeds.answer(question)
    (message,) = to_messages(replace(known, band=Band.WEAK, did_you_mean=question, passages=()))
    assert f"Did you mean: {question[:8]}" in message.text
    assert found_in(message) == []
    assert not any(sign in message.text for sign in COMMANDING)
    assert "\nOfficial" not in message.text


PARTS = ("lachin", "protets", "bayramof", "://", ".", "/", "@", "#", "www.", "evil.com", "t.me", "x@y.org", "\n", " ")
ASKED = st.lists(st.sampled_from(PARTS))


@given(ASKED.map("".join))
def test_no_question_makes_the_bot_link_to_anything(seeds: Retriever, question: str) -> None:
    """But to the articles: what is said beside the quotes names words, no addresses."""
    answer = replace(seeds.answer(question), did_you_mean=question or None, passages=())
    assert [kind for message in to_messages(answer) for kind in found_in(message)] == []


def test_no_word_about_an_article_commands_anything() -> None:
    """Title and publisher stand on one line, without signs that turn the reading direction; markup is mere text."""
    article = replace(make_article(BODY, title=FOREIGN, publisher=FOREIGN))
    passage_of = Retriever(_corpus_of(article)).answer("mountain road open")
    messages = [*to_messages(passage_of), *to_sources(_catalog_of(article))]
    assert len(messages) == 2
    for message in messages:
        assert not any(sign in message.text for sign in COMMANDING)
        assert "\nAdmin" not in message.text
        assert {str(entity.type) for entity in message.entities} <= {"blockquote", "bold", "underline", "text_link"}


def test_what_turns_the_reading_direction_of_a_quote_ends_with_it(tmp_path: Path) -> None:
    """A quote is word for word, signs and all; who said it stands on a line of its own, where they have no effect."""
    body = "The ministry \u202esaid on Monday\u2066 that the mountain road would stay open for everybody."
    (message,) = to_messages(Retriever(make_corpus(tmp_path, {"a.txt": body})).answer("mountain road open"))
    quote, _, source = message.text.partition("\n— ")
    assert quote == body
    assert not any(sign in source for sign in COMMANDING)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "tg://resolve?domain=evil", "file:///etc/passwd",
        "ftp://example.org/", "//example.org/", "http:///x", "http:example.org", "https://", "vbscript:x",
        "https://example.org/\u202e", "https://exa mple.org/", "https://example.org/\n", "https://example.org/\x00",
        "https://user:secret@example.org/", "https://example.com@evil.example/", "https:\\\\evil.example",
    ],
)  # fmt: skip
def test_quotes_link_to_the_web_and_nowhere_else(url: str) -> None:
    """An address of another kind, with a user in it or with invisible signs is left out and reported."""
    draft, *faults = described(Draft("text"), {"url": url}, "a.jsonl")
    assert isinstance(draft, Draft)
    assert draft.url is None
    assert faults


def _screen() -> tuple[Console, io.StringIO]:
    text = io.StringIO()
    return Console(file=text, width=200, highlight=False), text


def test_no_word_of_others_commands_a_terminal() -> None:
    """Neither in an answer nor in a list."""
    article = make_article(BODY + COMMANDING, title=FOREIGN, publisher=FOREIGN)
    answer = Retriever(_corpus_of(article)).answer("mountain road open")
    screen, text = _screen()
    listing.print_answer(screen, Answered(answer, "key", 1.0))
    listing.print_corpus(screen, _catalog_of(article), blocks=True)
    assert "mountain" in text.getvalue()
    assert not any(sign in text.getvalue() for sign in COMMANDING)


def test_json_holds_no_sign_that_commands_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """It is spelt out, and comes out of the JSON as it went in."""
    print_json({"quote": FOREIGN})
    printed = capsys.readouterr().out
    assert not any(sign in printed.rstrip("\n") for sign in COMMANDING)
    assert json.loads(printed) == {"quote": FOREIGN}


def test_what_a_report_names_stays_on_its_line() -> None:
    """Files may be called anything."""
    rejection = Rejection(f"{COMMANDING}\nall is well.txt", None, FOREIGN)
    lines = report_lines(Report("a", "b", (FOREIGN,), (FOREIGN,), (FOREIGN,), 0, (rejection,), 1, 1))
    assert not any(sign in line for line in lines for sign in f"{COMMANDING}\n")
    assert fitted(lines).count("\n") == len(lines) - 1


@given(st.text())
def test_a_printable_text_is_one_line(text: str) -> None:
    """Whatever it was."""
    assert len(printable(text).splitlines()) <= 1
    assert not any(sign in printable(text) for sign in COMMANDING)


WORDS = ("%", "_", "\\\\", "' OR '1'='1", "'; DROP TABLE question; --", "\\x00", "*", "[a-z]")


@pytest.mark.parametrize("words", WORDS)
async def test_a_search_in_the_log_is_text(tmp_path: Path, words: str) -> None:
    """It finds what it spells, and nothing else; no sign in it is a pattern or a statement."""
    plain = LoggedQuestion(dt.datetime.now(dt.UTC), "cli", "en", "plain", "none", "v", 1.0)
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        await log.add(plain)
        await log.add(replace(plain, text=f"before {words} behind"))
        assert [each.text for each in await log.latest(LogFilter(contains=words))] == [f"before {words} behind"]
        assert await log.latest(LogFilter(band=words, channel=words)) == []
        assert await log.count() == 2


def _corpus_of(article: Article) -> Corpus:
    return Corpus((article,), (), "abc")


def _catalog_of(article: Article) -> Catalog:
    return MemoryCatalog(_corpus_of(article))
