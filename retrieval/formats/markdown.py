"""How does a Markdown file become an article? What its front matter says, and the text below, marks and all."""

from typing import Final

from retrieval.formats.decoding import decoded
from retrieval.formats.draft import Draft, Found, described
from retrieval.manifest import Rejection

_FENCE: Final = "---"
_ENDS: Final = ("---", "...")
_LONGEST: Final = 16_000  # code points of front matter
_SOURCES: Final = {  # field: the keys that may say it, the first that does counts
    "title": ("title",),
    "publisher": ("publisher", "author"),
    "published": ("published", "date"),
    "language": ("language", "lang"),
    "url": ("url",),
    "id": ("id",),
}


def read_markdown(data: bytes, path: str) -> Found:
    """The file as one article. Its body is what stands below the front matter, with Markdown's marks in it.

    Raises:
        UnreadableError: it is no UTF-8.
    """
    text = decoded(data)
    start = _end_of_front_matter(text)
    values, faults = _values(text[:start], path) if start else ({}, [])
    body = text[start:]
    draft = Draft(body, line=1 + text.count("\n", 0, start))
    yield from described(draft, {**values, "title": values.get("title") or _heading(body)}, path, line=1)
    yield from faults


def _end_of_front_matter(text: str) -> int:
    """Where the body begins: 0 when the text does not begin with front matter."""
    if text[:10].lstrip("\ufeff").rstrip("\r\n ")[:3] != _FENCE:
        return 0
    end = text.find("\n") + 1
    if not end or text[:end].strip("\ufeff \t\r\n") != _FENCE:
        return 0
    while 0 < end <= _LONGEST:
        start, end = end, text.find("\n", end) + 1
        if text[start : end or len(text)].rstrip() in _ENDS:
            return end or len(text)
    return 0


def _values(matter: str, path: str) -> tuple[dict[str, object], list[Rejection]]:
    """What front matter says, by field. Every scalar stays the text that it is: `no` is Norwegian, not false."""
    import yaml  # noqa: PLC0415 - only here: most files have no front matter, and it takes long to load

    inner = matter.strip("\ufeff \t\r\n").removeprefix(_FENCE).removesuffix(_FENCE).removesuffix("...")
    try:
        found = yaml.load(inner, Loader=yaml.BaseLoader)  # noqa: S506  makes texts, lists and mappings, nothing else
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or "nested too deeply"
        reason = f"its front matter is not valid YAML ({why}): it was not used"
        return {}, [Rejection(path, mark.line + 1 if mark else 1, reason)]
    if not isinstance(found, dict):
        return {}, [Rejection(path, 1, "its front matter holds no keys: it was not used")] if found else []
    said = {field: next((found[key] for key in keys if found.get(key)), None) for field, keys in _SOURCES.items()}
    return {field: _joined(value) for field, value in said.items()}, []


def _joined(value: object) -> object:
    """Several authors as one text."""
    names = value if isinstance(value, list) else []
    return ", ".join(names) if names and all(isinstance(name, str) for name in names) else value


def _heading(body: str) -> str | None:
    """The first line where it is a heading of the first level, without its marks."""
    first = body.lstrip("\ufeff \t\r\n").partition("\n")[0]
    return first[2:].strip().rstrip("#").strip() if first.startswith("# ") else None
