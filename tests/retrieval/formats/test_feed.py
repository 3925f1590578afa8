"""RSS and Atom: one article an entry."""

from pathlib import Path

import pytest

from retrieval import Published
from tests.retrieval.formats.made_files import make_feed
from tests.retrieval.formats.reading import only, read

ITEM = (
    "<title>Road &amp;amp; bridge</title><link>https://example.org/1</link><guid>g1</guid>"
    "<pubDate>Mon, 24 Apr 2023 23:30:00 +0400</pubDate>"
    "<description>&lt;p&gt;The road is &lt;b&gt;op&lt;/b&gt;en.&lt;/p&gt;&lt;p&gt;So is it.&lt;/p&gt;</description>"
)
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de-AT"><title>Example Times</title>
<entry><title type="html">Die &lt;i&gt;Straße&lt;/i&gt;</title><link href="https://example.org/2"/><id>urn:2</id>
<updated>2023-04-24T23:30:00Z</updated><summary>Kurz.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Die Straße ist offen.</p><p>Ja.</p></div></content>
</entry></feed>"""


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a.atom"])
def test_an_entry_of_rss_is_an_article(tmp_path: Path, name: str) -> None:
    """With the words that its markup shows; the day is that of the publisher's own clock."""
    draft = only(tmp_path, name, make_feed(ITEM))
    assert (draft.body, draft.part, draft.title) == ("The road is open.\n\nSo is it.", "g1", "Road & bridge")
    assert (draft.published, draft.publisher, draft.url) == (
        Published("2023-04-24"),
        "Example Times",
        "https://example.org/1",
    )


def test_an_entry_of_atom_is_an_article(tmp_path: Path) -> None:
    """Its content goes before its summary."""
    draft = only(tmp_path, "a.atom", ATOM)
    assert (draft.body, draft.part, draft.title) == ("Die Straße ist offen.\n\nJa.", "urn:2", "Die Straße")
    assert (draft.published, draft.language, draft.url) == (Published("2023-04-24"), "de", "https://example.org/2")


def test_entries_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    """Without text, again, with a date or an address that is none; the rest is read."""
    items = [
        ITEM,
        "<title>Empty</title>",
        ITEM,
        "<guid>x</guid><description>Text.</description><pubDate>soon</pubDate>",
    ]
    drafts, rejections = read(tmp_path, "a.rss", make_feed(*items))
    assert [(draft.part, draft.published is None) for draft in drafts] == [("g1", False), ("x", True)]
    assert rejections == [
        "None: entry 2 has no text: 'Empty'",
        "None: duplicate id 'g1': the one above counts",
        "None: published = 'soon' was not used: it must be a date like 2023-04-24, 2023-04 or 2023",
    ]


def test_a_feed_that_is_cut_off_says_where(tmp_path: Path) -> None:
    """What came before is read."""
    whole = make_feed(ITEM, "\n<guid>g2</guid><description>Other words.</description>")
    drafts, rejections = read(tmp_path, "a.rss", whole[: whole.index("Other")])
    assert [draft.part for draft in drafts] == ["g1"]
    assert "3: not well-formed XML: what stands behind this place may be missing" in rejections


def test_a_very_long_id_is_called_by_its_digest(tmp_path: Path) -> None:
    """So that the article has a name that people can say."""
    assert len(only(tmp_path, "a.rss", make_feed(ITEM.replace("g1", "g" * 999))).part) == 12
