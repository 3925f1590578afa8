"""What buttons carry."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.buttons import (
    Action,
    Press,
    decision_on_preview,
    decision_on_version,
    file_with_key,
    key_of,
)
from tests.builders import write_corpus

HEX = st.text("0123456789abcdef", min_size=1, max_size=16)


@given(st.sampled_from(Action), HEX, HEX | st.just(""))
def test_a_press_survives_its_way(action: Action, about: str, key: str) -> None:
    """In 64 bytes."""
    press = Press(action, about, key)
    assert Press.read(press.data) == press
    assert 1 <= len(press.data.encode()) <= 64


@given(st.text())
def test_whatever_else_is_pressed_is_none_or_a_press(data: str) -> None:
    """A client can send anything."""
    press = Press.read(data)
    assert press is None or press.data == data


def test_each_decision_has_two_buttons() -> None:
    """Yes and no, about the same thing."""
    for markup in (decision_on_version("a" * 12, "b" * 16), decision_on_preview("c" * 12)):
        (row,) = markup.inline_keyboard
        presses = [Press.read(str(button.callback_data)) for button in row]
        assert len({press.about for press in presses if press}) == 1
        assert len({press.action for press in presses if press}) == 2


def test_a_file_is_found_by_its_key(tmp_path: Path) -> None:
    """Until it is gone."""
    folder = write_corpus(tmp_path, {"a.txt": "a", "b.txt": "b"})
    key = key_of(folder / "b.txt", folder)
    assert file_with_key(key, folder) == folder / "b.txt"
    (folder / "b.txt").unlink()
    assert file_with_key(key, folder) is None
    assert file_with_key("", folder) is None
    assert file_with_key(key, folder / "gone") is None
