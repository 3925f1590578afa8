"""What would a page of the web be as an article? Shown to an admin first, then kept."""

import tempfile
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bot.errors import FetchError
from bot.gathering.addresses import shown
from bot.gathering.fetching import SUFFIXES, Page, Policy, fetch
from bot.gathering.keeping import keep_file, page_name
from bot.gathering.reading import Read, Reading, read_apart
from retrieval import Published
from retrieval.formats.web_page import declared_encoding, meant_encoding

_FEED: Final = ".xml"
_WEB_PAGE: Final = ".html"
_FEW: Final = 3  # paragraphs; fewer are often the beginning that everybody may read
_UTF_8: Final = frozenset({"utf-8", "utf8"})


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of an article from elsewhere, to be used where its page does not say it.

    Attributes:
        title: of the article.
        publisher: of the article.
        published: "2023-04-24", "2023-04" or "2023".
    """

    title: str | None = None
    publisher: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A page as the article that it would be: what an admin is asked to confirm.

    Attributes:
        url: that quotes would link to: the page's own idea of it where that is at the same host.
        data: that would be kept.
        suffix: of its file.
        title: as the page says it; None when it does not, as with the rest.
        publisher: as the page says it.
        published: as the page says it.
        language: ISO 639-1 code.
        paragraphs: how many could be quoted.
        first: the first sentence of the first of them.
        warnings: sentences, for the admin.
        told: what is known from elsewhere.
    """

    url: str
    data: bytes
    suffix: str
    title: str | None
    publisher: str | None
    published: Published | None
    language: str
    paragraphs: int
    first: str
    warnings: tuple[str, ...] = ()
    told: Told = field(default_factory=Told)


async def preview(url: str, policy: Policy, read: Read = read_apart) -> Preview:
    """Fetch a page and read it as an article; nothing is kept.

    Args:
        url: of the page.
        policy: what may be fetched.
        read: what reads the page.

    Raises:
        FetchError: it cannot be had, or holds nothing that could be quoted.
    """
    page = await fetch(url, policy)
    if SUFFIXES[page.media_type] == _FEED:
        raise FetchError(f"{shown(page.url)} is a feed or a file of data: give the address of an article.")
    data = _with_encoding(page)
    found = await _read(page, data, read)
    return Preview(
        url=_linked(page.url, found.url),
        data=data,
        suffix=SUFFIXES[page.media_type],
        title=found.title,
        publisher=found.publisher,
        published=found.published,
        language=found.language,
        paragraphs=found.paragraphs,
        first=found.first,
        warnings=_warnings(found, page, url),
    )


def keep(seen: Preview, folder: Path) -> str:
    """Keep a page, with its address and what was told of it; the same address again replaces it.

    Args:
        seen: the page.
        folder: of kept articles; is made where it is missing.

    Returns:
        The name of the file in the folder.

    Raises:
        KeepError: it cannot be written.
    """
    entry: dict[str, str | bool] = {"url": seen.url}
    for key in ("title", "publisher", "published"):
        told = getattr(seen.told, key)
        if told and getattr(seen, key) is None:
            entry[key] = told
    name = page_name(seen.url, seen.suffix)
    keep_file(folder, name, seen.data, entry)
    return name


async def _read(page: Page, data: bytes, read: Read) -> Reading:
    name = page_name(page.url, SUFFIXES[page.media_type])
    with tempfile.TemporaryDirectory(prefix="verbatim-") as folder:
        file = Path(folder) / name
        file.write_bytes(data)
        found = await read(file, name)
    if isinstance(found, str):
        raise FetchError(f"{shown(page.url)} is no article that can be read: {found}.")
    return found


def _warnings(found: Reading, page: Page, asked: str) -> tuple[str, ...]:
    warnings = [f"{fault.rstrip('.')}." for fault in found.faults]
    if found.paragraphs < _FEW and page.media_type != "text/plain":
        words = "Only one paragraph was" if found.paragraphs == 1 else f"Only {found.paragraphs} paragraphs were"
        warnings.append(f"{words} found: the page may show the whole article to subscribers only, or by a script.")
    if _site(page.url) != _site(asked):
        warnings.append(f"The address led to another site: {_site(page.url)}.")
    return tuple(warnings)


def _linked(found: str, own: str | None) -> str:
    """Where quotes link to. A page may name its own address, but not another site, nor its site's front page."""
    if own is None or _site(own) != _site(found):
        return found
    return found if urlsplit(own).path in {"", "/"} and not urlsplit(own).query else own


def _site(url: str) -> str:
    return (urlsplit(url.strip()).hostname or "").removeprefix("www.")


def _with_encoding(page: Page) -> bytes:
    """The page as it was sent; in UTF-8 where only the server says how it is encoded, which the file would not."""
    charset = (page.charset or "").strip().lower()
    if page.media_type == "application/pdf" or not charset or page.data.startswith(BOM_UTF8):
        return page.data
    if charset in _UTF_8:
        named = declared_encoding(page.data)
        return BOM_UTF8 + page.data if named and named not in _UTF_8 else page.data
    try:
        text = page.data.decode(meant_encoding(charset))
    except (LookupError, ValueError):
        return page.data
    return (BOM_UTF8 if SUFFIXES[page.media_type] == _WEB_PAGE else b"") + text.encode("utf-8", "replace")
