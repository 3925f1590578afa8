"""A number that may be left out."""

from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from bot.options import BareMisses

app = typer.Typer()


@app.command(cls=BareMisses)
def show(
    folders: Annotated[list[Path] | None, typer.Argument()] = None,
    *,
    misses: Annotated[int, typer.Option(min=0)] = 0,
    other: bool = False,
) -> None:
    """Say what was understood."""
    typer.echo(f"{[str(folder) for folder in folders or []]} {misses} {other}")


@pytest.mark.parametrize(
    ("arguments", "understood"),
    [
        ([], "[] 0 False"),
        (["--misses"], "[] 10 False"),
        (["--misses", "3"], "[] 3 False"),
        (["--misses=3"], "[] 3 False"),
        (["--misses", "--other"], "[] 10 True"),
        (["--misses", "folder"], "['folder'] 10 False"),
        (["folder", "--misses"], "['folder'] 10 False"),
        (["--misses", "3", "folder"], "['folder'] 3 False"),
        (["--", "--misses"], "['--misses'] 0 False"),
    ],
)
def test_the_number_may_be_left_out(arguments: list[str], understood: str) -> None:
    """Then it is ten, whatever follows."""
    assert CliRunner().invoke(app, arguments).output.strip() == understood


def test_a_number_out_of_range_is_an_error() -> None:
    """It is still read as the option's number."""
    assert CliRunner().invoke(app, ["--misses", "-1"]).exit_code == 2
