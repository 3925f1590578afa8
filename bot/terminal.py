"""What all commands share: how they begin to log, where they print, how they show that something goes on."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import typer
from rich.console import Console

from bot.faults import log_faults
from bot.logs import is_for_programs, redacted, set_up_logging
from bot.redaction import secrets_of
from bot.settings import Settings
from bot.tracking import Progress, Tell
from bot.wording import harmless, spelt_out

_logger: Final = logging.getLogger(__name__)
_WIDTH: Final = 100  # columns of what is not shown in a terminal
Setting = TypeVar("Setting", bound=Settings)

CorpusOption = Annotated[Path | None, typer.Option("--corpus", help="Folder with the articles [env: CORPUS].")]
"""The option of every command that reads articles."""


def set_up(settings: Setting) -> Setting:
    """Begin to log, also what nobody catches; from here on no secret is shown."""
    set_up_logging(settings.log_level, settings.log_format, secrets_of(settings))
    log_faults()
    return settings


def console() -> Console:
    """Standard output, as wide as a terminal or a page."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)


def print_json(value: Any) -> None:
    """One object on one line of standard output, at once; what commands a terminal is spelt out, as JSON allows."""
    print(spelt_out(json.dumps(value, ensure_ascii=False)), flush=True)  # noqa: T201 - the command's output


def warn(message: str, level: int = logging.WARNING) -> None:
    """A sentence on standard error; nothing in it commands a terminal, and no secret passes.

    Where programs read standard error it is a line of the log like any other, of this level.
    """
    if is_for_programs():
        _logger.log(level, "%s", message)
    else:
        print(harmless(redacted(message)), file=sys.stderr)  # noqa: T201 - of the command, not of the log


@contextmanager
def progress_bar() -> Iterator[Tell | None]:
    """What shows on standard error how far a reload is; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress as Bar  # noqa: PLC0415 - only here: it takes long to load

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, visible=False)

        def tell(progress: Progress) -> None:
            bar.update(
                task,
                description=progress.stage,
                completed=progress.done,
                total=progress.total or None,
                visible=True,
            )

        yield tell
