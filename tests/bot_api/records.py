"""What the bot did: its calls in order, and the messages which Telegram keeps of it."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Upload:
    """A file which came in a multipart request."""

    file_name: str
    content_type: str
    content: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """Answer the size in bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot.

    Attributes:
        method: Method in Telegram's spelling, or as called where it is unknown.
        params: Decoded parameters; uploaded files are `Upload`.
        at: Monotonic time of arrival in seconds.
        status: HTTP status sent; 0 when the connection was closed without an answer.
        error: Telegram's description of the error, None for success.
        fault: The fault played on demand, None for an ordinary answer.
    """

    method: str
    params: dict[str, Any]
    at: float
    status: int
    error: str | None = None
    fault: str | None = None


@dataclass(slots=True)
class SentMessage:
    """A message of the bot as Telegram keeps it.

    Attributes:
        text: Text, or the caption of a file; trimmed and cleaned.
        entities: Entities as the Bot API writes them, links and mentions found by Telegram included.
        edits: Former texts, oldest first; the empty list means that it was never edited.
        document: `file_id`, `file_name` and `file_size` of a file; None for a text.
        deleted: Whether the bot has deleted it.
        inline_message_id: What it is known by where a user put it into a chat, or the bot did as a guest; such a
            message has neither chat nor number.
        seen: What user reactions it bears, by user id.
    """

    chat_id: int
    message_id: int
    date: int
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    reply_to_message_id: int | None = None
    message_thread_id: int | None = None
    reply_markup: dict[str, Any] | None = None
    link_preview_options: dict[str, Any] | None = None
    quote: str | None = None
    document: dict[str, Any] | None = None
    photo: bool = False
    edits: list[str] = field(default_factory=list)
    reactions: list[dict[str, Any]] = field(default_factory=list)
    deleted: bool = False
    inline_message_id: str | None = None
    seen: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    _look: int = 0
    _presses: list[int] = field(default_factory=list)

    def pressed(self) -> None:
        """A user presses a button under it as it looks now."""
        self._presses.append(self._look)

    def changed(self) -> None:
        """The bot has changed it, mostly because of a press."""
        self._look += 1
        del self._presses[:1]

    def excuses_the_same_again(self) -> bool:
        """Answer whether somebody pressed what was changed meanwhile, as in a double tap; once for each press."""
        stale = [look for look in self._presses if look < self._look]
        if stale:
            self._presses.remove(stale[0])
        return bool(stale)


class Records:
    """Calls and waiting for them.

    Attributes:
        calls: Every call in the order of the answers; with `keep`, the newest ones only.
        invalid: Calls which the bot should never have made; empty is what tests want.
        on_call: Is told of every call when it is answered.
    """

    def __init__(self, keep: int | None = None) -> None:
        self.calls: list[Call] = []
        self.invalid: list[Call] = []
        self.on_call: Callable[[Call], object] = lambda _: None
        self._keep = keep
        self._changed = asyncio.Event()

    def calls_of(self, method: str) -> list[Call]:
        """Answer the calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method]

    async def wait_for_call(self, method: str, timeout: float = 20.0, *, count: int = 1) -> Call:  # noqa: ASYNC109
        """Answer the count-th call of a method, waiting for it up to `timeout` seconds.

        Raises:
            TimeoutError: It did not come; the message tells which calls did.
        """
        await self.wait_until(lambda: len(self.calls_of(method)) >= count, timeout, f"{count} calls of {method}")
        return self.calls_of(method)[count - 1]

    async def wait_until(self, reached: Callable[[], bool], timeout: float, what: str) -> None:  # noqa: ASYNC109
        """Wait until a condition on the records holds; it is looked at after every call."""
        deadline = time.monotonic() + timeout
        while not reached():
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), deadline - time.monotonic())
            except TimeoutError:
                raise TimeoutError(f"no {what} within {timeout} s; {self._summary()}") from None

    def _record(self, call: Call, *, invalid: bool) -> None:
        self.calls.append(call)
        if invalid:
            self.invalid.append(call)
        if self._keep is not None:
            del self.calls[: -self._keep]
        self.on_call(call)
        self._wake()

    def _wake(self) -> None:
        self._changed.set()

    def _summary(self) -> str:
        last = [f"{call.method} {call.status} {call.error or ''}".strip() for call in self.calls[-8:]]
        return f"calls {len(self.calls)}, invalid {len(self.invalid)}, last: {last}"
