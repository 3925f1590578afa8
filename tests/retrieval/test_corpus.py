"""A folder becomes a corpus; what cannot be used is named with file and line, and stops nothing."""

import hashlib
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Corpus, CorpusError, Published, read_corpus
from retrieval.corpus import read_articles
from retrieval.manifest import read_manifest
from tests.builders import make_corpus, write_corpus

PROSE = "The ministry said on Monday that the road would stay open for everybody."
GOOD: dict[str, str | bytes] = {"good.txt": PROSE}


def reasons(corpus: Corpus) -> dict[str, str]:
    """What was rejected: "file:line" and why."""
    return {f"{each.path}:{each.line}": each.reason for each in corpus.rejections}


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        (b"First line.\nSecond \xff line.", "bad.txt:2", "not UTF-8 (byte 0xff)"),
        (b"", "bad.txt:1", "empty"),
        (b" \n\t\n", "bad.txt:1", "empty"),
        (b"Subscribe\n\nAdvertisement\n", "bad.txt:1", "only furniture"),
        (b"A line.\nAnother\0 line.", "bad.txt:2", "NUL"),
    ],
)
def test_one_bad_file_never_stops_the_others(tmp_path: Path, content: bytes, place: str, reason: str) -> None:
    """It is named, with its line, and the good one serves."""
    corpus = make_corpus(tmp_path, {**GOOD, "bad.txt": content})
    assert [article.id for article in corpus.articles] == ["good"]
    assert reason in reasons(corpus)[place]


def test_a_file_of_another_kind_is_reported(tmp_path: Path) -> None:
    """No silence about what is passed over; hidden files are nobody's business."""
    corpus = make_corpus(tmp_path, {**GOOD, "notes.odt": b"x", ".hidden.txt": PROSE, ".git/a.txt": PROSE})
    assert list(reasons(corpus)) == ["notes.odt:None"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """What lies elsewhere was not put into the corpus."""
    secret = tmp_path / "secret.txt"
    secret.write_text(PROSE)
    folder = write_corpus(tmp_path / "corpus", GOOD)
    (folder / "link.txt").symlink_to(secret)
    assert "leads out" in reasons(read_corpus(folder))["link.txt:None"]


def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    """A link to nowhere stands for every failing disk."""
    folder = write_corpus(tmp_path, GOOD)
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    assert "cannot be read" in reasons(read_corpus(folder))["gone.txt:None"]


def test_what_is_no_file_is_reported(tmp_path: Path) -> None:
    """A pipe that nobody writes to, a link to itself, a name that is no text."""
    folder = write_corpus(tmp_path, GOOD)
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    Path(os.fsdecode(bytes(folder) + b"/name\xff.txt")).write_text(PROSE)
    found = reasons(read_corpus(folder))
    assert "not a file" in found["pipe.txt:None"]
    assert "cannot be read" in found["loop.txt:None"]
    assert "not UTF-8" in found["name\\udcff.txt:None"]


def test_without_a_manifest_titles_come_from_first_lines_and_names(tmp_path: Path) -> None:
    """And nothing else is known."""
    corpus = make_corpus(tmp_path, {"sub/one.txt": f"Road stays open\n\n{PROSE}", "two.txt": PROSE})
    one, two = corpus.articles
    assert (one.id, one.title, one.path) == ("sub/one", "Road stays open", "sub/one.txt")
    assert (two.id, two.title, two.language) == ("two", "two", "en")
    assert (two.publisher, two.published, two.url) == (None, None, None)


def test_a_manifest_entry_fills_in_what_is_known(tmp_path: Path) -> None:
    """With its precision."""
    manifest = """
        [[article]]
        file = "good.txt"
        id = "g"
        title = "A  road"
        publisher = "Example Times"
        published = "2023-04"
        approximate = true
        language = "en"
        url = "https://example.org/road#top"
    """
    (article,) = make_corpus(tmp_path, GOOD, manifest).articles
    assert article.published == Published("2023-04", approximate=True)
    assert (article.id, article.title, article.publisher) == ("g", "A road", "Example Times")
    assert article.url == "https://example.org/road#top"


def test_a_date_in_the_file_is_used_where_the_manifest_has_none(tmp_path: Path) -> None:
    """It is given, so it is not approximate."""
    (article,) = make_corpus(tmp_path, {"a.txt": f"date 2023-04-24 {PROSE}"}).articles
    assert article.published == Published("2023-04-24")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("published = 2023-02-30", "not valid TOML"),
        ('published = "2023-02-30"', "day"),
        ('published = "yesterday"', "must be a date"),
        ("published = 12", "must be a date"),
        ('url = "ftp://example.org"', "must be an http:// or https:// address"),
        ('url = "https://"', "must be an http:// or https:// address"),
        ('url = "javascript:alert(1)"', "must be an http:// or https:// address"),
        ('url = "https://example.org/a b"', "must be an http:// or https:// address"),
        ('url = "https://exa[mple.org"', "must be an http:// or https:// address"),
        ('url = "https://example.org:99999/"', "must be an http:// or https:// address"),
        ('language = "English"', "ISO 639-1"),
        ('title = ""', "not empty"),
        ("approximate = 1", "true or false"),
        ('publishr = "x"', "unknown key"),
    ],
)
def test_a_wrong_value_is_named_with_its_line_and_the_rest_is_used(tmp_path: Path, line: str, reason: str) -> None:
    """The article loads, without the field that is wrong."""
    manifest = f'# comment\n[[article]]\nfile = "good.txt"\n{line}\n'
    corpus = make_corpus(tmp_path, GOOD, manifest)
    assert [article.id for article in corpus.articles] == ["good"]
    assert reason in reasons(corpus)["manifest.toml:4"]


@pytest.mark.parametrize(
    ("manifest", "place", "reason"),
    [
        ('[[article]]\nfile = "none.txt"\n', "manifest.toml:1", "no such file: none.txt"),
        ('[[article]]\ntitle = "x"\n', "manifest.toml:1", "without file"),
        ('[[article]]\nfile = "../good.txt"\n', "manifest.toml:2", "inside the corpus folder"),
        ('[[article]]\nfile = "good.txt"\n\n[[article]]\nfile = "good.txt"\n', "manifest.toml:4", "a second entry"),
        ("article = 1\n", "manifest.toml:1", "[[article]]"),
        ("[[article]\n", "manifest.toml:1", "not valid TOML"),
        ('\n[[articles]]\nfile = "good.txt"\n', "manifest.toml:2", "unknown table 'articles'"),
        ('[[article]]\nfile = ".hidden.txt"\n', "manifest.toml:1", "no such file"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(tmp_path: Path, manifest: str, place: str, reason: str) -> None:
    """And the article loads without it."""
    corpus = make_corpus(tmp_path, GOOD, manifest)
    assert [article.path for article in corpus.articles] == ["good.txt"]
    assert reason in reasons(corpus)[place]


def test_one_entry_that_is_no_toml_does_not_stop_the_others(tmp_path: Path) -> None:
    """A date that never was, at its line; the entries around it count."""
    manifest = """\
[[article]]
file = "a.txt"
title = "A"

[[article]]
file = "b.txt"
published = 2023-02-30

[[article]]
file = "c.txt"
title = "C"
"""
    files: dict[str, str | bytes] = {f"{name}.txt": PROSE + name for name in "abc"}
    corpus = make_corpus(tmp_path, files, manifest)
    assert [article.title for article in corpus.articles] == ["A", "b", "C"]
    assert "not valid TOML" in reasons(corpus)["manifest.toml:7"]


def test_a_large_manifest_is_read_in_time(tmp_path: Path) -> None:
    """Twenty thousand entries, of files that are not there; this once took minutes, and the bound is generous."""
    entries = "".join(f'[[article]]\nfile = "{number}.txt"\n' for number in range(20_000))
    begin = time.process_time()
    assert len(make_corpus(tmp_path, GOOD, entries).rejections) == 20_000
    assert time.process_time() - begin < 10


def test_a_manifest_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    """With the line."""
    folder = write_corpus(tmp_path, GOOD)
    (folder / "manifest.toml").write_bytes(b"# fine\n# b\xe9\n")
    assert "not UTF-8" in reasons(read_corpus(folder))["manifest.toml:2"]


def test_a_duplicate_id_is_reported_and_the_first_one_serves(tmp_path: Path) -> None:
    """At the line of the entry that repeats it."""
    manifest = '[[article]]\nfile = "a.txt"\nid = "x"\n[[article]]\nfile = "b.txt"\nid = "x"\n'
    corpus = make_corpus(tmp_path, {"a.txt": PROSE, "b.txt": PROSE + " Again."}, manifest)
    assert [article.path for article in corpus.articles] == ["a.txt"]
    assert "duplicate id 'x'" in reasons(corpus)["manifest.toml:4"]


def test_nothing_to_quote_is_an_error_that_says_why(tmp_path: Path) -> None:
    """There is no bot without articles."""
    with pytest.raises(CorpusError, match="no such corpus folder"):
        read_corpus(tmp_path / "none")
    with pytest.raises(CorpusError, match=r"no \.txt, .*file"):
        read_corpus(tmp_path)
    with pytest.raises(CorpusError, match="empty"):
        make_corpus(tmp_path, {"a.txt": b""})


def test_the_version_names_the_content(tmp_path: Path) -> None:
    """The same content is the same version; a changed date is another."""
    one = make_corpus(tmp_path / "one", GOOD)
    assert make_corpus(tmp_path / "two", GOOD).version == one.version
    assert make_corpus(tmp_path / "three", {"good.txt": PROSE + " More."}).version != one.version
    dated = '[[article]]\nfile = "good.txt"\npublished = 2023-04-24\n'
    assert make_corpus(tmp_path / "four", GOOD, dated).version != one.version


def test_bodies_are_kept_as_they_are(tmp_path: Path) -> None:
    """Line ends and byte order marks included: offsets count every code point of the file."""
    data = "\ufeffThe road is open.\r\n\r\nThe bridge is closed.\r\n".encode()
    (article,) = make_corpus(tmp_path, {"a.txt": data}).articles
    assert article.body.encode() == data
    assert [paragraph.text for paragraph in article.paragraphs()] == ["The road is open.", "The bridge is closed."]


def test_the_sha256_is_that_of_the_body(tmp_path: Path) -> None:
    """Which of a text file is its bytes; so the log can prove what stood in it."""
    data = "\ufeffThe road is open.\r\n\nThe café, too.\n".encode()
    front = b"---\ntitle: Road\n---\n"
    text, marked = make_corpus(tmp_path, {"a.txt": data, "b.md": front + data[3:]}).articles
    assert text.sha256 == hashlib.sha256(data).hexdigest()
    assert (marked.sha256, marked.title) == (hashlib.sha256(data[3:]).hexdigest(), "Road")


ROWS = '{"text": "The road is open.", "id": "r1", "publisher": "Own Times"}\n{"text": "The bridge is closed."}\n'


def test_a_file_may_hold_several_articles(tmp_path: Path) -> None:
    """Each is called by its file and its part; ids of different files may be the same."""
    files: dict[str, str | bytes] = {"a.jsonl": ROWS, "sub/b.jsonl": ROWS}
    corpus = make_corpus(tmp_path, files)
    assert [(each.id, each.path) for each in corpus.articles] == [
        ("a#r1", "a.jsonl#r1"),
        ("a#2", "a.jsonl#2"),
        ("sub/b#r1", "sub/b.jsonl#r1"),
        ("sub/b#2", "sub/b.jsonl#2"),
    ]
    assert corpus.rejections == ()
    assert {article.title for article in corpus.articles} == {"a", "b"}


def test_the_manifest_gives_to_several_articles_what_they_lack(tmp_path: Path) -> None:
    """Publisher and language; what only one of them can be is said to be too much."""
    manifest = '[[article]]\nfile = "a.jsonl"\npublisher = "Times"\nlanguage = "de"\ntitle = "x"\nid = "y"\n'
    corpus = make_corpus(tmp_path, {"a.jsonl": ROWS}, manifest)
    assert [article.publisher for article in corpus.articles] == ["Own Times", "Times"]
    assert {article.language for article in corpus.articles} == {"de"}
    assert list(map(str, corpus.rejections)) == [
        "manifest.toml:1: id and title cannot hold for each of the articles in a.jsonl: say it in the file"
    ]


def test_the_manifest_goes_before_what_a_file_says_of_its_one_article(tmp_path: Path) -> None:
    """The rest of what it says is kept."""
    text = f"---\ntitle: Own\npublisher: Own Times\ndate: 2023\n---\n{PROSE}"
    (article,) = make_corpus(tmp_path, {"a.md": text}, '[[article]]\nfile = "a.md"\ntitle = "Given"\n').articles
    assert (article.title, article.publisher, article.published) == ("Given", "Own Times", Published("2023"))


def test_a_row_that_is_only_furniture_is_named_by_its_line(tmp_path: Path) -> None:
    """And the others are articles."""
    corpus = make_corpus(tmp_path, {"a.jsonl": ROWS + '{"text": "Subscribe\\n\\nAdvertisement"}'})
    assert len(corpus.articles) == 2
    assert "only furniture" in reasons(corpus)["a.jsonl:3"]


def test_a_folder_that_is_called_like_a_file_is_reported(tmp_path: Path) -> None:
    """What is in it is read."""
    corpus = make_corpus(tmp_path, {"a.txt/b.txt": PROSE})
    assert [article.path for article in corpus.articles] == ["a.txt/b.txt"]
    assert reasons(corpus) == {"a.txt:None": "a folder, though its name ends like a file's: rename it"}


def test_one_file_can_be_read_on_its_own(tmp_path: Path) -> None:
    """Called as the corpus likes; a link must not lead out of the folder, which may be given."""
    folder = write_corpus(tmp_path / "folder", {"sub/a.txt": PROSE})
    (folder / "sub" / "link.txt").symlink_to(folder / "sub" / "a.txt")
    (article,), rejections = read_articles(folder / "sub" / "link.txt", "added/sub/link.txt", None)
    assert (article.path, article.id, rejections) == ("added/sub/link.txt", "added/sub/link", [])
    (tmp_path / "out.txt").write_text(PROSE)
    (folder / "out.txt").symlink_to(tmp_path / "out.txt")
    assert "leads out" in str(read_articles(folder / "out.txt", "added/out.txt", None)[1])
    assert read_articles(folder / "out.txt", "added/out.txt", None, folder=tmp_path)[1] == []


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_no_manifest_stops_the_corpus(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Whatever stands in it."""
    folder = write_corpus(tmp_path_factory.mktemp("corpus"), GOOD)
    (folder / "manifest.toml").write_bytes(content)
    assert all(rejection.reason for rejection in read_manifest(folder, {"good.txt"}).rejections)
    assert len(read_corpus(folder).articles) == 1
