"""Standard input and output as they may be: missing, closed, full, or with a person in front who presses Ctrl-C."""

import asyncio
import os
import sys
import threading
from collections.abc import AsyncGenerator
from io import TextIOWrapper


def open_streams() -> None:
    """Put a null device where a standard stream is missing, and let none of the others fail over a character.

    Call it first: a file that is opened while a stream is missing would take its number, and get what is printed.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - open to the end
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def give_up_output() -> None:
    """Send what is still to be printed nowhere, so that the interpreter does not fail over it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


async def input_lines() -> AsyncGenerator[str]:
    """The lines of standard input without their ends, as they come. Waiting for one can be cancelled at any time."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def tell(line: str | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(lines.put_nowait, line)

    def read() -> None:
        # A stream of its own: the interpreter locks `sys.stdin` at its end, and would wait for this thread.
        with open(sys.stdin.fileno(), encoding="utf-8", errors="replace", newline="\n", closefd=False) as stream:
            for line in stream:
                tell(line)
        tell(None)

    threading.Thread(target=read, daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line.rstrip("\r\n")
