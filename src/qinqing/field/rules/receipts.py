"""The digest a receipt vouches for: body and every attachment."""

import hashlib
from collections.abc import Iterable
from uuid import UUID


def manifest_sha256(body_sha256: str, attachments: Iterable[tuple[UUID, str]]) -> str:
    """Return sha256(hex(body) + id₁ + hex(sha₁) + …) over ASCII, attachments (id, hex digest) sorted by id."""
    parts = [body_sha256]
    for key, sha256 in sorted((str(key), sha256) for key, sha256 in attachments):
        parts += [key, sha256]
    return hashlib.sha256("".join(parts).encode("ascii")).hexdigest()


def number(no: int) -> str:
    """Return a receipt's number as people read it."""
    return f"№ {no:06d}"
