"""Small corpora for tests, as a person would put them into a folder."""

import hashlib
from pathlib import Path

from retrieval import Article, Corpus, Published, read_corpus
from retrieval.paragraphs import read_layout

SEEDS = Path(__file__).parent.parent / "seeds"
IN_MEMORY = next((folder for folder in [Path("/dev/shm")] if folder.is_dir()), None)
"""Where many small stores are written quickly; None where the machine has no such place."""


def write_corpus(folder: Path, files: dict[str, str | bytes], manifest: str = "") -> Path:
    """A corpus folder with these files, and a manifest if one is given."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if manifest:
        (folder / "manifest.toml").write_text(manifest, encoding="utf-8")
    return folder


def make_corpus(folder: Path, files: dict[str, str | bytes], manifest: str = "") -> Corpus:
    """The corpus read from such a folder."""
    return read_corpus(write_corpus(folder, files, manifest))


def make_article(
    body: str,
    *,
    article_id: str = "a",
    title: str = "A title",
    publisher: str | None = "Example Times",
    published: Published | None = None,
    language: str = "en",
    url: str | None = "https://example.org/a",
) -> Article:
    """An article without a file."""
    return Article(
        id=article_id,
        path=f"{article_id}.txt",
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        body=body,
        title=title,
        publisher=publisher,
        published=published,
        language=language,
        url=url,
        blocks=read_layout(body, language, title).blocks,
    )
