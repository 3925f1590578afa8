"""Refusals, worded as Telegram words them.

ApiError
├── 400 bad_request    the call should never have been made
├── 401, 404           wrong token, unknown method
├── 403 forbidden      the user blocked the bot: not the bot's fault
├── 409 conflict       another poller or a webhook: not the bot's fault
└── 501 not_simulated  a method or parameter which this server does not play
"""

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """A call refused with an HTTP status and Telegram's description.

    Args:
        status: HTTP status and `error_code`.
        description: The sentence in `description`.
        parameters: `ResponseParameters`, such as `retry_after` or `migrate_to_chat_id`.
        fault_of_bot: Whether the call belongs into the list of invalid calls.
    """

    def __init__(
        self,
        status: int,
        description: str,
        *,
        parameters: Mapping[str, Any] | None = None,
        fault_of_bot: bool = True,
    ) -> None:
        super().__init__(f"{status} {description}")
        self.status = status
        self.description = description
        self.parameters = dict(parameters or {})
        self.fault_of_bot = fault_of_bot

    def as_json(self) -> dict[str, Any]:
        """Answer the body of the HTTP answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(reason: str) -> ApiError:
    """Answer a 400 for a call which the bot should never have made."""
    return ApiError(400, f"Bad Request: {reason}")


def dropped(what: str) -> ApiError:
    """Answer a 400 for what the real Telegram accepts but leaves out without a word."""
    return bad_request(f"Telegram would silently drop this: {what}")


def forbidden(reason: str) -> ApiError:
    """Answer a 403, which no bot can foresee."""
    return ApiError(403, f"Forbidden: {reason}", fault_of_bot=False)


def conflict(reason: str) -> ApiError:
    """Answer a 409, which comes from outside of the bot."""
    return ApiError(409, f"Conflict: {reason}", fault_of_bot=False)


def not_simulated(what: str) -> ApiError:
    """Answer a 501: the call may be right, but this server cannot tell."""
    return ApiError(501, f"Not Implemented: {what} is not simulated by this test server")
