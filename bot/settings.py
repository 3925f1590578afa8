"""The only reader of the environment: every setting, its default and its range."""

import hashlib
import hmac
import re
import stat
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingsError
from bot.setting_forms import Address, address_in, is_page, is_server, numbers_in
from retrieval import Engine

# Nobody's own: none, Telegram itself, those who speak for a channel, anonymous admins of groups.
_OF_MANY: Final = frozenset({0, 777000, 136817688, 1087968824})
_WEEK: Final = 7 * 24 * 60  # minutes
_TOKEN: Final = re.compile(r"\d+:[\w-]+")
_TELEGRAM: Final = "https://api.telegram.org"
# As Telegram takes it, and long enough not to be guessed.
_WEBHOOK_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{16,256}")


class Settings(BaseSettings):
    """Read once from the environment and `.env`, then never changed. An empty value counts as not set."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_bot_token: SecretStr | None = Field(
        None, description="The bot's token from @BotFather. Needed by `serve` only."
    )
    telegram_api_url: str = Field(
        _TELEGRAM,
        description="Another Bot API server, like http://127.0.0.1:8081.",
    )
    database_url: str = Field(
        "sqlite:///.data/verbatim.db", description="An SQLAlchemy url: where questions are logged."
    )
    corpus: Path = Field(Path("seeds"), description="The folder with the articles.")
    added: Path = Field(
        Path(".data/added"), description="The folder where pages and documents that admins send are kept."
    )
    web: Literal["off", "public", "private"] = Field(
        "off", description="Which web pages and feeds may be fetched; private: those of private networks too."
    )
    feeds: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Addresses of RSS or Atom feeds, comma-separated, whose new articles are kept. Needs WEB."
    )
    feed_minutes: int = Field(30, ge=1, le=_WEEK, description="How many minutes to wait before a feed is read again.")
    data: Path = Field(
        Path(".data/corpus"), description="The folder in which loaded versions of the articles are kept."
    )
    index: Engine = Field(
        Engine.AUTO,
        description="Where the index lies: memory, disk, or auto, which chooses by the number of paragraphs.",
    )
    whole_articles: bool = Field(
        False, description="Whether people may read whole articles in the chat; their publishers may object."
    )
    watch: bool = Field(True, description="Whether the bot reloads by itself when a file in the folders changes.")
    guest_mode: bool = Field(
        False, description="Whether the bot answers where it is called in chats that it is not in."
    )
    admin_ids: Annotated[frozenset[int], NoDecode] = Field(
        frozenset(), description="Telegram user ids, comma-separated, that may change what is quoted."
    )
    hash_key: SecretStr | None = Field(
        None,
        min_length=16,
        description="Key of the hashes that stand for users in the log. Default: derived from the token.",
    )
    passages: int = Field(3, ge=1, le=10, description="How many passages an answer shows at most.")
    chat_queue: int = Field(
        100, ge=1, le=10_000, description="How many messages of a chat may wait; more are not taken."
    )
    person_limit: int = Field(
        20, ge=0, le=10_000, description="How many messages a minute are taken from one person; 0: any number."
    )
    group_limit: int = Field(
        60, ge=0, le=10_000, description="How many messages a minute are taken from one group; 0: any number."
    )
    chats: Annotated[frozenset[int], NoDecode] = Field(
        frozenset(),
        description="The only chats in which questions are answered: ids of groups and persons, comma-separated.",
    )
    max_shrink: int = Field(
        20, ge=0, le=100, description="Per cent of the paragraphs that a reload may take away by itself."
    )
    judged_gate: bool = Field(
        True, description="Whether a reload that answers the questions in questions.toml worse is held."
    )
    start_wait: int = Field(
        30, ge=0, description="Seconds to wait at start for the Bot API server before giving up; 0 waits for ever."
    )
    listen: Annotated[Address | None, NoDecode] = Field(
        None,
        description="Where health checks, metrics and the webhook are served, like 127.0.0.1:8080. Default: nowhere.",
    )
    webhook_url: str | None = Field(
        None, description="The public address at which Telegram hands updates over. Default: they are polled for."
    )
    webhook_secret: SecretStr | None = Field(
        None, description="What Telegram shows with every update. Default: derived from the token."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="How much the program says on standard error."
    )
    log_format: Literal["console", "json"] = Field(
        "console", description="Whether that is written for people or, a JSON object a line, for programs."
    )

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("must look like 123456:AbC-dEf, as @BotFather gives it")
        return token

    @field_validator("telegram_api_url")
    @classmethod
    def _server(cls, url: str) -> str:
        if not is_server(url):
            raise ValueError("must be the address of a Bot API server, like http://127.0.0.1:8081")
        return url.rstrip("/")

    @field_validator("listen", mode="before")
    @classmethod
    def _host_and_port(cls, value: Any) -> Any:
        return address_in(value) if isinstance(value, str) else value

    @field_validator("webhook_url")
    @classmethod
    def _public(cls, url: str | None, known: ValidationInfo) -> str | None:
        if url is None:
            return None
        if not is_server(url):
            raise ValueError("must be an address like https://bot.example.org/telegram")
        if url.startswith("http:") and known.data.get("telegram_api_url") == _TELEGRAM:
            raise ValueError("must begin with https://, else Telegram does not take it")
        if "listen" in known.data and known.data["listen"] is None:
            raise ValueError("needs LISTEN, so that it is answered")
        return url if urlsplit(url).path.strip("/") else f"{url.rstrip('/')}/telegram"

    @field_validator("webhook_secret")
    @classmethod
    def _unguessable(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("must be 16 to 256 characters of A-Z, a-z, 0-9, _ and -")
        return secret

    @field_validator("database_url")
    @classmethod
    def _file(cls, text: str) -> str:
        try:
            url = make_url(text)
        except (ArgumentError, ValueError) as error:
            raise ValueError("must be an SQLAlchemy url, like sqlite:///log.db") from error
        if url.get_backend_name() != "sqlite":
            raise ValueError("must be a SQLite url, like sqlite:///log.db")
        named = url.database not in {None, "", ":memory:"}
        if url.host or url.port or url.username or url.password or url.query or not named:
            raise ValueError("must name a file and nothing else, like sqlite:///log.db")
        return url.set(drivername="sqlite").render_as_string(hide_password=False)

    @field_validator("added")
    @classmethod
    def _apart(cls, folder: Path, known: ValidationInfo) -> Path:
        if "corpus" in known.data and folder.absolute() == known.data["corpus"].absolute():
            raise ValueError("must be another folder than CORPUS, like .data/added")
        return folder

    @field_validator("feeds", mode="before")
    @classmethod
    def _addresses(cls, value: Any, known: ValidationInfo) -> Any:
        urls = value.split(",") if isinstance(value, str) else value
        urls = tuple(dict.fromkeys(url.strip() for url in urls if url.strip()))
        if not all(is_page(url) for url in urls):
            raise ValueError("must be addresses like https://example.org/feed, with commas between them")
        if urls and known.data.get("web") == "off":
            raise ValueError("needs WEB=public, so that feeds may be fetched")
        return urls

    @field_validator("chats", mode="before")
    @classmethod
    def _of_chats(cls, value: Any) -> Any:
        return numbers_in(value, "-1001234567890,7654321", negative=True) if isinstance(value, str) else value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _of_people(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        numbers = numbers_in(value, "1234567,7654321")
        if shared := numbers & _OF_MANY:
            raise ValueError(f"must be people's own numbers: {min(shared)} stands for many people")
        return numbers


class ServeSettings(Settings):
    """What the bot needs: the same, with a token."""

    telegram_bot_token: SecretStr = Field(description="The bot's token from @BotFather.")

    def secret_of_webhook(self) -> str:
        """What Telegram shows with every update: as set, else derived from the token, so that it stays the same."""
        if self.webhook_secret is not None:
            return self.webhook_secret.get_secret_value()
        token = self.telegram_bot_token.get_secret_value().encode()
        return hmac.new(token, b"secret of the webhook", hashlib.sha256).hexdigest()


def read_settings(**overrides: Any) -> Settings:
    """The settings from the environment and `.env`; an override that is not None stands above both.

    Raises:
        SettingsError: names every setting that is wrong, and what it must be. No value of a secret is shown.
    """
    return _read(Settings, overrides)


def read_serve_settings(**overrides: Any) -> ServeSettings:
    """The same for the bot; a missing token is one of the problems.

    Raises:
        SettingsError: as `read_settings` says.
    """
    return _read(ServeSettings, overrides)


def exposure_of_env(file: Path = Path(".env")) -> str | None:
    """Who else may read or change the file with the settings, and what to do about it; None if nobody may."""
    try:
        mode = file.stat().st_mode
    except OSError:
        return None
    if not mode & (stat.S_IRWXO | stat.S_IWGRP):
        return None
    doing = "read" if mode & stat.S_IROTH else "change"
    return f"others on this machine may {doing} {file}, in which secrets stand: chmod 600 {file}"


Kind = TypeVar("Kind", bound=Settings)


def _read(kind: type[Kind], overrides: dict[str, Any]) -> Kind:
    try:
        return kind(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        problems = [f"  {str(problem['loc'][0]).upper()}: {_reason(problem['msg'])}" for problem in error.errors()]
        raise SettingsError("\n".join(["these settings are wrong:", *problems])) from None
    except UnicodeDecodeError:
        raise SettingsError("the file .env is not UTF-8: save it anew in that encoding") from None
    except OSError as error:
        raise SettingsError(f"the file .env cannot be read: {error.strerror}") from None


def _reason(message: str) -> str:
    if message == "Field required":
        return "must be set; @BotFather gives you one"
    for prefix in ("Input should", "String should", "Value should"):
        message = message.replace(prefix, "must")
    return message.removeprefix("Value error, ")
