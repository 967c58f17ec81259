"""The map of the demonstration town: invented outlines in an empty square of the grid, marked 演示."""

import json
from datetime import datetime
from math import sin

from qinqing.demo.cast import BOOK
from qinqing.kernel.actor import Actor
from qinqing.maps import actions, reads
from qinqing.maps.words import Place
from qinqing.people import reads as people

_ACROSS = 6


def draw(*, at: datetime) -> None:
    """Draw every community as a cell of a crooked grid, every park as a block across the corners of some."""
    town = people.town(BOOK)
    by = Actor.system("演示装载", town_id=town.pk, book=BOOK)
    places = reads.places(town.pk)
    communities = [name for kind, _, name in places if kind is Place.COMMUNITY]
    parks = [name for kind, _, name in places if kind is Place.PARK]
    features = [_feature(name, _cell(*divmod(at_, _ACROSS))) for at_, name in enumerate(communities)]
    features += [_feature(name, _block(1.1 + 1.5 * at_, 0.7 + at_ % 2)) for at_, name in enumerate(parks)]
    content = json.dumps({"type": "FeatureCollection", "name": "演示", "features": features}, ensure_ascii=False)
    actions.import_map(content=content.encode(), by=by, at=at, is_demo=True)


def _feature(name: str, ring: list[list[float]]) -> dict[str, object]:
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"name": name, "note": "演示"}, "geometry": shape}


def _corner(down: int, across: int) -> list[float]:
    """Return where four cells meet, the same for each of them."""
    crooked = 0.16 * sin(3.1 * down + 5.7 * across), 0.16 * sin(4.3 * down + 2.9 * across)
    return [round(100 + (across + crooked[0]) * 0.02, 6), round(30 - (down + crooked[1]) * 0.018, 6)]


def _cell(down: int, across: int) -> list[list[float]]:
    corners = [(down, across), (down, across + 1), (down + 1, across + 1), (down + 1, across), (down, across)]
    return [_corner(*corner) for corner in corners]


def _block(across: float, down: float) -> list[list[float]]:
    west, north = 100 + across * 0.02, 30 - down * 0.018
    east, south = west + 0.0185, north - 0.0075
    ring = [[west, north], [east, north], [east, south], [west, south], [west, north]]
    return [[round(one, 6) for one in point] for point in ring]
