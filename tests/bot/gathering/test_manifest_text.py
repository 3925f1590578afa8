"""Entering an article into a manifest: nothing else in it changes, whatever is in it."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gathering.manifest_text import UnfitManifestError, with_entry

ENTRY: dict[str, str | bool] = {"file": "a.html", "url": "https://example.org/a"}
TEXTS = st.text(max_size=20)


def articles(text: str) -> list[dict[str, Any]]:
    """What a manifest says."""
    found: list[dict[str, Any]] = tomllib.loads(text).get("article", [])
    return found


def test_the_first_entry_makes_the_manifest() -> None:
    """As a person would write it."""
    text, replaced = with_entry("", ENTRY | {"approximate": True})
    assert text == '[[article]]\nfile = "a.html"\nurl = "https://example.org/a"\napproximate = true\n'
    assert replaced == frozenset()


def test_what_a_person_wrote_stays_as_it_is() -> None:
    """Comments, order and line ends too."""
    written = '# mine\r\n[[article]]\r\nfile = "b.txt" # note\r\n\r\n# last'
    text, _ = with_entry(written, ENTRY)
    assert text.startswith(written + "\n\n[[article]]\n")
    assert [each["file"] for each in articles(text)] == ["b.txt", "a.html"]


def test_the_same_url_takes_the_place_of_the_entry_before() -> None:
    """Its old file is named; remarks and neighbours stay."""
    one = '[[article]]\nfile = "a.pdf"\nurl = "https://example.org/a"\ntitle = "Old"\n\n# of b\n'
    other = '[[article]]\nfile = "b.html"\nurl = "https://example.org/b"\n'
    text, replaced = with_entry(one + other + "\n" + one, ENTRY)
    ours = '[[article]]\nfile = "a.html"\nurl = "https://example.org/a"\n\n# of b\n'
    assert text.startswith(ours + other)
    assert len(articles(text)) == 2
    assert replaced == {"a.pdf"}
    assert with_entry(text, ENTRY) == (text, frozenset())


@given(st.dictionaries(st.sampled_from(["title", "publisher"]), st.text(st.characters(exclude_categories=["Cs"]))))
def test_any_text_can_be_entered(facts: dict[str, str]) -> None:
    """And is read again as it was."""
    text, _ = with_entry("", ENTRY | facts)
    assert articles(text) == [ENTRY | facts]


def test_half_a_character_is_entered_as_a_box() -> None:
    """No file can hold it."""
    text, _ = with_entry("", ENTRY | {"title": "a\ud800"})
    assert articles(text)[0]["title"] == "a\N{REPLACEMENT CHARACTER}"


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4), st.sampled_from(["", "\n", "\n\n", "# end", "x = 1 = 2\n"]))
def test_other_entries_are_never_touched(others: list[tuple[str, str]], end: str) -> None:
    """Of a manifest with faults either."""
    text = ""
    for name, title in others:
        clean = {"file": name, "title": title, "url": f"https://example.org/{len(text)}"}
        text, _ = with_entry(text, {key: value.encode("utf-8", "replace").decode() for key, value in clean.items()})
    after, _ = with_entry(text + end, ENTRY)
    assert after.startswith((text + end).rstrip("\n"))
    if "=" not in end:
        assert articles(after) == [*(each for each in articles(text) if each["file"] != "a.html"), ENTRY]


@pytest.mark.parametrize(
    "text",
    [
        'article = [{file = "b.txt"}]',
        'article = "none"',
        'note = """\n[[article]]\nfile = "a.html"\n[[article]]\n"""\n',
    ],
)
def test_what_cannot_be_entered_without_harm_is_refused(text: str) -> None:
    """With the way out."""
    with pytest.raises(UnfitManifestError, match="as \\[\\[article\\]\\] tables"):
        with_entry(text, ENTRY)
