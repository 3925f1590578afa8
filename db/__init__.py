"""The query log, with reloads and feeds: SQLAlchemy on SQLite. Knows nothing of messengers or of ranking."""

from db.database import Database
from db.errors import LogError, SchemaError
from db.feed_states import FeedStates
from db.query_log import QueryLog
from db.records import FeedState, LogFilter, LoggedQuestion, LoggedReload, ShownPassage
from db.reload_log import ReloadLog

__all__ = [
    "Database",
    "FeedState",
    "FeedStates",
    "LogError",
    "LogFilter",
    "LoggedQuestion",
    "LoggedReload",
    "QueryLog",
    "ReloadLog",
    "SchemaError",
    "ShownPassage",
]
