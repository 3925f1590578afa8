"""What is a message, and how does one grow, mark by mark, inside all of Telegram's limits?

No markup is ever parsed, so a quote needs no escaping and cannot break a message. Offsets are counted in code points
while a text grows and turned into Telegram's UTF-16 units once, when it is finished.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

from telegram import ForceReply, InlineKeyboardMarkup, MessageEntity
from telegram.constants import MessageLimit

# Telegram counts code points after parsing; UTF-16 units are never fewer.
TEXT_UNITS: Final = MessageLimit.MAX_TEXT_LENGTH
ENTITIES: Final = MessageLimit.MESSAGE_ENTITIES
# All entities of a message together must stay under about 9,500 characters; links are what grows.
LINK_CHARACTERS: Final = 9_000
LONGEST_LINK: Final = 2_000
BETWEEN: Final = "\n\n"
_SPLIT: Final = frozenset({MessageEntity.UNDERLINE})  # what Telegram parts the bold around it for


@dataclass(frozen=True, slots=True)
class Message:
    """A text, its entities, whose offsets and lengths are in UTF-16 units, and the buttons below it.

    Attributes:
        asks: whether it asks for a reply, and whom; only where there are no buttons.
    """

    text: str
    entities: tuple[MessageEntity, ...] = ()
    keyboard: InlineKeyboardMarkup | None = None
    asks: ForceReply | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """An entity to be: where it begins and ends in code points."""

    start: int
    end: int
    kind: str
    url: str | None = None


class Draft:
    """A piece of a message.

    Args:
        text: that it begins with.

    Attributes:
        text: as far as it is written.
        marks: the entities to be.
    """

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.marks: list[Mark] = []

    def add(self, text: str, kind: str | None = None, url: str | None = None) -> None:
        """Go on with a text, of some kind of entity."""
        if kind and text:
            self.marks.append(Mark(len(self.text), len(self.text) + len(text), kind, url))
        self.text += text

    def mark(self, start: int, end: int, kind: str) -> None:
        """Make ``[start, end)``, in code points, an entity; nothing where that is empty."""
        if start < end:
            self.marks.append(Mark(start, end, kind))

    def link(self, text: str, url: str | None, room: int = LINK_CHARACTERS) -> None:
        """Go on with a link; without its address where that is too long, or beyond the room for all of this draft."""
        usable = url is not None and len(url) <= min(LONGEST_LINK, room - self.link_characters)
        self.add(text, MessageEntity.TEXT_LINK if usable else None, url if usable else None)

    def append(self, other: "Draft", between: str = BETWEEN) -> None:
        """Go on with another piece, behind what parts the two."""
        self.text += between if self.text else ""
        by = len(self.text)
        self.marks += [Mark(mark.start + by, mark.end + by, mark.kind, mark.url) for mark in other.marks]
        self.text += other.text

    def without(self, kind: str) -> Self:
        """The same text without one kind of entity."""
        copy = type(self)(self.text)
        copy.marks = [mark for mark in self.marks if mark.kind != kind]
        return copy

    @property
    def units(self) -> int:
        """How long it is, as Telegram counts."""
        return units_of(self.text)

    @property
    def entities(self) -> int:
        """How many entities Telegram makes of it, at most."""
        return sum(2 if mark.kind in _SPLIT else 1 for mark in self.marks)

    @property
    def link_characters(self) -> int:
        """How long its addresses are together."""
        return sum(len(mark.url or "") for mark in self.marks)

    def has_room_for(self, other: "Draft", between: str = BETWEEN) -> bool:
        """Whether both fit into one message."""
        return (
            self.units + units_of(between) + other.units <= TEXT_UNITS
            and self.entities + other.entities <= ENTITIES
            and self.link_characters + other.link_characters <= LINK_CHARACTERS
        )

    def finished(self, keyboard: InlineKeyboardMarkup | None = None) -> Message:
        """The message."""
        entities = [MessageEntity(mark.kind, mark.start, mark.end - mark.start, url=mark.url) for mark in self.marks]
        if self.units > len(self.text):
            entities = list(MessageEntity.adjust_message_entities_to_utf_16(self.text, entities))
        return Message(self.text, tuple(entities), keyboard)


def units_of(text: str) -> int:
    """The length of a text as Telegram counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def packed(pieces: Sequence[Draft], between: str = BETWEEN) -> Iterator[Message]:
    """As few messages as hold the pieces in order; none of them is parted."""
    current = Draft()
    for piece in pieces:
        if current.text and not current.has_room_for(piece, between):
            yield current.finished()
            current = Draft()
        current.append(piece, between)
    if current.text:
        yield current.finished()
