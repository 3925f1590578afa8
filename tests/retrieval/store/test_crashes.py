"""A process may be killed at any moment, and several may use one store: nobody ever sees half a version."""

import multiprocessing
import random
import shutil
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from multiprocessing.context import ForkServerContext
from multiprocessing.queues import Queue
from pathlib import Path

import pytest

from retrieval import CorpusStore, Engine, Gates, Retriever, reload
from tests.builders import write_corpus
from tests.retrieval.store.contents import answers, assert_no_orphans, contents
from tests.retrieval.store.keeping import load, store_at

QUESTION = "When was the road to Goris reopened?"
KILLS = 40
PERIODS = ("spring", "summer", "autumn", "winter")


def reload_for_ever(folder: Path, home: Path, first: int) -> None:
    """Edition after edition, with a step back now and then; to be killed."""
    store = store_at(folder, home)
    for number in count(first):
        write_edition(folder, number)
        load(store)
        if number % 5 == 4:
            store.roll_back()


def reload_editions(folder: Path, home: Path, first: int, last: int, told: "Queue[str | None]") -> None:
    """The same with an end; tells what serves after each."""
    store = store_at(folder, home)
    for number in range(first, last):
        write_edition(folder, number)
        load(store)
        told.put(store.version)


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Starts processes from one that has loaded the packages already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def write_edition(folder: Path, number: int, size: int = 12) -> None:
    """Articles that all change with every edition, each of which names it; some texts stay, some are copies."""
    files: dict[str, str | bytes] = {
        f"{at}.txt": (
            f"The road to Goris number {at} was reopened in {PERIODS[number % 4]} of edition {number}.\n\n"
            f"Bakers of village {at} bake bread with rye flour every morning.\n\n"
            "The copper mine at Kajaran employs nine hundred workers in three shifts."
        )
        for at in range(number % 3, size)
    }
    if number % 3:
        (folder / "0.txt").unlink(missing_ok=True)
    if number % 3 == 2:
        (folder / "1.txt").unlink(missing_ok=True)
    write_corpus(folder, files)


def check_answer(retriever: Retriever, bodies: dict[str, str] | None = None) -> None:
    """That what is quoted stands in articles of the version that the answer names."""
    answer = retriever.answer(QUESTION)
    assert answer.corpus_version == retriever.catalog.version
    assert answer.passages
    for passage in answer.passages:
        body = bodies[passage.article.sha256] if bodies else passage.article.body
        assert passage.quote == passage.span.of(body)
        assert "edition" in body


def check_whole(folder: Path, home: Path, scratch: Path) -> None:
    """That a store can be opened, serves exactly what it names, and takes the next reload."""
    store = store_at(folder, home)
    retriever = store.open()
    if retriever is not None:
        check_answer(retriever, {article.sha256: article.body for article in retriever.catalog.articles()})
        editions = {article.body.partition("edition ")[2].partition(".")[0] for article in retriever.catalog.articles()}
        assert store.version == retriever.catalog.version
        assert len(editions) >= 1
        assert_no_orphans(home)
    load(store)
    fresh = store_at(folder, scratch)
    load(fresh)
    served, expected = store.open(), fresh.open()
    assert served
    assert expected
    assert answers(served) == answers(expected)
    assert contents(home) == contents(scratch)
    assert_no_orphans(home)


def test_a_process_killed_at_any_moment_leaves_a_whole_version(tmp_path: Path, processes: ForkServerContext) -> None:
    """While it reads, indexes, applies or goes back: the old or the new version serves, and the next reload works."""
    folder, home = tmp_path / "corpus", tmp_path / "home"
    chance = random.Random(7)  # noqa: S311  # moments, not secrets
    write_edition(folder, 0)
    begun = time.monotonic()
    for number in range(KILLS):
        child = processes.Process(target=reload_for_ever, args=(folder, home, 1 + 1000 * number))
        child.start()
        time.sleep(0.02 + chance.uniform(0, 0.5) ** 2)
        child.kill()
        child.join()
        assert child.exitcode == -signal.SIGKILL
        if number % 4 == 0:
            check_whole(folder, home, tmp_path / f"fresh{number}")
        else:
            retriever = store_at(folder, home).open()
            if retriever:
                check_answer(retriever, {each.sha256: each.body for each in retriever.catalog.articles()})
                assert_no_orphans(home)
        if time.monotonic() - begun > 60 and number >= 10:  # a slow machine has seen enough
            break
    check_whole(folder, home, tmp_path / "fresh")


def test_files_of_a_killed_writer_are_in_nobodys_way(tmp_path: Path) -> None:
    """A writer names files by what it has done so far, and the next one begins where the last commit was."""
    folder, home, killed = tmp_path / "corpus", tmp_path / "home", tmp_path / "killed"
    write_edition(folder, 0)
    load(store_at(folder, home))
    shutil.copytree(home, killed)
    write_edition(folder, 1)
    load(store_at(folder, home))
    [written], [left] = home.glob("postings-*"), killed.glob("postings-*")
    before = {path.name for path in left.iterdir()}
    files = [path for path in written.iterdir() if path.name not in before or path.name == ".managed.json"]
    assert any(path.suffix == ".del" for path in files)
    for path in files:  # all was written but the commit
        shutil.copy(path, left / path.name)
    check_whole(folder, killed, tmp_path / "fresh")


def test_what_was_given_up_never_shows(tmp_path: Path) -> None:
    """Its texts are in the postings until the next reload cleans them away, but in no answer."""
    folder, home = tmp_path / "corpus", tmp_path / "home"
    write_edition(folder, 0)
    store = store_at(folder, home)
    load(store)
    served = store.open()
    assert served
    before = answers(served)
    for number in range(1, 6):
        write_edition(folder, number)
        with store.staging() as staged:
            assert staged.report.changed
            check_answer(staged.retriever)
        opened = store.open()
        assert opened
        assert answers(opened) == answers(served) == before
        assert "edition 0" in opened.answer(QUESTION).passages[0].article.body
    check_whole(folder, home, tmp_path / "fresh")


def test_an_error_while_staging_leaves_all_as_it_was(tmp_path: Path) -> None:
    """Also one that nobody expected, at any step."""
    folder, home = tmp_path / "corpus", tmp_path / "home"
    write_edition(folder, 0)
    store = store_at(folder, home)
    load(store)
    held, version = contents(home), store.version
    write_edition(folder, 1)
    for failing in range(0, 30, 3):
        calls: list[int] = []

        def track(stage: str, done: int, total: int, failing: int = failing, calls: list[int] = calls) -> None:
            del stage, done, total
            calls.append(1)
            if len(calls) > failing:
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError), store.staging(track) as staged:
            staged.apply()  # never reached
    assert (contents(home), store.version, store.previous) == (held, version, None)
    check_whole(folder, home, tmp_path / "fresh")


@pytest.mark.parametrize("engine", [Engine.DISK, Engine.MEMORY])
def test_another_process_reloads_while_this_one_serves(
    tmp_path: Path, engine: Engine, processes: ForkServerContext
) -> None:
    """Whoever holds a version has it as long as it wants, and is told that another serves."""
    folder, home = tmp_path / "corpus", tmp_path / "home"
    write_edition(folder, 0)
    store = store_at(folder, home, engine)
    load(store)
    retriever = store.open()
    assert retriever
    before, version = answers(retriever), store.version
    told: Queue[str | None] = processes.Queue()
    child = processes.Process(target=reload_editions, args=(folder, home, 1, 21, told))
    child.start()
    seen = []
    for _ in range(20):
        seen.append(told.get(timeout=60))
        assert answers(retriever) == before
        assert retriever.answer(QUESTION).corpus_version == version
        current = store.open()  # of whatever version serves at this moment
        assert current
        check_answer(current, {article.sha256: article.body for article in current.catalog.articles()})
    child.join()
    assert child.exitcode == 0
    assert len(set(seen)) == 20
    assert store.version == seen[-1] != version


def test_two_processes_reload_at_once(tmp_path: Path, processes: ForkServerContext) -> None:
    """One waits for the other."""
    folders, home = [tmp_path / "one", tmp_path / "two"], tmp_path / "home"
    for folder in folders:
        write_edition(folder, 0)
    told: Queue[str | None] = processes.Queue()
    children = [
        processes.Process(target=reload_editions, args=(folder, home, 1 + 100 * at, 9 + 100 * at, told))
        for at, folder in enumerate(folders)
    ]
    for child in children:
        child.start()
    versions = [told.get(timeout=60) for _ in range(16)]
    for child in children:
        child.join()
        assert child.exitcode == 0
    assert store_at(folders[0], home).version in versions
    check_whole(folders[0], home, tmp_path / "fresh")


def test_two_threads_reload_at_once(tmp_path: Path) -> None:
    """The same within one process, with stores of their own or with one."""
    folder, home = tmp_path / "corpus", tmp_path / "home"
    write_edition(folder, 0)
    shared = store_at(folder, home)
    stores = [shared, shared, store_at(folder, home), store_at(folder, home)]
    with ThreadPoolExecutor(4) as pool:
        for number in range(1, 5):
            write_edition(folder, number)
            reports = list(pool.map(load, stores))
            assert len({report.after for report in reports}) == 1
            assert sorted(bool(report.changed or report.added) for report in reports) == [False, False, False, True]
    check_whole(folder, home, tmp_path / "fresh")


def test_reloads_while_many_ask(tmp_path: Path) -> None:
    """Changed, unchanged, broken and refused ones: no question fails, no answer mixes versions."""
    folder, home = tmp_path / "corpus", tmp_path / "home"
    write_edition(folder, 0)
    store = store_at(folder, home)
    load(store)
    serving = [store.open()]
    bodies = {store.version: _bodies(serving[0])}
    stop, counts = threading.Event(), [0] * 8

    def ask(at: int) -> None:
        while not stop.is_set():
            retriever = serving[0]
            assert retriever
            answer = retriever.answer(QUESTION)
            held = bodies[answer.corpus_version]
            assert answer.passages
            for passage in answer.passages:
                assert passage.quote == passage.span.of(held[passage.article.sha256])
            counts[at] += 1

    with ThreadPoolExecutor(8) as pool:
        asking = [pool.submit(ask, at) for at in range(8)]
        try:
            for number in range(1, 101):
                _one_reload(folder, store, number, serving, bodies)
        finally:
            stop.set()
        for each in asking:
            each.result()
    assert min(counts) > 0
    check_whole(folder, home, tmp_path / "fresh")


def _bodies(retriever: Retriever | None) -> dict[str, str]:
    assert retriever
    return {article.sha256: article.body for article in retriever.catalog.articles()}


def _one_reload(
    folder: Path,
    store: CorpusStore,
    number: int,
    serving: list[Retriever | None],
    bodies: dict[str | None, dict[str, str]],
) -> None:
    """One of five kinds; whatever serves then is what is asked from then on."""
    kind, version = number % 5, store.version
    if kind == 1:  # unchanged
        assert not reload(store, Gates()).applied
    elif kind == 2:  # no corpus at all
        away = folder.rename(folder.with_name("away"))
        with pytest.raises(Exception, match="no such corpus folder"):
            reload(store, Gates())
        away.rename(folder)
    elif kind == 3:  # too few articles
        hidden = [path.rename(path.with_name(f".{path.name}")) for path in sorted(folder.glob("*.txt"))[2:]]
        outcome = reload(store, Gates())
        assert outcome.failures
        assert not outcome.applied
        for path in hidden:
            path.rename(path.with_name(path.name[1:]))
    else:
        write_edition(folder, number)
        assert reload(store, Gates(shrink=1)).applied
    if kind in {1, 2, 3}:
        assert store.version == version
    retriever = store.open()
    bodies[store.version] = _bodies(retriever)
    serving[0] = retriever
