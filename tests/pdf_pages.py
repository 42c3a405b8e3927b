"""PDF files made by hand: text at places, ruling lines, nothing else."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

Text = tuple[float, float, str]
"""Left, distance from the top, the text (12 points)."""
Rule = tuple[float, float, float, float]

HEIGHT = 842.0


def grid(x: Sequence[float], y: Sequence[float]) -> list[Rule]:
    """The ruling lines of a table with these column and row edges (from the top)."""
    return [(x[0], row, x[-1], row) for row in y] + [(column, y[0], column, y[-1]) for column in x]


def make_pdf(
    pages: Sequence[tuple[Sequence[Text], Sequence[Rule]]], *, password: bool = False, bomb: int = 0
) -> bytes:
    """Return a PDF with these pages (texts and rules)."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -120 1000 880] /Ascent 880"
        b" /Descent -120 /CapHeight 880 /StemV 90 /ItalicAngle 0 >>",
    ]
    kids = []
    for texts, rules in pages:
        content = b"".join(
            b"BT /F1 12 Tf 1 0 0 1 %.1f %.1f Tm <%s> Tj ET\n"
            % (x, HEIGHT - top - 10, text.encode("utf-16-be").hex().encode())
            for x, top, text in texts
        ) + b"".join(
            b"%.1f %.1f m %.1f %.1f l S\n" % (x0, HEIGHT - t0, x1, HEIGHT - t1) for x0, t0, x1, t1 in rules
        )
        packed = zlib.compress(content)
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
        )
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % k for k in kids),
    )
    if bomb:
        packed = zlib.compress(b" " * bomb, 9)
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
        )
    trailer = b"/Root 1 0 R"
    if password:
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"ab" * 32, b"cd" * 32))
        trailer += b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects)
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)
