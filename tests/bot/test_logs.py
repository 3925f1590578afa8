"""No secret is ever shown, however it gets into a text."""

import logging
from collections.abc import Iterator

import pytest

from bot.logs import TALKATIVE, redacted, set_up_logging

TOKEN = "42:AbC/d"


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """The tests' own handlers back in place."""
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in (*TALKATIVE, "telegram"))]
    levels, handlers = [each.level for each in loggers], loggers[0].handlers[:]
    loggers[0].handlers = []
    yield
    loggers[0].handlers = handlers
    for each, level in zip(loggers, levels, strict=True):
        each.setLevel(level)


def test_secrets_are_blotted_out_of_errors_too() -> None:
    """As they are and as addresses hold them."""
    set_up_logging("INFO", TOKEN, "")
    assert redacted(f"no host at http://x/bot{TOKEN}/getMe or bot42%3AAbC%2Fd") == (
        "no host at http://x/bot<secret>/getMe or bot<secret>"
    )


def test_secrets_are_blotted_out_of_tracebacks(capsys: pytest.CaptureFixture[str]) -> None:
    """Those of faults that nobody thought of."""
    set_up_logging("ERROR", TOKEN)
    error = RuntimeError(f"http://x/bot{TOKEN}/getMe")
    logging.getLogger("bot").critical("a fault", exc_info=error)
    said = capsys.readouterr().err
    assert "RuntimeError: http://x/bot<secret>/getMe" in said
    assert TOKEN not in said
