"""The only place where concrete classes meet."""

import hashlib
import hmac

from bot.answering import AnswerService
from bot.settings import Settings
from db import QueryLog
from retrieval import Retriever, read_corpus


def compose(settings: Settings) -> AnswerService:
    """What answers questions with these settings; call it in the event loop that will use it.

    Raises:
        CorpusError: there is nothing to quote in the corpus folder.
    """
    retriever = Retriever(read_corpus(settings.corpus))
    return AnswerService(retriever, QueryLog(settings.database_url), _hash_key(settings), settings.passages)


def _hash_key(settings: Settings) -> bytes:
    """The key set by the operator; without one, a key derived from the token, which is secret and stays the same."""
    if settings.hash_key is not None:
        return settings.hash_key.get_secret_value().encode()
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    return hmac.new(token.encode(), b"users in the query log", hashlib.sha256).digest()
