"""Which articles does a feed name? RSS and Atom, as they are found in the wild."""

import hashlib
import html
import io
import json
import sys
from dataclasses import asdict, dataclass
from typing import Any, Final

import regex

from bot.errors import FetchError
from bot.gathering.addresses import shown
from bot.gathering.apart import BrokenError, TooSlowError, limit_this_process, run_apart
from bot.gathering.fetching import Page
from bot.wording import printable
from retrieval.formats.dates import read_date

SECONDS: Final = 40.0
"""That reading a feed may take, on a machine that has other things to do as well."""
_WORKING: Final = 20  # seconds of the processor
_MOST: Final = 1_000  # entries
_LONGEST_KEY: Final = 500  # characters; of a longer one a digest stands for it
_LONGEST_FACT: Final = 300  # characters of a title
_TAG: Final = regex.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one article.

    Attributes:
        key: what the feed calls it, always the same.
        link: its address; None when it has none in the web.
        title: without markup.
        published: the day that is written there, like "2023-04-24".
    """

    key: str
    link: str | None
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says.

    Attributes:
        title: of the feed, which is mostly the publisher's name.
        entries: the oldest first, each key once; of a feed with more than a thousand the first thousand.
    """

    title: str | None
    entries: tuple[Entry, ...]


async def read_feed_apart(page: Page, seconds: float = SECONDS) -> Feed:
    """The same as `read_feed`, by a process of its own: a feed can be made to take for ever.

    Raises:
        FetchError: it is no feed, too broken to be read, or takes too long.
    """
    try:
        said = await run_apart(__name__, page.url, page.charset or "", said=page.data, seconds=seconds)
        found: Any = json.loads(said)
        if isinstance(found, str):
            raise FetchError(found)
        return Feed(found["title"], tuple(Entry(**each) for each in found["entries"]))
    except TooSlowError:
        raise FetchError(f"{shown(page.url)} takes too long to be read as a feed.") from None
    except (BrokenError, ValueError, TypeError, KeyError):
        raise FetchError(f"{shown(page.url)} is too broken to be read as a feed.") from None


def read_feed(page: Page) -> Feed:
    """The feed in a page; what of it is broken is passed over.

    Raises:
        FetchError: it is no feed, or too broken to be read.
    """
    import feedparser  # noqa: PLC0415 - slow to load, and needed by nobody who follows no feed

    headers = {"content-location": page.url}
    if page.charset:
        headers["content-type"] = f"application/xml; charset={page.charset}"
    try:
        # Never the bytes themselves: those that spell a file's name would be opened.
        found: Any = feedparser.parse(io.BytesIO(page.data), response_headers=headers)
        raw = list(found.entries)
        feed = Feed(_fact(found.feed, "title"), _entries(raw))
    except Exception as error:
        # Of a stranger's bytes anything may come out of a parser.
        raise FetchError(f"{shown(page.url)} is too broken to be read as a feed.") from error
    if not found.get("version") and not raw:
        raise FetchError(f"{shown(page.url)} is no RSS or Atom feed: look for the feed's own address.")
    return feed


def _entries(found: list[Any]) -> tuple[Entry, ...]:
    """Feeds begin with the newest; where every entry has a moment, the moments decide."""
    found = found[:_MOST][::-1]
    if all(_moment(each) for each in found):
        found.sort(key=_moment)
    entries = {entry.key: entry for entry in map(_entry, found) if entry.key}
    return tuple(entries.values())


def _moment(entry: Any) -> tuple[int, ...]:
    return tuple(entry.get("published_parsed") or entry.get("updated_parsed") or ())


def _entry(found: Any) -> Entry:
    link = _whole(found.get("link"))
    key = _whole(found.get("id")) or link or _whole(found.get("title"))
    if len(key) > _LONGEST_KEY:
        key = hashlib.sha256(key.encode()).hexdigest()
    published = found.get("published")
    return Entry(
        key=key,
        link=link if link.lower().startswith(("http://", "https://")) else None,
        title=_fact(found, "title"),
        published=read_date(published) if isinstance(published, str) else None,
    )


def _whole(value: object) -> str:
    """A text that can be kept: without halves of characters."""
    return value.strip().encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _fact(found: Any, key: str) -> str | None:
    """A short text without markup."""
    value = _whole(found.get(key))
    if "html" in str(found.get(f"{key}_detail", {}).get("type", "")):
        value = html.unescape(_TAG.sub("", value))
    value = printable(value)
    return value if 0 < len(value) <= _LONGEST_FACT else None


def _answer(url: str, charset: str) -> None:
    """What the process of its own does."""
    limit_this_process(_WORKING, memory=True)
    page = Page(url, sys.stdin.buffer.read(), "application/xml", charset or None)
    try:
        found: object = asdict(read_feed(page))
    except FetchError as error:
        found = str(error)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    _answer(*sys.argv[1:])
