"""Which articles does a feed name? RSS and Atom, as they are found in the wild."""

import hashlib
import html
import io
from dataclasses import dataclass
from typing import Any, Final

import regex

from bot.errors import FetchError
from bot.gathering.addresses import shown
from bot.gathering.fetching import Page
from bot.wording import printable
from retrieval.formats.dates import read_date

_LONGEST_KEY: Final = 500  # characters; of a longer one a digest stands for it
_LONGEST_FACT: Final = 300  # characters of a title
_TAG: Final = regex.compile(r"<[^>]*>")


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
        entries: the oldest first, each key once.
    """

    title: str | None
    entries: tuple[Entry, ...]


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
    found.reverse()
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
