"""A strict Telegram Bot API on loopback, for tests of a bot over real HTTP."""

from tests.bot_api.errors import ApiError
from tests.bot_api.records import Call, SentMessage, Upload
from tests.bot_api.server import BotApiServer
from tests.bot_api.texts import utf16_length, utf16_slice

__all__ = ["ApiError", "BotApiServer", "Call", "SentMessage", "Upload", "utf16_length", "utf16_slice"]
