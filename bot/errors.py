"""What can go wrong in this package, and the exit code that the command line ends with.

    BotError                     exit code
    ├── SettingsError            78    a setting is missing or wrong
    ├── WrongTokenError          77    Telegram does not know the token
    ├── SecondPollerError        75    another program polls with the same token
    ├── UnreachableError         69    the Bot API server did not answer in time
    ├── ListenError              71    the address for the web side cannot be listened on
    ├── FetchError               69    a page of the web was refused or could not be had
    └── KeepError                73    a page or a document cannot be kept

The numbers are those of BSD's sysexits.h. A corpus that cannot serve (`retrieval.CorpusError`) ends with 66, a log
that cannot be read (`db.LogError`) with 74, a wrong option with 2, a quote that is not verbatim with 1.
"""

from typing import ClassVar


class BotError(Exception):
    """Base of all errors that end the program on purpose; the message says what to do."""

    exit_code: ClassVar[int] = 1


class SettingsError(BotError):
    """One or more settings are missing or wrong; the message lists all of them by name."""

    exit_code = 78


class WrongTokenError(BotError):
    """The Bot API server refuses the token."""

    exit_code = 77


class SecondPollerError(BotError):
    """Another program receives this bot's updates."""

    exit_code = 75


class UnreachableError(BotError):
    """The Bot API server cannot be reached."""

    exit_code = 69


class ListenError(BotError):
    """Another program listens where the web side should, or the address is not one of this machine."""

    exit_code = 71


class FetchError(BotError):
    """A page of the web was refused, or could not be had; the message says which, and why.

    Attributes:
        status: that the server answered with; None when it did not get so far.
        retry_after: when the server wants to be asked again, as its header says it: seconds or a date.
    """

    exit_code = 69

    def __init__(self, message: str, *, status: int | None = None, retry_after: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class KeepError(BotError):
    """A page or a document is of no kind that can be kept, or the folder for it cannot be written."""

    exit_code = 73
