"""The program that reads files which may harm whoever reads them: `python -m retrieval.formats.child MEGABYTES`.

It is asked by lines on its standard input and answers by lines on its standard output, JSON both. It gives up what a
reader does not need: its memory and time have limits, it writes no file and starts no core dump. `apart` speaks to it.
"""

import dataclasses
import json
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from retrieval.formats.apart import DONE, NO_MEMORY, READY
from retrieval.formats.draft import MEGABYTE, Draft, UnreadableError
from retrieval.formats.opening import opened
from retrieval.formats.readers import largest, read_document
from retrieval.manifest import Rejection


def main() -> None:
    """Answer one file after the other, until the input ends."""
    answers = _answers_only()
    _give_up(int(sys.argv[1]) * MEGABYTE)
    _say(answers, READY)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _allow(request["seconds"])
        try:
            for found in _read(Path(request["file"]), request["path"], request["suffix"]):
                _say(answers, [type(found).__name__, dataclasses.asdict(found)])
        except MemoryError:
            _say(answers, NO_MEMORY)
            return
        _say(answers, DONE)


def _answers_only() -> BinaryIO:
    """The standard output for answers alone: what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return answers


def _give_up(memory: int) -> None:
    with suppress(ValueError, OSError):  # macOS knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow(seconds: int) -> None:
    """So much processor time from now on; the end of it is the end of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    wanted = int(used.ru_utime + used.ru_stime) + seconds + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    # Whoever began us may have limits of its own.
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _read(file: Path, path: str, suffix: str) -> Iterator[Draft | Rejection]:
    try:
        with opened(file, largest(suffix)) as source:
            data = source.read()
    except UnreadableError as error:
        yield error.rejection(path)
    else:
        yield from read_document(data, path, suffix)


def _say(answers: BinaryIO, answer: object) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    main()
