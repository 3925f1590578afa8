"""How does a PDF become an article? Line by line as it is printed, page after page."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final

from retrieval import furniture
from retrieval.formats.draft import Draft, Found, UnreadableError, described

_END: Final = b"%%EOF"
_TAIL: Final = 2_048  # bytes in which the end of a file is marked
_HYPHENS: Final = frozenset({0x02, 0xFFFE})  # what PDFium says instead of a hyphen at the end of a line
_GAP: Final = 1.3  # times the usual step from line to line, from which on a paragraph ends
_INDENT: Final = 0.8  # heights of a line by which the first line of a paragraph is set in
_UNKNOWN: Final = 0.3  # share of characters without a meaning from which on a text is none
_NO_TITLES: Final = (".doc", ".docx", ".pdf", ".indd", ".qxd", ".rtf", ".odt", ".tex", ".dvi")


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line, and where it stands on its page, in points from the left and from below."""

    text: str
    left: float
    bottom: float
    height: float


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
    """The lines of a page in the order of the file; a hyphen at the end of one stays."""
    from pypdfium2 import raw  # noqa: PLC0415

    text_page = page.get_textpage()
    said: list[str] = []
    first = 0
    codes = [raw.FPDFText_GetUnicode(text_page, at) for at in range(text_page.count_chars())]
    for at, code in enumerate([*codes, ord("\n")]):
        character = chr(code)
        if code in _HYPHENS:
            said.append("-")
        if code in _HYPHENS or character in "\r\n":
            text = _paired("".join(said)).strip()
            if text:
                left, bottom, _, top = text_page.get_charbox(first, loose=True)
                yield _Line(text, left, bottom, top - bottom)
            said = []
        elif character == "\t" or character >= " ":
            first = first if said else at
            said.append(character)
    text_page.close()
    page.close()


def _paired(text: str) -> str:
    """Characters beyond the first plane, which are given in two halves, whole."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _joined(pages: list[list[_Line]]) -> tuple[str, tuple[int, ...]]:
    """The text of the pages, a blank line between paragraphs, and where each page begins in it."""
    steps = [
        (upper.bottom - lower.bottom) / upper.height
        for lines in pages
        for upper, lower in pairwise(lines)
        if upper.height > 0 and upper.bottom > lower.bottom
    ]
    usual = median(steps) if steps else 1.0
    said: list[str] = []
    starts: list[int] = []
    length = 0
    above: _Line | None = None
    for lines in pages:
        for number, line in enumerate(lines):
            between = "" if above is None else "\n" if _goes_on(above, line, usual, same_page=number > 0) else "\n\n"
            length += len(between)
            if number == 0:
                starts.append(length)
            said += [between, line.text]
            length += len(line.text)
            above = line
        if not lines:
            starts.append(length)
    return "".join(said), tuple(starts)


def _goes_on(upper: _Line, lower: _Line, usual: float, *, same_page: bool) -> bool:
    """Whether a line belongs to the paragraph of the one before it."""
    if not same_page or lower.bottom >= upper.bottom:  # another page, another column
        return not furniture.ends_with_a_stop(upper.text) and lower.text[0].islower()
    if upper.bottom - lower.bottom > _GAP * usual * upper.height:
        return False
    set_in = lower.left - upper.left > _INDENT * upper.height
    return not (set_in and furniture.ends_with_a_stop(upper.text))
