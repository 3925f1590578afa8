"""How does a PDF become an article? Its paragraphs as they are printed, page after page.

A PDF knows no paragraphs, only where its characters stand. Lines are joined where no gap, no indent, no bullet and no
short line parts them; a hyphen at the end of a line stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final

import regex

from retrieval.formats.draft import Draft, Found, UnreadableError, described
from retrieval.sentences import ends_with_a_stop

_END: Final = b"%%EOF"
_TAIL: Final = 2_048  # bytes in which the end of a file is marked
_HYPHENS: Final = frozenset({0x02, 0xFFFE})  # what PDFium says instead of a hyphen at the end of a line
_GAP: Final = 1.3  # times the usual step from line to line, from which on a paragraph ends
_INDENT: Final = 0.8  # heights of a line by which the first line of a paragraph is set in
_SHORT: Final = 0.75  # times the usual width of a line, below which a line was ended on purpose
_ITEM: Final = regex.compile(r"(?:[•‣▪◦●■–—*·-]|\(?(?:\d{1,3}|\p{L})[.)])\s")
_UNSPACED: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_UNKNOWN: Final = 0.3  # share of characters without a meaning from which on a text is none
_NO_TITLES: Final = (".doc", ".docx", ".pdf", ".indd", ".qxd", ".rtf", ".odt", ".tex", ".dvi")


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line, and where it stands on its page, in points from the left and from below."""

    text: str
    left: float
    right: float
    bottom: float
    height: float


@dataclass(frozen=True, slots=True)
class _Usual:
    """How the lines of a document stand: from one to the next, in heights of a line, and how wide they are."""

    step: float
    width: float

    @classmethod
    def of(cls, pages: list[list[_Line]]) -> "_Usual":
        steps = [
            (upper.bottom - lower.bottom) / upper.height
            for lines in pages
            for upper, lower in pairwise(lines)
            if upper.height > 0 and upper.bottom > lower.bottom
        ]
        return cls(median(steps or [1.0]), median(line.right - line.left for lines in pages for line in lines))


def read_pdf(data: bytes, path: str) -> Found:
    """The text of all pages as one article, with the title, author and day that the file states, if any.

    Raises:
        UnreadableError: it is damaged, locked, or holds no text.
    """
    if _END not in data[-_TAIL:]:
        raise UnreadableError("cut off, or no PDF: its end is missing; fetch it again")
    pages, stated = _read(data)
    lines = [line for page in pages for line in page]
    if not lines:
        raise UnreadableError("holds no text, only pictures: have the text recognised (OCR) first")
    text = "".join(line.text for line in lines)
    if sum("\ue000" <= character <= "\uf8ff" or character == "\ufffd" for character in text) > _UNKNOWN * len(text):
        raise UnreadableError("its letters cannot be told: its fonts do not say what they draw; save its text as .txt")
    body, starts = _joined(pages)
    title = stated.get("Title", "")
    facts = {
        "title": None if title.lower().endswith(_NO_TITLES) else title,
        "publisher": stated.get("Author"),
        "published": stated.get("CreationDate", "").removeprefix("D:"),
    }
    yield from described(Draft(body, pages=starts), facts, path, approximate=True)


def _read(data: bytes) -> tuple[list[list[_Line]], dict[str, str]]:
    import pypdfium2  # noqa: PLC0415  a large library, and only the reading of PDF needs it

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError("locked with a password: save it without one") from error
        raise UnreadableError("damaged, or no PDF: open it and save it again, or save its text as .txt") from error
    with document:
        pages = [list(_lines(document[number])) for number in range(len(document))]
        return pages, document.get_metadata_dict()


def _lines(page: Any) -> Iterator[_Line]:
    """The lines of a page in the order of the file."""
    from pypdfium2 import raw  # noqa: PLC0415

    text_page = page.get_textpage()
    said: list[str] = []
    places: list[int] = []
    codes = [raw.FPDFText_GetUnicode(text_page, at) for at in range(text_page.count_chars())]
    for at, code in enumerate([*codes, ord("\n")]):
        character = "-" if code in _HYPHENS else chr(code)
        if character >= " ":
            said.append(character)
            places.append(at)
        if code in _HYPHENS or character in "\r\n":
            text = " ".join(_paired("".join(said)).split())
            if text:
                left, bottom, _, top = text_page.get_charbox(places[0], loose=True)
                _, _, right, _ = text_page.get_charbox(places[-1], loose=True)
                yield _Line(text, left, right, bottom, top - bottom)
            said, places = [], []
    text_page.close()
    page.close()


def _paired(text: str) -> str:
    """Characters beyond the first plane, which are given in two halves, whole."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _joined(pages: list[list[_Line]]) -> tuple[str, tuple[int, ...]]:
    """The paragraphs of the pages, a blank line between them, and where each page begins in the text."""
    usual = _Usual.of(pages)
    said: list[str] = []
    starts: list[int] = []
    length = 0
    above: _Line | None = None
    for lines in pages:
        for number, line in enumerate(lines):
            between = _between(above, line, usual, same_page=number > 0) if above else ""
            length += len(between)
            if number == 0:
                starts.append(length)
            said += [between, line.text]
            length += len(line.text)
            above = line
        if not lines:
            starts.append(length)
    return "".join(said), tuple(starts)


def _between(upper: _Line, lower: _Line, usual: _Usual, *, same_page: bool) -> str:
    """What stands between two lines: a blank line, a space, or nothing after a hyphen or where nobody writes spaces."""
    if not _goes_on(upper, lower, usual, same_page=same_page):
        return "\n\n"
    hyphenated = upper.text[-1] == "-" and upper.text[-2:-1].isalpha()
    return "" if hyphenated or _UNSPACED.match(upper.text[-1]) or _UNSPACED.match(lower.text) else " "


def _goes_on(upper: _Line, lower: _Line, usual: _Usual, *, same_page: bool) -> bool:
    """Whether a line belongs to the paragraph of the one before it."""
    if _ITEM.match(lower.text):
        return False
    stops = ends_with_a_stop(upper.text)
    if not same_page or lower.bottom >= upper.bottom:  # another page, another column
        return not stops and lower.text[0].islower()
    if upper.bottom - lower.bottom > _GAP * usual.step * upper.height:
        return False
    if upper.right - upper.left < _SHORT * usual.width:
        return False
    return not (stops and lower.left - upper.left > _INDENT * upper.height)
