"""Which words does marked-up text show, and where do its lines break?"""

from typing import Any, Final

import regex

from retrieval.detection import detect

BLOCKS: Final = frozenset(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody tfoot
    thead tr ul
    """.split()  # noqa: SIM905  a list of words
)
"""Elements of HTML before and after which a line breaks."""
_NO_MEMORY: Final = 2
_CELLS: Final = frozenset({"td", "th", "cell"})
_BREAKS: Final = frozenset({"br", "lb"})
_HIDDEN: Final = frozenset(
    """
    audio button canvas datalist head iframe noframes noscript object option script select style svg template textarea
    title video
    """.split()  # noqa: SIM905
)
_NOT_SHOWN: Final = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.IGNORECASE)
_WHITE: Final = regex.compile(r"[ \t\r\n\f]+")  # what HTML collapses; a no-break space stays


def declares_entities(data: bytes) -> bool:
    """Whether an XML document brings entities of its own, which can grow without end or name other files."""
    return b"<!ENTITY" in data.replace(b"\0", b"")  # UTF-16 is ASCII with NUL between


def lacked_memory(error: Exception) -> bool:
    """Whether a parser of XML or HTML failed because it got no memory; libxml2 calls that 2 among its errors."""
    return type(error).__name__ == "XMLSyntaxError" and getattr(error, "code", None) == _NO_MEMORY


def parse_html(text: str) -> Any:
    """The tree of a page or of a piece of one; None when nothing is in it. No entity is looked up anywhere."""
    from lxml import etree, html  # noqa: PLC0415  only the reading of pages needs it

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None


def shown_text(tree: Any, blocks: frozenset[str] = BLOCKS) -> str:
    """The words that are shown, in order, with white space collapsed.

    A blank line stands between blocks, a line break where the text has one, a tab between the cells of a row.

    Args:
        tree: from `parse_html`, or of that kind.
        blocks: names of the elements that are blocks.
    """
    from lxml import etree  # noqa: PLC0415  only the reading of pages needs it

    said: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        begins = event == "start"
        hides = _is_hidden(element, blocks)
        hidden += begins and hides
        if not hidden:
            said.append(_before(element.tag, blocks, begins=begins))
        hidden -= hides and not begins
        text = element.text if begins else element.tail
        if text and not hidden:
            said.append(_WHITE.sub(" ", text))
    return _tidied("".join(said))


def believed_language(text: str, declared: str | None) -> str | None:
    """What is declared for a page or a feed, unless the text is plainly in another language: templates say anything.

    Args:
        text: of the article.
        declared: like "en-GB"; None or empty when nothing is.
    """
    code = (declared or "").strip().lower().replace("_", "-").partition("-")[0]
    return detect(text, code) if code.isalpha() else None


def _before(tag: str, blocks: frozenset[str], *, begins: bool) -> str:
    """The white space that an element stands for, where it begins or ends."""
    if tag in blocks:
        return "\n\n"
    if not begins:
        return ""
    return "\n" if tag in _BREAKS else "\t" if tag in _CELLS else ""


def _tidied(said: str) -> str:
    """The lines without spaces around them, with one blank line where there were any."""
    paragraphs: list[list[str]] = [[]]
    for line in map(_collapsed, said.split("\n")):
        if line:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join("\n".join(lines) for lines in paragraphs if lines)


def _collapsed(line: str) -> str:
    cells = (" ".join(filter(None, cell.split(" "))) for cell in line.split("\t"))
    return "\t".join(filter(None, cells))


def _is_hidden(element: Any, blocks: frozenset[str]) -> bool:
    attributes = element.attrib
    return (
        (element.tag in _HIDDEN and element.tag not in blocks)
        or "hidden" in attributes
        or ("style" in attributes and _NOT_SHOWN.search(attributes["style"]) is not None)
    )
