"""What an address asks for, read so that no spelling of it can do harm: words, numbers, days."""

from datetime import date

from django.http import HttpRequest

from qinqing.kernel.text import clean

HIGHEST = 2**63 - 1
"""No row has a higher number; both databases refuse to look for one."""


def words(request: HttpRequest, name: str, limit: int = 60) -> str:
    """Return cleaned text of a query parameter, "" if it is not there; what is longer is cut."""
    return clean(request.GET.get(name, "")[: limit * 2])[:limit]


def number(request: HttpRequest, name: str, default: int = 0, *, low: int = 0, high: int = HIGHEST) -> int:
    """Return a whole number of the query, within [low, high]; anything else is the default."""
    raw = request.GET.get(name, "")
    if not (raw.isascii() and raw.isdecimal()) or len(raw) > 19:
        return default
    return min(max(int(raw), low), high)


def one_of(request: HttpRequest, name: str, allowed: object, default: str = "") -> str:
    """Return the parameter if it is among the allowed values (any container of strings), else the default."""
    raw = request.GET.get(name, "")
    return raw if raw in allowed else default  # type: ignore[operator]


def day(request: HttpRequest, name: str) -> date | None:
    """Return a day written 2026-11-23, None for anything else."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
