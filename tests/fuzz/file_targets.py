"""What reads files: articles of every kind, what is said about them, what is judged, what is stored."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from random import Random
from typing import Final

from bot.errors import KeepError
from bot.gathering.keeping import document_name, page_name
from bot.gathering.manifest_text import UnfitManifestError, with_entry, without_entry
from retrieval import StoreError
from retrieval.alias_file import read_aliases
from retrieval.corpus import lay_out
from retrieval.errors import JudgmentsError
from retrieval.evaluation.judged_folder import CORPUS, QRELS, QUERIES, published, read_judged_folder
from retrieval.formats import Draft, shared_child
from retrieval.formats.apart import Limits, read_apart
from retrieval.formats.readers import read_document
from retrieval.manifest import Rejection, read_manifest
from retrieval.model import Article, Published
from retrieval.store.records import article_of, article_record, files_of, sheet_of, unwritten
from retrieval.store.summary import Summary
from retrieval.wordings import read_questions
from tests.builders import SEEDS, make_article
from tests.fuzz.mutating import Mutate, mutated_bytes, mutated_either, mutated_text, text_of
from tests.fuzz.target import Run, Target
from tests.retrieval.formats.made_files import make_feed, make_word, make_zip
from tests.retrieval.formats.made_pdf import make_pdf

_BODY: Final = "The road was closed on 24 April 2023. Officials said that it would open again.\n\nNobody knew when."
_MARKDOWN: Final = f"""---
title: The road
author: [Ann Example, "Bob: Example"]
date: 2023-04-24
lang: en-GB
url: https://example.org/road
---
# The road

{_BODY}
""".encode()
_PAGE: Final = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The road</title>
<meta property="og:site_name" content="Example"><meta property="article:published_time" content="2023-04-24T10:00:00Z">
<link rel="canonical" href="https://example.org/road"></head><body><nav><a href="/">Home</a></nav><article>
<h1>The road</h1><p>{_BODY}</p><p style="display:none">x</p><table><tr><td>a<td>b</table><p>{_BODY * 3}</p>
</article><footer>&copy; 2023</footer></body></html>""".encode()
_LINES: Final = (
    b'{"text": "The road was closed. Officials said so.", "title": "Road", "id": "1", "published": "2023-04"}\n'
    b'{"text": "It is open again, they said.", "url": "https://example.org/2", "language": "en", "publisher": "X"}\n'
)
_TABLE: Final = (
    b'id,title,text,url,published\n1,Road,"The road was closed, they said.",https://example.org/1,2023-04-24\n'
    b'2,Open,"It is ""open"" again.\nAt last.",,2023\n'
)
_ITEM: Final = (
    "<title>The &lt;b&gt;road&lt;/b&gt;</title><link>https://example.org/1</link><guid>1</guid>"
    "<pubDate>Mon, 24 Apr 2023 10:00:00 GMT</pubDate><description>&lt;p&gt;The road was closed.&lt;/p&gt;</description>"
)
_ATOM: Final = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example &amp; Times</title>
<entry><id>tag:2</id><title type="html">Road &lt;b&gt;closed&lt;/b&gt;</title><link href="https://example.org/b"/>
<published>2023-04-25T01:00:00+04:00</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The
road was closed.</p></div></content></entry></feed>"""
_FEED: Final = make_feed(_ITEM, _ITEM.replace("1</guid>", "2</guid>")).encode()
_MANIFEST: Final = (SEEDS / "manifest.toml").read_bytes()
_ALIASES: Final = (
    '# names\nsame = [\n  ["UN", "United Nations", "ООН"],\n  ["Shusha", "Shushi"], # towns\n]\n\n[names]\n'
    '"Лавров" = ["Сергей", "Sergey"]\nAliyev = ["Ilham", "Heydar"]\n'
).encode()
_QUESTIONS: Final = (
    b'[[question]]\nask = "Which road?"\nright = ["The road was closed"]\n\n'
    b'[[question]]\nask = "Who?"\nkind = "canary"\n'
)
_JUDGED: Final = (
    b'{"id": "p1", "text": "The road was closed.", "title": "Road", "date": "2023-04-24"}\n'
    b'{"id": "p2", "text": "It is open."}\n\0{"id": "q1", "text": "Which road was closed?", '
    b'"kind": "x", "answer": ["the road"]}\n{"id": "q2", "text": "Who?", "unanswerable": true, "date": "2023/5/1"}\n\0'
    b"query-id\tcorpus-id\tscore\nq1\tp1\t2\n"
)
_ARTICLE: Final = make_article(_BODY, published=Published("2023-04-24", approximate=True))


def reading(suffix: str) -> Callable[[Path], AbstractContextManager[Run]]:
    """Opens the reader of one kind of file, in this process, and lays out what it finds."""

    @contextmanager
    def opened(_: Path) -> Iterator[Run]:
        def read(data: bytes) -> None:
            found = list(read_document(data, f"a{suffix}", suffix))
            assert found
            for each in found:
                _check(each)

        yield read

    return opened


def _check(found: Draft | Rejection) -> None:
    if isinstance(found, Rejection):
        assert found.reason
        str(found).encode()
        return
    article = lay_out(found, "a.txt")
    if isinstance(article, Article):
        article.body.encode()
        assert article_of(article_record(article)) == article
        _ = article.day


@contextmanager
def _child(folder: Path) -> Iterator[Run]:
    """The process of its own: what breaks it is a rejection, and the next file is read."""
    file = folder / "a.pdf"
    with shared_child(Limits(seconds=10, memory=1_000)):

        def read(data: bytes) -> None:
            file.write_bytes(data)
            for each in read_apart(file, "a.pdf", ".pdf"):
                _check(each)

        yield read


def filed(name: str, read: Callable[[Path], object]) -> Callable[[Path], AbstractContextManager[Run]]:
    """Opens a reader of a file that is called so, in a folder."""

    @contextmanager
    def opened(folder: Path) -> Iterator[Run]:
        def run(data: bytes) -> None:
            (folder / name).write_bytes(data)
            read(folder)

        yield run

    return opened


def _manifest(folder: Path) -> None:
    files = frozenset(path.name for path in SEEDS.glob("*.txt"))
    manifest = read_manifest(folder, files)
    for entry in manifest.entries.values():
        assert entry.file in files
        _ = entry.published and entry.published.day
        repr(entry).encode()
    for rejection in manifest.rejections:
        str(rejection).encode()


@contextmanager
def _entered(_: Path) -> Iterator[Run]:
    entry = {"file": "a.html", "url": "https://example.org/road", "title": 'A "quoted" \\ title\n'}

    def run(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        without_entry(text, "a.html")
        after, _ = with_entry(text, {**entry, "title": text[:50]})
        after.encode()

    yield run


def _aliases(folder: Path) -> None:
    aliases, rejections = read_aliases(folder / "aliases.toml")
    repr((aliases.groups, aliases.people)).encode()
    for rejection in rejections:
        str(rejection).encode()


def _asked(folder: Path) -> None:
    read_questions(folder / "q.toml")


@contextmanager
def _judged(folder: Path) -> Iterator[Run]:
    def run(data: bytes) -> None:
        parts = [*data.split(b"\0", 2), b"", b""][:3]
        for name, part in zip((CORPUS, QUERIES, QRELS), parts, strict=True):
            (folder / name).write_bytes(part)
        for question in read_judged_folder(folder, "x").questions:
            _ = question.asked_on

    yield run


@contextmanager
def _dated(_: Path) -> Iterator[Run]:
    def run(data: bytes) -> None:
        found = published(text_of(data))
        assert found is None or (found.day is None) == (len(found.iso) < len("2023-04-24"))

    yield run


@contextmanager
def _named(_: Path) -> Iterator[Run]:
    def run(data: bytes) -> None:
        text = text_of(data)
        for name in (page_name(f"https://example.org/{text}", ".html"), document_name(text)):
            assert name == Path(name).name
            assert 0 < len(name.encode()) < 255
            assert not name.startswith(".")

    yield run


def _packed(random: Random, example: bytes) -> bytes:
    """An archive whose members or bytes were changed."""
    if random.random() < 0.3:
        return mutated_bytes(random, example)
    stream = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(example)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                data = old.read(name)
                changed = mutated_either(random, data) if random.random() < 0.5 else data
                called = text_of(mutated_text(random, name.encode())) if random.random() < 0.1 else name
                new.writestr(called or "x", changed[:100_000])
    except (ValueError, OSError, struct.error):
        return example
    return stream.getvalue()


@contextmanager
def _stored(_: Path) -> Iterator[Run]:
    """What the store holds, damaged: the store's own error, which says what to do."""
    readers: tuple[Callable[[bytes], object], ...] = (
        unwritten, article_of, sheet_of, files_of, Summary.of,
    )  # fmt: skip

    def run(data: bytes) -> None:
        for read in readers:
            try:
                read(data)
            except StoreError as error:
                assert "move the folder" in str(error)  # noqa: PT017

    yield run


_WORD: Final = make_word([_BODY, "Second."], title="The road", author="Ann Example")
_ZIP: Final = make_zip({"a.txt": _BODY, "b/c.md": _MARKDOWN, "d.html": _PAGE, "e.csv": _TABLE, "f.jsonl": _LINES})
_PDF: Final = make_pdf([["The road was closed.", "They said."]])
_either: Final[Mutate] = mutated_either
TARGETS: Final = (
    Target("files .txt", reading(".txt"), tuple(p.read_bytes() for p in SEEDS.glob("*.txt")), _either, share=0.2),
    Target("files .md", reading(".md"), (_MARKDOWN, b"# Title\n\n" + _BODY.encode()), _either, share=0.4),
    Target("files .jsonl", reading(".jsonl"), (_LINES,), _either, share=1),
    Target("files .csv", reading(".csv"), (_TABLE, _TABLE.replace(b",", b";")), _either, share=1),
    Target("files .html", reading(".html"), (_PAGE,), _either, share=0.1),
    Target("files .xml", reading(".xml"), (_FEED, _ATOM), _either, share=0.15),
    Target("files .docx", reading(".docx"), (_WORD,), _packed, longest=500_000, share=0.05),
    Target("files .zip", reading(".zip"), (_ZIP,), _packed, longest=500_000, share=0.05),
    Target("files .pdf, apart", _child, (_PDF,), mutated_bytes, share=0.05),
    Target("manifest", filed("manifest.toml", _manifest), (_MANIFEST,), _either, grows=True, share=0.4),
    Target("manifest, entered", _entered, (_MANIFEST,), _either, (UnfitManifestError,), share=0.2),
    Target("aliases", filed("aliases.toml", _aliases), (_ALIASES,), _either, grows=True, share=0.4),
    Target(
        "judged questions", filed("q.toml", _asked), (_QUESTIONS,), _either, (JudgmentsError,), grows=True, share=0.4
    ),
    Target("judged folder", _judged, (_JUDGED,), _either, (JudgmentsError,), share=2),
    Target("judged dates", _dated, (b"2022-06-16", b"2022/6/16", b"2022", b"0099-1"), grows=True, share=3),
    Target(
        "names of files", _named, (b"report.pdf", b"../a b.HTML", "Отчёт.docx".encode()), _either, (KeepError,), share=3
    ),
    Target(
        "stored records",
        _stored,
        (
            article_record(_ARTICLE),
            b'[[["a","b"]],[["c",["d"]]]]',
            b'{"a.txt":[0,"00","11"]}',
            b'[[["00","a","a.txt","ab",null,"",{"en":1}]],["d"],[["p",1,"r"]]]',
        ),
        _either,
        share=4,
    ),
)
