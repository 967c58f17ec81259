"""Reading a GeoJSON file: outlines of places the town knows, or a sentence that says what is wrong with it. Pure.

Source: domain §1.15.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from qinqing.kernel.errors import Refused
from qinqing.kernel.text import clean
from qinqing.maps.words import Place

BIGGEST = 5_000_000
MOST_POINTS = 60_000
Ring = list[list[float]]


@dataclass(frozen=True)
class Outline:
    """One place: what it is, whose, what it is called, and its polygons (each an outer ring and its holes)."""

    kind: str
    key: int
    name: str
    polygons: list[list[Ring]]

    def plain(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return asdict(self)


Known = Mapping[str, tuple[Place, int, str]]
"""By name or code: which place it is, its key and the name shown."""


def read(content: bytes, known: Known) -> list[Outline]:
    """Return the outlines of a file, communities before parks.

    Raises:
        Refused: it is too big, no GeoJSON, no map, or names a place the town does not know.
    """
    if len(content) > BIGGEST:
        raise _no("too_large", "地图文件不会超过5MB，请核对是不是选错了文件，或先把边界简化。")
    features = _features(content)
    found: dict[tuple[str, int], Outline] = {}
    points = 0
    for number, feature in enumerate(features, 1):
        outline = _outline(feature, number, known)
        if (outline.kind, outline.key) in found:
            raise _no("twice", f"“{outline.name}”在文件里出现了两次，请合并成一个。")
        found[outline.kind, outline.key] = outline
        points += sum(len(ring) for polygon in outline.polygons for ring in polygon)
    if points > MOST_POINTS:
        raise _no("too_many_points", f"边界点有{points}个，超过{MOST_POINTS}个，请先简化边界。")
    return sorted(found.values(), key=lambda one: (one.kind == Place.PARK.value, one.key))


def _no(code: str, sentence: str) -> Refused:
    return Refused(code, sentence, field="file")


def _features(content: bytes) -> list[Any]:
    try:
        given = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise _no("no_json", "这不是 GeoJSON 文件（内容不是 JSON），请从地图软件导出 .geojson 再传。") from fault
    if not isinstance(given, dict) or given.get("type") != "FeatureCollection":
        raise _no("no_map", "这个文件不是地图：GeoJSON 最外层应是 FeatureCollection。")
    features = given.get("features")
    if not isinstance(features, list) or not features:
        raise _no("empty_map", "这个文件里没有任何地块（features 是空的）。")
    return features


def _outline(feature: Any, number: int, known: Known) -> Outline:
    where = f"第{number}个地块"
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _no("no_feature", f"{where}不是 GeoJSON 的 Feature。")
    said, shape = feature.get("properties"), feature.get("geometry")
    name = clean(str(said.get("name") or "")) if isinstance(said, dict) else ""
    if not name:
        raise _no("no_name", f"{where}没有名称（properties 里的 name）。")
    if name not in known:
        raise _no("unknown_place", f"{where}叫“{name[:30]}”，本镇没有这个村（社区）或园区，请按系统里的名称写。")
    shape = shape if isinstance(shape, dict) else {}
    form = shape.get("type")
    if form not in {"Polygon", "MultiPolygon"}:
        raise _no("no_area", f"{where}“{name[:30]}”不是一块地：边界应是 Polygon 或 MultiPolygon。")
    given = shape.get("coordinates")
    polygons = [given] if form == "Polygon" else given
    if not isinstance(polygons, list) or not polygons:
        raise _no("no_area", f"{where}“{name[:30]}”没有边界。")
    kind, key, shown = known[name]
    return Outline(kind.value, key, shown, [_polygon(one, f"{where}“{name[:30]}”") for one in polygons])


def _polygon(given: Any, where: str) -> list[Ring]:
    if not isinstance(given, list) or not given:
        raise _no("no_area", f"{where}没有边界。")
    return [_ring(one, where) for one in given]


def _ring(given: Any, where: str) -> Ring:
    points = [_point(one, where) for one in given] if isinstance(given, list) else []
    if len(points) < 4 or points[0] != points[-1]:
        raise _no("open_ring", f"{where}的边界没有合拢：一圈至少四个点，最后一个点应与第一个相同。")
    return points


def _point(given: Any, where: str) -> list[float]:
    numbers = given[:2] if isinstance(given, list) else []
    if len(numbers) != 2 or any(isinstance(one, bool) or not isinstance(one, int | float) for one in numbers):
        raise _no("no_point", f"{where}的边界点不是一对数字。")
    east, north = numbers
    if not (abs(east) <= 180 and abs(north) <= 90):  # holds for NaN and for numbers no float can hold too
        raise _no("not_on_earth", f"{where}的坐标不是经纬度，请按经纬度（WGS 84 或 CGCS2000）导出。")
    return [round(float(east), 6), round(float(north), 6)]
