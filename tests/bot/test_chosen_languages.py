"""The languages that people chose: known at once, and no matter of a log that fails."""

from pathlib import Path

from bot.chosen_languages import ChosenLanguages
from db import Database, Preferences


async def test_a_choice_is_known_at_once_and_by_the_next_process(tmp_path: Path) -> None:
    """Until it is taken back; others keep theirs."""
    url = f"sqlite:///{tmp_path}/log.db"
    async with Database(url) as database:
        chosen = ChosenLanguages(Preferences(database))
        assert await chosen.of("ada") is None
        await chosen.choose("ada", "hy")
        assert [await chosen.of(person) for person in ("ada", "bob")] == ["hy", None]
    async with Database(url) as database:
        chosen = ChosenLanguages(Preferences(database))
        assert await chosen.of("ada") == "hy"
        await chosen.choose("ada", None)
        assert await chosen.of("ada") is None
        assert await Preferences(database).language_of("ada") is None


async def test_of_more_people_than_are_kept_in_memory_nothing_is_lost(tmp_path: Path) -> None:
    """Those who were not heard for long are looked up again."""
    async with Database(f"sqlite:///{tmp_path}/log.db") as database:
        chosen = ChosenLanguages(Preferences(database), known=2)
        for person in "abcd":
            await chosen.choose(person, "tr")
        assert [await chosen.of(person) for person in "abcda"] == ["tr"] * 5


async def test_a_log_that_cannot_be_read_costs_the_choice_and_not_the_answer(tmp_path: Path) -> None:
    """It is asked again the next time."""
    folder = tmp_path / "log.db"
    folder.mkdir()
    async with Database(f"sqlite:///{folder}") as database:
        chosen = ChosenLanguages(Preferences(database))
        assert await chosen.of("ada") is None
        folder.rmdir()
        await Preferences(database).set_language("ada", "az")
        assert await chosen.of("ada") == "az"
