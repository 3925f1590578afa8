"""What a button below a report carries, and what a press of it means."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

_KEY_DIGITS: Final = 16


class Action(StrEnum):
    """What is to be done."""

    APPLY = "apply"
    DISCARD = "discard"
    ADD = "add"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Press:
    """A decision.

    Attributes:
        action: what is to be done.
        about: the version that was staged; for a web page, the number of its preview.
        key: of the file that was added for it, empty where there is none; see `key_of`.
    """

    action: Action
    about: str
    key: str = ""

    @property
    def data(self) -> str:
        """As a button carries it, in at most 64 bytes."""
        return f"{self.action}:{self.about}:{self.key}"

    @classmethod
    def read(cls, data: str) -> Self | None:
        """A press from what its button carried; None where no button of ours carries that."""
        action, *rest = data.split(":")
        if action not in list(Action) or len(rest) != len(("about", "key")):
            return None
        return cls(Action(action), *rest)


def decision_on_version(version: str, key: str = "") -> InlineKeyboardMarkup:
    """Apply a version although it does not pass the gates, or leave it."""
    return _row(("Apply anyway", Press(Action.APPLY, version, key)), ("Discard", Press(Action.DISCARD, version, key)))


def decision_on_preview(number: str) -> InlineKeyboardMarkup:
    """Add a web page, or leave it."""
    return _row(("Add", Press(Action.ADD, number)), ("Discard", Press(Action.DROP, number)))


def key_of(path: Path, folder: Path) -> str:
    """What stands for a file below a folder on a button, also after a restart."""
    return hashlib.sha256(path.relative_to(folder).as_posix().encode()).hexdigest()[:_KEY_DIGITS]


def file_with_key(key: str, folder: Path) -> Path | None:
    """The file below a folder that a key stands for; None where it is gone."""
    if not key:
        return None
    return next((path for path in folder.rglob("*") if path.is_file() and key_of(path, folder) == key), None)


def _row(*buttons: tuple[str, Press]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=press.data) for text, press in buttons]])
