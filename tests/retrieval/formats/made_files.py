"""Word files, archives and feeds for tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx

FEED = '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Example Times</title>{}</channel></rss>'


def make_word(paragraphs: Sequence[str], **properties: object) -> bytes:
    """A Word file with these paragraphs and core properties."""
    document = docx.Document()
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_zip(files: Mapping[str, str | bytes]) -> bytes:
    """An archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def repacked(archive: bytes, changes: Mapping[str, bytes]) -> bytes:
    """The archive with other contents under some of its names."""
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        return make_zip({name: changes.get(name, old.read(name)) for name in [*old.namelist(), *changes]})


def make_feed(*items: str) -> str:
    """An RSS feed of these items."""
    return FEED.format("".join(f"<item>{item}</item>" for item in items))
