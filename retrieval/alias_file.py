"""What the admin says about names: `aliases.toml` beside the articles, checked entry by entry."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import regex

from retrieval.aliases import Aliases, Person
from retrieval.manifest import Rejection
from retrieval.phrases import phrase_key
from retrieval.toml_text import read_toml

ALIASES: Final = "aliases.toml"
_KEYS: Final = ("same", "names")
_MIB: Final = 1 << 20
_LARGEST_FILE: Final = 4 * _MIB  # bytes; about fifty thousand groups
_LARGEST_GROUP: Final = 200  # names
_LONGEST_NAME: Final = 120  # code points
_SYNTAX_PLACE: Final = regex.compile(r" \(at [^)]*\)$")
_SYNTAX_LINE: Final = regex.compile(r"at line (\d+)")
_BARE_KEY: Final = regex.compile(r"""[^"'#=\[]*+=""")
_QUOTES_NEEDED: Final = ': a key with other letters than A-Z needs quotes, like "Лавров" = …'
# Nothing is given back once it was taken ("*+"): a line of ten thousand spaces must not take for ever.
_KEY: Final = regex.compile(r"""[ \t]*+(?:names[ \t]*+\.[ \t]*+)?["']?([^"'#=\[]*+)["']?[ \t]*+=""")
_HEADER: Final = regex.compile(r"""[ \t]*+\[++[ \t]*+["']?([^"'#=\[\],]*+)["']?[ \t]*+\]""")
_TOML: Final = regex.compile(
    r'"""(?:\\.|[^\\])*?"""|' r"'''.*?'''|" r'"(?:\\.|[^"\\\n])*"|' r"'[^'\n]*'|#[^\n]*|[\[\]{},\n]|[^\s\[\]{},\"'#]+",
    regex.DOTALL,
)


class _UnusableFileError(Exception):
    """Why nothing of the file counts, with the line if there is one."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def read_aliases(path: Path) -> tuple[Aliases, tuple[Rejection, ...]]:
    """The names in a file, and what of it was not taken; no names when there is no file. Never raises for its content.

    Groups that share a name are one group. Of a group or a person with a faulty name the other names count.

    Args:
        path: of the `aliases.toml`.
    """
    try:
        text = _read(path)
        values = _parsed(text)
    except _UnusableFileError as error:
        return Aliases(), (Rejection(path.name, error.line, f"{error.reason}; no aliases are used"),)
    entries = _Entries(path.name, text, values)
    aliases = Aliases(tuple(_merged(entries.groups())), tuple(entries.people()))
    return aliases, tuple(sorted(entries.rejections, key=lambda rejection: rejection.line or 0))


def _read(path: Path) -> str:
    try:
        if not path.is_symlink() and not path.exists():
            return ""
        if not path.is_file():
            raise _UnusableFileError("not a file")
        if path.stat().st_size > _LARGEST_FILE:
            raise _UnusableFileError(f"larger than {_LARGEST_FILE // _MIB} MiB: keep the names that are asked for")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _UnusableFileError("not UTF-8: save it as UTF-8", 1 + error.object[: error.start].count(b"\n")) from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself, up to Python 3.12
        raise _UnusableFileError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _parsed(text: str) -> dict[str, object]:
    try:
        return read_toml(text)
    except ValueError as error:
        lines = text.split("\n")
        found = _SYNTAX_LINE.search(str(error))
        line = int(found[1]) if found else len(lines)
        key = _BARE_KEY.match(lines[line - 1])
        hint = _QUOTES_NEEDED if key and not key[0].isascii() else ""
        raise _UnusableFileError(f"not valid TOML ({_SYNTAX_PLACE.sub('', str(error))}){hint}", line) from error


class _Entries:
    """The entries of one file while they are being checked."""

    def __init__(self, file: str, text: str, values: Mapping[str, object]) -> None:
        self._file = file
        self._text = text
        self._values = values
        lines = text.split("\n")
        self._lines = _line_numbers(_HEADER, lines) | _line_numbers(_KEY, lines)
        self.rejections: list[Rejection] = []
        for key in values.keys() - set(_KEYS):
            self._reject(self._line_of(key), f"unknown key {key!r}; known are {', '.join(_KEYS)}")

    def groups(self) -> Iterator[list[str]]:
        """The groups of names in `same`, in order; each has two names or more that are not the same words."""
        groups = self._values.get("same", [])
        if not isinstance(groups, list):
            self._reject(self._line_of("same"), "same must be a list of groups, each a list of names for one thing")
            return
        lines = _element_lines(self._text)
        for number, group in enumerate(groups):
            line = lines[number] if number < len(lines) else self._line_of("same")
            names = self._names(group, line, "a group")
            if names is None or self._too_many(names, line):
                continue
            if len({phrase_key(name) for name in names}) > 1:
                yield names
            else:
                written = ", ".join(names) or "nothing"
                self._reject(line, f"a group needs two names that are not the same words; this one has {written}")

    def people(self) -> Iterator[Person]:
        """The people of `names`, in order."""
        people = self._values.get("names", {})
        if not isinstance(people, dict):
            self._reject(self._line_of("names"), 'names must be a table: family name = ["first name", …]')
            return
        for family, value in people.items():
            line = self._line_of(family)
            names = self._names(value, line, f"names.{_shortened(family)}")
            family_name = self._name(family, line)
            if names is None or family_name is None or self._too_many(names, line):
                continue
            if names:
                yield Person(family_name, tuple(names))
            else:
                self._reject(line, f"{family_name}: needs at least one first name")

    def _names(self, value: object, line: int, what: str) -> list[str] | None:
        if not isinstance(value, list):
            self._reject(line, f'{what} must be a list of names, like ["UN", "United Nations"], not {_kind(value)}')
            return None
        names = (self._name(each, line) for each in value)
        return list(dict.fromkeys(name for name in names if name is not None))

    def _name(self, value: object, line: int) -> str | None:
        problem = _problem(value)
        if problem:
            self._reject(line, problem)
        return None if problem else " ".join(str(value).split())

    def _too_many(self, names: Sequence[str], line: int) -> bool:
        if len(names) > _LARGEST_GROUP:
            self._reject(line, f"{len(names)} names for one thing; at most {_LARGEST_GROUP} are used")
        return len(names) > _LARGEST_GROUP

    def _line_of(self, key: str) -> int:
        return self._lines.get(key, 1)

    def _reject(self, line: int, reason: str) -> None:
        self.rejections.append(Rejection(self._file, line, reason))


def _line_numbers(key: "regex.Pattern[str]", lines: Sequence[str]) -> dict[str, int]:
    """The line, from 1, of each key; the first where there are several."""
    found: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if match := key.match(line):
            found.setdefault(match[1].strip(), number)
    return found


def _problem(value: object) -> str | None:
    """What keeps a value from being a name; None when it is one."""
    if not isinstance(value, str):
        return f"a name must be a text, not {_kind(value)}"
    if not value.strip():
        return "a name is empty"
    if len(value) > _LONGEST_NAME:
        return f"a name longer than {_LONGEST_NAME} characters: {_shortened(value)!r}"
    if any(unicodedata.category(letter) == "Cc" for letter in "".join(value.split())):
        return f"a name with control characters: {value!r}"
    if len(phrase_key(value)) == 1:
        return f"a name without a word to look for: {value!r}"
    return None


def _kind(value: object) -> str:
    kinds = {str: "a text", bool: "true or false", list: "a list", dict: "a table", int: "a number", float: "a number"}
    return kinds.get(type(value), "a date or a time")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else text[:30] + "…"


def _element_lines(text: str) -> list[int]:
    """The lines, from 1, on which the elements of `same = […]` begin; empty when it is written in another way."""
    begin = regex.search(r"""^[ \t]*["']?same["']?[ \t]*=[ \t]*\[""", text, regex.MULTILINE)
    if not begin:
        return []
    lines: list[int] = []
    depth, line, awaited = 0, 1 + text.count("\n", 0, begin.end()), True
    for token in _TOML.finditer(text, begin.end()):
        mark = token[0]
        if depth == 0 and mark == "]":
            break
        if depth == 0 and awaited and mark not in {"\n", ","} and not mark.startswith("#"):
            lines.append(line)
            awaited = False
        awaited = awaited or mark == ","
        depth += (mark in {"[", "{"}) - (mark in {"]", "}"})
        line += mark.count("\n")
    return lines


def _merged(groups: Iterator[list[str]]) -> Iterator[tuple[str, ...]]:
    """The groups, those that share a name as one, where the first of them stands."""
    kept = list(groups)
    root = list(range(len(kept)))
    first_with: dict[tuple[str, ...], int] = {}
    for number, group in enumerate(kept):
        for name in group:
            one, other = _root(root, first_with.setdefault(phrase_key(name), number)), _root(root, number)
            root[max(one, other)] = min(one, other)
    members: dict[int, dict[str, None]] = defaultdict(dict)
    for number, group in enumerate(kept):
        members[_root(root, number)].update(dict.fromkeys(group))
    return (tuple(members[number]) for number in sorted(members))


def _root(root: list[int], number: int) -> int:
    while root[number] != number:
        root[number] = root[root[number]]
        number = root[number]
    return number
