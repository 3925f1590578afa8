"""The command line: the same answers as in Telegram, and what an admin and a reviewer need."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from bot import corpus_commands, listing, log_commands
from bot.answering import AnswerService, Channel
from bot.composition import compose
from bot.errors import BotError
from bot.options import BareMisses
from bot.reload_records import Origin, result_of
from bot.reload_wording import GATE_WAY_OUT, headline
from bot.reloading import Reloader
from bot.settings import Settings, exposure_of_env, read_serve_settings, read_settings
from bot.streams import give_up_output, input_lines, open_streams
from bot.terminal import CorpusOption, console, print_json, progress_bar, set_up, warn
from bot.tracking import Tell
from bot.verifying import verify_quotes
from bot.wording import printable
from db import LogError, QueryLog, back_up
from retrieval import CorpusError, RetrievalError

_logger: Final = logging.getLogger(__name__)
_EXIT_JUDGMENTS: Final = 65
_EXIT_CORPUS: Final = 66
_EXIT_LOG: Final = 74

app = typer.Typer(
    help="Answers questions with passages of articles, word for word, each with a link to the very sentence.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

app.add_typer(corpus_commands.app, name="corpus")
app.command()(log_commands.log)
app.command()(log_commands.unanswered)


def main() -> None:
    """Run the command line; errors that are expected end it with a sentence and an exit code, not a traceback."""
    open_streams()
    os.umask(0o077)  # what people asked is for the bot's own user, and so is whatever else is written
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except BotError as error:
        _fail(str(error), error.exit_code)
    except CorpusError as error:
        _fail(str(error), _EXIT_CORPUS)
    except RetrievalError as error:
        _fail(str(error), _EXIT_JUDGMENTS)
    except LogError as error:
        _fail(str(error), _EXIT_LOG)
    except BrokenPipeError:
        give_up_output()  # the reader of our output has gone; nobody is left to tell
    except OSError as error:
        # Files are read and written where their errors are named; what is left is our own output.
        give_up_output()
        _fail(f"the output cannot be written: {error.strerror}", _EXIT_LOG)
    except Exception:
        _logger.critical("this is a fault of the program itself", exc_info=True)
        sys.exit(1)


@app.command()
def ask(
    words: Annotated[list[str] | None, typer.Argument(metavar="QUESTION", help="What you want to know.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as one JSON object.")] = False,
    stdin: Annotated[
        bool, typer.Option("--stdin", help="Read one question a line; print one JSON object a line.")
    ] = False,
    corpus: CorpusOption = None,
) -> None:
    """Ask one question, or many."""
    if bool(words) == stdin:
        raise typer.BadParameter("give a question, or --stdin")
    settings = set_up(read_settings(corpus=corpus))
    if stdin:
        asyncio.run(_answer_lines(settings))
    else:
        asyncio.run(_answer_one(settings, " ".join(words or []), as_json=as_json))


@app.command()
def chat(corpus: CorpusOption = None) -> None:
    """Ask in the terminal, again and again; an empty line or Ctrl-D ends."""
    asyncio.run(_chat(set_up(read_settings(corpus=corpus))))


@app.command()
def serve(corpus: CorpusOption = None) -> None:
    """Run the bot in Telegram until it is stopped."""
    settings = set_up(read_serve_settings(corpus=corpus))
    if exposed := exposure_of_env():
        warn(f"warning: {exposed}")
    # Only here: the other commands start without Telegram's library.
    from bot.telegram.serving import serve_until_signal  # noqa: PLC0415

    asyncio.run(serve_until_signal(settings))


@app.command()
def verify(corpus: CorpusOption = None) -> None:
    """Check every quote ever logged against the articles."""
    settings = set_up(read_settings(corpus=corpus))
    if not asyncio.run(_verify(settings)):
        raise typer.Exit(1)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes; must not be there yet.")],
) -> None:
    """Copy the query log into a file, also while the bot runs."""
    settings = set_up(read_settings())
    listing.print_backup(console(), file, back_up(settings.database_url, file))


@app.command(cls=BareMisses)
def evaluate(
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="FOLDER…", help="With judged questions; none: the corpus.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures as one JSON object.")] = False,
    compare: Annotated[bool, typer.Option("--compare", help="Ask rank-bm25 and bm25s the same.")] = False,
    removed: Annotated[bool, typer.Option("--removed", help="Ask again without the articles that answer.")] = False,
    mistyped: Annotated[bool, typer.Option("--mistyped", help="Ask again as people type in a hurry.")] = False,
    misses: Annotated[
        int, typer.Option(min=0, metavar="[N]", help=f"Show N wrong answers a set; {BareMisses.COUNT} without N.")
    ] = 0,
    chart: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw a .png or .svg.")] = None,
) -> None:
    """Measure how well judged questions are answered."""
    settings = set_up(read_settings())
    # Only here: what measures takes longer to load than an answer.
    from bot.evaluating import evaluate_folders  # noqa: PLC0415
    from retrieval.evaluation import Wanted  # noqa: PLC0415

    wanted = Wanted(peers=compare, removed=removed, mistyped=mistyped, misses=misses)
    evaluate_folders(folders or [settings.corpus], wanted, console(), as_json=as_json, chart=chart)


@app.command()
def calibrate(
    folders: Annotated[
        list[Path], typer.Argument(metavar="FOLDER…", help="With judged questions, the more the better.")
    ],
) -> None:
    """Fit what tells answers from guesses to judged questions; prints coefficients, changes nothing."""
    set_up(read_settings())
    from bot.evaluating import calibrate_folders  # noqa: PLC0415 - as above

    calibrate_folders(folders, console())


@asynccontextmanager
async def _up_to_date(settings: Settings) -> AsyncIterator[AnswerService]:
    """What answers, from what the folders hold now; where that may not serve, it is said, and what serves answers."""
    async with AsyncExitStack() as stack:
        with progress_bar() as tell:
            parts = await stack.enter_async_context(compose(settings, Origin.CLI, tell))
            if not parts.reloader.is_new:
                await _bring_up_to_date(parts.reloader, tell)
        yield parts.service


async def _bring_up_to_date(reloader: Reloader, tell: Tell | None) -> None:
    try:
        outcome = await reloader.reload(None, Origin.CLI, automatic=True, progress=tell)
    except CorpusError as error:
        warn(f"warning: the articles were not reloaded: {error}")
        return
    if result_of(outcome) == "held":
        warn(" ".join(("warning:", headline(outcome), *outcome.failures, GATE_WAY_OUT)))


async def _answer_one(settings: Settings, question: str, *, as_json: bool) -> None:
    async with _up_to_date(settings) as service:
        answered = await service.answer(question, Channel.CLI)
        if as_json:
            print_json(listing.as_json(answered))
        else:
            listing.print_answer(console(), answered)


async def _answer_lines(settings: Settings) -> None:
    async with _up_to_date(settings) as service, aclosing(input_lines()) as lines:
        async for line in lines:
            print_json(listing.as_json(await service.answer(line, Channel.CLI)))


async def _chat(settings: Settings) -> None:
    screen = console()
    async with _up_to_date(settings) as service, aclosing(input_lines()) as lines:
        articles = service.retriever.catalog.article_count
        screen.print(f"[dim]{articles} articles. Write a question; an empty line ends.[/dim]")
        while question := await _prompt(screen, lines):
            listing.print_answer(screen, await service.answer(question, Channel.CHAT))


async def _prompt(screen: Console, lines: AsyncIterator[str]) -> str:
    """The next question; empty when there is none. What does not come from a keyboard is shown as it is read."""
    screen.print("\n[bold cyan]?[/bold cyan] ", end="")
    line = (await anext(lines, "")).strip()
    if not sys.stdin.isatty():
        screen.print(printable(line), markup=False, style="bold")
    return line


async def _verify(settings: Settings) -> bool:
    async with QueryLog(settings.database_url, create=False) as log_file:
        await log_file.count()  # before anything else makes a log
        async with _up_to_date(settings) as service:
            result = await verify_quotes(log_file, service.retriever.catalog)
    listing.print_verification(console(), result)
    return not result.mismatches


def _fail(message: str, code: int) -> None:
    warn(f"error: {message}", logging.CRITICAL)
    sys.exit(code)
