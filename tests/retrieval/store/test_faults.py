"""What can go wrong with the folder of the store is told in a sentence with the way out; nothing is damaged by it."""

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval import CorpusError, CorpusStore, Engine, Retriever, Source, StoreError
from retrieval.store.environment import FORMAT
from tests.builders import write_corpus
from tests.retrieval.store.contents import answers, contents
from tests.retrieval.store.keeping import load, store_at
from tests.retrieval.store.test_crashes import write_edition


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus."""
    write_edition(tmp_path / "corpus", 0)
    return tmp_path / "corpus"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Of a store."""
    return tmp_path / "home"


def opened(store: CorpusStore) -> Retriever:
    """What serves."""
    retriever = store.open()
    assert retriever
    return retriever


def database(home: Path) -> Path:
    """The file with the tables."""
    [file] = home.glob("corpus-*.mdb")
    return file


def test_an_empty_store_serves_nothing(folder: Path, home: Path) -> None:
    """And says so."""
    store = store_at(folder, home)
    assert (store.version, store.previous, store.refused, store.open()) == (None, None, None, None)
    with pytest.raises(CorpusError, match="no version to go back to"):
        store.roll_back()


def test_the_home_is_a_file(folder: Path, home: Path) -> None:
    """The sentence names it, and the setting."""
    home.write_text("not a folder")
    with pytest.raises(StoreError, match=rf"{home} cannot be used .*DATA"):
        store_at(folder, home)
    with pytest.raises(StoreError, match="DATA"):
        store_at(folder, home / "below")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_the_home_cannot_be_written(folder: Path, home: Path) -> None:
    """Permissions."""
    home.mkdir(mode=0o500)
    with pytest.raises(StoreError, match="DATA"):
        store_at(folder, home)


def test_the_home_is_on_a_device_that_takes_no_files(folder: Path) -> None:
    """What the system says is passed on, whatever it is."""
    with pytest.raises(StoreError, match="/proc/corpus cannot be used"):
        store_at(folder, Path("/proc/corpus"))


@pytest.mark.parametrize("content", [b"garbage", b"garbage" * 10_000, b"\0" * 4096 * 4])
def test_the_file_holds_something_else(folder: Path, home: Path, content: bytes) -> None:
    """It is left as it is: somebody may want it."""
    home.mkdir()
    (home / f"corpus-{FORMAT}.mdb").write_bytes(content)
    with pytest.raises(StoreError, match="move the folder away"):
        store_at(folder, home)
    assert database(home).read_bytes() == content


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.8, 0.99])
def test_the_file_was_cut_off(folder: Path, home: Path, kept: float) -> None:
    """As by a copy that was broken off: the process does not die of it, whatever is asked."""
    load(store_at(folder, home))
    size = database(home).stat().st_size
    os.truncate(database(home), int(size * kept))
    try:
        store = store_at(folder, home)
        retriever = store.open()
        if retriever:
            answers(retriever)
            list(retriever.catalog.articles())
        load(store)
    except StoreError as error:
        assert "move the folder" in str(error)  # noqa: PT017  # not every part is needed for everything


def test_an_empty_file_is_a_new_store(folder: Path, home: Path) -> None:
    """As left by a process that was killed when it began."""
    home.mkdir()
    (home / f"corpus-{FORMAT}.mdb").touch()
    store = store_at(folder, home)
    assert store.version is None
    assert load(store).added


def test_pages_were_overwritten(folder: Path, home: Path) -> None:
    """Whatever still can be read is; the rest is an error of ours."""
    load(store_at(folder, home))
    size = database(home).stat().st_size
    with database(home).open("r+b") as file:
        for at in range(3 * 4096, size, 2 * 4096):
            file.seek(at + 100)
            file.write(b"\0" * 3000)
    program = (
        "import sys; from pathlib import Path; from retrieval import StoreError\n"
        "from tests.retrieval.store.contents import answers\n"
        "from tests.retrieval.store.keeping import load, store_at\n"
        "try:\n"
        "    store = store_at(Path(sys.argv[1]), Path(sys.argv[2])); retriever = store.open()\n"
        "    print(bool(retriever and answers(retriever))); load(store)\n"
        "except StoreError as error: print(error)\n"
    )
    done = _run(program, folder, home)
    assert "Traceback" not in done.stderr


def test_another_format_is_passed_over(folder: Path, home: Path) -> None:
    """A newer or an older program has its own file beside ours."""
    home.mkdir()
    (home / "corpus-999.mdb").write_bytes(b"of the future")
    load(store_at(folder, home))
    assert (home / "corpus-999.mdb").read_bytes() == b"of the future"


@pytest.mark.parametrize("damage", ["folder", "all", "segments", "meta", "garbage"])
@pytest.mark.parametrize("anew", [True, False])
def test_lost_postings_are_made_again(folder: Path, home: Path, damage: str, *, anew: bool) -> None:
    """From the tables, which hold all articles, when the version is opened or when the next is staged."""
    store = store_at(folder, home)
    load(store)
    before = answers(opened(store))
    [postings] = home.glob("postings-*")
    if damage == "folder":
        shutil.rmtree(postings)
    for file in list(postings.glob("*")):
        if damage == "all" or (damage == "segments" and not file.name.endswith("json")):
            file.unlink()
        elif file.name == "meta.json" and damage in {"meta", "garbage"}:
            file.write_bytes(b"" if damage == "meta" else b"{garbage")
    if anew:
        assert answers(opened(store)) == before
    else:
        write_edition(folder, 1)
        load(store)
        fresh = store_at(folder, home.with_name("fresh"))
        load(fresh)
        assert answers(opened(store)) == answers(opened(fresh))
        assert contents(home) == contents(home.with_name("fresh"))
    load(store)
    assert store.open()


def test_postings_that_are_lost_twice(folder: Path, home: Path) -> None:
    """A staging that made them again was given up: what it made is not taken for what the tables mean."""
    store = store_at(folder, home)
    load(store)
    before = answers(opened(store))
    [postings] = home.glob("postings-*")
    shutil.rmtree(postings)
    write_edition(folder, 2)
    with store.staging():
        pass
    assert answers(opened(store)) == before


def test_the_store_is_removed_while_it_is_used(folder: Path, home: Path) -> None:
    """What serves goes on; what would be lost is not written."""
    store = store_at(folder, home)
    load(store)
    retriever = opened(store)
    before = answers(retriever)
    shutil.rmtree(home)
    assert answers(retriever) == before
    with pytest.raises(StoreError, match="was removed while it was in use: start the program anew"):
        load(store)
    assert answers(retriever) == before


def test_the_corpus_is_gone(folder: Path, home: Path) -> None:
    """What was loaded from it serves on, also in a process that starts now."""
    store = store_at(folder, home)
    load(store)
    before = answers(opened(store))
    shutil.rmtree(folder)
    with pytest.raises(CorpusError, match=f"no such corpus folder: {folder}"):
        load(store)
    folder.write_text("a file")
    with pytest.raises(CorpusError, match="no such corpus folder"):
        load(store)
    folder.unlink()
    write_corpus(folder, {"empty.txt": "", "bad.txt": b"\xff"})
    with pytest.raises(CorpusError, match=r"nothing to quote .*bad.txt:1: not UTF-8"):
        load(store)
    assert answers(opened(store_at(folder, home))) == before


def test_the_disk_is_full(folder: Path, home: Path) -> None:
    """Wherever it happens, nothing has changed and the sentence says what to do; with room, all goes on."""
    store = store_at(folder, home)
    load(store)
    version, before = store.version, answers(opened(store))
    write_edition(folder, 1, size=100)
    program = (
        "import resource, sys; from pathlib import Path; from retrieval import StoreError\n"
        "from tests.retrieval.store.keeping import load, store_at\n"
        "store = store_at(Path(sys.argv[1]), Path(sys.argv[2])); most = int(sys.argv[3])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))\n"
        "try: load(store); print('loaded')\n"
        "except StoreError as error: print(error)\n"
    )
    said = []
    for most in (0, 10_000, 100_000, 250_000):
        done = _run(program, folder, home, most)
        assert done.stderr == ""
        assert "make room on the disk" in done.stdout or done.stdout == "loaded\n"
        said.append(done.stdout)
        if done.stdout != "loaded\n":
            assert store.version == version
            assert answers(opened(store)) == before
    assert sum(each != "loaded\n" for each in said) >= 2
    load(store)
    fresh = store_at(folder, home.with_name("fresh"))
    load(fresh)
    assert contents(home) == contents(home.with_name("fresh"))


@pytest.mark.parametrize("engine", list(Engine))
def test_what_was_staged_is_of_no_use_afterwards(folder: Path, home: Path, engine: Engine) -> None:
    """It is told so, as long as it needs the tables at all."""
    store = CorpusStore(home, [Source(folder)], engine)
    with store.staging() as staged:
        pass
    if engine is Engine.DISK:
        with pytest.raises(StoreError):
            staged.retriever.answer("road to Goris")
    assert store.version is None


def _run(program: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603  # the tests' own programs
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)),  # no threads here
    )
