"""What does a button below an answer carry?

A letter, the key of the answer, and where in it the button leads: a few numbers, in at most 64 bytes. Nothing of it is
remembered here, so a button works as long as the log knows its answer, whatever was restarted meanwhile.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self, TypeAlias

import regex

from retrieval import Order

PATTERN: Final = r"^[mpwvrqe]:"
"""What the data of these buttons begin with, and of no others."""
_KEY: Final = regex.compile(r"[A-Za-z0-9_-]{1,16}")
_MOST: Final = 999
_ORDERS: Final = {"b": Order.BEST, "n": Order.NEWEST}
_LETTERS: Final = {order: letter for letter, order in _ORDERS.items()}


class Kept(StrEnum):
    """What stays in sight when not all that is read fits into a message."""

    UPPER = "u"
    LOWER = "d"
    QUOTE = "q"


class Opinion(StrEnum):
    """What a vote says of a passage."""

    UP = "u"
    DOWN = "d"


class Reason(StrEnum):
    """What is wrong with a passage."""

    WRONG = "w"
    OUTDATED = "o"
    OTHER_QUESTION = "q"


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of an answer.

    Attributes:
        offset: how many passages stand on the pages before.
        order: of all of them.
    """

    offset: int = 0
    order: Order = Order.BEST

    @property
    def code(self) -> str:
        """As a button carries it."""
        return f"m:{self.offset}:{_LETTERS[self.order]}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage with what stands around it.

    Attributes:
        rank: of the passage, as it is logged.
        before: so many paragraphs above the passage's own the text begins; below it where that is negative.
        after: so many below it the text ends.
        kept: what was asked for last.
        listing: the page that it is read from.
    """

    rank: int
    before: int = 1
    after: int = 1
    kept: Kept = Kept.QUOTE
    listing: Listing = Listing()

    @property
    def code(self) -> str:
        """As a button carries it."""
        return f"p:{self.rank}:{self.before}:{self.after}:{self.kept}:{self.listing.code[2:]}"


@dataclass(frozen=True, slots=True)
class Whole:
    """A page of the article that a passage is from.

    Attributes:
        rank: of the passage, as it is logged.
        page: from 1.
        listing: the page of the answer that it is read from.
    """

    rank: int
    page: int = 1
    listing: Listing = Listing()

    @property
    def code(self) -> str:
        """As a button carries it."""
        return f"w:{self.rank}:{self.page}:{self.listing.code[2:]}"


View: TypeAlias = Listing | Reading | Whole


@dataclass(frozen=True, slots=True)
class Voting:
    """An opinion of a passage, and what is looked at meanwhile."""

    rank: int
    opinion: Opinion
    view: View

    @property
    def code(self) -> str:
        """As a button carries it."""
        return f"v:{self.rank}:{self.opinion}:{self.view.code}"


@dataclass(frozen=True, slots=True)
class Reasoning:
    """Why a passage is no good, and what is looked at meanwhile."""

    rank: int
    reason: Reason
    view: View

    @property
    def code(self) -> str:
        """As a button carries it."""
        return f"r:{self.rank}:{self.reason}:{self.view.code}"


@dataclass(frozen=True, slots=True)
class Meaning:
    """The question as it was probably meant is to be asked."""

    @property
    def code(self) -> str:
        """As a button carries it."""
        return "q"


@dataclass(frozen=True, slots=True)
class Wishing:
    """The editors are to be told that this should be answered."""

    @property
    def code(self) -> str:
        """As a button carries it."""
        return "e"


Deed: TypeAlias = View | Voting | Reasoning | Meaning | Wishing


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed.

    Attributes:
        key: of the answer that it is about.
        deed: what is to be done.
    """

    key: str
    deed: Deed

    @property
    def data(self) -> str:
        """As a button carries it."""
        letter, colon, rest = self.deed.code.partition(":")
        return f"{letter}:{self.key}{colon}{rest}"

    @classmethod
    def read(cls, data: str) -> Self | None:
        """A press from what its button carried; None where no button of ours carries that."""
        letter, _, rest = data.partition(":")
        key, *words = rest.split(":")
        try:
            press = cls(key, _deed([letter, *words]))
        except (ValueError, LookupError):
            return None
        return press if press.data == data and _KEY.fullmatch(key) else None


def _deed(words: list[str]) -> Deed:
    match words:
        case ["v", rank, opinion, *view]:
            return Voting(_number(rank, 1), Opinion(opinion), _view(view))
        case ["r", rank, reason, *view]:
            return Reasoning(_number(rank, 1), Reason(reason), _view(view))
        case ["q"]:
            return Meaning()
        case ["e"]:
            return Wishing()
        case _:
            return _view(words)


def _view(words: list[str]) -> View:
    match words:
        case ["m", offset, order]:
            return _listing(offset, order)
        case ["p", rank, before, after, kept, offset, order]:
            window = _number(before, -_MOST), _number(after, -_MOST)
            return Reading(_number(rank, 1), *window, Kept(kept), _listing(offset, order))
        case ["w", rank, page, offset, order]:
            return Whole(_number(rank, 1), _number(page, 1), _listing(offset, order))
        case _:
            raise ValueError("no view")


def _listing(offset: str, order: str) -> Listing:
    return Listing(_number(offset, 0), _ORDERS[order])


def _number(text: str, least: int) -> int:
    number = int(text)
    if not least <= number <= _MOST:
        raise ValueError(f"a number from {least} to {_MOST}, not {number}")
    return number
