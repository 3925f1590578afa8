"""A package's public names are those that it lists."""

import inspect
from types import ModuleType

import pytest

import db
import retrieval
import retrieval.evaluation
from tests.builders import SEEDS

ROOT = SEEDS.parent


@pytest.mark.parametrize("package", [retrieval, retrieval.evaluation, db])
def test_all_lists_the_public_names(package: ModuleType) -> None:
    """In order; nothing public is unlisted."""
    public = {name for name, value in vars(package).items() if not name.startswith("_") and not inspect.ismodule(value)}
    assert set(package.__all__) == public
    assert len(public) >= 6
    assert sorted(package.__all__, key=lambda name: (not name.isupper(), name)) == package.__all__


@pytest.mark.parametrize("package", [retrieval, retrieval.evaluation, db])
def test_every_public_name_has_a_docstring(package: ModuleType) -> None:
    """Of its own, not one inherited; public methods too."""
    for name in package.__all__:
        value = getattr(package, name)
        if isinstance(value, int | float | str | tuple):
            continue
        assert value.__doc__, name
        methods = inspect.getmembers(value, inspect.isfunction) if inspect.isclass(value) else []
        assert [method for method, code in methods if not method.startswith("_") and not code.__doc__] == []


def test_modules_say_what_they_answer_and_stay_short() -> None:
    """A room that one can know."""
    paths = [path for package in ("retrieval", "db", "bot") for path in (ROOT / package).rglob("*.py")]
    assert len(paths) > 30
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert text.startswith('"""'), path
        assert text.count("\n") <= 300, path
