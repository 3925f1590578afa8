"""What can go wrong with judged questions; a corpus beside them fails as `retrieval.CorpusError` says."""

from retrieval.errors import RetrievalError


class JudgmentsError(RetrievalError):
    """The judged questions are missing or malformed; the message names the file, the line and the way out."""
