"""What becomes of questions when the bot is killed, stopped, kept busy for long, or let down by what it stands on.

`python -m tests.bench.faults kill|stop|soak|table` runs the real program against the Bot API server on loopback.
"""
