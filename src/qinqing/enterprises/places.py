"""Which community a firm may belong to, read off an address or a typed name. Pure: offices come in as names.

A name that is the community's own (全称, 简称, code) decides; an address only suggests, since a plan's villages have
swallowed others whose names live on in addresses, and streets are named after villages they leave.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_TAIL = re.compile(r"(社区居民委员会|村民委员会|社区居委会|村委会|居委会)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A community as far as names go."""

    id: int
    code: str
    name: str
    short: str


def exact(text: str, places: Sequence[Place]) -> Place | None:
    """Return the community that this text names: code, 全称, 简称, with or without 村委会 and 村/社区."""
    wanted = _plain(text)
    if not wanted:
        return None
    return next((place for place in places if wanted in _names(place)), None)


def suggest(address: str, places: Sequence[Place]) -> Place | None:
    """Return the one community whose 村/社区 name stands in an address; None if there is none, or more than one."""
    text = _plain(address)
    found = {}
    for place in places:
        # 万绥街 is in 万绥社区, but 银河路 may be anywhere: only a name that carries 村 or 社区 counts.
        names = [name for name in _names(place) if name.endswith(("村", "社区")) and len(name) >= 3]
        if any(name in text for name in names):
            found[place.id] = place
    return next(iter(found.values())) if len(found) == 1 else None


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _names(place: Place) -> set[str]:
    """Return every way to write a community: 通江村村委会, 通江村, 通江; its code."""
    names = {_plain(place.code)}
    for name in (place.name, place.short):
        stem = _TAIL.sub("", _plain(name))
        # 通江村村委会 loses 村委会 and keeps its own 村; 孟城社区居委会 loses 居委会.
        names |= {_plain(name), stem, re.sub(r"(村|社区)$", "", stem)}
        if _plain(name).endswith("社区居委会"):
            names.add(_plain(name).removesuffix("居委会"))
    return {name for name in names if len(name) >= 2}
