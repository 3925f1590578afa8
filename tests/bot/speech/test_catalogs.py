"""The catalogs say in every language what the sources say in English."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.speech import LANGUAGES, speech_in
from bot.speech.catalogs import FOLDER
from bot.telegram import texts
from tests.bot_api import td
from tests.builders import SEEDS

BOT = SEEDS.parent / "bot"
TRANSLATED = LANGUAGES[1:]
KEYWORDS: dict[str, Any] = {"N_": None, "say": None, "plural": (1, 2)}  # as in the Makefile
LONGEST_DESCRIPTION = 256  # characters of a command's line in Telegram's menu
LONGEST_SELF_DESCRIPTION = 512  # of what stands in an empty chat
LONGEST_SHORT_DESCRIPTION = 120  # of what stands on the bot's page


def said_in_sources() -> set[str]:
    """Every English sentence that the sources mark; of plurals the first."""
    found = extract_from_dir(BOT, [("**.py", "python")], keywords=KEYWORDS)
    return {_first(ids) for _, _, ids, _, _ in found}


def catalog_of(language: str) -> Catalog:
    """As it lies in the folder."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def messages_of(language: str) -> list[Message]:
    """Its translations, without the header."""
    return [message for message in catalog_of(language) if message.id]


def pairs_of(language: str) -> Iterator[tuple[str, str]]:
    """Each translation beside the English that it stands for."""
    for message in messages_of(language):
        originals = message.id if isinstance(message.id, tuple | list) else [message.id]
        translations = _forms(message)
        yield from ((originals[min(at, len(originals) - 1)], each) for at, each in enumerate(translations))


def _first(ids: Any) -> str:
    return ids if isinstance(ids, str) else ids[0]


def _forms(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string or ""]


def _fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_language_has_a_catalog_and_none_lies_there_unused() -> None:
    """And each is part of what is installed."""
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(TRANSLATED)
    assert len(TRANSLATED) >= 4
    pyproject = (BOT.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert '"bot.speech" = ["catalogs/*.po"]' in pyproject


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalog_holds_what_is_said_and_nothing_else(language: str) -> None:
    """`make catalogs` brings it up to date; nothing is guessed and nothing is left over."""
    catalog, said = catalog_of(language), said_in_sources()
    assert len(said) >= 30
    assert {_first(message.id) for message in catalog if message.id} == said
    assert [message.id for message in catalog if message.id and message.fuzzy] == []
    assert list(catalog.obsolete) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_is_translated_in_all_its_forms(language: str) -> None:
    """A language with three forms has three."""
    catalog = catalog_of(language)
    for message in messages_of(language):
        forms = _forms(message)
        assert len(forms) == (catalog.num_plurals if message.pluralizable else 1), message.id
        assert all(form.strip() for form in forms), message.id
        assert not list(message.check(catalog)), message.id


def test_the_forms_of_a_number_are_those_of_the_language() -> None:
    """As Unicode's tables have them, for as many as people count."""
    for language in TRANSLATED:
        catalog, rule = catalog_of(language), Locale(language).plural_form
        form_of = speech_in(language)._translations.plural  # type: ignore[attr-defined]
        if catalog.num_plurals > 1:  # else a noun after a number stays as it is
            kinds = {count: (rule(count), form_of(count)) for count in range(1, 300)}
            assert len(set(kinds.values())) == catalog.num_plurals, language


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_takes_the_same_words_in_as_the_original(language: str) -> None:
    """Nothing is lost, and nothing is asked for that is not there."""
    for original, translation in pairs_of(language):
        assert _fields(translation) == _fields(original), original


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_is_built_as_the_original(language: str) -> None:
    """The same lines, the same points of a list, the same commands that can be touched."""
    for original, translation in pairs_of(language):
        assert translation.count("\n") == original.count("\n"), original
        assert translation.count("•") == original.count("•"), original
        assert translation.strip() == translation, original
        assert _commands(translation) == _commands(original), original


def _commands(text: str) -> list[str]:
    """What Telegram makes a command of, in the order of the alphabet."""
    found = [entity for entity in td.find(text) if entity.kind == "bot_command"]
    units = text.encode("utf-16-le")
    return sorted(units[entity.offset * 2 : entity.end * 2].decode("utf-16-le") for entity in found)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_is_not_the_original(language: str) -> None:
    """Except for what is no sentence."""
    assert [
        original for original, text in pairs_of(language) if text == original and any(map(str.isalpha, _bare(text)))
    ] == []


def _bare(text: str) -> str:
    return "".join(literal for literal, _, _, _ in string.Formatter().parse(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_telegram_shows_by_itself_is_short_enough(language: str) -> None:
    """For Telegram, in every language."""
    say = speech_in(language)
    lengths = [len(say(description)) for _, description in texts.COMMANDS]
    assert max(lengths) <= LONGEST_DESCRIPTION
    assert len(say(texts.DESCRIPTION)) <= LONGEST_SELF_DESCRIPTION
    assert len(say(texts.SHORT_DESCRIPTION)) <= LONGEST_SHORT_DESCRIPTION


def _sources() -> list[tuple[Path, ast.Module]]:
    paths = sorted(BOT.rglob("*.py"))
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def test_no_sentence_is_hidden_from_the_catalogs() -> None:
    """One that is said inside of an f-string would not be found in every version of Python, nor one put together."""
    said, looked_at = said_in_sources(), 0
    for path, tree in _sources():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name not in KEYWORDS:
                continue
            assert not isinstance(call.args[0], ast.JoinedStr | ast.BinOp), f"{path}:{call.lineno}"
            if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
                looked_at += 1
                assert call.args[0].value in said, f"{path}:{call.lineno}"
    assert looked_at >= 30


def test_every_text_for_readers_is_marked() -> None:
    """All that the modules of texts hold but the names of commands; what admins read stands apart."""
    modules = [(path, tree) for path, tree in _sources() if path.name.endswith("texts.py")]
    trees = [tree for path, tree in modules if path.name != "admin_texts.py"]
    assert 0 < len(trees) < len(modules)
    unmarked = [text for tree in trees for text in _unmarked(tree)]
    assert unmarked == [name for name, _ in texts.COMMANDS]


def _unmarked(tree: ast.Module) -> list[str]:
    marked = {
        id(argument)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "N_"
        for argument in call.args
    }
    docstring = tree.body[0].value if isinstance(tree.body[0], ast.Expr) else None
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert len(marked) >= 2
    return [str(node.value) for node in strings if id(node) not in marked and node is not docstring]
