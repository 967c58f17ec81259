"""Files people bring: sniffed, cleaned of place and camera data, kept under their digest."""

import hashlib
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps, UnidentifiedImageError

from qinqing.kernel.errors import Refused
from qinqing.kernel.text import clean

LARGEST = 20 * 1024 * 1024
"""Bytes one file may have."""
MOST = 9
"""Files one press may bring."""
LONGEST_SIDE = 2560
"""Pixels; larger photos are reduced, which a phone's owner thanks for."""
_MOST_PIXELS = 80_000_000
_MOST_UNZIPPED = 200 * 1024 * 1024

_IMAGES = {
    "jpg": ("JPEG", "image/jpeg"),
    "jpeg": ("JPEG", "image/jpeg"),
    "png": ("PNG", "image/png"),
    "webp": ("WEBP", "image/webp"),
}
_OFFICE = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
ACCEPT = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx"


@dataclass(frozen=True)
class Received:
    """A file that was checked and stored; `digest` (SHA-256 of the stored bytes) is its name in the store."""

    digest: str
    name: str
    size: int
    mime: str


def receive(name: str, stream: IO[bytes]) -> Received:
    """Check one uploaded file, store it, and return what the action needs.

    Storing comes before the action's transaction: a file without a case harms nobody, a case without its file would.

    Raises:
        Refused: too large, empty, not what its name says, broken, or a kind that is not taken (field "files").
    """
    shown = safe_name(name)
    raw = stream.read(LARGEST + 1)
    if not raw:
        raise _refuse("file_empty", shown, "是空文件，请重新选择")
    if len(raw) > LARGEST:
        raise _refuse("file_too_large", shown, "超过20兆，请压缩后再传")
    kind = PurePosixPath(shown).suffix.lstrip(".").lower()
    if kind in _IMAGES:
        content, mime = _image(raw, shown, kind)
    elif kind == "pdf":
        content, mime = _pdf(raw, shown)
    elif kind in _OFFICE:
        content, mime = _office(raw, shown, kind)
    else:
        raise _refuse("file_kind", shown, "不是可以上传的类型，请用照片（jpg、png、webp）、pdf、docx 或 xlsx")
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return Received(digest, shown, len(content), mime)


def path_of(digest: str) -> str:
    """Return where the bytes of a digest lie in the store."""
    return f"{digest[:2]}/{digest}"


def open_stored(digest: str) -> IO[bytes]:
    """Open the stored bytes of a digest for reading."""
    stored: IO[bytes] = default_storage.open(path_of(digest), "rb")
    return stored


def safe_name(name: str) -> str:
    """Return a file name without path, control characters or tricks, at most 100 characters, ending kept."""
    base = clean(unicodedata.normalize("NFKC", name.replace("\\", "/")).rsplit("/", 1)[-1])
    base = re.sub(r'[<>:"|?*\n\t]+', "_", base).strip(". ") or "附件"
    stem, dot, suffix = base.rpartition(".")
    return f"{stem[:90]}{dot}{suffix[:9]}" if dot else base[:100]


def _refuse(code: str, name: str, why: str) -> Refused:
    return Refused(code, f"“{name}”{why}。", field="files")


def _image(raw: bytes, name: str, kind: str) -> tuple[bytes, str]:
    """Re-encode a picture: what is not a picture cannot survive it, and place and camera data are left behind."""
    form, mime = _IMAGES[kind]
    try:
        with Image.open(io.BytesIO(raw), formats=["JPEG", "PNG", "WEBP"]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise _refuse("picture_too_large", name, "像素过大，请缩小后再传")
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            if form == "JPEG" and upright.mode != "RGB":
                upright = upright.convert("RGB")
            out = io.BytesIO()
            upright.save(out, form, quality=88, optimize=form == "PNG")
            return out.getvalue(), mime
    except Refused:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise _refuse("picture_broken", name, "打不开，可能已损坏或不是照片，请重拍或另存为 jpg") from fault


def _pdf(raw: bytes, name: str) -> tuple[bytes, str]:
    """Take a file that begins and ends as PDF does."""
    if not raw.startswith(b"%PDF-") or b"%%EOF" not in raw[-2048:]:
        raise _refuse("file_not_what_it_says", name, "不是完整的 PDF 文件，请重新导出")
    return raw, "application/pdf"


def _office(raw: bytes, name: str, kind: str) -> tuple[bytes, str]:
    """Take a zip that holds what an office file of this kind must, no macros, and does not swell when opened."""
    part, mime = _OFFICE[kind]
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            members = packed.infolist()
            names = {member.filename for member in members}
            swollen = sum(member.file_size for member in members) > _MOST_UNZIPPED
            broken = part not in names or "[Content_Types].xml" not in names
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError) as fault:
        raise _refuse("file_not_what_it_says", name, f"不是有效的 {kind} 文件，请另存后再传") from fault
    if broken:
        raise _refuse("file_not_what_it_says", name, f"不是有效的 {kind} 文件，请另存后再传")
    if swollen:
        raise _refuse("file_swells", name, "解开后过大，不能接收")
    if any(member.endswith("vbaProject.bin") for member in names):
        raise _refuse("file_macro", name, "带有宏，请另存为不带宏的文件")
    return raw, mime
