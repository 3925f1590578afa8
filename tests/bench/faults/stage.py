"""The bot, people who ask it, and what they and the operator see while something goes wrong."""

import asyncio
import re
import signal
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from bot.telegram import texts
from tests.bench.faults.ledger import Account, number_in
from tests.bench.faults.lives import Lives
from tests.bot_api.records import Call
from tests.e2e.running import Program

ADMIN: Final = 6001
SORRY: Final = "“something went wrong”"
_KINDS: Final = {texts.UNSURE: "“my answer may not have arrived”", texts.FAILED: SORRY}
_LATE: Final = texts.LATE.partition("{")[0]
_TAKEN: Final = (0, 200)
_SAID: Final = re.compile(r"^(?:\S+ (?=(?:WARNING|ERROR|CRITICAL) )|(?=error: ))(.*)$", re.MULTILINE)
_START_SECONDS: Final = 40.0


class Stage:
    """One life of the bot, or several, with a server and a crowd. An async context manager.

    Args:
        folder: for everything.
        settings: of the bot, beside those of the folder.
        database: where it lies; None for the folder.
        started: whether the server and the bot run when the body begins.

    Attributes:
        lives: where the server, the crowd and the account of the questions are.
        codes: exit codes of lives that have ended by themselves.
    """

    def __init__(
        self,
        folder: Path,
        settings: dict[str, str] | None = None,
        *,
        database: Path | None = None,
        started: bool = True,
    ) -> None:
        self.folder = folder
        self.lives = Lives(folder, {"ADMIN_IDS": str(ADMIN), **(settings or {})}, database=database)
        self.server = self.lives.server
        self.server.on_call = self._on_call
        self.codes: list[int] = []
        # Nobody can be written to who has not written first.
        self.server.state.learn({"message": {"chat": {"id": ADMIN, "type": "private", "first_name": "Admin"}}})
        self._started = started
        self._stack = ExitStack()
        self._program: Program | None = None
        self._kinds: Counter[str] = Counter()
        self._account: Account | None = None

    async def __aenter__(self) -> Self:
        if self._started:
            await self.server.start()
            await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        await self.server.stop()

    @property
    def account(self) -> Account:
        """What became of the questions, as it was at the end.

        Raises:
            RuntimeError: the end has not come.
        """
        if self._account is None:
            raise RuntimeError("the play is not over")
        return self._account

    def settle(self) -> None:
        """Make up the account, while the database is still there."""
        self._account = self.lives.account()

    @property
    def seen(self) -> str:
        """What people got, in words."""
        return ", ".join(f"{count} × {kind}" for kind, count in self._kinds.most_common()) or "nothing"

    def count(self, kind: str) -> int:
        """How many messages of a kind people got: "an answer", for one."""
        return self._kinds[kind]

    @property
    def said(self) -> list[str]:
        """What the bot has said to its operator, warnings and worse, each once."""
        lines = [line for file in self.lives.said for line in _SAID.findall(file.read_text(encoding="utf-8"))]
        return list(dict.fromkeys(lines))

    @property
    def everything_said(self) -> str:
        """All lines of all lives."""
        return "".join(file.read_text(encoding="utf-8") for file in self.lives.said)

    async def start(self, *, wait: bool = True) -> None:
        """Begin a life of the bot; unless told otherwise, wait until it has called the server."""
        self._program = self._stack.enter_context(self.lives.program())
        if wait:
            await self.until_it_calls()

    async def until_it_calls(self) -> None:
        """Wait until this life has called the server for the first time."""
        calls, life = self.lives.ledger.calls, self.lives.ledger.life
        await self.server.wait_until(lambda: calls[life] > 0, _START_SECONDS, "first call of the bot")

    async def end(self, number: signal.Signals | None = signal.SIGTERM) -> int:
        """End this life, or with None wait for its end; its exit code."""
        program = self._running()
        if number is not None:
            program.signal(number)
        code, _ = await program.ended(60)
        self.codes.append(code)
        return code

    async def ask(self, count: int = 5) -> None:
        """Let people ask, one after the other."""
        for _ in range(count):
            self.lives.crowd.ask_once()
            await asyncio.sleep(0.05)

    async def all_answered(self, patience: float = 30) -> bool:
        """Whether every question has its answer, waiting for them."""
        return await self.lives.crowd.answered(patience)

    async def status(self) -> str:
        """What /status says to the admin."""
        before = {message.message_id for message in self.server.messages(ADMIN)}
        self.server.send_text("/status", user_id=ADMIN)

        def fresh() -> list[str]:
            return [each.text for each in self.server.messages(ADMIN) if each.message_id not in before]

        await self.server.wait_until(lambda: bool(fresh()), 20, "answer to /status")
        return fresh()[0]

    async def until_said(self, words: str, seconds: float = 30) -> None:
        """Wait until the bot has said something to its operator.

        Raises:
            TimeoutError: it has not.
        """
        async with asyncio.timeout(seconds):
            while words not in self.everything_said:  # noqa: ASYNC110 - another process writes it
                await asyncio.sleep(0.05)

    def _on_call(self, call: Call) -> None:
        self.lives.ledger.on_call(call)
        if call.method != "sendMessage" or call.status not in _TAKEN or call.error or "text" not in call.params:
            return
        if call.params["chat_id"] != ADMIN:
            self._kinds[_kind(call.params["text"])] += 1

    def _running(self) -> Program:
        if self._program is None:
            raise RuntimeError("the bot has not been started")
        return self._program


def _kind(text: str) -> str:
    if text in _KINDS:
        return _KINDS[text]
    if number_in(text) is None:
        return f"“{text[:40]}…”"
    return "an answer with a word about the delay" if text.startswith(_LATE) else "an answer"
