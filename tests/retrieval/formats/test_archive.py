"""ZIP: its files are read as if they lay in the folder, each called by its name."""

import zipfile
from pathlib import Path

from retrieval.corpus import read_articles
from tests.retrieval.formats.made_files import make_feed, make_word, make_zip
from tests.retrieval.formats.made_pdf import make_pdf
from tests.retrieval.formats.reading import read
from tests.retrieval.formats.test_web_page import PAGE

TEXT = "The road is open; the ministry said so on Monday."
FILES: dict[str, str | bytes] = {
    "a.txt": TEXT,
    "sub/b.md": f"---\ntitle: B\n---\n{TEXT}",
    "c.html": PAGE,
    "d.pdf": make_pdf([[TEXT]]),
    "e.docx": make_word([TEXT]),
    "f.jsonl": f'{{"text": "{TEXT}", "id": "r"}}\n{{"text": "{TEXT}"}}\n{{}}\n',
    "g.csv": f"text\n{TEXT}\n",
    "h.rss": make_feed(f"<guid>i</guid><description>{TEXT}</description>"),
    ".hidden.txt": TEXT,
    "__MACOSX/a.txt": TEXT,
    "sub/": "",
}


def test_every_kind_is_read_out_of_an_archive(tmp_path: Path) -> None:
    """Called by its name and part; rejections too."""
    drafts, rejections = read(tmp_path, "a.zip", make_zip(FILES))
    parts = ["a.txt", "sub/b.md", "c.html", "d.pdf", "e.docx", "f.jsonl#r", "f.jsonl#2", "g.csv#2", "h.rss#i"]
    assert [draft.part for draft in drafts] == parts
    assert all("road" in draft.body for draft in drafts)
    assert drafts[3].pages == (0,)
    assert rejections == ["3: a row without text: give it a text, or take it out"]


def test_articles_of_an_archive_have_paths_and_ids_of_their_own(tmp_path: Path) -> None:
    """Which are those of the archive with the part behind."""
    (tmp_path / "news.zip").write_bytes(make_zip(FILES | {"z.txt": "Subscribe"}))
    articles, rejections = read_articles(tmp_path / "news.zip", "news.zip", None)
    assert (articles[1].path, articles[1].id, articles[1].title) == ("news.zip#sub/b.md", "news#sub/b.md", "B")
    assert articles[5].path == "news.zip#f.jsonl#r"
    assert list(map(str, rejections)) == [
        "news.zip#f.jsonl:3: a row without text: give it a text, or take it out",
        "news.zip#z.txt: only furniture: no line of it is a paragraph of an article",
    ]


def test_a_file_that_was_damaged_on_the_way_costs_only_itself(tmp_path: Path) -> None:
    """The checksums of the archive tell."""
    stored = tmp_path / "stored.zip"
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.txt", TEXT.upper())
    drafts, rejections = read(tmp_path, "a.zip", stored.read_bytes().replace(TEXT.encode(), TEXT[::-1].encode()))
    assert [draft.part for draft in drafts] == ["b.txt"]
    assert rejections == ["None: damaged in the archive: pack it again"]
