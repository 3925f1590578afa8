"""How does an example become an input that nobody would write?"""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

Mutate = Callable[[Random, bytes], bytes]
"""From a source of chance and an example to an input."""

PIECES: Final = (
    *(" ", "\t", "\n", "\r\n", "\n\n", "\v", "\f", "\x00", "\x1b[2J", "\x7f", "\x85", "\xa0", "\u2028", "\u2029"),
    *("\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\u2069", "\ufeff", "\ufffe", "\ufffd", "\xad", "\u061c"),
    *("\u0301", "\u0327\u0301", "\u0345", "\u093c", "\u0e49", "\u20dd", "\U000e0061", "\ufe0f", "\u1160", "\u3164"),
    *("\ud83d", "\ude00", "\ud83d\ude00", "\U0010ffff", "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇦🇲", "ﷺ", "ﬃ", "ẞ", "İ", "ı", "ſ", "K", "Ǆ"),
    *("a", "A", "é", "я", "Ё", "ա", "ა", "ğ", "ß", "ω", "ا"),
    *("لله", "א", "ी", "ক", "த", "క", "漢", "か", "カ", "한", "ก", "ລ"),
    *("ក", "မ", "ᄀ", "𝔄", "𐐀", "𒀀", "Ⅷ", "½", "²", "①", "〇", "٣", "۴", "०", "๓", "𝟘", "໑"),
    *("0", "1", "00", "2023", "1.", "1,000", "1 000", "1'000", "3.14", "1e999", "-1", "9" * 30, "0x41", "1.2.3.4"),
    *("2023-04-24", "24.04.2023", "31.02.0000", "9999-99-99", "0000", "10月", "3월", "2023年4月", "Apr 24, 2023"),
    *("'", '"', "'''", '"""', "`", "’", "“", "«", "[", "]", "[[", "]]", "(", ")", "{", "}", "<", ">", "</p>", "<p>"),
    *(".", "..", "...", "…", ",", ";", ":", "!", "?", "؟", "。", "-", "–", "—", "_", "/", "\\", "//", "../", "|", "&"),
    *("#", "=", "+", "*", "%", "%00", "%ff", "$", "^", "@", "~", "&amp;", "&#0;", "\\u0000", "\\ud800", "\\x00"),
    *("true", "null", "NaN", "Infinity", "---", "...", "!!python/object:x", "&a", "*a", "<!ENTITY x 'y'>", "]]>"),
    *("/start", "/ask ", "/ask@verbatim_bot ", "/add ", "@verbatim_bot", "http://", "https://a.b/", "javascript:"),
    *("[[article]]", "[[question]]", "file = ", "same = [", "names.", "title: ", "U.N.", "Ph.D."),
    *("A.a.", "(UN)", "WHO", "date ", "published: ", "photo: "),
    *("tags: ", "read more: ", "who ", "when ", "how many ", "this week ", "кто "),
)  # fmt: skip
"""What parsers trip over."""
_TIMES: Final = (2, 3, 8, 64, 300, 1000, 4096)
_NUMBERS: Final = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)


def text_of(data: bytes) -> str:
    """An input as a text, halves of characters in it or not; the inverse of `bytes_of` where that made it."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def bytes_of(text: str) -> bytes:
    """A text as an input."""
    return text.encode("utf-8", "surrogatepass")


def mutated_text(random: Random, example: bytes) -> bytes:
    """An example with one to eight changes in its characters."""
    text = text_of(example)
    for _ in range(_few(random)):
        text = random.choice(_TEXT_CHANGES)(random, text)
    return bytes_of(text)


def mutated_bytes(random: Random, example: bytes) -> bytes:
    """An example with one to eight changes in its bytes."""
    data = example
    for _ in range(_few(random)):
        data = random.choice(_BYTE_CHANGES)(random, data)
    return data


def mutated_either(random: Random, example: bytes) -> bytes:
    """An example changed as a text or as bytes."""
    return mutated_bytes(random, example) if random.random() < _SHARE_OF_BYTES else mutated_text(random, example)


_SHARE_OF_BYTES: Final = 0.2


def _few(random: Random) -> int:
    return min(8, 1 + int(random.expovariate(0.6)))


def _places(random: Random, whole: Sequence[object]) -> tuple[int, int]:
    start = random.randint(0, len(whole))
    length = random.choice((1, 1, 2, 5, 20, 100, len(whole)))
    return start, min(len(whole), start + random.randint(0, length))


def _insert(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice(PIECES) + text[at:]


def _repeat(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice(PIECES) * random.choice(_TIMES) + text[at:]


def _alternate(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + (random.choice(PIECES) + random.choice(PIECES)) * random.choice(_TIMES) + text[at:]


def _drop(random: Random, text: str) -> str:
    start, end = _places(random, text)
    return text[:start] + text[end:]


def _double(random: Random, text: str) -> str:
    start, end = _places(random, text)
    return text[:end] + text[start:end] * random.choice((1, 1, 2, 10)) + text[end:]


def _move(random: Random, text: str) -> str:
    start, end = _places(random, text)
    rest = text[:start] + text[end:]
    at = random.randint(0, len(rest))
    return rest[:at] + text[start:end] + rest[at:]


def _replace(random: Random, text: str) -> str:
    start, end = _places(random, text)
    return text[:start] + random.choice(PIECES) + text[end:]


def _any_character(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + chr(random.randrange(0x110000 if random.random() < 0.5 else 0x3000)) + text[at:]


def _case(random: Random, text: str) -> str:
    return random.choice((text.upper, text.lower, text.swapcase, text.title))()


def _cut(random: Random, text: str) -> str:
    return text[: random.randint(0, len(text))]


_TEXT_CHANGES: Final = (
    *(_insert, _insert, _insert, _replace, _replace, _any_character, _repeat, _alternate),
    *(_drop, _drop, _double, _move, _case, _cut),
)


def _flip(random: Random, data: bytes) -> bytes:
    if not data:
        return data
    changed = bytearray(data)
    changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _byte(random: Random, data: bytes) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + bytes([random.randrange(256)]) + data[at + random.randint(0, 1) :]


def _number(random: Random, data: bytes) -> bytes:
    size = random.choice((1, 2, 4))
    number = random.choice(_NUMBERS) & ((1 << 8 * size) - 1)
    at = random.randint(0, len(data))
    return data[:at] + number.to_bytes(size, random.choice(("little", "big"))) + data[at + size :]


def _drop_bytes(random: Random, data: bytes) -> bytes:
    start, end = _places(random, data)
    return data[:start] + data[end:]


def _double_bytes(random: Random, data: bytes) -> bytes:
    start, end = _places(random, data)
    return data[:end] + data[start:end] * random.choice((1, 1, 2, 30)) + data[end:]


def _insert_piece(random: Random, data: bytes) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + bytes_of(random.choice(PIECES)) + data[at:]


_BYTE_CHANGES: Final = (_flip, _flip, _byte, _number, _drop_bytes, _double_bytes, _insert_piece)
