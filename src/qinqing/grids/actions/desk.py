"""What every change of the lists begins and ends with: one community taken, one entry told."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from qinqing.grids import policy
from qinqing.grids.facts.base import OnLists
from qinqing.grids.models import Officer
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotFound, Refused
from qinqing.kernel.text import clean
from qinqing.ledger import actions as ledger
from qinqing.people import reads as people

if TYPE_CHECKING:
    from qinqing.people.models import Office

LONGEST_REASON = 200


@dataclass(frozen=True)
class Desk:
    """One community's lists, locked for one change by one actor at one moment."""

    community: "Office"
    by: Actor
    at: datetime
    stands_in: bool

    @property
    def today(self) -> date:
        """Return the day of the change."""
        return self.at.astimezone(SHANGHAI).date()

    @property
    def signature(self) -> str:
        """Return who did it, as the rows keep it."""
        return f"{self.by.office_name} {self.by.name}".strip()[:80]

    def tell(self, fact: OnLists, clause: str) -> None:
        """Record the change under the community's lists, with whom it concerns."""
        label = f"{self.community.short}两张名单"
        fact = replace(
            fact,
            about=f"lists:{self.community.pk}",
            title=label,
            office_ids=(self.community.pk,),
            account_ids=fact.officers_told(),
            enterprise_ids=fact.firms_told(),
            to_enterprise=fact.to_firm(),
        )
        ledger.record(
            fact,
            book=self.by.book,
            on=("lists", self.community.pk),
            label=label,
            by=self.by,
            at=self.at,
            clause=clause,
        )


def take(community_id: int, *, by: Actor, at: datetime) -> Desk:
    """Lock a community's lists for the rest of the transaction and let pass only who keeps them.

    The lock is on the community's row: its lists change one press at a time, other communities do not wait, and
    neither does anybody who only refers to the community (no_key).

    Raises:
        NotFound: no such community in the actor's town.
        NotAllowed: somebody else keeps these lists.
    """
    lock([community_id])
    community = people.office(community_id)
    return Desk(community, by, at, policy.require_edit(by, community, at.date()))


def lock(community_ids: Collection[int]) -> None:
    """Lock the lists of these communities, always in the same order, until the transaction ends."""
    offices = [people.office(pk) for pk in sorted(set(community_ids))]
    for office in offices:
        type(office).objects.select_for_update(no_key=True).get(pk=office.pk)


def reason_given(raw: str) -> str:
    """Return the reason as stored.

    Raises:
        Refused: there is none, or it is too long.
    """
    reason = " ".join(clean(raw).split())
    if not reason:
        raise Refused("reason_missing", "请写明原因，例如：岗位调整、人员离任、企业搬迁。", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Refused("reason_too_long", f"原因最多{LONGEST_REASON}个字，现有{len(reason)}个字。", field="reason")
    return reason


def remark(raw: str) -> str:
    """Return an optional reason as stored, cut at the longest."""
    return " ".join(clean(raw).split())[:LONGEST_REASON]


def take_officer(officer_id: int, *, by: Actor, at: datetime) -> tuple[Officer, Desk]:
    """Lock the lists an officer is on and return his roster row and the desk.

    Raises:
        NotFound: no such officer in the actor's town, or he has left.
        NotAllowed: somebody else keeps these lists.
    """
    community_id = (
        Officer.objects.filter(pk=officer_id, post__office__town_id=by.town_id)
        .values_list("post__office_id", flat=True)
        .first()
    )
    if community_id is None:
        raise NotFound("没有这位网格员。", code="officer_not_found")
    desk = take(community_id, by=by, at=at)
    officer = Officer.objects.select_related("post__account", "post__office").get(pk=officer_id)
    if officer.post.ends_on and officer.post.ends_on < desk.today:
        raise NotFound(f"{officer.post.account.name}已于{officer.post.ends_on}离任。", code="officer_ended")
    return officer, desk


def reaching(day: date) -> Q:
    """Return the condition that a period holds on this day or later."""
    return Q(ends_on__isnull=True) | Q(ends_on__gte=day)


def post_open(day: date) -> Q:
    """Return the same condition on a roster row's post."""
    return Q(post__ends_on__isnull=True) | Q(post__ends_on__gte=day)


def registrar(desk: Desk) -> Actor:
    """Return the system, acting on a decision of the roster's keeper: communities name officers, they do not grant posts."""
    return Actor.system("网格员名册", town_id=desk.by.town_id, book=desk.by.book)
