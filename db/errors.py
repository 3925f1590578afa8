"""What can go wrong in this package.

LogError
├── SchemaError    the file was written by another version of this program, or is no query log
└── RowError       this one entry does not fit the tables; others do
"""


class LogError(Exception):
    """The query log cannot be opened, read or written; the message says why and what to do."""


class SchemaError(LogError):
    """The tables are not those that this version knows."""


class RowError(LogError):
    """What was to be written does not fit the tables: it fails however often it is tried, and others do not."""
