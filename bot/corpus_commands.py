"""The commands `corpus …`: what would a reload change, and may it? Reloading, and taking it back."""

import asyncio
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.text import Text

from bot import listing
from bot.added_files import keep_seen_page, take_back
from bot.composition import gates_of, open_reloader, open_store
from bot.reload_records import Origin, result_of
from bot.reload_wording import outcome_lines, preview_lines, reload_line, report_lines, rolled_back
from bot.settings import Settings, read_settings
from bot.terminal import CorpusOption, console, print_json, progress_bar, set_up
from bot.tracking import as_track
from bot.wording import harmless
from db import LoggedReload, QueryLog, ReloadLog
from retrieval import CorpusError, Outcome, Report, check

HELD: Final = 3
"""Exit code: a gate holds the new version."""

app = typer.Typer(invoke_without_command=True, help="List the articles, look at what a reload would change, reload.")


@app.callback()
def articles(
    context: typer.Context,
    corpus: CorpusOption = None,
    *,
    blocks: Annotated[bool, typer.Option("--blocks", help="Show what each article was parted into.")] = False,
) -> None:
    """List the articles, their paragraphs, and everything that was rejected, with the reason."""
    context.obj = corpus
    if context.invoked_subcommand is None:
        with (
            closing(open_store(_settings(context))) as store,
            progress_bar() as tell,
            store.staging(as_track(tell)) as staged,
        ):
            listing.print_corpus(console(), staged.retriever.catalog, blocks=blocks)


@app.command("check")
def check_command(context: typer.Context, corpus: CorpusOption = None) -> None:
    """Say what a reload would change and whether it passes the gates; change nothing."""
    settings = _settings(context, corpus)
    with closing(open_store(settings)) as store, progress_bar() as tell:
        report, failures = check(store, gates_of(settings), as_track(tell))
    _print_lines([*_verdict(report, failures), *report_lines(report)])
    raise typer.Exit(1 if failures else 0)


@app.command()
def diff(
    context: typer.Context,
    corpus: CorpusOption = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, with all names.")] = False,
) -> None:
    """Say which articles a reload would add, change and remove; change nothing."""
    settings = _settings(context, corpus)
    with closing(open_store(settings)) as store, progress_bar() as tell, store.staging(as_track(tell)) as staged:
        report = staged.report
    if as_json:
        print_json(_as_json(report))
        return
    for sign, paths in (("+", report.added), ("~", report.changed), ("-", report.removed)):
        _print_lines([f"{sign} {path}" for path in paths])
    _print_lines([f"! {rejection}" for rejection in report.rejections])
    _print_lines(report_lines(report)[:2])


@app.command()
def reload(
    context: typer.Context,
    corpus: CorpusOption = None,
    *,
    accept: Annotated[
        str | None, typer.Option(metavar="VERSION", help="Load this version although it does not pass the gates.")
    ] = None,
) -> None:
    """Load what the folders hold now; a bot that runs notices it."""
    outcome = asyncio.run(_reload(_settings(context, corpus), accept))
    _finish(outcome)


@app.command()
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="Of an article in the web.")],
    corpus: CorpusOption = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Look at a web page, keep it with what admins added, and reload."""
    settings = _settings(context, corpus)
    # Only here: what reads pages takes longer to load than an answer.
    from bot.gathering.fetching import policy_for  # noqa: PLC0415
    from bot.gathering.pages import preview  # noqa: PLC0415

    seen = asyncio.run(preview(url, policy_for(settings.web)))
    _print_lines(preview_lines(seen))
    if not yes and not typer.confirm("Add it?", err=True):
        raise typer.Exit(0)
    path = keep_seen_page(seen, settings.added)
    try:
        outcome = asyncio.run(_reload(settings, None))
    except CorpusError:
        take_back(path)
        raise
    _finish(outcome)


@app.command()
def rollback(context: typer.Context, corpus: CorpusOption = None) -> None:
    """Let the version before serve again; a bot that runs notices it."""
    _print_lines([rolled_back(asyncio.run(_roll_back(_settings(context, corpus))))])


@app.command()
def log(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many, the newest.")] = 20,
) -> None:
    """List the last reloads, newest first."""
    _print_lines([reload_line(entry) for entry in asyncio.run(_latest(_settings(context), limit))])


def _settings(context: typer.Context, corpus: Path | None = None) -> Settings:
    return set_up(read_settings(corpus=corpus or context.obj))


async def _reload(settings: Settings, accept: str | None) -> Outcome:
    with progress_bar() as tell:
        async with open_reloader(settings) as reloader:
            return await reloader.reload(None, Origin.CLI, accept=accept, progress=tell)


async def _roll_back(settings: Settings) -> Report:
    async with open_reloader(settings) as reloader:
        return await reloader.roll_back(None, Origin.CLI)


async def _latest(settings: Settings, limit: int) -> list[LoggedReload]:
    async with QueryLog(settings.database_url, create=False) as questions:
        return await ReloadLog(questions.database).latest(limit)


def _finish(outcome: Outcome) -> None:
    _print_lines(outcome_lines(outcome))
    if result_of(outcome) == "held":
        _print_lines([f"To load it anyway: python -m bot corpus reload --accept {outcome.report.after}"])
        raise typer.Exit(HELD)


def _print_lines(lines: list[str]) -> None:
    for line in lines:
        console().print(Text(harmless(line)), soft_wrap=True)


def _verdict(report: Report, failures: Sequence[str]) -> list[str]:
    if report.before == report.after:
        return [f"Nothing has changed: version {report.before} serves."]
    if not failures:
        return [f"Version {report.after} passes the gates."]
    return [f"Version {report.after} does not pass the gates:", *(f"• {failure}" for failure in failures)]


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "before": report.before,
        "after": report.after,
        "added": list(report.added),
        "changed": list(report.changed),
        "removed": list(report.removed),
        "unchanged": report.unchanged,
        "paragraphs_before": report.paragraphs_before,
        "paragraphs": report.paragraphs,
        "rejections": [{"path": each.path, "line": each.line, "reason": each.reason} for each in report.rejections],
    }
