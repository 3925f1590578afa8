"""An option whose value may be left out."""

from itertools import pairwise
from typing import Any

from typer.core import TyperCommand


class BareMisses(TyperCommand):
    """A command whose option `--misses` may stand without a number; then it means `BareMisses.COUNT`."""

    COUNT = 10

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the number behind a bare `--misses`, and parse what comes of it."""
        end = args.index("--") if "--" in args else len(args)
        complete = []
        for word, following in pairwise([*args[:end], ""]):
            complete.append(word)
            if word == "--misses" and not following.lstrip("-").isdecimal():
                complete.append(str(self.COUNT))
        return super().parse_args(ctx, [*complete, *args[end:]])
