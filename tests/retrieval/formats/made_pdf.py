"""PDF files written by hand: lines of Helvetica at given heights."""

from collections.abc import Sequence

_TOP = 760
_LINE = 14


def make_pdf(pages: Sequence[Sequence[str]], info: str = "") -> bytes:
    """A file with these lines on these pages; an empty line leaves room.

    Args:
        pages: lines of Latin-1 text, page by page.
        info: entries of the document information dictionary, as PDF writes them.
    """
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "]
    objects[2] += b"/Encoding /WinAnsiEncoding >>"
    kids = []
    for lines in pages:
        content = _content(lines)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R " % len(objects)
        objects.append(page + b"/Resources << /Font << /F1 3 0 R >> >> >>")
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(f"<< {info} >>".encode("latin-1"))
    return _file(objects)


def _content(lines: Sequence[str]) -> bytes:
    said = [b"BT /F1 11 Tf 72 %d Td" % _TOP]
    for line in lines:
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
        said.append(b"(%s) Tj 0 -%d Td" % (escaped, _LINE))
    return b"\n".join([*said, b"ET"])


def _file(objects: Sequence[bytes]) -> bytes:
    data = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    ends = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(data + ends % (len(objects) + 1, len(objects), table))
