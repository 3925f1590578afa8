"""No secret is ever shown, however it gets into a text."""

import base64
import io
import json
import os
from typing import Any, cast
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.redaction import HIDDEN, RedactedStream, Redactor, secrets_of
from bot.settings import read_serve_settings

TOKEN = "4200042:AAH-b_c9Zyx8Wvu7"
texts = st.text(st.characters(codec="utf-8"), max_size=20)
secrets = st.text(st.characters(codec="utf-8"), min_size=10, max_size=40)


@pytest.mark.parametrize(
    "shown",
    [
        f"http://x/bot{TOKEN}/getMe",
        f"http://x/bot{quote(TOKEN, safe='')}/getMe",
        f"http://x/bot{quote(TOKEN, safe='').replace('%3A', '%3a')}/getMe",
        f"the half that is secret: {TOKEN.partition(':')[2]}.",
        f"Basic {base64.b64encode(f'ab:{TOKEN}!'.encode()).decode()}",
        f"Basic {base64.urlsafe_b64encode(f'a:{TOKEN}'.encode()).decode()}",
        TOKEN * 3,
    ],
)
def test_a_token_is_blotted_out(shown: str) -> None:
    """As it is, in addresses, its secret half alone, in the headers of proxies."""
    clean = Redactor([TOKEN])(shown)
    assert HIDDEN in clean
    assert "AAH-b_c9" not in clean
    assert len(clean) <= len(shown) - len(TOKEN) + 3 * len(HIDDEN)


@given(secrets, texts, texts)
def test_any_secret_is_blotted_out(secret: str, before: str, behind: str) -> None:
    """Whatever characters it is made of, and whoever wrote it down."""
    assume(all(part not in HIDDEN for part in secret))
    redactor = Redactor([secret])
    for written in (str, quote, quote_plus, repr, ascii, json.dumps, lambda text: quote(text, safe="")):
        form = written(secret)
        assert form.strip("'\"") not in redactor(f"{before}{form}{behind}")
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        said = redactor(encode(f"{before}{secret}{behind}".encode()).decode())
        assert HIDDEN in said
        whole = encode(f"{before}{secret}{behind}".encode()).decode()
        assert len(said) - len(HIDDEN) <= len(whole) - (len(secret.encode()) - 3) * 4 // 3


def test_what_is_no_secret_stays() -> None:
    """An empty secret hides nothing."""
    assert Redactor(["", TOKEN])("a line of the log, 42: yes") == "a line of the log, 42: yes"


def test_a_stream_writes_no_secret() -> None:
    """And is otherwise the stream that it writes to."""
    below = io.StringIO()
    stream = RedactedStream(below, Redactor([TOKEN]))
    print(f"token {TOKEN}", file=cast("Any", stream))
    stream.writelines(["a ", TOKEN])
    assert below.getvalue() == f"token {HIDDEN}\na {HIDDEN}"
    assert stream.isatty() is False


def test_all_that_is_secret_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every secret setting, and the passwords of proxies, as they are typed and as they are meant."""
    monkeypatch.setenv("HTTPS_PROXY", "http://user:p%40ss@127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "user:word@[")
    settings = read_serve_settings(_env_file=os.devnull, telegram_bot_token=TOKEN, hash_key="sixteen letters!")
    assert {TOKEN, "sixteen letters!", "user:p%40ss", "user:p@ss"} <= set(secrets_of(settings))
    assert settings.secret_of_webhook() in secrets_of(settings)
    assert TOKEN not in repr(settings) + str(settings) + repr(settings.model_dump())
    assert "sixteen" not in repr(settings) + str(settings) + repr(settings.model_dump())
