"""The bot in Telegram: what arrives, what is said, and how it is sent."""

import os

# Durations come as timedelta, as they will by default in the library's next major version; asked for before its import.
os.environ.setdefault("PTB_TIMEDELTA", "true")
