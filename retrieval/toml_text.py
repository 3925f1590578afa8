"""How is a text of TOML read that may have been written to annoy whoever reads it?"""

import tomllib
from typing import Any, Final

import regex

# What the standard library needs the square of its length for, or hands over as what cannot be written down again:
# keys of very many parts, and numbers of thousands of digits that are not decimal.
_KEY_PARTS: Final = 100
_DIGITS: Final = 1_000
_PART: Final = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_ENDLESS_KEY: Final = regex.compile(rf"(?<![\w-]){_PART}(?:\.[ \t]*+{_PART}){{{_KEY_PARTS}}}")
_ENDLESS_NUMBER: Final = regex.compile(rf"(?<!\w)0[xob][0-9a-fA-F_]{{{_DIGITS}}}")


def read_toml(text: str) -> dict[str, Any]:
    """What a text of TOML says.

    Raises:
        ValueError: it is none, or says what nobody needs to say; the message names the line where it can.
    """
    for pattern, reason in (
        (_ENDLESS_KEY, "a key of too many parts"),
        (_ENDLESS_NUMBER, "a number of too many digits"),
    ):
        found = pattern.search(text)
        if found:
            raise ValueError(f"{reason} (at line {1 + text.count(chr(10), 0, found.start())})")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
