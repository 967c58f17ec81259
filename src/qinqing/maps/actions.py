"""Taking a map in."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from qinqing.kernel.actor import Actor
from qinqing.ledger import actions as ledger
from qinqing.maps import reads, rules
from qinqing.maps.facts import MapImported
from qinqing.maps.models import TownMap
from qinqing.maps.words import Place
from qinqing.people import rights
from qinqing.people.rights import Right


def import_map(*, content: bytes, by: Actor, at: datetime, is_demo: bool = False) -> TownMap:
    """Take a GeoJSON file in as the town's map, in place of the one before.

    Raises:
        NotAllowed: not the hub, nor the server's command line.
        Refused: the file is no map of this town; nothing is changed.
    """
    rights.require(by, Right.MANAGE_ENTERPRISES)
    outlines = rules.read(content, reads.known_places(by.town_id))
    digest = sha256(content).hexdigest()
    with transaction.atomic():
        row, _ = TownMap.objects.update_or_create(
            town_id=by.town_id,
            defaults={
                "outlines": [one.plain() for one in outlines],
                "digest": digest,
                "is_demo": is_demo,
                "at": at,
                "by_name": by.name,
            },
        )
        parks = sum(one.kind == Place.PARK.value for one in outlines)
        fact = MapImported(communities=len(outlines) - parks, parks=parks, digest=digest)
        ledger.record(fact, book=by.book, on=("map", by.town_id), label="地图", by=by, at=at)
    return row
