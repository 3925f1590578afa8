"""Following feeds: politely, nothing twice, nothing lost, and said when it no longer works."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

from bot.gathering.feeds import FeedReader
from db import Database, FeedState, FeedStates
from retrieval import read_corpus
from tests.bot.gathering.articles import PARAGRAPHS, article_page
from tests.bot.gathering.web import Web, read_at_once

FEED = "http://news.example/feed"
START = dt.datetime(2023, 4, 24, 12, tzinfo=dt.UTC)


@dataclass
class Following:
    """A reader of feeds in a time of its own, and what it said."""

    ours: Web
    states: FeedStates
    folder: Path
    now: dt.datetime = START
    loaded: list[tuple[str, ...]] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    sleeps: list[float] = field(default_factory=list)

    def reader(self, *feeds: str) -> FeedReader:
        """As after a start of the program."""
        return FeedReader(
            feeds or (FEED,), self.states, self.ours.policy, self.folder, loaded=self._load, report=self._report,
            clock=lambda: self.now, sleep=self._sleep, read=read_at_once,
        )  # fmt: skip

    def feed(self, *paths: str, title: str = "Example Times", **headers: str) -> None:
        """Put a feed there that names these pages, the newest first."""
        items = "".join(f"<item><title>T</title><link>{path}</link></item>" for path in paths)
        rss = f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'
        self.ours.page("/feed", rss, "application/rss+xml", **headers)

    def articles(self, *paths: str) -> None:
        """Put articles there."""
        for path in paths:
            text = "\n\n".join([f"What happened at {path[1:]} on that day", *PARAGRAPHS])
            self.ours.page(path, text, "text/plain")

    def asked(self, path: str) -> list[web.Request]:
        """How often a page was asked for."""
        return [request for request in self.ours.requests if request.path == path]

    def later(self, minutes: float) -> None:
        """Time goes by."""
        self.now += dt.timedelta(minutes=minutes)

    async def state(self) -> FeedState:
        """What is known of the feed."""
        state = await self.states.get(FEED)
        assert state is not None
        return state

    async def _load(self, names: tuple[str, ...]) -> None:
        self.loaded.append(names)

    async def _report(self, sentence: str) -> None:
        self.reports.append(sentence)

    async def _sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += dt.timedelta(seconds=seconds)
        if len(self.sleeps) == 5:
            raise asyncio.CancelledError


@pytest.fixture
async def following(ours: Web, tmp_path: Path) -> AsyncIterator[Following]:
    """With a database of its own."""
    async with Database(f"sqlite:///{tmp_path / 'log.db'}") as database:
        yield Following(ours, FeedStates(database), tmp_path / "added")


async def test_new_entries_become_articles(following: Following) -> None:
    """The feed's title is their publisher where they name none; one reload a poll."""
    following.feed("/b", "/a")
    following.articles("/a", "/b")
    await following.reader().poll()
    assert [[name.split("-")[1] for name in names] for names in following.loaded] == [["a", "b"]]
    articles = read_corpus(following.folder).articles
    assert {article.url for article in articles} == {"http://news.example/a", "http://news.example/b"}
    assert {article.publisher for article in articles} == {"Example Times"}
    assert following.reports == []


async def test_two_links_to_one_article_are_one_article(following: Following) -> None:
    """As the page itself says."""
    following.feed("/a?from=feed", "/a")
    following.ours.page("/a", article_page(canonical="http://news.example/a"))
    await following.reader().poll()
    assert [len(names) for names in following.loaded] == [1]
    assert len(read_corpus(following.folder).articles) == 1


async def test_a_rare_poll_stays_as_rare_when_the_feed_fails(following: Following) -> None:
    """Never more often than was asked for."""
    following.ours.status("/feed", 500)
    reader = FeedReader(
        (FEED,), following.states, following.ours.policy, following.folder, minutes=3 * 1440,
        loaded=following._load, report=following._report, clock=lambda: following.now,
    )  # fmt: skip
    for _ in range(2):
        due = await reader.poll()
        assert due - following.now == dt.timedelta(days=3)
        following.now = due


async def test_nothing_is_fetched_twice(following: Following) -> None:
    """After a restart neither."""
    following.feed("/a")
    following.articles("/a")
    for _ in range(2):
        await following.reader().poll()
        following.later(31)
    assert len(following.asked("/feed")) == 2
    assert len(following.asked("/a")) == 1
    assert len(following.loaded) == 1


async def test_a_feed_is_asked_for_when_its_time_has_come(following: Following) -> None:
    """And says which version it had; an unchanged one costs nothing."""
    following.feed(ETag='"1"', Last_Modified="Mon, 24 Apr 2023 10:00:00 GMT")
    reader = following.reader()
    assert await reader.poll() == START + dt.timedelta(minutes=30)
    following.later(29)
    await reader.poll()
    assert len(following.asked("/feed")) == 1
    following.ours.status("/feed", 304)
    following.later(1)
    await reader.poll()
    assert following.asked("/feed")[1].headers["If-None-Match"] == '"1"'
    assert following.asked("/feed")[1].headers["If-Modified-Since"] == "Mon, 24 Apr 2023 10:00:00 GMT"
    state = await following.state()
    assert (state.etag, state.failures, state.checked_at) == ('"1"', 0, START + dt.timedelta(minutes=30))


async def test_a_feed_that_breaks_is_reported_once_and_asked_less_and_less(following: Following) -> None:
    """After a day at the latest, and reported again when it works."""
    following.ours.status("/feed", 500)
    reader = following.reader()
    waits = []
    for _ in range(9):
        due = await reader.poll()
        waits.append((due - following.now).total_seconds() / 60)
        following.now = due
    assert waits == [30, 60, 120, 240, 480, 960, 1440, 1440, 1440]
    (report,) = following.reports
    assert report.startswith(f"The feed {FEED} cannot be read. {FEED}: the server answers 500, Internal Server Error;")
    following.feed()
    await following.reader().poll()
    assert following.reports[1:] == [f"The feed {FEED} can be read again."]
    assert (await following.state()).failures == 0


@pytest.mark.parametrize(
    ("content", "kind"),
    [("<html><p>Hello.</p></html>", "text/html"), (b"\0", "text/xml"), ("", "text/xml"), ("GIF", "image/gif")],
)
async def test_what_is_no_feed_is_reported(following: Following, content: str | bytes, kind: str) -> None:
    """As a failure like any other."""
    following.ours.page("/feed", content, kind)
    await following.reader().poll()
    assert len(following.reports) == 1
    assert (await following.state()).failures == 1


@pytest.mark.parametrize(
    ("asked", "minutes"),
    [
        ("7200", 120),
        ("Mon, 24 Apr 2023 15:00:00 GMT", 180),
        ("60", 30),
        ("Mon, 24 Apr 2023 01:00:00 GMT", 30),
        ("9" * 5000, 7 * 1440),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 7 * 1440),
        ("soon", 30),
        ("-5", 30),
        ("²", 30),
    ],
)
async def test_a_server_may_ask_to_be_left_alone(following: Following, asked: str, minutes: int) -> None:
    """In seconds or until a date, a week at most; never for less than usual."""
    following.ours.status("/feed", 429, Retry_After=asked.encode().decode("latin-1"))
    assert await following.reader().poll() == START + dt.timedelta(minutes=minutes)


async def test_many_new_entries_are_taken_in_turn(following: Following) -> None:
    """Twenty a poll, the oldest first; an unchanged feed is sent in full until none is left."""
    paths = [f"/{n:02}" for n in range(45)]
    following.feed(*reversed(paths), ETag='"1"')
    following.articles(*paths)
    reader = following.reader()
    for _ in range(3):
        await reader.poll()
        following.later(31)
    assert [len(names) for names in following.loaded] == [20, 20, 5]
    assert [request.path for request in following.ours.requests if request.path != "/feed"] == paths
    assert all("If-None-Match" not in request.headers for request in following.asked("/feed"))
    assert (await following.state()).etag == '"1"'


async def test_a_page_that_fails_is_tried_again_and_given_up(following: Following) -> None:
    """Four times; the others do not wait for it. One that comes back in time is kept."""
    following.feed("/c", "/b", "/a", ETag='"1"')
    following.articles("/c")
    reader = following.reader()
    for poll in range(6):
        if poll == 2:
            following.articles("/b")
        await reader.poll()
        following.later(31)
    assert [len(following.asked(path)) for path in ("/a", "/b", "/c")] == [4, 3, 1]
    assert [len(names) for names in following.loaded] == [1, 1]
    assert following.reports == []
    assert await following.states.seen(FEED, ["http://news.example/a", "/a"]) != frozenset()


async def test_a_busy_site_is_not_pressed(following: Following) -> None:
    """The rest of its pages waits for the next poll."""
    following.feed("/b", "/a")
    following.ours.status("/a", 429)
    following.articles("/b")
    reader = following.reader()
    await reader.poll()
    assert following.asked("/b") == []
    following.articles("/a")
    following.later(31)
    await reader.poll()
    assert [len(names) for names in following.loaded] == [2]


async def test_entries_never_lead_inside(following: Following) -> None:
    """A feed is a stranger's; what has no link is passed over."""
    following.feed("http://127.0.0.1/a", "file:///etc/passwd", "http://169.254.169.254/", "")
    await following.reader().poll()
    assert set(following.ours.connected) == {"93.184.216.34"}
    assert len(following.ours.connected) == 1
    assert following.loaded == []


async def test_a_folder_that_is_full_is_a_failure_of_the_feed(following: Following) -> None:
    """No entry is given up for it."""
    following.folder.write_bytes(b"")
    following.feed("/a")
    following.articles("/a")
    reader = following.reader()
    await reader.poll()
    assert "ADDED names another folder" in following.reports[0]
    following.folder.unlink()
    following.later(31)
    await reader.poll()
    assert len(following.loaded) == 1


async def test_one_feed_does_not_stop_another(following: Following, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever goes wrong with it, even what nobody thought of."""

    async def failing(names: tuple[str, ...]) -> None:
        following.loaded.append(names)
        raise RuntimeError("no reload")

    following.feed("/a")
    following.articles("/a")
    reader = FeedReader(
        ("http://news.example/none", FEED), following.states, following.ours.policy, following.folder,
        loaded=failing, report=failing, read=read_at_once, clock=lambda: following.now, sleep=following._sleep,  # type: ignore[arg-type]
    )  # fmt: skip
    await reader.poll()
    assert len(following.loaded) == 2
    assert "was left alone for now" in caplog.text
    assert "was not loaded" in caplog.text


async def test_feeds_are_followed_until_the_end(following: Following) -> None:
    """Each at its time: here one that works, every half hour, and one that fails, after more and more."""
    following.feed()
    with pytest.raises(asyncio.CancelledError):
        await following.reader(FEED, "http://news.example/none").run()
    assert following.sleeps == [1800, 1800, 1800, 1800, 1800]
    assert len(following.asked("/feed")) == 5
    assert len(following.asked("/none")) == 3


async def test_without_feeds_there_is_nothing_to_do(following: Following) -> None:
    """It ends at once."""
    reader = FeedReader(
        (), following.states, following.ours.policy, following.folder, loaded=following._load, report=following._report
    )
    await reader.run()
