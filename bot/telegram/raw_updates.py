"""What can be said of an update before it is read? It may hold anything, so nothing is expected of it but an id."""

import json
from dataclasses import dataclass, field
from typing import Any

from db import Arrival


@dataclass(frozen=True, slots=True)
class Glance:
    """What stands at the top of an update.

    Attributes:
        kind: Telegram's name for what it holds; empty where it holds nothing.
        content: that, as it came.
        chat: the number of the chat that it is from; None where it names none.
        person: the number of whoever did it, be that a person, or a chat in whose name somebody did; None likewise.
    """

    kind: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    chat: int | None = None
    person: int | None = None


def glance_at(raw: dict[str, Any]) -> Glance:
    """What an update holds."""
    for kind, content in raw.items():
        if isinstance(content, dict):
            message = content if "chat" in content else content.get("message")
            names = ("sender_chat", "actor_chat", "from", "user")
            people = (number for name in names if (number := _number(content, name)) is not None)
            return Glance(kind, content, _number(message, "chat"), next(people, None))
    return Glance()


def arrival_of(raw: dict[str, Any]) -> Arrival:
    """An update as the inbox takes it; its `update_id` is a whole number."""
    return Arrival(raw["update_id"], json.dumps(raw, separators=(",", ":")), lane_of(raw))


def lane_of(raw: dict[str, Any]) -> str | None:
    """What keeps its order: the chat that it is from, else the person; None where neither is known."""
    seen = glance_at(raw)
    lane = seen.person if seen.chat is None else seen.chat
    return None if lane is None else str(lane)


def _number(holder: Any, name: str) -> int | None:
    found = holder.get(name) if isinstance(holder, dict) else None
    number = found.get("id") if isinstance(found, dict) else None
    return number if type(number) is int else None
