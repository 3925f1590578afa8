"""How do the entries of an RSS or Atom feed become articles?"""

import io
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from retrieval.formats.draft import Draft, Found, UnreadableError, described, shown
from retrieval.formats.markup import believed_language, declares_entities, parse_html, shown_text
from retrieval.manifest import Rejection

_MARKED_UP: Final = frozenset({"text/html", "application/xhtml+xml"})
_LONGEST_ID: Final = 200  # code points
_DIGITS: Final = 12


def read_feed(data: bytes, path: str) -> Found:
    """The articles of the entries: their content, failing that their summary, with the feed's title as publisher.

    Raises:
        UnreadableError: it is no feed, declares entities, or has no entry.
    """
    import feedparser  # noqa: PLC0415  only the reading of feeds needs it

    if declares_entities(data):
        raise UnreadableError("declares XML entities, which no feed needs: take out its <!DOCTYPE …>")
    feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False)
    if not feed.version:
        raise UnreadableError("no RSS or Atom feed: save its text as .txt")
    if not feed.entries:
        raise UnreadableError("empty: the feed has no entry")
    for number, entry in enumerate(feed.entries, start=1):
        yield from _article(entry, number, feed.feed, path)
    line_of = getattr(feed.get("bozo_exception"), "getLineNumber", None)
    if line_of is not None:
        yield Rejection(path, line_of(), "not well-formed XML: what stands behind this place may be missing")


def _article(entry: Mapping[str, Any], number: int, feed: Mapping[str, Any], path: str) -> Found:
    said = entry.get("content") or [entry.get("summary_detail") or {}]
    body = "\n\n".join(filter(None, map(_text, said)))
    part = _part(entry, number)
    if not body:
        yield Rejection(f"{path}#{part}", None, f"entry {number} has no text: {shown(entry.get('title') or '')}")
        return
    facts = {
        "title": _plain(entry.get("title_detail")),
        "published": entry.get("published") or entry.get("updated"),
        "url": _address(entry),
        "publisher": feed.get("title"),
        "language": believed_language(body, feed.get("language")),
    }
    yield from described(Draft(body, part=part), facts, f"{path}#{part}")


def _part(entry: Mapping[str, Any], number: int) -> str:
    """The entry's own id, else its address, else its number; a digest of one that is too long to be called by."""
    name = " ".join(str(entry.get("id") or entry.get("link") or number).split())
    return name if len(name) <= _LONGEST_ID else sha256(name.encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def _address(entry: Mapping[str, Any]) -> str | None:
    """The entry's link; an id that stands in for one only where it is an address."""
    link = entry.get("link")
    return None if link == entry.get("id") and not str(link).startswith("http") else link


def _text(detail: Mapping[str, Any]) -> str:
    """What a text construct shows."""
    value = detail.get("value") or ""
    if detail.get("type") not in _MARKED_UP:
        return str(value).strip()
    tree = parse_html(value)
    return shown_text(tree) if tree is not None else ""


def _plain(detail: Mapping[str, Any] | None) -> str | None:
    return " ".join(_text(detail).split()) if detail else None
