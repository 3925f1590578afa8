"""A Bot API server that others wrote, as a second opinion: what ours takes for granted, it may not.

`lo-bot-api-emulator` is what another messenger offers to those who bring their Telegram bots. It judges polls,
callbacks, inline results, keyboards, sizes and parameters by rules of its own. It keeps no messages and checks no
entities.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web
from lo_bot_api_emulator import ApiRefusal, LoBotApiEmulator

_LACKS: Final[Mapping[str, frozenset[str]]] = {
    "sendMessage": frozenset({"link_preview_options", "message_thread_id"}),
    "editMessageText": frozenset({"link_preview_options"}),
    "answerInlineQuery": frozenset({"button"}),
}
"""What Telegram has and that messenger has not: it is taken away before the call is judged."""
_UNKNOWN: Final[Mapping[str, Any]] = {
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
    "setMyDescription": True,
    "setMyShortDescription": True,
}
"""Methods that messenger has not, and what is answered in its place."""
_FORCES_REPLY: Final = "force_reply"
"""It has keyboards, but does not open a reply by itself."""
USERNAME: Final = "verbatim_bot"


@dataclass(frozen=True, slots=True)
class Heard:
    """A call as it came.

    Attributes:
        method: In Telegram's spelling.
        fields: Its parameters; those that are JSON are decoded.
        refusal: Why it was refused; None where it was not.
        message_id: Of the message that was sent or edited by it; 0 where none was.
    """

    method: str
    fields: Mapping[str, Any]
    refusal: str | None = None
    message_id: int = 0


class SecondServer(LoBotApiEmulator):  # type: ignore[misc] # it has no type hints
    """The emulator, with a memory for what calls said.

    Attributes:
        token: of the bot; any will do.
        heard: all calls, oldest first.
    """

    def __init__(self) -> None:
        super().__init__()
        self.token = "7:SECOND-token"
        self.url = ""
        self.heard: list[Heard] = []
        self._came = asyncio.Event()

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        """Judge a call, and remember it."""
        said = {name: _decoded(value) for name, value in fields.items()}
        known = {name: value for name, value in fields.items() if name not in _LACKS.get(method, ())}
        if _FORCES_REPLY in (said.get("reply_markup") or {}):
            del known["reply_markup"]
        try:
            result = _UNKNOWN[method] if method in _UNKNOWN else super().validate(method, known, uploads)
        except ApiRefusal as refusal:
            self._hear(Heard(method, said, str(refusal.description)))
            raise
        self._hear(Heard(method, said, message_id=result.get("message_id", 0) if isinstance(result, dict) else 0))
        return result | {"username": USERNAME, "supports_inline_queries": True} if method == "getMe" else result

    def _hear(self, call: Heard) -> None:
        self.heard.append(call)
        self._came.set()

    @property
    def refused(self) -> list[Heard]:
        """Calls that were refused."""
        return [call for call in self.heard if call.refusal is not None]

    def calls_of(self, *methods: str) -> list[Heard]:
        """Those of some methods, oldest first."""
        return [call for call in self.heard if call.method in methods]

    async def send(self, **update: Any) -> None:
        """Put an update in the bot's queue."""
        await self.enqueue_update(update, token=self.token)

    async def wait_for(self, method: str, count: int = 1) -> Heard:
        """The count-th call of a method."""
        await self._wait_until(lambda: len(self.calls_of(method)) >= count, f"{count} calls of {method}")
        return self.calls_of(method)[count - 1]

    async def wait_until(self, reached: Callable[[], bool], what: str) -> None:
        """Until something is so; it is looked at after each call."""
        await self._wait_until(reached, what)

    async def wait_for_poll(self) -> None:
        """Until the bot asks for updates."""
        await self.wait_for("getUpdates")

    async def _wait_until(self, reached: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(20):
                while not reached():
                    self._came.clear()
                    await self._came.wait()
        except TimeoutError:
            methods = [(call.method, call.refusal) for call in self.heard]
            raise TimeoutError(f"no {what}; came: {methods}") from None


def _decoded(value: Any) -> Any:
    try:
        return LoBotApiEmulator.decoded(value)
    except ValueError:
        return value


@asynccontextmanager
async def second_server() -> AsyncIterator[SecondServer]:
    """The server, listening on loopback."""
    server = SecondServer()
    runner = web.AppRunner(server.app(), access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield server
    finally:
        await runner.cleanup()
