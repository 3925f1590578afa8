"""``python -m tests.e2e.leaky_bot``: the bot, but for a word on which everything goes wrong in the worst words.

What then fails says the token, the key of the hashes and what the person wrote: the handler, a thread, a task that
nobody waits for, a warning, a library, and the log itself.
"""

import asyncio
import gc
import logging
import sys
import threading
import warnings
from dataclasses import replace
from typing import Any, Final

from bot.answering import AnswerService
from bot.composition import compose
from bot.faults import log_fault_of_loop
from bot.settings import ServeSettings, read_serve_settings
from bot.telegram.serving import serve_with, stop_signal
from bot.terminal import set_up
from db import Inbox, worker_name

WORD: Final = "calamity"


class LeakyService(AnswerService):
    """Answers, unless the word is in the question."""

    worst: str = ""

    async def answer(self, question: str, *facts: Any, **more: Any) -> Any:
        """Answer, or let everything go wrong."""
        if WORD not in question:
            return await super().answer(question, *facts, **more)
        said = f"{self.worst} {question}"
        thread = threading.Thread(target=_fail, args=(said,))
        thread.start()
        await asyncio.to_thread(thread.join)
        forgotten = asyncio.create_task(_fail_later(said))
        await asyncio.sleep(0.01)
        del forgotten
        gc.collect()
        warnings.warn(self.worst, stacklevel=1)
        logging.getLogger("bot.thread").warning("said of an update")
        await asyncio.to_thread(logging.getLogger("bot.thread").warning, "said in the thread of an update")
        logging.getLogger("library").error("%d %s", self.worst, self.worst)
        print(self.worst, file=sys.stderr)  # noqa: T201 - as libraries may
        return _fail(said)


def _fail(said: str) -> None:
    raise RuntimeError(said)


async def _fail_later(said: str) -> None:
    _fail(said)


async def _serve(settings: ServeSettings) -> None:
    asyncio.get_running_loop().set_exception_handler(log_fault_of_loop)
    logging.getLogger("library").addHandler(logging.StreamHandler())
    token = settings.telegram_bot_token.get_secret_value()
    key = settings.hash_key.get_secret_value() if settings.hash_key else ""
    async with compose(settings) as parts:
        service = LeakyService(parts.service.retriever, parts.service.log, key.encode())
        service.worst = f"http://x/bot{token}/getMe {key} {settings.secret_of_webhook()} {settings!r}"
        inbox = Inbox(service.log.database, worker_name())
        serving = asyncio.create_task(serve_with(replace(parts, service=service), settings, inbox))
        await stop_signal().wait()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        await service.close()


if __name__ == "__main__":
    asyncio.run(_serve(set_up(read_serve_settings())))
