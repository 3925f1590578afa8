"""A file that is too much for its reader costs the reading process, and nothing else."""

import os
import random
import signal
import threading
import time
from pathlib import Path

import pytest

from retrieval import Rejection
from retrieval.formats import Draft, read_file, shared_child
from retrieval.formats.apart import Child, Limits
from tests.retrieval.formats.made_files import make_word, make_zip, repacked
from tests.retrieval.formats.made_pdf import make_pdf
from tests.retrieval.formats.test_web_page import PAGE

TEXT = "The road is open, the ministry said on Monday."
SLOW = "<html><body><article>" + f"<p>{TEXT} <b>{TEXT}</b></p>" * 150_000 + "</article></body></html>"


def assert_good_file_loads(folder: Path) -> None:
    """In the same context."""
    (folder / "good.pdf").write_bytes(make_pdf([[TEXT]]))
    (draft,) = read_file(folder / "good.pdf", "good.pdf")
    assert isinstance(draft, Draft)
    assert draft.body == TEXT


def test_a_file_that_needs_too_much_memory_is_rejected(tmp_path: Path) -> None:
    """A small Word file with millions of elements in it; the limit is low so that the test is quick."""
    chance = random.Random(1)  # noqa: S311  not a secret
    elements = "".join(chance.choices(["<a/>", "<b/>"], k=4_000_000))
    word = repacked(make_word([TEXT]), {"word/document.xml": f"<x>{elements}</x>".encode()})
    (tmp_path / "a.docx").write_bytes(word)
    with shared_child(Limits(memory=400)):
        reason = "takes more than 400 MB of memory to read: save its text as .txt"
        assert list(read_file(tmp_path / "a.docx", "a.docx")) == [Rejection("a.docx", None, reason)]
        assert_good_file_loads(tmp_path)


def test_a_file_that_needs_too_much_time_is_rejected(tmp_path: Path) -> None:
    """And the clock of the next one begins anew."""
    (tmp_path / "a.html").write_text(SLOW)
    begin = time.monotonic()
    with shared_child(Limits(seconds=1)):
        assert list(read_file(tmp_path / "a.html", "a.html")) == [
            Rejection("a.html", None, "takes more than 1 s to read: save its text as .txt")
        ]
        assert time.monotonic() - begin < 10
        assert_good_file_loads(tmp_path)


def test_a_file_that_holds_too_many_words_is_rejected(tmp_path: Path) -> None:
    """What came before is kept, and said."""
    (tmp_path / "a.zip").write_bytes(make_zip({"a.txt": TEXT, "b.txt": "".join(map(str, range(300_000)))}))
    with shared_child(Limits(answer=1)):
        draft, rejection = read_file(tmp_path / "a.zip", "a.zip")
        assert isinstance(draft, Draft)
        assert draft.part == "a.txt"
        reason = "holds more than 1 MB of text: save its text as .txt; 1 articles before that were read"
        assert rejection == Rejection("a.zip", None, reason)
        assert_good_file_loads(tmp_path)


@pytest.mark.parametrize("sent", [signal.SIGSEGV, signal.SIGKILL])
def test_a_reader_that_breaks_down_costs_the_file_at_hand(tmp_path: Path, sent: signal.Signals) -> None:
    """Whatever kills it; one that died between two files costs none."""
    (tmp_path / "slow.html").write_text(SLOW)
    (tmp_path / "a.html").write_text(PAGE)
    child = Child(Limits())
    try:
        assert isinstance(child.read(tmp_path / "a.html", "a.html", ".html")[0], Draft)
        killed = threading.Timer(0.3, os.kill, (pid_of(child), sent))
        killed.start()
        found = child.read(tmp_path / "slow.html", "slow.html", ".html")
        reason = f"what reads it broke down ({sent.name}): save its text as .txt"
        assert found == [Rejection("slow.html", None, reason, passing=sent == signal.SIGKILL)]
        assert isinstance(child.read(tmp_path / "a.html", "a.html", ".html")[0], Draft)
        os.kill(pid_of(child), sent)
        time.sleep(0.3)
        assert isinstance(child.read(tmp_path / "a.html", "a.html", ".html")[0], Draft)
    finally:
        child.close()


def pid_of(child: Child) -> int:
    """Of its process."""
    assert child._process is not None
    return child._process.pid


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux shows a process's environment")
def test_a_reader_knows_no_secret_and_ends_with_its_context(tmp_path: Path) -> None:
    """Nothing of our environment, no open file of ours; and no process is left."""
    os.environ["TELEGRAM_BOT_TOKEN"] = "123456:secret"
    child = Child(Limits())
    try:
        with (tmp_path / "ours").open("w"):
            (tmp_path / "a.html").write_text(PAGE)
            child.read(tmp_path / "a.html", "a.html", ".html")
            place = Path(f"/proc/{pid_of(child)}")
            assert b"secret" not in (place / "environ").read_bytes()
            assert b"LC_ALL" in (place / "environ").read_bytes()
            assert not any("ours" in str(link.readlink()) for link in (place / "fd").iterdir())
    finally:
        del os.environ["TELEGRAM_BOT_TOKEN"]
        child.close()
    assert not place.exists()


def test_one_process_reads_all_files_of_a_context(tmp_path: Path) -> None:
    """Starting one takes much longer than reading a page."""
    (tmp_path / "a.html").write_text(PAGE)
    with shared_child():
        list(read_file(tmp_path / "a.html", "a.html"))
        begin = time.monotonic()
        for _ in range(20):
            assert isinstance(next(read_file(tmp_path / "a.html", "a.html")), Draft)
        assert time.monotonic() - begin < 3
