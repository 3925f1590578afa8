"""How is an article entered into a manifest that a person may have written, without harm to the rest of it?"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

import regex

from retrieval.toml_text import read_toml

_HEADER: Final = regex.compile(r"^[ \t]*\[\[[ \t]*article[ \t]*\]\]", regex.MULTILINE)
# TOML 1.0: what a string in double quotes may not hold as it is. Halves of characters cannot be written at all.
_UNWRITABLE: Final = regex.compile(r'["\\\x00-\x1f\x7f]')
_HALVES: Final = regex.compile(r"[\ud800-\udfff]")
_UNFIT: Final = "write the articles of manifest.toml as [[article]] tables, so that one can be entered"


class UnfitManifestError(ValueError):
    """The manifest is written in a way that lets nothing be entered; the message says what to do."""


def with_entry(text: str, entry: Mapping[str, str | bool]) -> tuple[str, frozenset[str]]:
    """The manifest with one entry, in the place of those of the same file or the same url.

    Args:
        text: of the manifest; all else in it is kept as it is, comments and faults included.
        entry: "file", "url" and other keys, with their values.

    Returns:
        The new text, and the other files that the entries with this url named.

    Raises:
        UnfitManifestError: the articles are not written as tables.
    """
    bounds = [0, *(found.start() for found in _HEADER.finditer(text)), len(text)]
    pieces = [text[start:end] for start, end in pairwise(bounds)]
    old = {at: _articles(piece)[0] for at, piece in enumerate(pieces) if at and _is_only(piece, entry)}
    for at in old:
        pieces[at] = (_written(entry) if at == min(old) else "") + _remarks(pieces[at])
    if not old:
        pieces += ["\n" * (2 - _newlines_at_the_end(text)), _written(entry), "\n"]
    result = "".join(pieces)
    _check(text, result, entry)
    files = {str(article.get("file", "")) for article in old.values()}
    return result, frozenset(files - {str(entry["file"]), ""})


def without_entry(text: str, file: str) -> str:
    """The manifest without the entries of one file; all else in it is kept as it is."""
    bounds = [0, *(found.start() for found in _HEADER.finditer(text)), len(text)]
    pieces = [text[start:end] for start, end in pairwise(bounds)]
    entry = {"file": file}
    return "".join(_remarks(piece) if at and _is_only(piece, entry) else piece for at, piece in enumerate(pieces))


def _is_only(piece: str, entry: Mapping[str, object]) -> bool:
    articles = _articles(piece)
    return len(articles) == 1 and _is_same(articles[0], entry)


def _is_same(article: Any, entry: Mapping[str, object]) -> bool:
    if not isinstance(article, dict):
        return False
    return article.get("file") == entry["file"] or ("url" in entry and article.get("url") == entry["url"])


def _articles(text: str) -> list[Any]:
    """The articles of a text of TOML; none where it is not valid."""
    try:
        found = read_toml(text).get("article", [])
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def _remarks(piece: str) -> str:
    """What stands behind a table: blank lines and comments, which may belong to the next one."""
    lines = piece.split("\n")
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return piece[len("\n".join(lines)) :]


def _newlines_at_the_end(text: str) -> int:
    return 2 if not text else min(2, len(text) - len(text.rstrip("\n")))


def _written(entry: Mapping[str, str | bool]) -> str:
    return "\n".join(["[[article]]", *(f"{key} = {_value(value)}" for key, value in entry.items())])


def _value(value: str | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = _UNWRITABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", _HALVES.sub("\N{REPLACEMENT CHARACTER}", value))
    return f'"{text}"'


def _check(before: str, after: str, entry: Mapping[str, object]) -> None:
    """Of a manifest that was valid, nothing but our entry has changed. One that was not is read table by table."""
    try:
        old = read_toml(before)
    except ValueError:
        return
    try:
        new = read_toml(after)
    except ValueError:
        raise UnfitManifestError(_UNFIT) from None
    entered = new.get("article", [])
    others = [article for article in entered if not _is_same(article, entry)]
    if len(entered) != len(others) + 1 or old | {"article": _without(old, entry)} != new | {"article": others}:
        raise UnfitManifestError(_UNFIT)


def _without(values: Mapping[str, Any], entry: Mapping[str, object]) -> list[Any]:
    articles = values.get("article", [])
    return [each for each in articles if not _is_same(each, entry)] if isinstance(articles, list) else articles
