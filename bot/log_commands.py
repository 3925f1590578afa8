"""The commands `log` and `unanswered`: what was asked, and what do the articles lack?"""

import asyncio
import datetime as dt
from pathlib import Path
from typing import Annotated, Final

import typer

from bot import listing
from bot.answering import Channel
from bot.settings import Settings, read_settings
from bot.spreadsheet import Table, write_table
from bot.terminal import console, set_up
from db import LogError, LogFilter, QueryLog
from retrieval import Band

_LARGEST: Final = 2**63 - 1  # number that SQLite knows
_LISTED: Final = 20

Since = Annotated[dt.datetime | None, typer.Option(help="Only questions asked then or later (UTC).")]
Limit = Annotated[int | None, typer.Option(min=1, max=_LARGEST, help=f"At most so many; {_LISTED} unless told.")]


def log(
    number: Annotated[int | None, typer.Argument(max=_LARGEST, help="Show this question in full.")] = None,
    *,
    band: Annotated[Band | None, typer.Option(help="Only questions answered so.")] = None,
    channel: Annotated[Channel | None, typer.Option(help="Only questions asked there.")] = None,
    contains: Annotated[str | None, typer.Option(help="Only questions with these words.")] = None,
    since: Since = None,
    before: Annotated[dt.datetime | None, typer.Option(help="Only questions asked earlier (UTC).")] = None,
    limit: Limit = None,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write all of them into a new file for spreadsheet programs.")
    ] = None,
) -> None:
    """List the questions that were asked, newest first, or show one, or write them into a file."""
    if csv is not None and (number is not None or limit is not None):
        raise typer.BadParameter(
            "--csv writes every question that passes the filters: leave out the number and --limit"
        )
    settings = set_up(read_settings())
    words = contains and contains.encode("utf-8", "replace").decode("utf-8")
    wanted = LogFilter(band, channel, words, _utc(since), _utc(before))
    if csv is not None:
        listing.print_table_written(console(), csv, asyncio.run(_write_csv(settings, wanted, csv)))
    else:
        asyncio.run(_show_log(settings, number, wanted, limit or _LISTED))


def unanswered(since: Since = None, limit: Limit = None) -> None:
    """List what was not answered well: what most people miss first, with what they wish for."""
    asyncio.run(_show_unanswered(set_up(read_settings()), _utc(since), limit or _LISTED))


async def _show_log(settings: Settings, number: int | None, wanted: LogFilter, limit: int) -> None:
    async with QueryLog(settings.database_url, create=False) as log_file:
        if number is None:
            listing.print_questions(console(), await log_file.latest(wanted, limit))
            return
        question = await log_file.get(number)
    if question is None:
        raise LogError(f"the log has no question {number}; `python -m bot log` lists them")
    listing.print_question(console(), question)


async def _write_csv(settings: Settings, wanted: LogFilter, path: Path) -> Table:
    async with QueryLog(settings.database_url, create=False) as log_file:
        await log_file.count()  # before a file is made
        try:
            with path.open("xb") as file:
                return await write_table(log_file.each(wanted), file)
        except FileExistsError:
            raise LogError(f"{path} is there already, and nothing is overwritten: name another file") from None
        except OSError as error:
            raise LogError(f"{path} cannot be written: {error.strerror}") from error


async def _show_unanswered(settings: Settings, since: dt.datetime | None, limit: int) -> None:
    async with QueryLog(settings.database_url, create=False) as log_file:
        listing.print_unanswered(console(), await log_file.unanswered(limit, since))


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    return moment and moment.replace(tzinfo=dt.UTC)
