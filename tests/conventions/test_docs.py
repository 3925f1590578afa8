"""The README cannot rot: what the program has, it names."""

import re
import subprocess
from pathlib import Path

import typer

from bot import errors as bot_errors
from bot.cli import app
from bot.settings import Settings
from bot.telegram import admin_texts, texts
from db import errors as db_errors
from db.tables import Base
from retrieval import errors as retrieval_errors
from tests.builders import SEEDS

ROOT = SEEDS.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "deb.debian" + ".org"]


def test_every_command_and_option_is_in_the_readme() -> None:
    """Those of the command line."""
    group = typer.main.get_command(app)
    commands = dict(group.commands)  # type: ignore[attr-defined]
    below = commands["corpus"].commands.items()
    commands |= {f"corpus {name}": command for name, command in below}
    assert len(commands) >= 12
    options = {option for command in commands.values() for param in command.params for option in param.opts}
    assert [name for name in commands if f"`python -m bot {name}" not in README] == []
    assert [option for option in options if option.startswith("--") and option not in README] == []


def test_every_telegram_command_is_in_the_readme() -> None:
    """Those of the menu and those that are not in it."""
    names = [name for name, _ in (*texts.COMMANDS, *admin_texts.ADMIN_COMMANDS)]
    assert len(names) >= 9
    assert [name for name in [*names, "start"] if f"/{name}" not in README] == []


def test_every_setting_is_in_the_readme_and_in_the_compose_file() -> None:
    """With its default; the container sets those that name its own paths."""
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert len(Settings.model_fields) >= 9
    for name, field in Settings.model_fields.items():
        row = re.search(rf"^\| `{name.upper()}` \| (.*?) \|", README, re.MULTILINE)
        assert row, name
        if isinstance(field.default, str | int | Path):
            shown = str(field.default).lower() if isinstance(field.default, bool) else field.default
            assert row[1] == f"`{shown}`"
        assert f"{name.upper()}:" in compose or f"{name.upper()}=" in dockerfile
        assert field.description


def test_every_table_is_in_the_readme_with_its_columns() -> None:
    """Reviewers read them with tools of their own."""
    assert len(Base.metadata.tables) >= 5
    for table in Base.metadata.tables.values():
        row = re.search(rf"^\| `{table.name}` \| (`.*) \|$", README, re.MULTILINE)
        assert row, table.name
        assert [column.name for column in table.columns if f"`{column.name}`" not in row[1]] == []


def test_every_error_is_in_the_readme_with_its_exit_code() -> None:
    """Everything that can end a command."""
    classes = [
        each
        for module in (bot_errors, db_errors, retrieval_errors)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Exception) and each.__module__ == module.__name__
    ]
    leaves = [each for each in classes if each.__name__ not in {"BotError", "RetrievalError"}]
    assert len(leaves) >= 8
    for each in leaves:
        assert f"`{each.__name__}`" in README
        if issubclass(each, bot_errors.BotError):
            assert f"| {each.exit_code} | `{each.__name__}`" in README


def test_every_module_is_on_the_map() -> None:
    """A newcomer finds every room."""
    packages = [path.parent for root in ("retrieval", "db", "bot") for path in (ROOT / root).rglob("__init__.py")]
    assert len(packages) >= 5
    for package in packages:
        if package.name in {"lexicon", "migrations", "versions"}:  # one module a language, one a version
            continue
        modules = [path.name for path in package.glob("*.py") if not path.name.startswith("_")]
        assert modules
        assert [name for name in modules if name not in README and name != "errors.py"] == []


def tracked() -> list[Path]:
    """The files of the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_the_top_level_holds_what_it_may() -> None:
    """A room for everything, and nothing in the hall."""
    allowed = {
        "pyproject.toml", "README.md", "docker-compose.yml", "Makefile", "Dockerfile", "LICENSE", "requirements.txt",
        "requirements-dev.txt", "seeds", "retrieval", "db", "bot", "tests",
    }  # fmt: skip
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in top if not name.startswith(".")} == allowed


def test_no_file_names_a_registry() -> None:
    """Lock files hold hashes, no addresses."""
    files = [path for path in tracked() if path.is_file()]
    assert len(files) > 50
    texts_of = {path: path.read_text(encoding="utf-8", errors="replace") for path in files}
    assert [path.name for path, text in texts_of.items() if any(host in text for host in REGISTRIES)] == []
    locks = [text for path, text in texts_of.items() if path.name.startswith("requirements")]
    assert all("--hash=sha256:" in text and "://" not in text for text in locks)


def test_every_dependency_says_why_it_is_there() -> None:
    """In a line, beside its name."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = re.findall(r'^    "[A-Za-z][^"]*(?:>=|",)[^\n]*$', text, re.MULTILINE)
    named = [line for line in lines if "==" in line or ">=" in line]
    assert len(named) >= 20
    assert [line for line in named if "# " not in line] == []
