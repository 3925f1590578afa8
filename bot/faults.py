"""What nobody caught: in the program, in a thread, in a task, at an object's end; and what Python warns of.

All of it becomes lines of the log, where no secret passes.
"""

import asyncio
import logging
import sys
import threading
import warnings
from types import TracebackType
from typing import Any, Final, TextIO

_logger: Final = logging.getLogger(__name__)
# What arises outside of the handling of an update may still tell of one.
_FOREIGN: Final = {"foreign": True}


def log_faults() -> None:
    """Send what Python itself would print to the log, for the whole process."""
    sys.excepthook = _of_program
    threading.excepthook = _of_thread
    sys.unraisablehook = _at_an_end
    warnings.showwarning = _warned


def log_fault_of_loop(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An event loop's exception handler: says what happened, not what the tasks and their results look like."""
    error = context.get("exception")
    _logger.error("%s", context.get("message") or "a task failed", exc_info=error, extra=_FOREIGN)


def _of_program(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        _logger.critical("the program ended with a fault", exc_info=(kind, error, trace))


def _of_thread(fault: threading.ExceptHookArgs) -> None:
    if fault.exc_type is not SystemExit and fault.exc_value is not None:
        told = (fault.exc_type, fault.exc_value, fault.exc_traceback)
        name = fault.thread.name if fault.thread else "a thread"
        _logger.error("%s ended with a fault", name, exc_info=told, extra=_FOREIGN)


def _at_an_end(fault: "sys.UnraisableHookArgs") -> None:
    what = getattr(fault.object, "__qualname__", type(fault.object).__name__)
    told = (fault.exc_type, fault.exc_value or fault.exc_type(), fault.exc_traceback)
    _logger.error("%s: %s", fault.err_msg or "an error that nobody can catch", what, exc_info=told, extra=_FOREIGN)


def _warned(  # noqa: PLR0917 - as Python calls it
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    _logger.warning("%s:%d: %s: %s", filename, lineno, category.__name__, message)
