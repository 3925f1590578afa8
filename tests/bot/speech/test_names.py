"""What languages are called."""

import pytest

from bot.speech import LANGUAGES, language_named, own_name


def test_a_button_says_a_language_in_that_language() -> None:
    """Whoever looks for theirs can read it."""
    assert [own_name(code) for code in LANGUAGES] == ["English", "Русский", "Türkçe", "Azərbaycan", "Հայերեն"]


@pytest.mark.parametrize(
    ("words", "language"),
    [
        *((code, code) for code in LANGUAGES),
        *((own_name(code), code) for code in LANGUAGES),
        (" RU ", "ru"),
        ("ru-RU", "ru"),
        ("Russian", "ru"),
        ("русский", "ru"),
        ("turkce", "tr"),
        ("Ermenice", "hy"),
        ("армянский", "hy"),
        ("azerbaycan", "az"),
        ("de", None),
        ("German", None),
        ("", None),
        ("- \N{PARTY POPPER}", None),
    ],
)
def test_a_language_is_known_by_its_code_and_by_its_names(words: str, language: str | None) -> None:
    """In every language of the interface, with accents or without."""
    assert language_named(words) == language
