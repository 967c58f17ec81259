"""Small pictures, made here."""

import io
import random

from PIL import Image


def jpeg(width: int = 60, height: int = 40, *, seed: int = 1, exif: bool = False) -> bytes:
    """Return a JPEG of noise; the same seed gives the same bytes."""
    noise = random.Random(seed).randbytes(width * height * 3)
    out = io.BytesIO()
    picture = Image.frombytes("RGB", (width, height), noise)
    more = {}
    if exif:
        found = picture.getexif()
        found[0x0112] = 6  # lies on its side
        found[0x010F] = "Telefon"
        more["exif"] = found.tobytes()
    picture.save(out, "JPEG", quality=70, **more)
    return out.getvalue()
