"""Files people bring: what they really are decides, not what they say; place and camera stay behind."""

import io
import zipfile

import pytest
from PIL import Image

from qinqing.cases.files import LARGEST, open_stored, receive, safe_name
from qinqing.kernel.errors import Refused

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#8899aa").save(out, form, **more)
    return out.getvalue()


def packed(kind: str = "xlsx", **more: bytes) -> bytes:
    out = io.BytesIO()
    inner = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}[kind]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(inner, "<x/>")
        for name, content in more.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "mime"),
    [
        ("现场.jpg", picture(), "image/jpeg"),
        ("现场.JPEG", picture(), "image/jpeg"),
        ("图.png", picture("PNG"), "image/png"),
        ("图.webp", picture("WEBP"), "image/webp"),
        ("证照.pdf", PDF, "application/pdf"),
        ("台账.xlsx", packed("xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("说明.docx", packed("docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_the_seven_kinds_are_taken_and_stored_under_their_digest(name: str, raw: bytes, mime: str) -> None:
    got = receive(name, io.BytesIO(raw))
    with open_stored(got.digest) as stored:
        content = stored.read()
    assert (got.mime, got.size, got.name) == (mime, len(content), name)
    assert receive(name, io.BytesIO(raw)).digest == got.digest


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("空.jpg", b"", "file_empty"),
        ("大.pdf", PDF[:-6] + b"\0" * LARGEST + b"%%EOF\n", "file_too_large"),
        ("图.svg", SVG, "file_kind"),
        ("页.html", HTML, "file_kind"),
        ("页.jpg", HTML, "picture_broken"),
        ("图.png", SVG, "picture_broken"),
        ("页.pdf", HTML, "file_not_what_it_says"),
        ("程序.exe", b"MZ\x90", "file_kind"),
        ("脚本.pdf.js", PDF, "file_kind"),
        ("没有后缀", PDF, "file_kind"),
        ("图.jpg", PDF, "picture_broken"),
        ("动图.jpg", b"GIF89a" + b"\0" * 40, "picture_broken"),
        ("半张.jpg", picture(size=(400, 300))[:300], "picture_broken"),
        ("表.xlsx", packed("docx"), "file_not_what_it_says"),
        ("表.xlsx", b"PK\x03\x04 broken", "file_not_what_it_says"),
        ("表.docx", picture(), "file_not_what_it_says"),
        ("宏.xlsx", packed("xlsx", **{"xl__vbaProject.bin": b"macro"}), "file_macro"),
        ("炸弹.xlsx", packed("xlsx", xl__big=b"\0" * (201 * 1024 * 1024)), "file_swells"),
    ],
)
def test_what_a_file_is_decides_and_the_refusal_names_the_file(name: str, raw: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        receive(name, io.BytesIO(raw))
    assert (caught.value.code, caught.value.field) == (code, "files")
    assert name in caught.value.sentence


def test_a_picture_that_is_a_page_as_well_comes_out_as_a_picture_only() -> None:
    got = receive("两用.jpg", io.BytesIO(picture() + HTML + packed()))
    with open_stored(got.digest) as stored:
        content = stored.read()
    assert b"<script" not in content
    assert b"PK\x03\x04" not in content


def test_the_place_and_the_camera_of_a_photo_are_left_behind() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "DemoCam", "DemoPhone 9"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 53.0, 0.0), 3: "E", 4: (119.0, 49.0, 0.0)})
    raw = picture(exif=exif)
    assert b"DemoCam" in raw
    got = receive("现场.jpg", io.BytesIO(raw))
    with open_stored(got.digest) as stored:
        content = stored.read()
    assert b"DemoCam" not in content
    with Image.open(io.BytesIO(content)) as clean:
        assert dict(clean.getexif()) == {}


def test_a_large_photo_is_reduced_and_a_monstrous_one_refused() -> None:
    got = receive("大图.jpg", io.BytesIO(picture(size=(4000, 1000))))
    with open_stored(got.digest) as stored, Image.open(stored) as shown:
        assert shown.size == (2560, 640)
    with pytest.raises(Refused):
        receive("巨图.png", io.BytesIO(picture("PNG", size=(20_000, 5_000))))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\windows\\a.pdf", "a.pdf"),
        ("/var/x.jpg", "x.jpg"),
        ("a\x00b.pdf", "ab.pdf"),
        ("图\u202egpj.pdf", "图gpj.pdf"),
        ("<b>:|?.pdf", "_b_.pdf"),
        ("....", "附件"),
        ("", "附件"),
        ("长" * 300 + ".pdf", "长" * 90 + ".pdf"),
    ],
)
def test_a_name_keeps_no_path_and_no_tricks(typed: str, kept: str) -> None:
    assert safe_name(typed) == kept
