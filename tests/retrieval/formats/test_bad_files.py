"""Files that are broken, by accident or on purpose: each is rejected with its reason, and its good neighbour loads."""

import io
import json
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Rejection, read_corpus
from retrieval.formats import SUFFIXES, Draft, read_file
from retrieval.formats.opening import opened
from retrieval.formats.readers import MOST_ARTICLES
from tests.retrieval.formats.made_files import make_feed, make_word, make_zip, repacked
from tests.retrieval.formats.made_pdf import make_pdf
from tests.retrieval.formats.reading import read
from tests.retrieval.formats.test_web_page import PAGE

PROSE = "The ministry said on Monday that the road would stay open for everybody."
RUSSIAN = "Министерство сообщило, что дорога открыта для всех, кто живёт рядом."
GARBLED = RUSSIAN.encode().decode("latin-1")
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>'
AWAY = "save its text as .txt"


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    writer = pypdf.PdfWriter(io.BytesIO(make_pdf([[PROSE]])))
    writer.encrypt("secret")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def marked(archive: bytes, *, flags: int = 0, mode: int = 0) -> bytes:
    """The archive, with what its directory says of its only file changed."""
    data = bytearray(archive)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= flags
    data[at + 5] = 3  # made on Unix
    data[at + 38 : at + 42] = (mode << 16).to_bytes(4, "little")
    return bytes(data)


def worded(xml: str) -> bytes:
    """A Word file with this document in it."""
    return repacked(make_word([PROSE]), {"word/document.xml": xml.encode()})


BAD: dict[str, tuple[str, str | bytes, str]] = {
    "empty text": ("a.txt", b"", "a.txt:1: empty: it holds no text"),
    "white text": ("a.txt", b" \n\t\n", "a.txt:1: empty: it holds no text"),
    "only furniture": (
        "a.txt", b"Subscribe\n\nAdvertisement\n", "a.txt:1: only furniture: no line of it is a paragraph of an article"
    ),
    "no UTF-8": ("a.txt", b"One.\nCaf\xe9.", "a.txt:2: not UTF-8 (byte 0xe9): save it as UTF-8"),
    "UTF-16": ("a.txt", PROSE.encode("utf-16"), "a.txt:1: UTF-16, not UTF-8: save it as UTF-8"),
    "UTF-32": ("a.md", PROSE.encode("utf-32"), "a.md:1: UTF-32, not UTF-8: save it as UTF-8"),
    "NUL": ("a.txt", b"One.\n\0", "a.txt:2: holds NUL characters: not a text"),
    "garbled": (
        "a.txt", GARBLED,
        "a.txt:1: reads like UTF-8 that was taken for Latin-1 (“cafÃ©”): save it again, as UTF-8, from where it came",
    ),
    "another kind": (
        "a.odt", b"x", f"a.odt: not a kind of file that can be read: {AWAY}, or move it elsewhere"
    ),
    "no kind": ("README", b"x", f"README: not a kind of file that can be read: {AWAY}, or move it elsewhere"),
    "no line": ("a.jsonl", b"\n\n", "a.jsonl: empty: it holds no article"),
    "no row": ("a.csv", b"id,text\n", "a.csv: empty: it holds no article"),
    "front matter only": ("a.md", "---\ntitle: x\n---\n", "a.md:4: empty: it holds no text"),
    "empty page": ("a.html", "", "a.html: empty: the page shows no text"),
    "page in another encoding": (
        "a.html", b'<meta charset="utf-8"><p>caf\xe9', "a.html:1: not UTF-8 (byte 0xe9): save it as UTF-8"
    ),
    "binary page": ("a.html", b"\x89PNG\r\n\x1a\n\0\0", "a.html:1: not UTF-8 (byte 0x89): save it as UTF-8"),
    "deep JSON": ("a.jsonl", b"[" * 99_999, "a.jsonl:1: not usable JSON: nested too deeply"),
    "half a character": (
        "a.jsonl", '{"text": "a \\ud800"}', "a.jsonl:1: holds half a character, a lone surrogate: write the whole one"
    ),
    "row without text": (
        "a.jsonl", '{"title": "x"}', "a.jsonl:1: a row without text: give it a text, or take it out"
    ),
    "wrong delimiter": (
        "a.csv", "id|text\n1|x\n",
        "a.csv:1: its first line names no column text (with commas, semicolons or tabs between columns)",
    ),
    "open quote": (
        "a.csv", 'text\n"One.\n', "a.csv:2: not valid CSV (unexpected end of data): mind the quotes around a field"
    ),
    "far too long a field": (
        "a.csv", b"text\n" + b"x" * 20_000_001, "a.csv:2: a text of more than 20 MB: part it into several articles"
    ),
    "far too large a text": ("a.txt", b"x" * 20_000_001, "a.txt: larger than 20 MB: part it into smaller files"),
    "no PDF": ("a.pdf", b"x", "a.pdf: cut off, or no PDF: its end is missing; fetch it again"),
    "cut off PDF": ("a.pdf", make_pdf([[PROSE]])[:99], "a.pdf: cut off, or no PDF: its end is missing; fetch it again"),
    "damaged PDF": (
        "a.pdf", b"%PDF-1.7\n%%EOF", f"a.pdf: damaged, or no PDF: open it and save it again, or {AWAY}"
    ),
    "locked PDF": ("a.pdf", locked_pdf(), "a.pdf: locked with a password: save it without one"),
    "scanned PDF": (
        "a.pdf", make_pdf([[], []]), "a.pdf: holds no text, only pictures: have the text recognised (OCR) first"
    ),
    "cut off Word file": ("a.docx", make_word([PROSE])[:-99], "a.docx: damaged, or no archive: pack it again"),
    "Word file without a document": (
        "a.docx", make_zip({"x": "y"}), f"a.docx: damaged, or no .docx file: open it and save it again, or {AWAY}"
    ),
    "old or locked Word file": (
        "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1",
        "a.docx: locked with a password, or of a Word before 2007: save it as .docx, without a password",
    ),
    "Word file of laughs": (
        "a.docx", worded(f"{BOMB}<x>&l9;</x>"), f"a.docx: declares XML entities, which no Word file has: {AWAY}"
    ),
    "Word file that looks elsewhere": (
        "a.docx", worded('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
        f"a.docx: declares XML entities, which no Word file has: {AWAY}",
    ),
    "Word file without words": ("a.docx", make_word([]), "a.docx: empty: it holds no text"),
    "no feed": ("a.xml", "<x/>", f"a.xml: no RSS or Atom feed: {AWAY}"),
    "feed without entries": ("a.rss", make_feed(), "a.rss: empty: the feed has no entry"),
    "feed of laughs": (
        "a.rss", BOMB + make_feed("<title>&l9;</title>").partition("\n")[2],
        "a.rss: declares XML entities, which no feed needs: take out its <!DOCTYPE …>",
    ),
    "feed that looks elsewhere": (
        "a.atom", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><feed>&e;</feed>'.encode("utf-16"),
        "a.atom: declares XML entities, which no feed needs: take out its <!DOCTYPE …>",
    ),
    "no archive": ("a.zip", b"x", "a.zip: damaged, or no archive: pack it again"),
    "cut off archive": ("a.zip", make_zip({"a.txt": PROSE})[:-9], "a.zip: damaged, or no archive: pack it again"),
    "empty archive member": ("a.zip", make_zip({"a.txt": ""}), "a.zip#a.txt:1: empty: it holds no text"),
    "empty archive": ("a.zip", make_zip({}), "a.zip: empty: it holds no article"),
    "bomb": (
        "a.zip", make_zip({"a.txt": b"\0" * 10_000_000}),
        "a.zip: a file in it unpacks to more than 200 times its size: no text does that",
    ),
    "archive in an archive": (
        "a.zip", make_zip({"b.zip": b""}), "a.zip#b.zip: an archive in an archive: unpack it first"
    ),
    "way out": (
        "a.zip", make_zip({"../a.txt": PROSE}),
        "a.zip#../a.txt: its name leads out of the archive: pack it again under a plain name",
    ),
    "absolute name": (
        "a.zip", make_zip({"/etc/a.txt": PROSE}),
        "a.zip#/etc/a.txt: its name leads out of the archive: pack it again under a plain name",
    ),
    "name of a drive": (
        "a.zip", make_zip({"C:\\a.txt": PROSE}),
        "a.zip#C:/a.txt: its name leads out of the archive: pack it again under a plain name",
    ),
    "link in an archive": (
        "a.zip", marked(make_zip({"a.txt": "/etc/passwd"}), mode=stat.S_IFLNK | 0o777),
        "a.zip#a.txt: a link, not a file: pack the file instead",
    ),
    "locked archive": (
        "a.zip", marked(make_zip({"a.txt": PROSE}), flags=1),
        "a.zip#a.txt: locked with a password: pack it again without one",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_rejected_and_the_good_one_beside_it_loads(tmp_path: Path, kind: str) -> None:
    """With the place and the reason, and soon."""
    name, content, rejection = BAD[kind]
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "good.txt").write_text(PROSE)
    begin = time.monotonic()
    corpus = read_corpus(tmp_path)
    assert time.monotonic() - begin < 20
    assert [article.id for article in corpus.articles] == ["good"]
    assert [str(each) for each in corpus.rejections] == [rejection]


def test_an_archive_that_says_less_than_it_holds_is_rejected(tmp_path: Path) -> None:
    """No more is unpacked than its directory says, and the checksum shows the rest."""
    data = bytearray(make_zip({"a.txt": PROSE * 99}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (99).to_bytes(4, "little")
    assert read(tmp_path, "a.zip", bytes(data)) == ([], ["None: damaged in the archive: pack it again"])


def test_an_archive_that_unpacks_to_too_much_is_rejected(tmp_path: Path) -> None:
    """All its files together; and one of too many files."""
    data = bytearray(make_zip({"a.jsonl": PROSE, "b.jsonl": PROSE}))
    for at in (data.index(b"PK\x01\x02"), data.rindex(b"PK\x01\x02")):
        data[at + 20 : at + 28] = (200_000_000).to_bytes(4, "little") * 2
    reason = "None: unpacks to more than 256 MB: part it into smaller archives"
    assert read(tmp_path, "a.zip", bytes(data)) == ([], [reason])
    many = make_zip({f"{number}.txt": b"" for number in range(10_001)})
    assert "an archive of more than 10000 files" in str(read(tmp_path, "b.zip", many))


def test_a_file_of_a_gigabyte_is_not_even_read(tmp_path: Path) -> None:
    """Whatever its kind, and though it takes no room on the disk."""
    for suffix in SUFFIXES:
        file = tmp_path / f"a{suffix}"
        with file.open("wb") as stream:
            stream.truncate(1_000_000_000)
        begin = time.monotonic()
        (rejection,) = read_file(file, file.name)
        assert isinstance(rejection, Rejection)
        assert rejection.reason in {f"larger than {size} MB: part it into smaller files" for size in (20, 256)}
        assert time.monotonic() - begin < 2


def test_a_line_of_many_megabytes_costs_only_itself(tmp_path: Path) -> None:
    """The next one is read."""
    lines = b'{"text": "' + b"x" * 30_000_000 + b'"}\n{"text": "Two."}\n' + b"[" * 130_000_000
    drafts, rejections = read(tmp_path, "a.jsonl", lines)
    assert [(draft.body, draft.line) for draft in drafts] == [("Two.", 2)]
    assert rejections == [
        "1: a text of more than 20 MB: part it into several articles",
        "3: a line that is longer than any article may be: part it",
    ]


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe that nobody writes to, a device, a folder, a link to nowhere or to itself."""
    os.mkfifo(tmp_path / "pipe.zip")
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "nowhere.md").symlink_to(tmp_path / "none")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    names = {
        "pipe.zip": "not a file",
        "folder.pdf": "a folder, though its name ends like a file's: rename it",
        "nowhere.md": "cannot be read: No such file or directory",
        "loop.txt": "cannot be read: Too many levels of symbolic links",
    }
    for name, reason in names.items():
        assert list(read_file(tmp_path / name, name)) == [Rejection(name, None, reason, "cannot be read" in reason)]
    assert list(read_file(Path(os.devnull), "null.txt")) == [Rejection("null.txt", None, "not a file")]


@pytest.mark.parametrize("change", [lambda file: file.write_text("Other."), lambda file: file.unlink()])
def test_a_file_that_changes_while_it_is_read_is_rejected(tmp_path: Path, change: Callable[[Path], object]) -> None:
    """Half of one state and half of another is neither."""
    file = tmp_path / "a.txt"
    file.write_text(PROSE)
    with pytest.raises(Exception, match=r"changed while it was read|No such file"), opened(file, 1_000) as source:  # noqa: PT012
        source.read()
        change(file)


def test_a_file_of_too_many_articles_is_parted_by_its_owner(tmp_path: Path) -> None:
    """So that no small file fills the memory; and of very many rejections the rest is counted."""
    drafts, rejections = read(tmp_path, "a.jsonl", b'{"text": "x"}\n' * (MOST_ARTICLES + 1))
    assert len(drafts) == MOST_ARTICLES
    assert rejections == ["None: more than 100000 articles in one file: part it; the rest was not read"]
    drafts, rejections = read(tmp_path, "a.jsonl", b"{}\n" * 5_000)
    assert len(rejections) == 1_001
    assert rejections[-1] == "None: 4000 more rejections, which are not listed"


GOOD = {
    ".md": f"---\ntitle: x\n---\n{PROSE}".encode(), ".html": PAGE.encode(), ".pdf": make_pdf([[PROSE], [PROSE]]),
    ".docx": make_word([PROSE]), ".jsonl": json.dumps({"text": PROSE, "id": 1}).encode() + b"\n",
    ".csv": f'id,text\n1,"{PROSE}"\n'.encode(), ".rss": make_feed(f"<description>{PROSE}</description>").encode(),
    ".zip": make_zip({"a.txt": PROSE, "b.jsonl": '{"text": "x"}'}), ".txt": PROSE.encode(),
}  # fmt: skip
GOOD |= {".htm": GOOD[".html"], ".xml": GOOD[".rss"], ".atom": GOOD[".rss"]}


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """A good file with some of its bytes changed, taken out or repeated; or none at all."""
    if draw(st.booleans()):
        return draw(st.binary(max_size=300))
    data = bytearray(content)
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 9))] = draw(st.binary(max_size=9) | st.just(data[at : at + 99] * 20))
    return bytes(data)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_whatever_a_file_holds_it_is_read_or_rejected(tmp_path: Path, suffix: str) -> None:
    """Nothing is raised, nothing hangs, and what is found can be quoted."""
    file = tmp_path / f"a{suffix}"

    @settings(max_examples=60)
    @given(damaged(GOOD[suffix]))
    def check(content: bytes) -> None:
        file.write_bytes(content)
        begin = time.monotonic()
        found = list(read_file(file, file.name))
        assert time.monotonic() - begin < 20
        assert found
        for each in found:
            assert each.body.encode() if isinstance(each, Draft) else each.reason

    check()
