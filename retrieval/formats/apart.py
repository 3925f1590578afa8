"""How is a file read that may harm whoever reads it? In a process of its own, with limits on memory, time and words.

What parses PDF, Word files, archives, pages and feeds was written by others, in C for a good part. A file made to
break it costs that process, and the file is rejected; the bot, its token and its articles are not in it.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from retrieval.formats.draft import MEGABYTE, Draft
from retrieval.manifest import Rejection
from retrieval.model import Published

READY: Final = "ready"
DONE: Final = "done"
NO_MEMORY: Final = "no memory"
"""What the process says beside what it found."""
_ROOT: Final = Path(__file__).parents[2]
_CHUNK: Final = 1 << 20  # bytes
_START_SECONDS: Final = 60
_STOP_SECONDS: Final = 5
_SLACK: Final = 5  # seconds
_FILES: Final = 100  # that one process reads: what it may have leaked ends with it
_FROM_OUTSIDE: Final = (-signal.SIGKILL, -signal.SIGTERM)  # the system or a person ended it
# Nothing of our own environment, which may hold the bot's token.
_ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one file may cost.

    Attributes:
        seconds: of the processor; of the clock more than twice as many, since others may want the processor too.
        memory: megabytes of address space, about 250 of which the program itself takes.
        answer: megabytes of what it says.
    """

    seconds: int = 60
    memory: int = 1_000
    answer: int = 256


class _BrokenOffError(Exception):
    """Why the process gave no whole answer; passing where the file need not be the cause."""

    def __init__(self, reason: str, *, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing


class Child:
    """A process that reads files one after the other; a new one takes its place when a file was too much for it.

    Args:
        limits: for each file.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._left = 0
        self._lock = threading.Lock()

    def read(self, file: Path, path: str, suffix: str) -> list[Draft | Rejection]:
        """What `retrieval.formats.readers.read_document` finds in a file, and why that broke off, if it did."""
        found: list[Draft | Rejection] = []
        request = {"file": str(file.absolute()), "path": path, "suffix": suffix, "seconds": self._limits.seconds}
        with self._lock:
            try:
                found.extend(map(_read_back, self._answers(request)))
            except _BrokenOffError as error:
                self._end()
                so_far = f"; {len(found)} articles before that were read" if found else ""
                found.append(Rejection(path, None, f"{error}: save its text as .txt{so_far}", error.passing))
        return found

    def close(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            self._end()

    def _answers(self, request: dict[str, Any]) -> Iterator[Any]:
        process = self._running()
        pipe = _opened(process.stdin)
        try:
            pipe.write(json.dumps(request).encode() + b"\n")
            pipe.flush()
        except OSError as error:
            raise _BrokenOffError("what reads it broke down", passing=True) from error
        for answer in self._said(process, 2 * self._limits.seconds + _SLACK):
            if answer == DONE:
                return
            if answer == NO_MEMORY:
                raise _BrokenOffError(self._too_large())
            yield answer

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, ready to be asked."""
        if self._process is not None and self._process.poll() is None and self._left > 0:
            self._left -= 1
            return self._process
        self._end()
        self._left = _FILES - 1
        command = [sys.executable, "-B", "-m", "retrieval.formats.child", str(self._limits.memory)]
        self._process = subprocess.Popen(  # noqa: S603  our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd=_ROOT, env=_ENVIRONMENT, start_new_session=True,
        )  # fmt: skip
        if next(self._said(self._process, _START_SECONDS), None) != READY:
            raise _BrokenOffError("what reads it did not start", passing=True)
        return self._process

    def _said(self, process: subprocess.Popen[bytes], seconds: float) -> Iterator[Any]:
        """The answers of the process as they come, as long as it keeps to its limits."""
        deadline = time.monotonic() + seconds
        pipe = _opened(process.stdout)
        pending: list[bytes] = []
        size = 0
        with selectors.DefaultSelector() as waiting:
            waiting.register(pipe, selectors.EVENT_READ)
            while waiting.select(max(0.0, deadline - time.monotonic())):
                chunk = os.read(pipe.fileno(), _CHUNK)
                size += len(chunk)
                if not chunk:
                    raise self._ended(process)
                if size > self._limits.answer * MEGABYTE:
                    raise _BrokenOffError(f"holds more than {self._limits.answer} MB of text")
                first, *others = chunk.split(b"\n")
                pending.append(first)
                for other in others:
                    yield json.loads(b"".join(pending))
                    pending = [other]
        raise _BrokenOffError(self._too_slow(), passing=True)

    def _ended(self, process: subprocess.Popen[bytes]) -> _BrokenOffError:
        """Why a process ended in the middle."""
        code = process.wait()
        if code == -signal.SIGXCPU:
            return _BrokenOffError(self._too_slow())
        by = f" ({signal.Signals(-code).name})" if code < 0 else ""
        return _BrokenOffError(f"what reads it broke down{by}", passing=code in _FROM_OUTSIDE)

    def _too_slow(self) -> str:
        return f"takes more than {self._limits.seconds} s to read"

    def _too_large(self) -> str:
        return f"takes more than {self._limits.memory} MB of memory to read"

    def _end(self) -> None:
        process, self._process, self._left = self._process, None, 0
        if process is None:
            return
        process.kill()  # it holds nothing that must be kept
        process.wait(_STOP_SECONDS)
        for pipe in (process.stdin, process.stdout):
            _opened(pipe).close()


_child: ContextVar[Child | None] = ContextVar("child", default=None)


@contextmanager
def shared_child(limits: Limits | None = None) -> Iterator[None]:
    """All files that are read in this context are read by one process, and not by one each, which takes time to start.

    Args:
        limits: for each file; None for the usual ones, or those of a context around this one, whose process serves.
    """
    if limits is None and _child.get() is not None:
        yield
        return
    child = Child(limits or Limits())
    token = _child.set(child)
    try:
        yield
    finally:
        _child.reset(token)
        child.close()


def read_apart(file: Path, path: str, suffix: str) -> list[Draft | Rejection]:
    """What a file holds, read by the process of this context, or else by one that ends with it."""
    child = _child.get()
    if child is not None:
        return child.read(file, path, suffix)
    with shared_child():
        return read_apart(file, path, suffix)


def _opened(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("a process without pipes")
    return pipe


def _read_back(answer: Any) -> Draft | Rejection:
    kind, values = answer
    if kind == Rejection.__name__:
        return Rejection(**values)
    published = values.pop("published")
    pages = tuple(values.pop("pages"))
    return Draft(**values, published=Published(**published) if published else None, pages=pages)
