"""What is fuzzed, and what counts as a failure?"""

import time
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.fuzz.mutating import Mutate, mutated_text

_ROOT: Final = Path(__file__).parents[2]
USUAL: Final = 50_000
Run = Callable[[bytes], object]
"""Hands one input to what is fuzzed."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that reads what others wrote.

    Attributes:
        name: of the folder with what was found.
        open: makes it ready, in a folder of its own; given back is what takes an input.
        examples: inputs that make sense.
        mutate: changes an example.
        raises: what it may raise, by its own word.
        seconds: of the processor that an input may take; of one above `USUAL` bytes in proportion.
        longest: bytes of an input.
        share: how many inputs it gets, beside one for a usual target.
        grows: whether it is also given a hundred thousand characters of one kind.
    """

    name: str
    open: Callable[[Path], AbstractContextManager[Run]]
    examples: tuple[bytes, ...]
    mutate: Mutate = mutated_text
    raises: tuple[type[Exception], ...] = ()
    seconds: float = 1.0
    longest: int = 20_000
    share: float = 1.0
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input.

    Attributes:
        seconds: of the processor.
        fault: what went wrong and where, the same for inputs that show the same; empty when nothing did.
    """

    seconds: float
    fault: str = ""


def tried(target: Target, run: Run, data: bytes) -> Outcome:
    """Hand an input to a target that is open."""
    fault = ""
    start = time.process_time()
    try:
        run(data)
    except target.raises:
        pass
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - that is what is looked for; a library in Rust raises no Exception
        fault = f"{type(error).__name__} in {_place(error)}"
    seconds = time.process_time() - start
    if not fault and seconds > target.seconds * max(1.0, len(data) / USUAL):
        fault = "takes too long"
    return Outcome(seconds, fault)


def _place(error: BaseException) -> str:
    """The last of our own lines that an error went through, failing that the last of any."""
    frames = traceback.extract_tb(error.__traceback__)
    files = [(Path(frame.filename), frame.name) for frame in frames]
    own = [
        f"{file.relative_to(_ROOT).as_posix()}:{name}"
        for file, name in files
        if file.is_relative_to(_ROOT) and ".venv" not in file.parts and "fuzz" not in file.parts
    ]
    return own[-1] if own else f"{files[-1][0].name}:{files[-1][1]}"
