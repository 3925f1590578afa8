"""Faults on demand: what networks and busy servers do to a bot."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.bot_api.errors import ApiError

_DESCRIPTIONS = {
    400: "Bad Request",
    403: "Forbidden: bot was blocked by the user",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault for one call.

    `kind` is "fail", "delay", "drop" or "garbage"; `processed` tells whether the call takes effect.
    """

    method: str
    kind: str
    processed: bool
    error: ApiError | None = None
    seconds: float = 0.0
    chat_id: int | None = None

    def meets(self, method: str, params: Mapping[str, Any]) -> bool:
        """Answer whether the fault is meant for this call."""
        return self.method.lower() == method.lower() and self.chat_id in (None, params.get("chat_id"))


class Faults:
    """A queue of faults: each waits for the next call of its method; oldest first, one a call."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    @property
    def pending_faults(self) -> int:
        """Answer how many faults have not been played yet."""
        return len(self._faults)

    def fail_next(
        self,
        method: str,
        status: int = 429,
        *,
        retry_after: int = 1,
        times: int = 1,
        description: str | None = None,
        chat_id: int | None = None,
    ) -> None:
        """Answer the next calls with an error and without effect; 502 comes with an HTML body."""
        said = description or self._description(status, retry_after)
        parameters = {"retry_after": retry_after} if status == 429 else {}
        error = ApiError(status, said, parameters=parameters, fault_of_bot=False)
        self._faults += [Fault(method, "fail", processed=False, error=error, chat_id=chat_id)] * times

    def delay_next(self, method: str, seconds: float, times: int = 1) -> None:
        """Let the next calls take effect at once and answer them `seconds` later."""
        self._faults += [Fault(method, "delay", processed=True, seconds=seconds)] * times

    def drop_next(
        self, method: str, times: int = 1, *, after_processing: bool = False, chat_id: int | None = None
    ) -> None:
        """Close the connection of the next calls; with `after_processing` they have taken effect."""
        self._faults += [Fault(method, "drop", processed=after_processing, chat_id=chat_id)] * times

    def garbage_next(self, method: str, times: int = 1) -> None:
        """Let the next calls take effect and answer 200 with broken JSON."""
        self._faults += [Fault(method, "garbage", processed=True)] * times

    def _take_fault(self, method: str, params: Mapping[str, Any]) -> Fault | None:
        for index, fault in enumerate(self._faults):
            if fault.meets(method, params):
                return self._faults.pop(index)
        return None

    @staticmethod
    def _description(status: int, retry_after: int) -> str:
        if status == 429:
            return f"Too Many Requests: retry after {retry_after}"
        return _DESCRIPTIONS.get(status, f"Error {status}")
