"""To which firms something goes: a filter over the working firms a person sees."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qinqing.enterprises import industries
from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.words import ACTIVE_STATUSES, Scale, Tag
from qinqing.environment.reads import with_tag
from qinqing.kernel.actor import Actor
from qinqing.people import reads as people
from qinqing.people.words import OfficeKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qinqing.enterprises.models import Enterprise


@dataclass(frozen=True, slots=True)
class Target:
    """What the firms are narrowed to; empty means not narrowed."""

    community_id: int | None = None
    park_id: int | None = None
    scale: str = ""
    tag: str = ""
    only_key: bool = False
    industry: str = ""
    """The beginning of a code of GB/T 4754: "36" is 汽车制造业 and all below."""

    def words(self, by: Actor) -> str:
        """Return the filter as people say it: 示范一村重点行业领域企业."""
        parts = []
        if self.community_id is not None:
            offices = people.offices(by.town_id, [OfficeKind.COMMUNITY])
            parts.append(next((one.short for one in offices if one.pk == self.community_id), ""))
        if self.park_id is not None:
            parts.append(next((one.name for one in enterprises.parks(by.town_id) if one.pk == self.park_id), ""))
        if self.scale:
            parts.append(Scale.label_of(self.scale))
        if self.tag:
            parts.append(Tag.label_of(self.tag))
        if self.only_key:
            parts.append("重点行业领域")
        if self.industry:
            parts.append(industries.name_of(self.industry) or self.industry)
        return "、".join(part for part in parts if part) + "企业" if parts else "范围内全部企业"


def firms_for(by: Actor, target: Target) -> "QuerySet[Enterprise]":
    """Return the working firms that a person sees and that fit."""
    rows = enterprises.visible_to(by).filter(status__in=sorted(str(status) for status in ACTIVE_STATUSES))
    if target.community_id is not None:
        rows = rows.filter(community_id=target.community_id)
    if target.park_id is not None:
        rows = rows.filter(park_id=target.park_id)
    if target.scale:
        rows = rows.filter(scale=target.scale)
    if target.only_key:
        rows = rows.filter(is_key=True)
    if target.industry:
        rows = rows.filter(industry__startswith=target.industry)
    return with_tag(rows, target.tag) if target.tag else rows
