"""What can go wrong in this package.

    RetrievalError
    ├── CorpusError       the corpus folder cannot serve at all
    │   ├── StoreError    what was loaded from it cannot be kept, or read again
    │   └── BusyError     another reload is running
    └── JudgmentsError    judged questions cannot be read

One bad file is no error: it is a `retrieval.corpus.Rejection` in the report, and the others load.
"""


class RetrievalError(Exception):
    """Base of all errors that this package raises on purpose; the message says what to do."""


class CorpusError(RetrievalError):
    """The corpus folder is missing, or holds no article that can be quoted."""


class StoreError(CorpusError):
    """The folder with the loaded versions cannot be read or written."""


class BusyError(CorpusError):
    """Another reload is running, here or in another process."""


class JudgmentsError(RetrievalError):
    """The judged questions are missing or malformed; the message names the file, the line and the way out."""
