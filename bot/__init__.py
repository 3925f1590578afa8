"""The only package that knows both retrieval and the log: composition, Telegram and the command line."""
