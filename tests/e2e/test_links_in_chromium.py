"""Links as a browser follows them: every sentence of the articles that ship is found, in a real Chromium."""

import functools
import html
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from retrieval import Article, BlockKind, link_to, read_corpus
from retrieval.sentences import sentences
from tests.builders import SEEDS

# Chromium must not look for anything but the page.
OPTIONS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=800,600",
]
# The paragraph in the middle of the window: a browser that finds the words scrolls them there.
IN_THE_MIDDLE = """
    const distance = p => Math.abs(p.getBoundingClientRect().top + p.offsetHeight / 2 - innerHeight / 2);
    const near = [...document.querySelectorAll("p, h1")].sort((a, b) => distance(a) - distance(b))[0];
    return [scrollY, near.textContent];
"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A headless Chromium; without one the tests are skipped, where they are not demanded."""
    driver, browser = shutil.which("chromedriver"), shutil.which("chromium")
    if driver is None or browser is None:
        if os.environ.get("REQUIRE_CHROMIUM"):
            pytest.fail("chromium and chromedriver are demanded here and not installed")
        pytest.skip("chromium and chromedriver are not installed")
    options = ChromeOptions()
    options.binary_location = browser
    for option in (*OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(option)
    chrome = Chrome(options=options, service=ChromeService(driver))
    yield chrome
    chrome.quit()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A web site on loopback, and the folder that it shows."""
    folder = tmp_path_factory.mktemp("site")
    handler = functools.partial(QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", folder
        server.shutdown()
        thread.join()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def as_page(article: Article) -> str:
    """The article as a site shows it: headline, menu, paragraphs far apart, without what the file carries along."""
    shown = (block for block in article.blocks if block.kind in {BlockKind.PARAGRAPH, BlockKind.CAPTION})
    paragraphs = (f'<p style="margin: 600px 0">{html.escape(block.span.of(article.body))}</p>' for block in shown)
    head = f"<!doctype html><meta charset=utf-8><title>.</title><h1>{html.escape(article.title)}</h1><p>Menu</p>"
    return head + "".join(paragraphs)


def test_every_sentence_of_the_seeds_is_found(chromium: Chrome, site: tuple[str, Path]) -> None:
    """The page opens at the paragraph that holds the sentence."""
    address, folder = site
    followed = 0
    for article in read_corpus(SEEDS).articles:
        (folder / f"{article.id}.html").write_text(as_page(article), encoding="utf-8")
        placed = replace(article, url=f"{address}/{article.id}.html")
        for paragraph in article.paragraphs():
            for sentence in sentences(paragraph.text, article.language):
                link = link_to(placed, sentence.shifted(paragraph.span.start))
                assert link is not None
                chromium.get("about:blank")
                chromium.get(link)
                scrolled, text = chromium.execute_script(IN_THE_MIDDLE)
                assert scrolled > 0, link
                assert " ".join(sentence.of(paragraph.text).split()) in " ".join(text.split()), link
                followed += 1
    assert followed > 80
