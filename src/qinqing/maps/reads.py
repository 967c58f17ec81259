"""Everything fetched of the map."""

from typing import Any

from qinqing.enterprises import reads as enterprises
from qinqing.maps.models import TownMap
from qinqing.maps.words import Place
from qinqing.people import reads as people
from qinqing.people.words import OfficeKind


def of_town(town_id: int) -> TownMap | None:
    """Return a town's map; None before one was taken in."""
    return TownMap.objects.filter(pk=town_id).first()


def known_places(town_id: int) -> dict[str, tuple[Place, int, str]]:
    """Return the places a map of this town may draw, by each name and code. Two queries."""
    found: dict[str, tuple[Place, int, str]] = {}
    for park in enterprises.parks(town_id):
        found |= dict.fromkeys((park.code, park.name), (Place.PARK, park.pk, park.name))
    for office in people.offices(town_id, [OfficeKind.COMMUNITY]):
        found |= dict.fromkeys((office.code, office.name, office.short), (Place.COMMUNITY, office.pk, office.short))
    return found


def places(town_id: int) -> list[tuple[Place, int, str]]:
    """Return the same places once each: communities, then parks, in the plan's order."""
    found = dict.fromkeys(known_places(town_id).values())
    return sorted(found, key=lambda place: (place[0] is Place.PARK, place[1]))


def geojson(row: TownMap) -> dict[str, Any]:
    """Return the map as GeoJSON; a place's name there is its kind and key ("community:12"), unlike any other's."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": f"{one['kind']}:{one['key']}"},
                "geometry": {"type": "MultiPolygon", "coordinates": one["polygons"]},
            }
            for one in row.outlines
        ],
    }
