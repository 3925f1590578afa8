"""How is a program of ours run in a process of its own? Without any secret, yielding to others, and not for ever."""

import asyncio
import os
import resource
import sys
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import suppress
from pathlib import Path
from typing import Final

_NICE: Final = 10
_MEMORY: Final = 1_000_000_000  # bytes of address space, about 250 MB of which the program itself takes
_HANDED_ON: Final = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "HOME", "TMPDIR")


class TooSlowError(Exception):
    """The program was ended."""


class BrokenError(Exception):
    """The program ended by itself, before its time."""


async def run_apart(
    module: str, *arguments: str, said: bytes = b"", seconds: float, python: str = sys.executable
) -> bytes:
    """What a module of ours writes to its standard output.

    Args:
        module: its name; it is run as a program.
        arguments: of the program.
        said: its standard input.
        seconds: that it may take.
        python: the interpreter that runs it.

    Raises:
        TooSlowError: it took longer.
        BrokenError: it failed.
    """
    environment = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        python, "-m", module, *arguments,
        stdin=PIPE if said else DEVNULL, stdout=PIPE, stderr=DEVNULL, env=environment, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        async with asyncio.timeout(seconds):
            written, _ = await process.communicate(said or None)
    except TimeoutError:
        raise TooSlowError from None
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.returncode != 0:
        raise BrokenError
    return written


def limit_this_process(seconds: int, *, memory: bool = False) -> None:
    """Let this process yield to others, and end when it has used the processor for so long.

    Args:
        seconds: of the processor.
        memory: whether it gets a gigabyte of memory at most.
    """
    os.nice(_NICE)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, most))
    if memory:
        with suppress(ValueError, OSError):  # macOS knows no such limit
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
