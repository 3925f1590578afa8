"""What can go wrong in this package.

    RetrievalError
    ├── CorpusError       the corpus folder cannot serve at all
    └── JudgmentsError    judged questions cannot be read

One bad file is no error: it is a `retrieval.corpus.Rejection` in the report, and the others load.
"""


class RetrievalError(Exception):
    """Base of all errors that this package raises on purpose; the message says what to do."""


class CorpusError(RetrievalError):
    """The corpus folder is missing, or holds no article that can be quoted."""


class JudgmentsError(RetrievalError):
    """The judged questions are missing or malformed; the message names the file, the line and the way out."""
