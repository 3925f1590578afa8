"""Which English prose does this machine hold? Manuals, documentation, and what programs say of themselves.

Nothing is downloaded: a system with compilers and documentation installed holds tens of thousands of real paragraphs.
Code, tables, lists of options and licences repeated from package to package are left out as far as rough rules can.
"""

import ast
import gzip
import html
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import regex

ROOTS: Final = tuple(
    Path("/usr") / name
    for name in ("share/man/man*", "share/doc", "share/info", "share/perl*", "lib/python3*", "lib/*/perl*", "include")
)
"""Where systems keep documentation, as patterns."""

_WORD: Final = regex.compile(r"\p{L}+")
_BLANK: Final = regex.compile(r"\n[ \t]*\n")
_ROFF_FONT: Final = regex.compile(r"\\f(?:\(..|\[[^\]]*\]|.)|\\s[-+]?\d|\\[&/,^|%:]|\\(?:d|u)")
_ROFF_SIGN: Final = {r"\-": "-", r"\e": "\\", r"\(aq": "'", r"\(cq": "’", r"\(oq": "‘", r"\(lq": "“", r"\(rq": "”",
                     r"\(dq": '"', r"\(em": "—", r"\(en": "–", r"\(bu": "", r"\ ": " ", r"\~": " ", r"\0": " ",
                     r"\*(C`": '"', r"\*(C'": '"', r"\*(L": "", r"\*(R": "", r"\*(--": "—", r"\(co": "©"}  # fmt: skip
_ROFF_TEXT: Final = regex.compile(r"\.(?:[BI]|[BIR][BIR]|Nm|Xr|Fl|Ar|Pa|Em|Sy|Dq|Cm|Li|Va|Fn|Dv|Ev)\s+(.*)")
_HIDDEN: Final = regex.compile(r"(?is)<(pre|script|style|table|code|head)\b.*?</\1>|<!--.*?-->")
_BLOCK: Final = regex.compile(r"(?i)</?(?:p|div|li|dd|dt|h\d|ul|ol|dl|tr|td|section|blockquote|br)\b[^>]*>")
_TAG: Final = regex.compile(r"<[^>]*>")
_COMMENT: Final = regex.compile(r"(?s)/\*+(.*?)\*/")
_POD: Final = regex.compile(r"(?ms)^=(?:head\d|over|item|pod|begin).*?(?=^=cut|\Z)")
_POD_MARK: Final = regex.compile(r"[A-Z]<+\s?([^<>]*?)\s?>+")
_MARKUP: Final = regex.compile(r"`{1,3}|\*\*|__|\[([^\]]*)\]\([^)]*\)|:[a-z]+:(?=`)|@[a-z]+\{([^}]*)\}|</?[a-z]+/?>")


def prose(roots: Iterable[Path]) -> Iterator[tuple[Path, list[str]]]:
    """The paragraphs of each file below these folders that holds any, file by file, in the order of their paths."""
    for root in roots:
        for path in sorted(root.rglob("*")):
            reader = _reader(path.name.removesuffix(".gz"), path)
            if reader and path.is_file() and not path.is_symlink():
                found = [tidy for part in reader(_text(path)) if (tidy := _tidied(part)) and _is_prose(tidy)]
                if found:
                    yield path, found


def system_roots() -> list[Path]:
    """The folders of documentation that are here."""
    return [path for root in ROOTS for path in sorted(Path("/").glob(str(root)[1:])) if path.is_dir()]


def _reader(name: str, path: Path) -> Callable[[str], Iterable[str]] | None:
    suffix = Path(name).suffix.lower()
    if "man" in path.parts and regex.fullmatch(r"\.\d\w*", suffix):
        return _roff
    if name in {"copyright", "LICENSE", "COPYING"}:
        return None
    by_suffix = {
        ".html": _html, ".htm": _html, ".xhtml": _html, ".py": _docstrings, ".pm": _pod, ".pod": _pod, ".pl": _pod,
        ".h": _comments, ".hpp": _comments, ".txt": _plain, ".md": _plain, ".rst": _plain, ".info": _plain, "": _plain,
        ".debian": _plain,
    }  # fmt: skip
    return by_suffix.get(suffix)


def _text(path: Path) -> str:
    try:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError):
        return ""
    return "" if b"\0" in data[:4096] else data.decode("utf-8", "replace")


def _plain(text: str) -> Iterable[str]:
    """Paragraphs between blank lines; what is set in from the margin by four and more is code."""
    for part in _BLANK.split(text):
        lines = part.strip("\n").split("\n")
        if sum(line.startswith(("    ", "\t")) for line in lines) * 2 <= len(lines):
            yield " ".join(line.strip(" \t#>*-") for line in lines)


def _roff(text: str) -> Iterable[str]:
    written: list[str] = []
    shown = True
    for line in text.split("\n"):
        if line.startswith((".nf", ".EX", ".Bd", ".TS", ".Vb")):
            shown = False
        elif line.startswith((".fi", ".EE", ".Ed", ".TE", ".Ve")):
            shown = True
        if not line.startswith((".", "'")):
            written += [line] if shown else []
        elif named := _ROFF_TEXT.match(line):
            written += [named[1].replace('"', "")] if shown else []
        elif not line.startswith((".\\", ".if", ".ie", ".el", ".IX", ".PD")):
            yield " ".join(written)
            written = []
    yield " ".join(written)


def _unroffed(text: str) -> str:
    for sign, plain in _ROFF_SIGN.items():
        text = text.replace(sign, plain)
    return _ROFF_FONT.sub("", text)


def _html(text: str) -> Iterable[str]:
    return (html.unescape(_TAG.sub("", part)) for part in _BLOCK.split(_HIDDEN.sub("", text)))


def _docstrings(text: str) -> Iterable[str]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _plain(ast.get_docstring(node) or "")


def _pod(text: str) -> Iterable[str]:
    for part in _POD.findall(text):
        for paragraph in _BLANK.split(part):
            if not paragraph.startswith((" ", "\t", "=")):
                yield _POD_MARK.sub(r"\1", paragraph)


def _comments(text: str) -> Iterable[str]:
    for comment in _COMMENT.findall(text):
        yield from _plain("\n".join(line.strip(" \t*!") for line in comment.split("\n")))


def _tidied(text: str) -> str:
    if "\\" in text:
        text = _unroffed(text)
    text = _MARKUP.sub(r"\1\2", text)
    return " ".join(text.split())


def _is_prose(text: str) -> bool:
    """Whether it reads as sentences: enough words, mostly letters, an end."""
    if not 80 <= len(text) <= 2000 or text.startswith("-") or text[-1] not in '.!?:”")' or "\ufffd" in text:
        return False
    words = _WORD.findall(text)
    return (
        len(words) >= 12
        and sum(map(len, words)) >= 0.72 * len(text)
        and len({word.lower() for word in words}) >= 0.4 * len(words)
        and any(text.count(f" {common} ") for common in ("the", "a", "is", "to", "of"))
    )
