"""What tying, handing over and releasing share: the firms taken, the officer who receives, the periods written."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from qinqing.enterprises import reads as enterprises
from qinqing.grids import rules
from qinqing.grids.actions.desk import Desk, reaching
from qinqing.grids.models import Liaison, Membership, Officer
from qinqing.grids.rules import Change, Period
from qinqing.grids.words import Rank
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused, TooLate

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise

CLAUSE = "二(一)-3"
MOST_AT_ONCE = 2000
"""Enterprises in one hand-over: more than the largest village has."""


@dataclass(frozen=True)
class Receiver:
    """The officer who takes over, and the grids (id → name) he serves on the first day."""

    account_id: int
    name: str
    grids: Mapping[int, str]


def enterprise_of(enterprise_id: int, by: Actor) -> "Enterprise":
    """Return a firm the actor may see and that has a community.

    Raises:
        NotFound: no such firm, or not one of his.
        Refused: it waits for its community to be told.
    """
    firm = enterprises.visible_to(by).filter(pk=enterprise_id).first()
    if firm is None:
        raise NotFound("没有找到这家企业，或不在您的查看范围内。", code="enterprise_not_found")
    if firm.community_id is None:
        raise Refused(
            "enterprise_unassigned", f"{firm.name}还没有明确属地村（社区），请先归属，再定网格员。", field="enterprise"
        )
    return firm


def chosen(enterprise_ids: Collection[int], by: Actor) -> tuple[dict[int, "Enterprise"], int]:
    """Return the chosen firms by id, and the one community they lie in.

    Raises:
        Refused: nothing chosen, too many, several communities.
        NotFound: one of them is not the actor's to see.
    """
    wanted = set(enterprise_ids)
    if not wanted:
        raise Refused("nothing_chosen", "请先勾选企业。", field="enterprises")
    if len(wanted) > MOST_AT_ONCE:
        raise Refused("too_many", f"一次最多办理{MOST_AT_ONCE}家企业，请分批办理。", field="enterprises")
    firms = {firm.pk: firm for firm in enterprises.visible_to(by).filter(pk__in=wanted).order_by("pk")}
    if len(firms) != len(wanted):
        raise NotFound("所选企业中有的已不在您的查看范围内，请刷新后再选。", code="enterprise_not_found")
    communities = {firm.community_id for firm in firms.values()}
    community_id = communities.pop()
    if communities or community_id is None:
        raise Refused("several_communities", "一次只能办理同一个村（社区）的企业。", field="enterprises")
    return firms, community_id


def receiver(desk: Desk, officer_id: int, start: date) -> Receiver:
    """Return the officer of this community who is to answer from a day on.

    Raises:
        Refused: he is not on the roster that day, or leaves soon after.
    """
    officer = (
        Officer.objects.filter(
            Q(post__ends_on__isnull=True) | Q(post__ends_on__gte=start),
            post__account_id=officer_id,
            post__account__is_active=True,
            post__office=desk.community,
            post__starts_on__lte=start,
        )
        .select_related("post__account")
        .first()
    )
    if officer is None:
        raise Refused(
            "not_an_officer",
            f"{start:%-m月%-d日}他不在{desk.community.name}的网格员名册上，请另选一位，或先把他列入名册。",
            field="officer",
        )
    name = officer.post.account.name
    last_day = officer.post.ends_on
    if last_day and last_day < start + timedelta(days=rules.LEAVING_SOON_DAYS):
        raise Refused("officer_leaving", f"{name}任至{last_day}，请另选一位能长期联系的网格员。", field="officer")
    serving = Membership.objects.filter(
        reaching(start), officer=officer, starts_on__lte=start, grid__is_active=True
    ).select_related("grid")
    return Receiver(officer_id, name, {row.grid_id: row.grid.name for row in serving})


def held(enterprise_ids: Collection[int], rank: str) -> dict[int, list[Liaison]]:
    """Return the ties of one rank of each of these firms, earliest first."""
    rows: dict[int, list[Liaison]] = {pk: [] for pk in enterprise_ids}
    for row in Liaison.objects.filter(enterprise_id__in=rows, rank=rank).select_related("officer", "grid"):
        rows[row.enterprise_id].append(row)
    return rows


def period(row: Liaison) -> Period:
    """Return a tie as the rules see it."""
    return Period(row.pk, row.officer_id, row.grid_id, row.starts_on, row.ends_on)


def later(rows: Collection[Liaison], day: date) -> list[Liaison]:
    """Return the ties that hold on this day or later, earliest first."""
    return sorted((row for row in rows if period(row).reaches(day)), key=lambda row: row.starts_on)


def settle(rows: Collection[Liaison], start: date, officer_id: int | None, grid_id: int | None = None) -> Change:
    """Return what must change in one firm's ties of one rank so that from a day on this officer answers."""
    return rules.settle([period(row) for row in rows], start, officer_id, grid_id)


def write(
    desk: Desk,
    changes: Mapping[int, Change],
    start: date,
    reason: str,
    *,
    rank: str,
    to: Mapping[int, tuple[int, int]],
) -> None:
    """Carry out the changes of many firms in four statements.

    A tie that is taken out never came into force, or began this very day: the table holds the days that count, the
    ledger holds every decision.

    Args:
        desk: who, when.
        changes: by enterprise.
        start: the day all of them take effect.
        reason: kept with what ends and what begins.
        rank: of all of them.
        to: by enterprise, (officer, grid) of what begins.
    """
    Liaison.objects.filter(pk__in=[pk for change in changes.values() for pk in change.drop]).delete()
    Liaison.objects.filter(pk__in=[change.cut for change in changes.values() if change.cut]).update(
        ends_on=start - timedelta(days=1), end_reason=reason, ended_by=desk.signature, ended_at=desk.at
    )
    Liaison.objects.filter(pk__in=[change.keep for change in changes.values() if change.keep]).update(
        ends_on=None, end_reason="", ended_by="", ended_at=None
    )
    Liaison.objects.bulk_create(
        Liaison(
            enterprise_id=firm_id,
            officer_id=to[firm_id][0],
            grid_id=to[firm_id][1],
            rank=rank,
            starts_on=start,
            reason=reason,
            started_by=desk.signature,
            started_at=desk.at,
        )
        for firm_id, change in changes.items()
        if change.opens
    )


def step_up(desk: Desk, deputies: Mapping[int, list[Liaison]], start: date, officer_id: int) -> set[int]:
    """End a new lead's own deputy ties from a day on: nobody stands in for himself. Return the firms concerned."""
    firms = {pk for pk, rows in deputies.items() if any(row.officer_id == officer_id for row in later(rows, start))}
    changes = {pk: settle(deputies[pk], start, None) for pk in firms}
    write(desk, changes, start, "改任主责网格员", rank=Rank.DEPUTY.value, to={})
    return firms


def taken(row: Liaison) -> TooLate:
    """Say who holds the rank and who wrote it: the answer to a second officer, and to the slower of two presses."""
    since = f"自{row.starts_on:%Y年%-m月%-d日}起" if row.starts_on > row.started_at.date() else ""
    return TooLate(
        "already_tied",
        f"{row.enterprise.name}的{Rank.label_of(row.rank)}网格员已由{row.started_by}登记为{row.officer.name}（{row.grid.name}）{since}。"
        "要换人请办交接。",
        field="officer",
    )
