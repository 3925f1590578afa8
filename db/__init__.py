"""The query log, with the inbox, reloads and feeds: SQLAlchemy on SQLite. Knows nothing of messengers or of ranking."""

from db.backup import Backup, back_up
from db.database import Database
from db.errors import LogError, RowError, SchemaError, UnknownKeyError
from db.feed_states import FeedStates
from db.inbox import Inbox
from db.preferences import Preferences
from db.query_log import QueryLog
from db.records import (
    Arrival,
    Closing,
    Feedback,
    FeedState,
    InboxDepth,
    LogFilter,
    LoggedQuestion,
    LoggedReload,
    OpenUpdate,
    Place,
    ShownPassage,
)
from db.reload_log import ReloadLog
from db.statistics import Day, Statistics
from db.unanswered import Unanswered
from db.workers import worker_name

__all__ = [
    "Arrival",
    "Backup",
    "Closing",
    "Database",
    "Day",
    "FeedState",
    "FeedStates",
    "Feedback",
    "Inbox",
    "InboxDepth",
    "LogError",
    "LogFilter",
    "LoggedQuestion",
    "LoggedReload",
    "OpenUpdate",
    "Place",
    "Preferences",
    "QueryLog",
    "ReloadLog",
    "RowError",
    "SchemaError",
    "ShownPassage",
    "Statistics",
    "Unanswered",
    "UnknownKeyError",
    "back_up",
    "worker_name",
]
