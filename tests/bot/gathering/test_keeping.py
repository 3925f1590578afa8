"""Keeping pages and documents: safe names, whole files, nothing lost."""

import os
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import KeepError
from bot.gathering.keeping import LARGEST_DOCUMENT, document_name, keep_document, keep_file, page_name
from retrieval.formats import SUFFIXES

URL = "https://example.org/a"


def names(folder: Path) -> list[str]:
    """What an admin sees in the folder."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_page_is_kept_with_its_entry(tmp_path: Path) -> None:
    """In a folder that is made; everybody on the machine may read it."""
    folder = tmp_path / "data" / "added"
    keep_file(folder, "a.html", b"<p>a", {"url": URL, "title": "A"})
    assert (folder / "a.html").read_bytes() == b"<p>a"
    assert (folder / "a.html").stat().st_mode & 0o777 == 0o644
    entries = tomllib.loads((folder / "manifest.toml").read_text())["article"]
    assert entries == [{"file": "a.html", "url": URL, "title": "A"}]
    assert names(folder) == ["a.html", "manifest.toml"]


def test_the_same_url_replaces_its_file(tmp_path: Path) -> None:
    """Also one of another kind, which is removed; nothing outside of the folder ever is."""
    outside = tmp_path / "outside.html"
    outside.write_bytes(b"mine")
    folder = tmp_path / "added"
    folder.mkdir()
    (folder / "manifest.toml").write_text(
        f'[[article]]\nfile = "a.pdf"\nurl = "{URL}"\n[[article]]\nfile = "../outside.html"\nurl = "{URL}"\n'
    )
    (folder / "a.pdf").write_bytes(b"old")
    keep_file(folder, "a.html", b"new", {"url": URL})
    keep_file(folder, "a.html", b"newer", {"url": URL})
    assert names(folder) == ["a.html", "manifest.toml"]
    assert (folder / "a.html").read_bytes() == b"newer"
    assert outside.exists()


@pytest.mark.parametrize("manifest", [b"\xff\xfe", b'article = [{file = "b.txt"}]'])
def test_a_manifest_that_takes_no_entry_is_left_as_it_is(tmp_path: Path, manifest: bytes) -> None:
    """And no page is kept without one."""
    (tmp_path / "manifest.toml").write_bytes(manifest)
    with pytest.raises(KeepError, match=r"manifest.toml"):
        keep_file(tmp_path, "a.html", b"new", {"url": URL})
    assert (tmp_path / "manifest.toml").read_bytes() == manifest
    assert names(tmp_path) == ["manifest.toml"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """With the setting that names another."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(KeepError, match="ADDED names another folder"):
        keep_document("a.txt", b"a", tmp_path / "file" / "added")


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    """No half of a file, no rest of an attempt."""
    (tmp_path / "a.html").mkdir()
    with pytest.raises(KeepError):
        keep_file(tmp_path, "a.html", b"new", {"url": URL})
    assert (tmp_path / "a.html").is_dir()
    assert [path.name for path in tmp_path.iterdir() if path.name not in {".lock", "a.html", "manifest.toml"}] == []


def test_many_may_write_at_once(tmp_path: Path) -> None:
    """No entry is lost."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: keep_file(tmp_path, f"{n}.html", b"x", {"url": f"{URL}/{n}"}), range(40)))
    assert len(tomllib.loads((tmp_path / "manifest.toml").read_text())["article"]) == 40


def test_a_document_is_kept_under_its_name(tmp_path: Path) -> None:
    """The same again changes nothing, another one of that name takes its place."""
    assert keep_document("report-2023.txt", b"one", tmp_path) == "report-2023.txt"
    os.utime(tmp_path / "report-2023.txt", (1, 1))
    assert keep_document("report-2023.txt", b"one", tmp_path) == "report-2023.txt"
    assert (tmp_path / "report-2023.txt").stat().st_mtime == 1
    keep_document("report-2023.txt", b"two", tmp_path)
    assert (tmp_path / "report-2023.txt").read_bytes() == b"two"
    assert names(tmp_path) == ["report-2023.txt"]


def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    """What it leads to stays as it is."""
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "added").mkdir()
    (tmp_path / "added" / "a.txt").symlink_to(tmp_path / "mine")
    keep_document("a.txt", b"other", tmp_path / "added")
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert (tmp_path / "added" / "a.txt").read_bytes() == b"other"
    (tmp_path / "added" / "b.txt").symlink_to(tmp_path / "mine")
    keep_document("b.txt", b"mine", tmp_path / "added")
    assert not (tmp_path / "added" / "b.txt").is_symlink()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/cron.txt", "cron-"),
        ("C:\\Users\\ada\\Report.TXT", "report-"),
        (".hidden.txt", "hidden-"),
        ("Отчёт за май.txt", "otchet-za-may-"),
        ("a\0b\n\u202e.txt", "a-b-"),
        ("….txt", "article-"),
        ("a" * 500 + ".txt", "a" * 80 + "-"),
    ],
)
def test_unsafe_names_are_replaced(name: str, safe: str) -> None:
    """By one that still tells what it was, and never that of another document."""
    assert document_name(name).startswith(safe[:-1])
    assert document_name(name) == document_name(f"x/{name}")
    assert document_name("á.txt") != document_name("à.txt")


@given(st.text(), st.sampled_from(sorted(SUFFIXES)))
@example("0" * 81, ".txt")
@example("-a.-.", ".txt")
@example("", ".txt")
@example("0…0", ".txt")
def test_any_name_becomes_a_safe_one(stem: str, suffix: str) -> None:
    """In the folder, visible, of its kind, not too long; itself when it is one."""
    name = document_name(stem + suffix)
    assert name.isascii()
    assert name.isprintable()
    assert name[0].isalnum()
    assert not set(name) & set("/\\: ")
    assert name.endswith(suffix)
    assert len(name) <= 108
    assert document_name(name) == name


@pytest.mark.parametrize("name", ["manifest.toml", "program.exe", "archive.tar", "txt", "", "a.txt/", "a.txt\0"])
def test_a_document_of_an_unknown_kind_is_refused(tmp_path: Path, name: str) -> None:
    """With the kinds that are known."""
    with pytest.raises(KeepError, match=r"no kind that is read: .*\.txt"):
        keep_document(name, b"x", tmp_path)
    assert names(tmp_path) == []


def test_an_empty_or_a_huge_document_is_refused(tmp_path: Path) -> None:
    """Before anything is written."""
    with pytest.raises(KeepError, match="is empty"):
        keep_document("a.txt", b"", tmp_path)
    with pytest.raises(KeepError, match="larger than 20 MB"):
        keep_document("a.txt", bytes(LARGEST_DOCUMENT + 1), tmp_path)
    assert names(tmp_path) == []


def test_a_page_is_named_after_its_address() -> None:
    """Always the same name for one, another for another."""
    url = "https://www.example.org/News/%D0%BC%D0%B8%D1%80?id=1"
    assert page_name(url, ".html") == page_name(url, ".html")
    assert page_name(url, ".html").startswith("www.example.org-news-mir-")
    assert page_name(url, ".html") != page_name(url[:-1] + "2", ".html")


@given(st.text())
def test_any_address_has_a_safe_name(path: str) -> None:
    """Whatever stands in it."""
    name = page_name(f"https://example.org/{path}", ".html")
    assert name.isascii()
    assert name[0].isalnum()
    assert not set(name) & set("/\\: ")
