"""Do these bytes make a text, and does the text read as it was written?"""

import codecs
from typing import Final

from retrieval.formats.draft import UnreadableError

_SAMPLE: Final = 20_000  # code points; what was decoded with the wrong encoding shows long before
_PROOF: Final = 3  # odd sequences; one or two may be meant
_SHARE: Final = 0.15  # of the characters beyond ASCII that are too many; in a text gone wrong every second one is
_OTHER_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"),
)  # fmt: skip


def decoded(data: bytes) -> str:
    """The bytes as UTF-8, nothing translated or stripped, a byte order mark included.

    Raises:
        UnreadableError: they are none, or hold NUL.
    """
    for mark, name in _OTHER_MARKS:
        if data.startswith(mark):
            raise UnreadableError(f"{name}, not UTF-8: save it as UTF-8", 1)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = 1 + data[: error.start].count(b"\n")
        raise UnreadableError(f"not UTF-8 (byte 0x{data[error.start]:02x}): save it as UTF-8", line) from error
    if "\0" in text:
        raise UnreadableError("holds NUL characters: not a text", 1 + text[: text.index("\0")].count("\n"))
    return text


def is_garbled(text: str) -> bool:
    """Whether a text reads like UTF-8 that was taken for Latin-1 or a Windows encoding, like "cafÃ©"."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return False
    from ftfy import fix_encoding  # noqa: PLC0415  tables that only the reading of a corpus needs
    from ftfy.badness import badness  # noqa: PLC0415

    odd = repaired = 0
    for line in sample.splitlines():
        found = 0 if line.isascii() else badness(line)
        odd += found
        repaired += len(line) - len(fix_encoding(line)) if found else 0
    return odd >= _PROOF and repaired >= _SHARE * sum(character > "\x7f" for character in sample)
