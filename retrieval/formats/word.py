"""How does a Word file become an article? Its paragraphs and the rows of its tables, in order."""

import io
from typing import Any, Final

from retrieval.formats.archive import opened_archive
from retrieval.formats.draft import Draft, Found, UnreadableError, described
from retrieval.formats.markup import declares_entities

_OLD: Final = b"\xd0\xcf\x11\xe0"  # what files of Word before 2007 begin with, and locked ones
_MAIN: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS: Final = {f"{_MAIN}{name}": sign for name, sign in (("tab", "\t"), ("br", "\n"), ("cr", "\n"))}
_SIGNS[f"{_MAIN}noBreakHyphen"] = "\N{NON-BREAKING HYPHEN}"


def read_word(data: bytes, path: str) -> Found:
    """The document as one article, with the title, author and day of creation that its properties state, if any.

    Raises:
        UnreadableError: it is locked, declares entities, or unpacks to too much.
    """
    import docx  # noqa: PLC0415  only the reading of Word files needs it

    if data.startswith(_OLD):
        raise UnreadableError("locked with a password, or of a Word before 2007: save it as .docx, without a password")
    with opened_archive(data) as archive:
        parts = [name for name in archive.namelist() if name.lower().endswith((".xml", ".rels"))]
        if any(declares_entities(archive.read(name)) for name in parts):
            raise UnreadableError("declares XML entities, which no Word file has: save its text as .txt")
    document = docx.Document(io.BytesIO(data))
    stated = document.core_properties
    facts = {
        "title": stated.title,
        "publisher": stated.author,
        "published": stated.created.date().isoformat() if stated.created else None,
    }
    yield from described(Draft(_text(document.element.body)), facts, path, approximate=True)


def _text(body: Any) -> str:
    """The paragraphs with a blank line between them; a row of a table as a line, with tabs between its cells."""
    from lxml import etree  # noqa: PLC0415

    for fallback in list(body.iter(_FALLBACK)):  # says the same again, for older programs
        fallback.getparent().remove(fallback)
    lines: list[str] = []
    cells: list[str] = []
    open_paragraphs: list[list[str]] = []
    rows = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag, begins = element.tag, event == "start"
        if tag == f"{_MAIN}p":
            if begins:
                open_paragraphs.append([])
            else:
                (cells if rows else lines).append("".join(open_paragraphs.pop()).strip())
        elif tag == f"{_MAIN}tr":
            rows += 1 if begins else -1
            if rows == 0:
                lines.append("\t".join(" ".join(cell.split()) for cell in cells if cell))
                cells = []
        elif begins and open_paragraphs:
            open_paragraphs[-1].append(_said(element))
    return "\n\n".join(filter(None, lines))


def _said(element: Any) -> str:
    """The characters that an element of a run stands for; those that were deleted stand in elements of other names."""
    if element.tag == f"{_MAIN}t":
        return element.text or ""
    inside_run = element.getparent().tag == f"{_MAIN}r"
    return _SIGNS.get(element.tag, "") if inside_run else ""
