"""Reading pages in a process of its own: the same result, and no page that takes us with it."""

import time
from pathlib import Path

import pytest

from bot.gathering.reading import Reading, read_apart, read_here
from retrieval import Published
from tests.bot.gathering.articles import PARAGRAPHS, article_page


def page(folder: Path, content: str) -> Path:
    """A page in a file."""
    file = folder / "a.html"
    file.write_text(content, encoding="utf-8")
    return file


async def test_it_reads_the_same_apart(tmp_path: Path) -> None:
    """Every fact comes through."""
    file = page(tmp_path, article_page(canonical="https://news.example/é"))
    found = await read_apart(file, "a.html")
    assert isinstance(found, Reading)
    assert found == read_here(file, "a.html")
    assert (found.first, found.paragraphs) == (PARAGRAPHS[0], 4)
    assert found.published == Published("2023-04-24", approximate=False)


async def test_why_it_is_no_article_is_said_apart_too(tmp_path: Path) -> None:
    """In the same words."""
    file = page(tmp_path, "<p></p>")
    assert isinstance(read_here(file, "a.html"), str)
    assert await read_apart(file, "a.html") == read_here(file, "a.html")


async def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    """Its process with it."""
    file = page(tmp_path, "<html><body><article>" + "<p>a b c.</p>" * 100_000)
    began = time.monotonic()
    assert await read_apart(file, "a.html", 0.05) == "reading it takes too long: save its text as a .txt file"
    assert time.monotonic() - began < 3


async def test_the_process_knows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in its place is handed none, wherever we stand; one that breaks or babbles is said."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret")
    monkeypatch.chdir(tmp_path)
    program = tmp_path / "program"
    for script, found in (
        ('#!/bin/sh\ntest -z "$TELEGRAM_BOT_TOKEN" && test -d retrieval && echo \'"none"\'\n', "none"),
        ("#!/bin/sh\necho '\"no\"'; exit 3\n", "it broke the program that reads it: save its text as a .txt file"),
        ("#!/bin/sh\necho '{\"title\": 1}'\n", "it broke the program that reads it: save its text as a .txt file"),
    ):
        program.write_text(script)
        program.chmod(0o755)
        assert await read_apart(tmp_path / "a.html", "a.html", python=str(program)) == found
