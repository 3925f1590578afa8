"""What admins add, and taking it back."""

from pathlib import Path

import pytest

from bot.added_files import keep_seen_page, keep_sent_document, settle, take_back, waiting
from bot.errors import KeepError
from bot.gathering.pages import Preview
from tests.builders import write_corpus

OLD, NEW = b"The ferry was sunk by a storm.", b"The ferry was raised by two cranes."


async def kept(folder: Path, data: bytes) -> Path:
    """A document of that content."""
    return await keep_sent_document("ferry.txt", data, folder)


def visible(folder: Path) -> list[str]:
    """The files that may be articles."""
    return [path.name for path in folder.iterdir() if not path.name.startswith(".")]


async def test_a_new_document_goes_when_it_is_taken_back(tmp_path: Path) -> None:
    """Without a trace."""
    path = await kept(tmp_path, NEW)
    assert path.read_bytes() == NEW
    assert take_back(path)
    assert visible(tmp_path) == []
    assert waiting(tmp_path) == []


async def test_of_two_new_documents_of_one_name_none_comes_again(tmp_path: Path) -> None:
    """The first of them never served."""
    await kept(tmp_path, OLD)
    take_back(await kept(tmp_path, NEW))
    assert visible(tmp_path) == []


async def test_what_serves_is_not_taken_back(tmp_path: Path) -> None:
    """Whoever still asks for it; but what was kept after the others were found is."""
    path = await kept(tmp_path, OLD)
    found = waiting(tmp_path)
    other = await keep_sent_document("crane.txt", NEW, tmp_path)
    settle(found)
    assert not take_back(path)
    assert path.read_bytes() == OLD
    assert take_back(other)
    assert visible(tmp_path) == ["ferry.txt"]


async def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """With the way out."""
    folder = tmp_path / "added"
    folder.write_text("no folder")
    with pytest.raises(KeepError, match="ADDED names another folder"):
        await kept(folder, NEW)


async def test_the_document_before_comes_again(tmp_path: Path) -> None:
    """The one that served, however many were tried since."""
    await kept(tmp_path, OLD)
    settle(waiting(tmp_path))
    await kept(tmp_path, NEW)
    path = await kept(tmp_path, NEW + b" And mended.")
    take_back(path)
    assert path.read_bytes() == OLD


async def test_what_serves_is_not_taken_back_to_what_was_before(tmp_path: Path) -> None:
    """From then on it is what comes again."""
    await kept(tmp_path, OLD)
    await kept(tmp_path, NEW)
    settle(waiting(tmp_path))
    path = await kept(tmp_path, OLD + b"!")
    take_back(path)
    assert path.read_bytes() == NEW


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b" \n", "no article that can be read: empty"),
        ("a.xyz", OLD, "of no kind that is read"),
        ("a.txt", b"", "empty"),
    ],
)
async def test_what_is_no_article_is_not_kept(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    """The reason is told."""
    folder = tmp_path / "added"
    with pytest.raises(KeepError, match=said):
        await keep_sent_document(name, data, folder)
    assert not folder.exists()


def test_a_page_goes_with_its_entry(tmp_path: Path) -> None:
    """And leaves those of others, remarks included."""
    folder = write_corpus(tmp_path, {"other.txt": "x"}, '# by hand\n[[article]]\nfile = "other.txt"\n\n# the end\n')
    before = (folder / "manifest.toml").read_text()
    seen = Preview(
        url="https://example.org/a", data=b"<p>x</p>", suffix=".html", title=None, publisher=None, published=None,
        language="en", paragraphs=1, first="x",
    )  # fmt: skip
    path = keep_seen_page(seen, folder)
    assert "example.org" in (folder / "manifest.toml").read_text()
    take_back(path)
    assert not path.exists()
    assert (folder / "manifest.toml").read_text().rstrip() == before.rstrip()
