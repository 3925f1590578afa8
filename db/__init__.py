"""The query log: SQLAlchemy on SQLite. Knows nothing of messengers or of ranking."""
