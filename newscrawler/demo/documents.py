"""Documents made in code: a small PDF written by hand."""

from __future__ import annotations


def pdf(title: str) -> bytes:
    """A valid PDF of one page that shows a title; letters outside ASCII become question marks, as the file brings no
    font."""
    words = title.encode("ascii", "replace").translate(None, b"()\\")
    content = b"BT /F1 18 Tf 72 720 Td (" + words + b") Tj ET"
    return _file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def _file(*objects: bytes) -> bytes:
    """Objects, the first of which is the catalogue, with the table of their places behind them."""
    data = bytearray(b"%PDF-1.4\n")
    table = bytearray(b"0000000000 65535 f \n")
    for number, body in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    count = len(objects) + 1
    end = b"xref\n0 %d\n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(data) + end % (count, table, count, len(data))
