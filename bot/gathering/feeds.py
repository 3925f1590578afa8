"""Which articles are new in the feeds that are followed? Asked politely, and reported when it no longer works."""

import asyncio
import datetime as dt
import logging
import math
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import Final

from bot.errors import FetchError, KeepError
from bot.gathering.feed_entries import Entry, Feed, read_feed_apart
from bot.gathering.fetching import Policy, fetch_if_changed
from bot.gathering.pages import Told, keep, preview
from bot.gathering.reading import Read, read_apart
from db import FeedState, FeedStates

_logger: Final = logging.getLogger(__name__)
_NEW_A_POLL: Final = 20  # entries
_TRIES: Final = 4  # polls at which an entry's page is asked for
_LONGEST_WAIT: Final = dt.timedelta(days=1)  # of our own accord
_LONGEST_ASKED: Final = dt.timedelta(days=7)  # that a server may ask for
_DOUBLINGS: Final = 20  # then the longest wait is reached, whatever the interval
_SECONDS_DIGITS: Final = 6  # more are more than a week
_SHORTEST_PAUSE: Final = 1.0  # seconds
_BUSY: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class FeedReader:
    """Follows feeds: keeps the page of every new entry, and asks for a reload once a poll.

    Args:
        feeds: their addresses.
        states: what is known of them, across restarts.
        policy: what may be fetched.
        folder: where pages are kept.
        loaded: is told the names of the files that a poll has kept, if there are any.
        report: is told a sentence when a feed no longer works, and one when it does again.
        minutes: between two polls of a feed.
        read: what reads the pages.
        clock: the time, with a time zone.
        sleep: waits for so many seconds.
    """

    def __init__(
        self,
        feeds: Sequence[str],
        states: FeedStates,
        policy: Policy,
        folder: Path,
        *,
        loaded: Callable[[tuple[str, ...]], Awaitable[None]],
        report: Callable[[str], Awaitable[None]],
        minutes: int = 30,
        read: Read = read_apart,
        clock: Callable[[], dt.datetime] = _now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._feeds = tuple(feeds)
        self._states = states
        self._policy = policy
        self._folder = folder
        self._loaded = loaded
        self._report = report
        self._interval = dt.timedelta(minutes=minutes)
        self._read_page = read
        self._clock = clock
        self._sleep = sleep
        self._tries: Counter[tuple[str, str]] = Counter()

    async def run(self) -> None:
        """Follow the feeds until cancelled; nothing that goes wrong with one ends it."""
        while self._feeds:
            due = await self.poll()
            await self._sleep(max((due - self._clock()).total_seconds(), _SHORTEST_PAUSE))

    async def poll(self) -> dt.datetime:
        """Ask once for every feed whose time has come; answers when the next one's will."""
        dues = []
        kept: list[str] = []
        for url in self._feeds:
            try:
                dues.append(await self._visit(url, kept))
            except Exception:  # a feed, or a log that is full, must not end the others
                _logger.exception("the feed %s was left alone for now", url)
                dues.append(self._clock() + self._interval)
        if kept:
            try:
                await self._loaded(tuple(dict.fromkeys(kept)))
            except Exception:
                _logger.exception("what the feeds brought was not loaded; the next reload finds it")
        return min(dues, default=self._clock() + self._interval)

    async def _visit(self, url: str, kept: list[str]) -> dt.datetime:
        state = await self._states.get(url) or FeedState(url)
        if state.next_check is not None and state.next_check > self._clock():
            return state.next_check
        try:
            after = await self._read(state, kept)
        except (FetchError, KeepError) as error:
            after = self._failed(state, error)
        await self._states.put(after)
        if bool(after.failures) != bool(state.failures):
            await self._report(_sentence(after))
        return after.next_check or self._clock()

    async def _read(self, state: FeedState, kept: list[str]) -> FeedState:
        """The feed's state after its new entries were kept."""
        after = replace(state, checked_at=self._clock(), next_check=self._clock() + self._interval)
        after = replace(after, failures=0, error=None)
        page = await fetch_if_changed(state.url, self._policy, state.etag, state.last_modified)
        if page is None:
            return after
        feed = await read_feed_apart(page)
        if await self._take(state.url, feed, kept):
            return replace(after, etag=page.etag, last_modified=page.last_modified)
        # Entries wait: without these names the server sends the feed again.
        return replace(after, etag=None, last_modified=None)

    def _failed(self, state: FeedState, error: FetchError | KeepError) -> FeedState:
        now = self._clock()
        wait = min(self._interval * 2 ** min(state.failures, _DOUBLINGS), max(_LONGEST_WAIT, self._interval))
        asked = _asked_wait(error.retry_after, now) if isinstance(error, FetchError) else dt.timedelta()
        failures = state.failures + 1
        return replace(state, checked_at=now, next_check=now + max(wait, asked), failures=failures, error=str(error))

    async def _take(self, url: str, feed: Feed, kept: list[str]) -> bool:
        """Keep the oldest of the new entries; answers whether none is left to wait."""
        seen = await self._states.seen(url, [entry.key for entry in feed.entries])
        new = [entry for entry in feed.entries if entry.key not in seen]
        done = 0
        for entry in new[:_NEW_A_POLL]:
            try:
                result = await self._keep(entry, feed, kept)
            except FetchError as error:
                self._tries[url, entry.key] += 1
                if self._tries[url, entry.key] < _TRIES:
                    if error.status in _BUSY:
                        break
                    continue
                result = f"given up: {error}"
            await self._states.mark_seen(url, entry.key, result, self._clock())
            self._tries.pop((url, entry.key), None)
            done += 1
        return done == len(new)

    async def _keep(self, entry: Entry, feed: Feed, kept: list[str]) -> str:
        """What became of an entry.

        Raises:
            FetchError: its page cannot be had, or holds no article.
            KeepError: it cannot be kept.
        """
        if entry.link is None:
            return "passed over: it has no link, and every quote needs one"
        seen = await preview(entry.link, self._policy, self._read_page)
        told = Told(entry.title, feed.title, entry.published)
        name = await asyncio.to_thread(keep, replace(seen, told=told), self._folder)
        kept.append(name)
        return f"kept as {name}"


def _sentence(state: FeedState) -> str:
    if state.failures:
        return f"The feed {state.url} cannot be read. {state.error} It is tried again, less and less often."
    return f"The feed {state.url} can be read again."


def _asked_wait(header: str | None, now: dt.datetime) -> dt.timedelta:
    """How long a server wants to be left alone, as its Retry-After says; a week at most, below 0 for the past."""
    text = (header or "").strip()
    if text.isascii() and text.isdecimal():
        seconds = int(text) if len(text) <= _SECONDS_DIGITS else math.inf
        return dt.timedelta(seconds=min(seconds, _LONGEST_ASKED.total_seconds()))
    try:
        moment = parsedate_to_datetime(text)
        wait = moment.replace(tzinfo=moment.tzinfo or dt.UTC) - now
    except (ValueError, OverflowError):
        return dt.timedelta()
    return min(wait, _LONGEST_ASKED)
