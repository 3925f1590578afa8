"""What can be said of an update before it is read? It may hold anything, so nothing is expected of it but an id."""

import json
from typing import Any

from db import Arrival


def arrival_of(raw: dict[str, Any]) -> Arrival:
    """An update as the inbox takes it; its `update_id` is a whole number."""
    return Arrival(raw["update_id"], json.dumps(raw, separators=(",", ":")), lane_of(raw))


def lane_of(raw: dict[str, Any]) -> str | None:
    """What keeps its order: the chat that it is from, else the person; None where neither is known."""
    for content in raw.values():
        if isinstance(content, dict):
            message = content if "chat" in content else content.get("message")
            lane = _id_of(message, "chat") or _id_of(content, "from")
            if lane is not None:
                return lane
    return None


def _id_of(holder: Any, name: str) -> str | None:
    found = holder.get(name) if isinstance(holder, dict) else None
    number = found.get("id") if isinstance(found, dict) else None
    return str(number) if type(number) is int else None
