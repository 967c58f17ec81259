"""Opening a campaign and summing it up."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from qinqing.campaigns import policy, reads, rules
from qinqing.campaigns.facts import CampaignClosed, CampaignOpened
from qinqing.campaigns.models import Campaign, CampaignFirm
from qinqing.cases.actions.hand import tidy
from qinqing.checklists import reads as checklists
from qinqing.grids import reads as grids
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotAllowed, Refused, TooLate
from qinqing.ledger import actions as ledger
from qinqing.outreach.reads.targets import Target, firms_for

CLAUSE = "三职(一)-4"


def open_campaign(
    *,
    name: str,
    basis: str,
    starts_on: date,
    ends_on: date,
    target: Target,
    by: Actor,
    at: datetime,
    text: str = "",
    checklist: str = "",
    is_demo: bool = False,
) -> Campaign:
    """Open a campaign: the enterprises that fit now are its list, whatever becomes of them later.

    Args:
        basis: the paper or the reason it rests on.
        starts_on, ends_on: first and last day of its visits.
        checklist: code of a list in use; only visits on which it was gone through count. "" any visit.

    Raises:
        NotAllowed: neither the hub nor a department's head.
        Refused: no name or basis, no period to work in, no such checklist, no enterprise fits or too many do.

    Source: 三职(一)-4.
    """
    policy.require_open(by)
    heading = tidy(name, field="name", label="名称", limit=60)
    ground = tidy(basis, field="basis", label="依据或事由", limit=120)
    words = tidy(text, field="text", label="要求", limit=2000, required=False)
    rules.check_period(starts_on, ends_on, at.astimezone(SHANGHAI).date())
    title = _title_of(checklist, by)
    with transaction.atomic():
        found = list(
            firms_for(by, target).filter(community__isnull=False).order_by("community__place", "initials", "pk")
        )
        if not found:
            raise Refused("no_firms", "没有符合条件的在营企业，请放宽条件。", field="community_id")
        if len(found) > rules.MOST_FIRMS:
            raise Refused(
                "too_many_firms",
                f"一次最多{rules.MOST_FIRMS}家，现在{len(found)}家，请缩小范围。",
                field="community_id",
            )
        officers = grids.leads_of([firm.pk for firm in found], at.astimezone(SHANGHAI).date())
        campaign = Campaign.objects.create(
            town_id=by.town_id,
            name=heading,
            basis=ground,
            text=words,
            starts_on=starts_on,
            ends_on=ends_on,
            whom=target.words(by)[:120],
            checklist=checklist,
            checklist_title=title,
            firms_count=len(found),
            office_id=by.office_id or 0,  # who opens sits at an office: `require_open`
            by_name=by.name,
            at=at,
            is_demo=is_demo,
        )
        CampaignFirm.objects.bulk_create(
            [
                CampaignFirm(
                    campaign=campaign,
                    enterprise=firm,
                    community_id=firm.community_id or 0,  # narrowed above
                    officer_id=officers[firm.pk][0] if firm.pk in officers else None,
                )
                for firm in found
            ],
            batch_size=500,
        )
        fact = CampaignOpened(
            **_concerns(campaign),
            campaign_id=campaign.pk,
            basis=ground,
            whom=campaign.whom,
            firms=len(found),
            starts_on=starts_on.isoformat(),
            ends_on=ends_on.isoformat(),
            checklist=title,
        )
        ledger.record(fact, book=by.book, on=("campaign", campaign.pk), label=heading, by=by, at=at, clause=CLAUSE)
    return campaign


def close_campaign(*, campaign_id: int, summary: str, by: Actor, at: datetime) -> Campaign:
    """Sum a campaign up: which enterprises were visited is kept as it is now.

    Raises:
        NotFound: not one he sees. NotAllowed: another office's. TooLate: summed up already. Refused: no summary.

    Source: 三职(一)-4.
    """
    with transaction.atomic():
        campaign = policy.take(campaign_id, by)
        if not policy.may_close(by, campaign):
            raise NotAllowed("专项行动由开展的单位或中转站总结。")
        if campaign.closed_at is not None:
            raise TooLate("closed_already", f"这次专项行动已由{campaign.closed_by}总结。")
        words = tidy(summary, field="summary", label="总结", limit=4000)
        seen = list(reads.with_visits(CampaignFirm.objects.filter(campaign=campaign)).exclude(Q(seen_on=None)))
        for firm in seen:
            firm.visited_on = firm.seen_on  # type: ignore[attr-defined]  # annotated by `with_visits`
        CampaignFirm.objects.bulk_update(seen, ["visited_on"], batch_size=500)
        campaign.summary, campaign.closed_by, campaign.closed_at = words, by.name, at
        campaign.save(update_fields=["summary", "closed_by", "closed_at"])
        fact = CampaignClosed(
            **_concerns(campaign),
            campaign_id=campaign.pk,
            firms=campaign.firms_count,
            done=len(seen),
            summary=words,
        )
        ledger.record(
            fact, book=by.book, on=("campaign", campaign.pk), label=campaign.name, by=by, at=at, clause=CLAUSE
        )
    return campaign


def _title_of(checklist: str, by: Actor) -> str:
    if not checklist:
        return ""
    found = checklists.current(by.town_id).get(checklist)
    if found is None:
        raise Refused("unknown_choice", "没有这张使用中的清单，请重新选择。", field="checklist")
    return found.title


def _concerns(campaign: Campaign) -> dict[str, Any]:
    """Return whom a fact about a campaign concerns: the communities and officers of its list."""
    rows = CampaignFirm.objects.filter(campaign=campaign).order_by()
    return {
        "about": f"campaign:{campaign.pk}",
        "title": campaign.name,
        "office_ids": tuple(rows.values_list("community_id", flat=True).distinct().order_by("community_id")),
        "account_ids": tuple(
            rows.filter(officer__isnull=False).values_list("officer_id", flat=True).distinct().order_by("officer_id")
        ),
    }
