"""Word: paragraphs and rows in order, with what the properties state."""

import datetime as dt
import io
from pathlib import Path

import docx

from retrieval import Published
from tests.retrieval.formats.made_files import make_word, repacked
from tests.retrieval.formats.reading import only

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def worded(xml: str) -> bytes:
    """A Word file with this body."""
    document = f"<w:document {NAMES}><w:body>{xml}</w:body></w:document>"
    return repacked(make_word([]), {"word/document.xml": document.encode()})


def test_paragraphs_and_tables_come_in_order(tmp_path: Path) -> None:
    """A row is a line, with tabs between its cells; tabs and breaks inside of a paragraph are kept."""
    document = docx.Document()
    document.add_paragraph("One\twith a tab,\nand a break.")
    table = document.add_table(2, 2)
    for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells], ["Year", "Cars", "2022", "6,500"], strict=True):
        cell.text = text
    document.add_paragraph("Last one.")
    stream = io.BytesIO()
    document.save(stream)
    body = only(tmp_path, "a.docx", stream.getvalue()).body
    assert body == "One\twith a tab,\nand a break.\n\nYear\tCars\n\n2022\t6,500\n\nLast one."


def test_properties_say_what_is_known(tmp_path: Path) -> None:
    """The day of creation is near the day of publication at best."""
    content = make_word(["Text."], title="Road", author="Ann", created=dt.datetime(2023, 4, 24, tzinfo=dt.UTC))
    draft = only(tmp_path, "a.docx", content)
    assert (draft.title, draft.publisher) == ("Road", "Ann")
    assert draft.published == Published("2023-04-24", approximate=True)


def test_what_stands_is_read_and_what_was_deleted_is_not(tmp_path: Path) -> None:
    """Words that were inserted, linked to, in controls and in text boxes; each once."""
    run = "<w:r><w:t>{}</w:t></w:r>".format
    box = f"<w:p>{run('boxed')}</w:p>"
    xml = (
        f"<w:p>{run('plain ')}<w:ins>{run('inserted ')}</w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        f"<w:hyperlink>{run('linked ')}</w:hyperlink><w:sdt><w:sdtContent>{run('controlled')}</w:sdtContent></w:sdt>"
        "</w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run('block')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{run('around')}<mc:AlternateContent><mc:Choice><w:txbxContent>{box}"
        f"</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{box}</w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:p>"
    )
    body = only(tmp_path, "a.docx", worded(xml)).body
    assert body.split("\n\n") == ["plain inserted linked controlled", "block", "boxed", "around"]


def test_a_table_in_a_table_is_one_row_of_the_outer_one(tmp_path: Path) -> None:
    """Nothing of it is said twice."""
    cell = "<w:tc>{}</w:tc>".format
    words = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>".format
    inner = f"<w:tbl><w:tr>{cell(words('b'))}{cell(words('c'))}</w:tr></w:tbl>"
    xml = f"<w:tbl><w:tr>{cell(words('a'))}{cell(inner + words('d'))}</w:tr></w:tbl>"
    assert only(tmp_path, "a.docx", worded(xml)).body == "a\tb\tc\td"
