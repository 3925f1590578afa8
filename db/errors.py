"""What can go wrong in this package.

LogError
├── SchemaError        the file was written by another version of this program, or is no query log
├── UnknownKeyError    no question has this key: it is not logged yet, or not any more
└── RowError           this one entry does not fit the tables; others do
"""


class LogError(Exception):
    """The query log cannot be opened, read or written; the message says why and what to do."""


class SchemaError(LogError):
    """The tables are not those that this version knows."""


class RowError(LogError):
    """What was to be written does not fit the tables: it fails however often it is tried, and others do not."""


class UnknownKeyError(LogError):
    """No question with this key is in the log: it is not written yet, or was removed. The log itself can be used."""
