"""Only files that changed are read again, and every change is seen."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval import CorpusError, CorpusStore, Engine, Report, Source
from tests.builders import write_corpus
from tests.retrieval.store.keeping import load, store_at

ROAD = "The road to Goris was reopened by engineers in November after heavy floods."
BREAD = "Bakers in the old town bake bread with rye flour and salt every morning."
FILES: dict[str, str | bytes] = {"bread.txt": BREAD, "deep/er/road.txt": ROAD}
_watchers: list[Callable[[str], None]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watchers and event == "open" and isinstance(arguments[0], str):
        for watcher in _watchers:
            watcher(arguments[0])


sys.addaudithook(_watch)  # the interpreter tells what it opens; nothing is replaced


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """Names of the files that are opened, as it happens."""
    names: list[str] = []
    watcher = lambda path: names.append(Path(path).name)  # noqa: E731
    _watchers.append(watcher)
    yield names
    _watchers.remove(watcher)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles."""
    return write_corpus(tmp_path / "corpus", FILES)


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> CorpusStore:
    """With both loaded."""
    store = store_at(folder, tmp_path / "home")
    load(store)
    return store


def changes(report: Report) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Added, changed, removed."""
    return report.added, report.changed, report.removed


def test_unchanged_files_are_not_read_again(store: CorpusStore, folder: Path, opened: list[str]) -> None:
    """And of the others only those that changed."""
    load(store)
    assert not {"bread.txt", "road.txt"} & set(opened)
    write_corpus(folder, {"bread.txt": BREAD.replace("rye", "oat"), "new.txt": ROAD.replace("Goris", "Tatev")})
    opened.clear()
    assert changes(load(store)) == (("new.txt",), ("bread.txt",), ())
    assert {"bread.txt", "new.txt"} <= set(opened)
    assert "road.txt" not in opened


def test_a_change_that_keeps_size_and_time_is_seen(store: CorpusStore, folder: Path) -> None:
    """As by a tool that sets the time back, or a backup that is copied over."""
    path = folder / "bread.txt"
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    path.write_text(BREAD.replace("rye", "oat"))
    os.utime(path, ns=times)
    assert load(store).changed == ("bread.txt",)
    other = folder.parent / "other.txt"
    other.write_text(BREAD)
    os.utime(other, ns=times)
    other.replace(path)
    assert load(store).changed == ("bread.txt",)


def test_a_file_that_was_touched_is_the_same(store: CorpusStore, folder: Path, opened: list[str]) -> None:
    """It is read, once, and found to say the same."""
    version = store.version
    (folder / "bread.txt").touch()
    report = load(store)
    assert (changes(report), report.after) == (((), (), ()), version)
    assert "bread.txt" in opened
    opened.clear()
    load(store)
    assert "bread.txt" not in opened


def test_files_come_go_and_move(store: CorpusStore, folder: Path) -> None:
    """A file that is renamed is another article, unless the manifest gives it an id."""
    (folder / "bread.txt").rename(folder / "loaf.txt")
    assert changes(load(store)) == (("loaf.txt",), (), ("bread.txt",))
    write_corpus(folder, {}, '[[article]]\nfile = "loaf.txt"\nid = "bread"\n')
    load(store)
    (folder / "loaf.txt").rename(folder / "roll.txt")
    write_corpus(folder, {}, '[[article]]\nfile = "roll.txt"\nid = "bread"\n')
    assert changes(load(store)) == ((), ("roll.txt",), ())
    (folder / "deep" / "er" / "road.txt").unlink()
    assert changes(load(store)) == ((), (), ("deep/er/road.txt",))


def test_what_the_manifest_says_of_a_file_counts(store: CorpusStore, folder: Path, opened: list[str]) -> None:
    """Only that file is read anew; where its entry stands does not matter."""
    entry = '[[article]]\nfile = "bread.txt"\npublisher = "The Baker"\n'
    write_corpus(folder, {}, entry)
    assert load(store).changed == ("bread.txt",)
    assert "road.txt" not in opened
    opened.clear()
    write_corpus(folder, {}, f"# Bread\n\n{entry}")
    assert load(store).changed == ()
    assert "bread.txt" not in opened
    (folder / "manifest.toml").unlink()
    assert load(store).changed == ("bread.txt",)


def test_a_rejection_names_the_line_of_today(store: CorpusStore, folder: Path) -> None:
    """Also that of an entry whose file is not read again."""
    write_corpus(folder, {"table.jsonl": json.dumps({"id": "a", "text": ROAD + " Again."})})
    entry = '[[article]]\nfile = "table.jsonl"\ntitle = "Both"\n'
    write_corpus(folder, {}, entry)
    [said] = load(store).rejections
    assert str(said).startswith("manifest.toml:1: title cannot hold")
    write_corpus(folder, {}, f"# Tables\n\n{entry}")
    [said] = load(store).rejections
    assert str(said).startswith("manifest.toml:3: title cannot hold")


def test_a_rejection_goes_with_what_was_wrong(store: CorpusStore, folder: Path) -> None:
    """Of a file that was mended, and of one that was taken away; that of a third stays."""
    for name in ("mended", "removed", "stays"):
        (folder / f"{name}.txt").write_bytes(b"Bread\0 is dear.\n")
    assert {each.path for each in load(store).rejections} == {"mended.txt", "removed.txt", "stays.txt"}
    (folder / "mended.txt").write_text("The baker of the village sells bread again, she said on Monday.\n")
    (folder / "removed.txt").unlink()
    assert [each.path for each in load(store).rejections] == ["stays.txt"]


def test_aliases_make_another_version(store: CorpusStore, folder: Path, opened: list[str]) -> None:
    """Of the same articles; none is read."""
    version = store.version
    (folder / "aliases.toml").write_text('same = [["Goris", "Gerusy"]]')
    report = load(store)
    assert changes(report) == ((), (), ())
    assert report.after == store.version != version
    assert not {"bread.txt", "road.txt"} & set(opened)
    retriever = store.open()
    assert retriever
    assert retriever.answer("When was the road to Gerusy reopened?").passages
    (folder / "aliases.toml").unlink()
    assert load(store).after == version


def test_a_file_that_changes_while_it_is_read_is_read_again(
    store: CorpusStore, folder: Path, opened: list[str]
) -> None:
    """What was read first may be half of it."""
    path = folder / "bread.txt"
    path.write_text("Half of")
    writing = [BREAD.replace("rye", "oat")]

    def writer(name: str) -> None:
        if writing and name == str(path):
            text = writing.pop()
            path.write_text(text)

    _watchers.append(writer)
    try:
        load(store)
    finally:
        _watchers.remove(writer)
    opened.clear()
    load(store)
    assert "bread.txt" in opened
    retriever = store.open()
    assert retriever
    assert {article.body for article in retriever.catalog.articles()} == {ROAD, BREAD.replace("rye", "oat")}
    opened.clear()
    load(store)
    assert "bread.txt" not in opened


def test_of_a_thousand_rows_one_changes(folder: Path, tmp_path: Path) -> None:
    """Its article alone is indexed anew."""
    rows = [
        {"id": f"r{at}", "text": f"The bridge number {at} was opened by the mayor of the town."} for at in range(1000)
    ]
    path = folder / "table.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    store = store_at(folder, tmp_path / "home")
    assert len(load(store).added) == 1002
    rows[500]["text"] = "The bridge number 500 was closed by engineers."
    path.write_text("\n".join(map(json.dumps, rows)))
    told: list[tuple[str, int, int]] = []
    with store.staging(lambda *step: told.append(step)) as staged:
        staged.apply()
    assert changes(staged.report) == ((), ("table.jsonl#r500",), ())
    assert staged.report.unchanged == 1001
    assert max(total for stage, _, total in told if stage == "analysing") == 2  # one goes, one comes
    del rows[3]
    path.write_text("\n".join(map(json.dumps, rows)))
    assert changes(load(store)) == ((), (), ("table.jsonl#r3",))


@pytest.mark.usefixtures("store")
def test_two_sources(folder: Path, tmp_path: Path) -> None:
    """What is added has its own place, manifest and aliases; the first source counts where ids are the same."""
    added = tmp_path / "added"
    sources = [Source(folder), Source(added, "added/", optional=True)]
    both = CorpusStore(tmp_path / "home", sources, Engine.DISK)
    assert changes(load(both)) == ((), (), ())
    write_corpus(added, {"bread.txt": f"{BREAD} Added.", "twin.txt": f"{ROAD} Added.", "bad.txt": b"\xff"})
    write_corpus(added, {"aliases.toml": "same = 1"}, '[[article]]\nfile = "twin.txt"\nid = "bread"\nbad = 1\n')
    report = load(both)
    assert report.added == ("added/bread.txt",)
    paths = {each.path for each in report.rejections}
    assert paths >= {"added/manifest.toml", "added/bad.txt", "added/aliases.toml"}
    assert any("duplicate id 'bread'" in each.reason for each in report.rejections)
    (folder / "bread.txt").unlink()
    report = load(both)
    assert report.changed == ("added/twin.txt",)
    added.rename(tmp_path / "away")
    assert load(both).removed == ("added/bread.txt", "added/twin.txt")


def test_a_missing_source_is_an_error_unless_it_may_be_missing(tmp_path: Path) -> None:
    """A folder that is not mounted must not empty the corpus."""
    with pytest.raises(CorpusError, match="no such corpus folder"):
        load(store_at(tmp_path / "none", tmp_path / "home"))
    optional = CorpusStore(tmp_path / "home", [Source(tmp_path / "none", optional=True)])
    with pytest.raises(CorpusError, match="nothing to quote"):
        load(optional)


def test_any_path_is_a_path(store: CorpusStore, folder: Path, opened: list[str]) -> None:
    """Longer than a key of the store, in any script, or no text at all: the last is reported, again and again."""
    deep = "/".join(["a" * 200] * 4)
    names = [f"{deep}/b.txt", "Дорога в Горис.txt", "new\nline.txt", "#1.txt"]
    write_corpus(folder, {name: f"{ROAD} In file {at}." for at, name in enumerate(names)})
    with open(os.fsencode(folder) + b"/odd\xff.txt", "wb") as file:  # noqa: PTH123  # no text is its path
        file.write(ROAD.encode())
    report = load(store)
    assert sorted(report.added) == sorted(names)
    assert [each.reason for each in report.rejections] == ["its name is not UTF-8: rename it"]
    opened.clear()
    report = load(store)
    assert changes(report) == ((), (), ())
    assert [each.reason for each in report.rejections] == ["its name is not UTF-8: rename it"]
    assert "b.txt" not in opened


def test_names_depend_on_the_content_only(folder: Path, tmp_path: Path) -> None:
    """Not on the engine, on the order in which files came, nor on their times."""
    other = tmp_path / "other"
    for name in sorted(FILES, reverse=True):
        write_corpus(other, {name: FILES[name]})
        os.utime(other / name, (1, 1))
    names = {load(store_at(folder, tmp_path / engine, engine)).after for engine in Engine}
    names |= {load(store_at(other, tmp_path / f"other-{engine}", engine)).after for engine in Engine}
    assert len(names) == 1
    store = store_at(folder, tmp_path / "home")
    write_corpus(folder, {"more.txt": "More of the same in another article."})
    load(store)
    (folder / "more.txt").unlink()
    assert {load(store).after} == names
