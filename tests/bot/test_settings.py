"""Settings: read once, all problems at once, no secret shown."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, read_serve_settings, read_settings


@pytest.fixture(autouse=True)
def _empty_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine that runs the tests, and no .env."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_defaults_need_nothing() -> None:
    """The command line works without any setting."""
    settings = read_settings()
    assert settings.telegram_bot_token is None
    assert settings.corpus == Path("seeds")
    assert settings.telegram_api_url == "https://api.telegram.org"


def test_all_problems_are_reported_together_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """One start is enough to learn of all of them; the value of a secret is not repeated."""
    wrong = {
        "TELEGRAM_BOT_TOKEN": "my-secret-token",
        "TELEGRAM_API_URL": "api.telegram.org",
        "DATABASE_URL": "mysql://user:password@host/db",
        "ADMIN_IDS": "12,@ada",
        "PASSAGES": "0",
        "MAX_SHRINK": "101",
        "JUDGED_GATE": "perhaps",
        "START_WAIT": "soon",
        "LOG_LEVEL": "LOUD",
        "HASH_KEY": "too short",
        "WEB": "on",
        "FEEDS": "news.example/feed",
        "FEED_MINUTES": "0",
        "LISTEN": "8080",
        "WEBHOOK_URL": "bot.example.org",
        "WEBHOOK_SECRET": "too short a secret!",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert all(f"  {name}: " in str(caught.value) for name in wrong)
    assert "my-secret-token" not in str(caught.value)
    assert "too short" not in str(caught.value)
    assert "password" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("[::1]:8080", ("::1", 8080)),
        ("localhost:0", ("localhost", 0)),
        *[(text, None) for text in ("8080", ":8080", "::1:8080", "[::1]", "a:b", "a:65536", "a:-1", "[a]:1", "a:１")],
    ],
)
def test_where_to_listen_is_a_host_and_a_port(text: str, address: tuple[str, int] | None) -> None:
    """An IPv6 number in brackets, as in addresses."""
    if address is None:
        with pytest.raises(SettingsError, match=r"LISTEN: must be a host and a port, like 127\.0\.0\.1:8080"):
            read_settings(listen=text)
    else:
        assert read_settings(listen=text).listen == address


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"webhook_url": "https://example.org"}, "needs LISTEN"),
        ({"webhook_url": "http://example.org", "listen": "a:1"}, "must begin with https://"),
        ({"webhook_url": "https://user:word@example.org", "listen": "a:1"}, "must be an address like"),
        ({"webhook_url": "https://example.org/?secret", "listen": "a:1"}, "must be an address like"),
        ({"webhook_secret": "with spaces and more"}, "must be 16 to 256 characters"),
    ],
)
def test_a_webhook_is_one_that_telegram_takes(more: dict[str, str], reason: str) -> None:
    """A server of one's own takes http as well."""
    with pytest.raises(SettingsError, match=reason):
        read_settings(**more)
    read_settings(webhook_url="http://example.org", listen="a:1", telegram_api_url="http://127.0.0.1:8081")


def test_a_webhook_without_a_path_has_ours() -> None:
    """The address that the web side answers at."""
    found = [read_settings(webhook_url=f"https://x.org{path}", listen="a:1").webhook_url for path in ("", "/", "/b/c")]
    assert found == ["https://x.org/telegram", "https://x.org/telegram", "https://x.org/b/c"]


def test_the_secret_of_the_webhook_stays_the_same() -> None:
    """Derived from the token, which it does not tell; or as set."""
    settings = read_serve_settings(telegram_bot_token="1:a")
    secret = settings.secret_of_webhook()
    assert secret == read_serve_settings(telegram_bot_token="1:a").secret_of_webhook()
    assert secret != read_serve_settings(telegram_bot_token="1:b").secret_of_webhook()
    assert len(secret) == 64
    assert (
        read_serve_settings(telegram_bot_token="1:a", webhook_secret="own-secret-of-16").secret_of_webhook()
        == "own-secret-of-16"
    )
    assert "own-secret" not in repr(read_settings(webhook_secret="own-secret-of-16"))


def test_what_admins_add_lies_in_a_folder_of_its_own() -> None:
    """Else every article would be there twice."""
    with pytest.raises(SettingsError, match="ADDED: must be another folder than CORPUS"):
        read_settings(corpus=Path("articles"), added=Path("articles"))


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the forms that people use."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:AbC-d_f")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081/")
    monkeypatch.setenv("ADMIN_IDS", " 12, 34,")
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///log.db")  # as it was written once
    monkeypatch.setenv("HASH_KEY", "")
    settings = read_settings(corpus=Path("articles"), log_level=None)
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert settings.admin_ids == {12, 34}
    assert settings.database_url == "sqlite:///log.db"
    assert settings.corpus == Path("articles")
    assert settings.hash_key is None
    assert "AbC-d_f" not in repr(settings)


def test_a_dot_env_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment stands above it."""
    (tmp_path / ".env").write_text("PASSAGES=5\nCORPUS=here\nUNRELATED=1\n")
    monkeypatch.setenv("CORPUS", "there")
    assert read_settings().passages == 5
    assert read_settings().corpus == Path("there")


def test_settings_do_not_change() -> None:
    """Read once, the same for everybody."""
    with pytest.raises(ValueError, match="frozen"):
        read_settings().passages = 5


@pytest.mark.parametrize(
    "url",
    [
        "api.telegram.org",
        "ftp://127.0.0.1",
        "http://",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:0",
        "http://127.0.0.1:port",
        "http://user:password@127.0.0.1",
        "http://127.0.0.1/?a=b",
        "http://127.0.0.1/#a",
        "http://127.0.0.1/a b",
        "http://[::1",
    ],
)
def test_what_is_no_server_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Before a token is ever sent there."""
    monkeypatch.setenv("TELEGRAM_API_URL", url)
    with pytest.raises(SettingsError, match="TELEGRAM_API_URL: must be the address") as caught:
        read_settings()
    assert "password" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://host/db",
        "sqlite://host/log.db",
        "sqlite://user:password@/log.db",
        "sqlite:///log.db?nonsense=1",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite://host:port/log.db",
        "log.db",
    ],
)
def test_what_is_no_file_is_refused_as_a_log(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """A sentence, whatever is wrong."""
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(SettingsError, match="DATABASE_URL: must ") as caught:
        read_settings()
    assert "password" not in str(caught.value)


def test_an_id_is_a_number_that_telegram_could_give(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not one of a million digits."""
    monkeypatch.setenv("ADMIN_IDS", "9" * 5000)
    with pytest.raises(SettingsError, match="ADMIN_IDS: must be numbers"):
        read_settings()


def test_the_bot_needs_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is one problem among others."""
    monkeypatch.setenv("PASSAGES", "0")
    with pytest.raises(SettingsError) as caught:
        read_serve_settings()
    assert "TELEGRAM_BOT_TOKEN: must be set; @BotFather gives you one" in str(caught.value)
    assert "PASSAGES: " in str(caught.value)


def test_a_dot_env_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    """With the way out."""
    (tmp_path / ".env").write_bytes("CORPUS=häuser".encode("latin-1"))
    with pytest.raises(SettingsError, match=r"\.env is not UTF-8"):
        read_settings()


def test_feeds_are_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each once, in their order; nothing is fetched before somebody allowed it."""
    monkeypatch.setenv("FEEDS", "https://b.example/feed?a=b, https://a.example/feed ,, https://b.example/feed?a=b")
    with pytest.raises(SettingsError, match="FEEDS: needs WEB=public"):
        read_settings()
    monkeypatch.setenv("WEB", "public")
    assert read_settings().feeds == ("https://b.example/feed?a=b", "https://a.example/feed")
    for wrong in ("feed", "ftp://a.example/", "https://", "https://a:b@a.example/", "https://a.example/ b"):
        monkeypatch.setenv("FEEDS", wrong)
        with pytest.raises(SettingsError, match="FEEDS: must be addresses"):
            read_settings()
