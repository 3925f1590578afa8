"""The measure: a bot on the same library and transport that only sends back what it gets."""

import asyncio
import sys
from collections.abc import Sequence
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.settings import read_settings
from bot.telegram.building import sending_request
from bot.telegram.connecting import connect
from bot.telegram.lanes import SLOTS
from bot.telegram.polling import Poller
from bot.telegram.serving import stop_signal


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Send back the text."""
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


async def main() -> None:
    """Serve until SIGTERM."""
    settings = read_settings()
    token = settings.telegram_bot_token
    builder = Application.builder().token(token.get_secret_value() if token else "")
    application: Application[Any, Any, Any, Any, Any, Any] = (
        builder.base_url(f"{settings.telegram_api_url}/bot")
        .request(sending_request())
        .concurrent_updates(SLOTS)
        .updater(None)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    await connect(application.bot, settings.telegram_api_url, 30)

    async def take(raws: Sequence[dict[str, Any]]) -> None:
        for raw in raws:
            await application.update_queue.put(Update.de_json(raw, application.bot))

    poller = asyncio.create_task(Poller(application.bot, take).run())
    async with application:
        await application.start()
        await stop_signal().wait()
        poller.cancel()
        await application.stop()


if __name__ == "__main__" and sys.argv[1:] == ["echo"]:
    asyncio.run(main())
