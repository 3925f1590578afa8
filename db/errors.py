"""What can go wrong in this package.

LogError
└── SchemaError    the file was written by another version of this program, or is no query log
"""


class LogError(Exception):
    """The query log cannot be opened, read or written; the message says why and what to do."""


class SchemaError(LogError):
    """The tables are not those that this version knows."""
