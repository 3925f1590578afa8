"""The query log: SQLAlchemy on SQLite. Knows nothing of messengers or of ranking."""

from db.errors import LogError, SchemaError
from db.query_log import QueryLog
from db.records import LogFilter, LoggedQuestion, ShownPassage

__all__ = ["LogError", "LogFilter", "LoggedQuestion", "QueryLog", "SchemaError", "ShownPassage"]
