"""Limits of the Bot API, each with the place where it is stated."""

from typing import Final

# Bot API documentation: sendMessage, "1-4096 characters after entities parsing"; counted in code points.
MESSAGE_TEXT: Final = 4096
# Bot API server, get_formatted_text: a raw text over 1 << 15 bytes is refused before parsing.
RAW_TEXT_BYTES: Final = 32_768
# Bot API documentation: sendDocument and sendPhoto, "0-1024 characters after entities parsing".
CAPTION: Final = 1024
# TDLib, get_input_message_entities: MAX_USER_ENTITY_COUNT; what comes after is left out silently.
ENTITIES: Final = 100
# Measured against Telegram (design notes): all entities of a text together, link addresses included.
ENTITIES_SIZE: Final = 9_500
# MTProto schema: an entity is a constructor, an offset and a length of four bytes each.
ENTITY_HEAD: Final = 12
# Bot API documentation: ReplyParameters, quote, "0-1024 characters after entities parsing".
QUOTE: Final = 1024
# Bot API documentation: InlineKeyboardButton, callback_data, "1-64 bytes".
CALLBACK_DATA_BYTES: Final = 64
# Bot API documentation: CopyTextButton, text, "1-256 characters".
COPY_TEXT: Final = 256
# Telegram's answer to the 101st button of an inline keyboard: REPLY_MARKUP_TOO_LONG.
KEYBOARD_BUTTONS: Final = 100
# Bot API documentation: ReplyKeyboardMarkup and ForceReply, input_field_placeholder, "1-64 characters".
PLACEHOLDER: Final = 64
# Bot API documentation: answerCallbackQuery, text, "0-200 characters".
CALLBACK_ANSWER: Final = 200
# Design notes: callback and inline queries older than about ten seconds can no longer be answered.
QUERY_EXPIRY_SECONDS: Final = 10.0
# Bot API documentation: answerInlineQuery, "No more than 50 results per query are allowed".
INLINE_RESULTS: Final = 50
# Bot API documentation: InlineQueryResult*, id, "1-64 bytes"; next_offset "can't exceed 64 bytes".
INLINE_RESULT_ID_BYTES: Final = 64
NEXT_OFFSET_BYTES: Final = 64
# Bot API documentation: deep links and InlineQueryResultsButton, start_parameter, "1-64 characters".
START_PARAMETER: Final = 64
# Bot API documentation: setMyCommands, "At most 100 commands can be specified".
COMMANDS: Final = 100
# Bot API documentation: BotCommand, command "1-32 characters", description "1-256 characters".
COMMAND_NAME: Final = 32
COMMAND_DESCRIPTION: Final = 256
# Bot API documentation: setMyName "0-64", setMyDescription "0-512", setMyShortDescription "0-120".
BOT_NAME: Final = 64
BOT_DESCRIPTION: Final = 512
BOT_SHORT_DESCRIPTION: Final = 120
# Bot API documentation: getUpdates, limit, "Values between 1-100 are accepted".
UPDATES: Final = 100
# Bot API documentation: Sending files: 10 MB for photos and 50 MB for other files; getFile: 20 MB.
PHOTO_BYTES: Final = 10 * 1024 * 1024
DOCUMENT_BYTES: Final = 50 * 1024 * 1024
DOWNLOAD_BYTES: Final = 20 * 1024 * 1024
# Bot API documentation: setWebhook, secret_token "1-256 characters", max_connections "1-100".
SECRET_TOKEN: Final = 256
WEBHOOK_CONNECTIONS: Final = 100
