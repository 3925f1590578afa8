"""Versions of the log's schema, applied by Alembic when a log is opened."""
