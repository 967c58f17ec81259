"""What the pages of the patrol share: their tabs, pictures as files, the choices to narrow by."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from qinqing.enterprises import reads as enterprises
from qinqing.kernel.actor import Actor
from qinqing.patrol.reads import visits
from qinqing.people import reads as people
from qinqing.people.words import OfficeKind
from qinqing.web.templatetags.parts import Tab

if TYPE_CHECKING:
    from qinqing.evidence.reads import Photo

_TABS = (
    ("visits", "走访记录", "patrol_visits"),
    ("coverage", "应查未查", "patrol_coverage"),
    ("plans", "走访安排", "patrol_plans"),
    ("flagged", "待核看", "patrol_flagged"),
    ("inspections", "行政检查登记", "patrol_inspections"),
)


def tabs(by: Actor, here: str) -> list[Tab]:
    """Return the pages under 走访巡查; beside 待核看 how many wait there, counting no further than a page."""
    waiting = len(visits.find(by, visits.Filters(flagged=True)).rows) if here == "flagged" else None
    return [
        Tab(label, reverse(name), key == here, waiting=waiting if key == "flagged" else None)
        for key, label, name in _TABS
    ]


@dataclass(frozen=True)
class ShownFile:
    """A picture or file as the list of files draws it."""

    name: str
    url: str
    size: int
    is_image: bool


def files(photos: "Iterable[Photo]") -> list[ShownFile]:
    """Return attachments as a page lists them; one still on its way has no address and says so."""
    found = []
    for photo in photos:
        name = photo.label if photo.is_here else f"{photo.label}（还在路上）"
        found.append(ShownFile(name, _address(photo), photo.size, photo.is_picture))
    return found


def _address(photo: "Photo") -> str:
    try:
        return reverse("field_attachment", args=[photo.id]) if photo.is_here else ""
    except NoReverseMatch:
        return ""


def communities(by: Actor) -> list[tuple[int, str]]:
    """Return the communities to narrow to: none for those who see one community only."""
    if by.office_kind == OfficeKind.COMMUNITY:
        return []
    return [(office.pk, office.short) for office in people.offices(by.town_id, [OfficeKind.COMMUNITY])]


def parks(by: Actor) -> list[tuple[int, str]]:
    """Return the parks to narrow to."""
    return [(park.pk, park.name) for park in enterprises.parks(by.town_id)]
