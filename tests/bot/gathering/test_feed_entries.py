"""Reading feeds: what they name, oldest first, whatever shape they are in."""

import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import FetchError
from bot.gathering.feed_entries import Entry, Feed, read_feed, read_feed_apart
from bot.gathering.fetching import Page

ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example &amp; Times</title>
<entry><id>tag:2</id><title type="html">Road &lt;b&gt;closed&lt;/b&gt; &amp;amp; quiet</title><link href="/b"/>
<published>2023-04-25T01:00:00+04:00</published></entry>
<entry><id>tag:1</id><title>Road open</title><link href="https://other.example/a"/>
<published>2023-04-24T23:00:00Z</published></entry></feed>"""
RSS = """<rss version="2.0"><channel><title>Новости</title>
<item><title>Two</title><link>https://news.example/2</link></item>
<item><title>One</title><link>https://news.example/1</link><pubDate>Mon, 24 Apr 2023 10:00:00 GMT</pubDate></item>
<item><title>Two again</title><link>https://news.example/2</link></item>
<item><guid isPermaLink="false">g</guid><title>No link</title></item>
<item><guid isPermaLink="false">m</guid><link>mailto:ada@news.example</link></item><item/></channel></rss>"""


def page(data: bytes, charset: str | None = None) -> Page:
    """Such a feed, at an address."""
    return Page("https://news.example/feed", data, "application/xml", charset)


def test_atom_is_read() -> None:
    """Where moments are known they order; links are whole; the day is the one that is written."""
    assert read_feed(page(ATOM)) == Feed(
        "Example & Times",
        (
            Entry("tag:2", "https://news.example/b", "Road closed & quiet", "2023-04-25"),
            Entry("tag:1", "https://other.example/a", "Road open", "2023-04-24"),
        ),
    )


def test_rss_is_read() -> None:
    """Without moments the last is the oldest; an entry counts once; what is no page has no link."""
    feed = read_feed(page(RSS.encode()))
    assert feed.title == "Новости"
    assert [(entry.key, entry.link) for entry in feed.entries] == [
        ("m", None),
        ("g", None),
        ("https://news.example/2", "https://news.example/2"),
        ("https://news.example/1", "https://news.example/1"),
    ]
    assert feed.entries[3].published == "2023-04-24"


def test_the_server_may_name_the_encoding() -> None:
    """Which the feed itself need not."""
    assert read_feed(page(RSS.encode("cp1251"), "windows-1251")).title == "Новости"


def test_a_broken_feed_gives_what_it_holds() -> None:
    """As far as it goes."""
    assert [entry.title for entry in read_feed(page(RSS.encode()[:200])).entries][-1] == "Two"


def test_an_empty_feed_is_a_feed() -> None:
    """With nothing in it."""
    assert read_feed(page(b'<rss version="2.0"><channel/></rss>')) == Feed(None, ())


@pytest.mark.parametrize(
    "data", [b"", b"<html><body><p>Hello.</p></body></html>", b"\0\1", b"README.md", b"/etc/passwd"]
)
def test_what_is_no_feed_is_said(data: bytes) -> None:
    """Whatever it is."""
    with pytest.raises(FetchError, match="is no RSS or Atom feed"):
        read_feed(page(data))


def test_the_name_of_a_file_opens_none(tmp_path: Path) -> None:
    """Though it is all that a server sent, and the file holds a feed."""
    (tmp_path / "feed").write_bytes(ATOM)
    with pytest.raises(FetchError, match="is no RSS or Atom feed"):
        read_feed(page(str(tmp_path / "feed").encode()))


def test_entities_do_not_explode() -> None:
    """Nor do they read files."""
    bomb = b'<!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    for name, inner in zip("cdefghi", "bcdefgh", strict=True):
        bomb += f'<!ENTITY {name} "{f"&{inner};" * 10}">'.encode()
    bomb += (
        b'<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&i;&x;</title></channel></rss>'
    )
    title = read_feed(page(bomb)).title
    assert title is None or (len(title) < 1000 and "root" not in title)


def test_a_long_name_is_shortened_to_a_digest() -> None:
    """It is kept in a table."""
    feed = read_feed(page(RSS.encode().replace(b">g<", b">" + b"g" * 5000 + b"<")))
    assert len(feed.entries[1].key) == 64


@given(st.binary(max_size=200), st.one_of(st.none(), st.sampled_from(["utf-8", "utf-16", "idna", "hex", "nonsense"])))
@example(b"<rss><item><title>&#xD800;&#0;</title><guid>&#xDFFF;</guid></item></rss>", None)
@example(b"<feed><entry><published>99999-13-41T99:99:99Z</published></entry></feed>", None)
def test_any_bytes_are_a_feed_or_none(data: bytes, charset: str | None) -> None:
    """Nothing else is raised, and what is read can be kept."""
    for content in (data, ATOM[:150] + data, RSS.encode()[:150] + data + RSS.encode()[150:]):
        try:
            feed = read_feed(page(content, charset))
        except FetchError:
            continue
        for entry in feed.entries:
            assert entry.key
            entry.key.encode()
            (entry.title or "").encode()


async def test_a_feed_is_read_the_same_apart() -> None:
    """Every fact comes through, and why it is none."""
    for data, charset in ((ATOM, None), (RSS.encode("cp1251"), "windows-1251")):
        assert await read_feed_apart(page(data, charset)) == read_feed(page(data, charset))
    with pytest.raises(FetchError, match="is no RSS or Atom feed"):
        await read_feed_apart(page(b"<p>"))


async def test_a_feed_that_is_made_to_take_for_ever_is_given_up() -> None:
    """Elements in elements take a parser of feeds minutes; its process is ended, and the bot was never in it."""
    deep = b'<rss version="2.0"><channel>' + b"<a>" * 1_500_000
    began = time.monotonic()
    with pytest.raises(FetchError, match="takes too long"):
        await read_feed_apart(page(deep), 1.0)
    assert time.monotonic() - began < 10


def test_of_an_endless_feed_the_first_entries_are_read() -> None:
    """As many as anybody follows."""
    items = b"".join(b"<item><link>http://a.example/%d</link></item>" % number for number in range(1_200))
    assert len(read_feed(page(b'<rss version="2.0"><channel>' + items + b"</channel></rss>")).entries) == 1_000
