"""Is the bot ready to answer, and if not, what is missing?"""

from collections.abc import Callable, Mapping
from typing import Final

Check = Callable[[], str | None]
"""Looks at one part, at once: what is wrong with it, None if nothing is."""
_WELL: Final = "ok"


def look(checks: Mapping[str, Check]) -> tuple[bool, dict[str, str]]:
    """Whether all parts are well, and of each, by name: ``ok`` or what is wrong. A check that fails counts as wrong."""
    found = {name: _look(check) for name, check in checks.items()}
    return all(said == _WELL for said in found.values()), found


def _look(check: Check) -> str:
    try:
        return check() or _WELL
    except Exception as error:  # noqa: BLE001 - whatever it is, the part is not known to be well
        return f"cannot be told: {type(error).__name__}"
