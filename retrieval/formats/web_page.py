"""How does a saved web page become an article?

trafilatura tells the article from what stands around it, and finds what the page says about it. The body is cut from
the page's own visible text: a stretch that is not there letter by letter is left out, and said to be.
"""

import codecs
from array import array
from typing import Any, Final

import regex

from retrieval.formats.decoding import decoded
from retrieval.formats.draft import Draft, Found, UnreadableError, described
from retrieval.formats.markup import believed_language, parse_html, shown_text
from retrieval.manifest import Rejection

_EXTRACTED: Final = frozenset({"body", "p", "head", "item", "row", "quote", "list", "table", "code", "div"})
_DECLARED: Final = regex.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?([\w:.-]{2,40})", regex.I
)
_HEAD: Final = 4_096  # bytes in which that is looked for
# What browsers take these names for (WHATWG Encoding Standard, "Names and labels").
_MEANT: Final = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949", "tis-620": "cp874",
}  # fmt: skip
_ENCODINGS: Final = ("utf-8", "cp", "windows-", "iso-8859-", "iso8859", "koi8", "gb", "big5", "euc", "mac")
_DATES: Final = {
    "extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d", "max_date": "9999-12-31",
}  # fmt: skip


def read_web_page(data: bytes, path: str) -> Found:
    """The article of a page: its title, site (failing that its author), date, address and language, as the page says.

    Raises:
        UnreadableError: its encoding is not known, or no article is found on it.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415  large, and only the reading of pages needs it

    tree = parse_html(_text(data))
    page = shown_text(tree) if tree is not None else ""
    if not page:
        raise UnreadableError("empty: the page shows no text")
    found: Any = bare_extraction(tree, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATES))
    body, lost = _cut(page, shown_text(found.body, _EXTRACTED)) if found is not None else ("", 0)
    if not body:
        raise UnreadableError("no article is found on the page: save its text as .txt")
    facts = {
        "title": found.title,
        "publisher": found.sitename or found.author,
        "published": found.date,
        "language": believed_language(body, tree.get("lang")),
        "url": found.url,
    }
    yield from described(Draft(body), facts, path)
    if lost:
        yield Rejection(path, None, f"{lost} stretches of it were left out: they are not on the page letter by letter")


def declared_encoding(data: bytes) -> str | None:
    """What a page itself says of its encoding, in lower case; None where it says nothing."""
    found = _DECLARED.search(data[:_HEAD])
    return found[1].decode("ascii").lower() if found else None


def meant_encoding(name: str) -> str:
    """The encoding that browsers take a name in lower case for: some are called by those that they contain."""
    return _MEANT.get(name, name)


def _text(data: bytes) -> str:
    """The page in the encoding that it declares, UTF-8 where it declares none."""
    declared = None if data.startswith(codecs.BOM_UTF8) else declared_encoding(data)
    name = meant_encoding(declared or "utf-8")
    if name in {"utf-8", "utf8"} or not name.startswith(_ENCODINGS):
        return decoded(data).removeprefix("\ufeff")
    try:
        return data.decode(name).replace("\0", "")
    except (LookupError, UnicodeDecodeError) as error:
        raise UnreadableError(f"not {name}, which it declares: save it as UTF-8") from error


def _cut(page: str, extracted: str) -> tuple[str, int]:
    """The extracted paragraphs as they stand in the page, and how many do not."""
    places = array("L", (at for at, character in enumerate(page) if _shows(character)))
    squeezed = "".join(filter(_shows, page))
    cut: list[str] = []
    lost = position = 0
    for paragraph in extracted.split("\n\n"):
        wanted = "".join(filter(_shows, paragraph))
        at = squeezed.find(wanted, position)
        at = at if at >= 0 else squeezed.find(wanted)
        if at < 0:
            lost += 1
        elif wanted:
            position = at + len(wanted)
            cut.append(page[places[at] : places[position - 1] + 1])
    return "\n\n".join(cut), lost


def _shows(character: str) -> bool:
    return character.isprintable() and not character.isspace()
