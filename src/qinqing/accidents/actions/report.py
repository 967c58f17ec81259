"""事故快报: one press writes it down and tells everybody it concerns, in one transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from qinqing.accidents import facts, policy, reads
from qinqing.accidents.models import Accident, Told
from qinqing.accidents.words import Casualties
from qinqing.cases.actions.hand import tidy
from qinqing.enterprises import reads as enterprises
from qinqing.evidence.actions import claim
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused
from qinqing.ledger import actions as ledger
from qinqing.ledger.subjects import number_of
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import OfficeKind

_SLIP = timedelta(minutes=10)
"""Clocks differ by so much without anybody being wrong."""


def report(
    *,
    accident_id: UUID,
    what: str,
    by: Actor,
    at: datetime,
    enterprise_id: int | None = None,
    where: str = "",
    happened_at: datetime | None = None,
    casualties: str = Casualties.UNKNOWN.value,
    text: str = "",
    called: bool = False,
    made_at: datetime | None = None,
    attachments: Sequence[UUID | str] = (),
) -> Accident:
    """Write down a quick report and tell the safety office, the hub, the community's head, the leaders and the officers.

    The same id gives the same report again. Only what happened and where must be known; everything else can wait.

    Args:
        accident_id: made by the page or the phone.
        what: a code of the plan's kinds of accident; an unknown one counts as the last (其他).
        enterprise_id: any firm of the town, whoever reports.
        where: needed where no firm is named.
        made_at: when it was written, on a phone without signal; now by default.

    Raises:
        NotAllowed: the post reports no accidents.
        NotFound: no such firm in this town.
        Refused: neither firm nor place; a moment to come; no kinds in the plan.

    Source: 附2安-(6)a, 附1-(3)b.
    """
    rights.require(by, Right.REPORT_ACCIDENT)
    place = tidy(where, field="where", label="地点", limit=160, required=enterprise_id is None)
    words = tidy(text, field="text", label="情况", limit=2000, required=False)
    happened = happened_at or made_at or at
    if happened > at + _SLIP:
        raise Refused("happened_in_future", "发生时间不能晚于现在。", field="happened_at")
    if casualties not in dict(Casualties.choices()):
        raise Refused("unknown_choice", "请从列表中选择人员情况。", field="casualties")
    kinds = reads.kinds(by.book)
    if not kinds:
        raise Refused("no_kinds", "本镇方案里还没有突发事件的种类，请先电话报告。", field="what")
    kind = next((one for one in kinds if one.code == what), kinds[-1])
    with transaction.atomic():
        again = Accident.objects.filter(pk=accident_id).first()
        if again is not None:
            return again
        firm = enterprises.of_town(by.town_id, enterprise_id) if enterprise_id is not None else None
        community = firm.community_id if firm else None
        if community is None and by.office_kind == OfficeKind.COMMUNITY:
            community = by.office_id
        accident, is_new = Accident.objects.get_or_create(
            pk=accident_id,
            defaults={
                "town_id": by.town_id,
                "enterprise": firm,
                "community_id": community,
                "where": (f"{firm.name}{'（' + place + '）' if place else ''}" if firm else place)[:160],
                "what": kind.code,
                "what_name": kind.name,
                "happened_at": happened,
                "casualties": casualties,
                "text": words,
                "called": called,
                "attachments": [str(one) for one in claim(attachments, enterprise_id=enterprise_id, by=by, at=at)],
                "reporter_id": by.account_id,
                "reporter_name": f"{by.office_name}·{by.name}"[:100],
                "made_at": made_at or at,
                "received_at": at,
            },
        )
        if not is_new:
            return accident  # the same press in another request, a moment ago
        told, offices = policy.to_tell(
            by, community_id=community, enterprise_id=enterprise_id, on=at.astimezone(SHANGHAI).date()
        )
        Told.objects.bulk_create(Told(accident=accident, account_id=one, why=why.value) for one, why in told.items())
        fact = facts.Reported(
            accident_id=str(accident.pk),
            about=f"accident:{accident.pk}",
            title=f"{accident.what_name} · {accident.where}",
            office_ids=offices,
            account_ids=tuple(told),
            what=accident.what_name,
            where=accident.where,
            happened_at=happened.astimezone(SHANGHAI).isoformat(timespec="minutes"),
            casualties=Casualties.label_of(casualties),
            text=words,
            called=called,
            told=tuple((str(account), why.label) for account, why in told.items()),
        )
        ledger.record(
            fact,
            book=by.book,
            on=("accident", number_of(accident.pk)),
            label=f"{accident.what_name} {accident.where}",
            by=by,
            at=at,
            clause="附2安-(6)a",
        )
    return accident
