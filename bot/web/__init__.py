"""What the bot shows to machines over HTTP: whether it lives and is ready, its figures, and Telegram's webhook."""
