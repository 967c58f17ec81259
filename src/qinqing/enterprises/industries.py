"""The industry table GB/T 4754-2017: is this a code, and what is it called. Plain data, read once."""

import csv
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def table() -> dict[str, str]:
    """Return code → 名称: sections "C", divisions "36", groups "367", classes "3670"."""
    text = files("qinqing.enterprises").joinpath("data/gbt4754.csv").read_text(encoding="utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}


def name_of(code: str) -> str:
    """Return the 名称 of a code, or "" if the table has no such code."""
    return table().get(code, "")


def normalise(raw: str) -> str:
    """Return a typed code as stored: digits only, without the section letter people put in front (C3670 → 3670)."""
    code = raw.strip().upper()
    return code[1:] if len(code) > 1 and code[0].isalpha() and code[1:].isdigit() else code


def find(text: str, limit: int = 20) -> list[tuple[str, str]]:
    """Return (code, 名称) of the classes and groups whose code begins with the text or whose name contains it."""
    text = text.strip()
    if not text:
        return []
    code = normalise(text)
    hits = ((c, n) for c, n in table().items() if len(c) >= 3 and (c.startswith(code) or text in n))
    return [hit for hit, _ in zip(hits, range(limit), strict=False)]
