"""Bytes on disk: pieces of what is on its way, and whole files under their digest. Nothing is answered before it is on the disk."""

import hashlib
import io
import os
from pathlib import Path
from typing import IO
from uuid import UUID

from django.core.files.storage import default_storage
from PIL import Image, ImageOps, UnidentifiedImageError

from qinqing.cases.files import path_of

_PIECE = 1024 * 1024
_THUMB = 320
_KINDS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)


def write_at(attachment_id: UUID, offset: int, piece: bytes) -> None:
    """Put a piece at its place in the part file and wait for the disk. The same piece twice does no harm."""
    part = _part(attachment_id)
    is_new = not part.exists()
    handle = os.open(part, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        while piece:
            written = os.pwrite(handle, piece, offset)
            piece, offset = piece[written:], offset + written
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        _settle(part.parent)


def finish(attachment_id: UUID, sha256: str, size: int) -> bool:
    """Keep a whole part file under its digest; say False, and keep nothing, if the bytes are not those of the digest.

    The bytes are copied while they are hashed, so that a late writer still holding the part file cannot reach the kept ones.
    """
    part = _part(attachment_id)
    target = Path(default_storage.path(path_of(sha256)))
    fresh = _beside(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    seen, left = hashlib.sha256(), size
    with part.open("rb") as source, fresh.open("wb") as copy:
        while left and (piece := source.read(min(_PIECE, left))):
            seen.update(piece)
            copy.write(piece)
            left -= len(piece)
        copy.flush()
        os.fsync(copy.fileno())
    if left or seen.hexdigest() != sha256:
        fresh.unlink()
        return False
    _place(fresh, target)
    return True


def discard(attachment_id: UUID) -> None:
    """Forget the pieces of an attachment."""
    _part(attachment_id).unlink(missing_ok=True)


def keep(content: bytes, sha256: str) -> None:
    """Keep bytes under their digest."""
    target = Path(default_storage.path(path_of(sha256)))
    if target.exists() and target.stat().st_size == len(content):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = _beside(target)
    with fresh.open("wb") as copy:
        copy.write(content)
        copy.flush()
        os.fsync(copy.fileno())
    _place(fresh, target)


def is_kept(sha256: str, size: int) -> bool:
    """Say whether the bytes of a digest lie whole in the store."""
    target = Path(default_storage.path(path_of(sha256)))
    return target.exists() and target.stat().st_size == size


def open_kept(sha256: str) -> IO[bytes]:
    """Open the bytes of a digest for reading."""
    stored: IO[bytes] = default_storage.open(path_of(sha256), "rb")
    return stored


def type_of(sha256: str, named: str) -> str:
    """Return what the kept bytes are by their first bytes; a type this cannot tell is served as mere octets."""
    with open_kept(sha256) as kept:
        head = kept.read(16)
    for beginning, kind in _KINDS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return named if named.startswith("application/vnd.openxmlformats") else "application/octet-stream"


def open_thumb(sha256: str) -> IO[bytes] | None:
    """Open a small JPEG of a kept picture, made on first asking; None where the bytes are no picture."""
    target = Path(default_storage.path(f"thumbs/{path_of(sha256)}.jpg"))
    if not target.exists():
        made = _small(sha256)
        if made is None:
            return None
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = _beside(target)
        fresh.write_bytes(made)
        fresh.replace(target)
    return target.open("rb")


def _small(sha256: str) -> bytes | None:
    try:
        with open_kept(sha256) as kept, Image.open(kept, formats=["JPEG", "PNG", "WEBP"]) as picture:
            picture.draft("RGB", (_THUMB * 2, _THUMB * 2))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((_THUMB, _THUMB))
            out = io.BytesIO()
            upright.convert("RGB").save(out, "JPEG", quality=80)
            return out.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _parts_folder() -> Path:
    folder = Path(default_storage.path("incoming"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _part(attachment_id: UUID) -> Path:
    return _parts_folder() / str(attachment_id)


def _beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.{os.urandom(6).hex()}")


def _place(fresh: Path, target: Path) -> None:
    fresh.replace(target)
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """Wait until the folder itself, with its new name in it, is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
