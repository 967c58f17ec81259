"""A map is taken in or refused whole, with a sentence; the cockpit's figures are those of the rows they lead to."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qinqing.ledger.models import Entry
from qinqing.maps import actions, reads
from qinqing.maps.models import TownMap
from qinqing.maps.words import Place
from qinqing.statistics import actions as statistics
from tests.cases.world import NOW
from tests.conftest import Clock

if TYPE_CHECKING:
    from tests.cases.world import World

As = Callable[..., Client]
SQUARE = [[[0, 0], [1, 0], [1, 1], [0, 0]]]


def collection(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def feature(name: str, shape: str = "Polygon", coordinates: Any = None) -> dict[str, Any]:
    geometry = {"type": shape, "coordinates": SQUARE if coordinates is None else coordinates}
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def a_place(world: "World") -> str:
    return next(name for kind, _, name in reads.known_places(world.town).values() if kind is Place.COMMUNITY)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG", "不是 JSON"),
        (b"[" * 100_000, "不是 JSON"),
        (b'{"type": "Topology"}', "FeatureCollection"),
        (collection(), "没有任何地块"),
        (collection({"type": "Feature", "properties": None, "geometry": None}), "没有名称"),
        (collection(feature("火星村")), "火星村"),
        (collection(feature("@", "Point", [1, 1])), "不是一块地"),
        (collection(feature("@", coordinates=[[[0, 0], [1, 0], [1, 1]]])), "没有合拢"),
        (collection(feature("@", coordinates=[[[500000, 3500000]] * 4])), "不是经纬度"),
        (collection(feature("@", coordinates=[[["a", 0]] * 4])), "不是一对数字"),
        (collection(feature("@", coordinates=[[[10**400, 0]] * 4])), "不是经纬度"),
        (collection(feature("@", coordinates=[[[float("nan"), 0]] * 4])), "不是经纬度"),
        (collection(feature("\ud800火\x00")), "叫“火”"),
        (collection(feature("@"), feature("@")), "两次"),
        (b" " * 5_000_001, "5MB"),
    ],
)
def test_what_is_no_map_is_refused_beside_its_field(as_: As, world: "World", content: bytes, said: str) -> None:
    given = content.replace(b'"@"', json.dumps(a_place(world)).encode())
    before = Entry.objects.count()
    answer = as_("clerk").post("/cockpit/map/", {"file": SimpleUploadedFile("a.geojson", given)})
    assert answer.status_code == 422
    assert said in unescape(answer.content.decode())
    assert not TownMap.objects.exists()
    assert Entry.objects.count() == before


def test_a_map_is_taken_in_and_told(as_: As, world: "World") -> None:
    given = SimpleUploadedFile("a.geojson", collection(feature(a_place(world))))
    assert as_("clerk").post("/cockpit/map/", {"file": given}).status_code == 303
    assert len(TownMap.objects.get().outlines) == 1
    assert Entry.objects.order_by("-seq")[0].kind == "maps.imported"
    assert 'data-cockpit="map"' in as_("clerk").get("/cockpit/").content.decode()


def linked(page: str, label: str) -> str:
    """Return where the town's figure of this label leads."""
    found = re.findall(rf'class="num" href="([^"]*)" aria-label="{label}"', page)
    assert len(found) == 1, label
    return unescape(found[0])


def numbers(client: Client, address: str) -> set[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return set(re.findall(r"诉〔2026〕\d{4}号", answer.content.decode()))


def test_figures_lead_to_as_many_rows_and_cost_few_statements(
    as_: As, world: "World", django_assert_max_num_queries: Any
) -> None:
    actions.import_map(content=collection(feature(a_place(world))), by=world.clerk, at=NOW)
    for _ in range(3):
        world.in_hand()
    statistics.count(at=NOW)
    client = as_("clerk")
    client.get("/cockpit/")
    with django_assert_max_num_queries(20):
        page = client.get("/cockpit/").content.decode()
    assert len(numbers(client, linked(page, "在账3"))) == 3
    assert len(numbers(client, linked(page, "本月收到3"))) == 3


def test_the_map_is_coloured_by_the_worst_lamp_and_says_what_the_tables_say(
    as_: As, world: "World", clock: Clock
) -> None:
    actions.import_map(content=collection(feature(a_place(world))), by=world.clerk, at=NOW)
    case = world.in_hand()
    page = as_("clerk").get("/cockpit/").content.decode()
    place = drawn(page)[f"community:{case.community_id}"]
    assert (place["lamp"], place["count"]) == ("ok", "1")
    clock.move(days=30)
    page = as_("clerk").get("/cockpit/").content.decode()
    place = drawn(page)[f"community:{case.community_id}"]
    assert (place["lamp"], place["late"]) == ("late", "1")
    assert place["url"] in unescape(page)


def drawn(page: str) -> dict[str, Any]:
    said = re.search(r'<script id="cockpit-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert said
    return {place["name"]: place for place in json.loads(said[1])["places"]}


def test_the_wall_says_the_same_without_a_menu(as_: As, world: "World") -> None:
    world.in_hand()
    page, wall = (as_("clerk").get(f"/cockpit/{asked}").content.decode() for asked in ("", "?wall=1"))
    assert linked(wall, "在账1") == linked(page, "在账1")
    assert "<nav" in page
    assert "<nav" not in wall


def test_a_leader_opens_it_and_a_handler_does_not(as_: As) -> None:
    assert as_("leader").get("/cockpit/").status_code == 200
    assert as_("build").get("/cockpit/").status_code == 403
    assert as_("leader").get("/cockpit/map/").status_code == 403
