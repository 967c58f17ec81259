"""临时任务: giving one, doing one's share, taking it back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qinqing.cases.actions.hand import tidy
from qinqing.evidence.actions import claim
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.outreach import policy
from qinqing.outreach.actions.telling import signature, tell
from qinqing.outreach.facts import errands as facts
from qinqing.outreach.models import Errand, Share
from qinqing.outreach.words import Line, Whom
from qinqing.people import reads as people
from qinqing.people.words import Role

SAFETY_CLAUSE = "附2安-(7)"
BUILDING_CLAUSE = "附3房-(3)"


def give_errand(
    *,
    title: str,
    due_at: datetime,
    by: Actor,
    at: datetime,
    text: str = "",
    line: str = Line.SAFETY.value,
    whom: str = Whom.ALL.value,
    community_ids: Sequence[int] = (),
    officer_ids: Sequence[int] = (),
    external: str = "",
    attachments: Sequence[UUID | str] = (),
) -> Errand:
    """Give an errand to officers: all, those of some communities, or some by name (accounts).

    Args:
        external: name of the state's system or app in which it is to be done as well; "" for none.

    Raises:
        NotAllowed: not a department or the hub.
        Refused: no title, a last moment that is over, or no officer fits.

    Source: 附2安-(7), 附3房-(3).
    """
    policy.require_give_errand(by)
    heading = tidy(title, field="title", label="标题", limit=120)
    words = tidy(text, field="text", label="要求", limit=4000, required=False)
    system = tidy(external, field="external", label="系统名称", limit=80, required=False)
    if due_at <= at:
        raise Refused("due_is_past", "完成时限要晚于现在。", field="due_at")
    if line not in dict(Line.choices()):
        raise Refused("unknown_choice", "请选择条线。", field="line")
    if whom not in dict(Whom.choices()):
        raise Refused("unknown_choice", "请选择给哪些网格员。", field="whom")
    officers = _officers(by, whom, community_ids, officer_ids, at)
    with transaction.atomic():
        errand = Errand.objects.create(
            town_id=by.town_id,
            title=heading,
            text=words,
            line=line,
            whom=whom,
            external=system,
            due_at=due_at,
            attachments=[str(one) for one in claim(attachments, enterprise_id=None, by=by, at=at)],
            office_id=by.office_id or 0,  # who gives errands sits at an office: `require_give_errand`
            account_id=by.account_id,
            by_name=signature(by),
            at=at,
        )
        Share.objects.bulk_create(
            Share(errand=errand, account_id=account, community_id=community) for account, community in officers.items()
        )
        fact = facts.Given(
            about=f"errand:{errand.pk}",
            title=heading,
            account_ids=tuple(officers),
            errand_id=errand.pk,
            due_at=_iso(due_at),
            external=system,
            text=words,
        )
        tell(fact, ("errand", errand.pk), by=by, at=at, clause=_clause(errand))
    return errand


def do_share(
    *,
    errand_id: int,
    by: Actor,
    at: datetime,
    note: str = "",
    external_done: bool = False,
    attachments: Sequence[UUID | str] = (),
    done_at: datetime | None = None,
) -> Share:
    """Report one's own share done. Where another system is named, it must be ticked that it was done there too.

    Raises:
        NotFound: no share of his. TooLate: done already, or the errand was cancelled.
        Refused: the other system is not ticked and the note does not say why.

    Source: 附2安-(7), 附3房-(3).
    """
    words = tidy(note, field="note", label="完成情况", limit=4000, required=False)
    with transaction.atomic():
        share = (
            Share.objects.select_for_update(of=("self",))
            .select_related("errand", "account")
            .filter(errand_id=errand_id, account_id=by.account_id or 0, errand__town_id=by.town_id)
            .first()
        )
        if share is None:
            raise NotFound("没有布置给您的这项任务。")
        errand = share.errand
        if errand.cancelled_at is not None:
            raise TooLate("cancelled_already", "这项任务已经取消。")
        if share.done_at is not None:
            raise TooLate("done_already", "您已经报过完成。")
        if errand.external and not external_done and not words:
            raise Refused(
                "external_missing",
                f"请勾选“已在{errand.external}操作”；没有操作的，请写明原因。",
                field="external_done",
            )
        share.done_at, share.note, share.external_done = done_at or at, words, external_done
        kept = claim(attachments, enterprise_id=None, by=by, at=at)
        share.attachments = [str(one) for one in kept]
        share.save()
        fact = facts.Done(
            about=f"errand:{errand.pk}",
            title=errand.title,
            account_ids=(errand.account_id,) if errand.account_id else (),
            errand_id=errand.pk,
            officer=share.account.name,
            note=words,
            external_done=external_done,
            in_time=share.done_at <= errand.due_at,
        )
        tell(fact, ("errand", errand.pk), by=by, at=at, clause=_clause(errand))
    return share


def cancel_errand(*, errand_id: int, reason: str, by: Actor, at: datetime) -> Errand:
    """Take an errand back: the office that gave it.

    Raises:
        NotFound: no such errand for him. NotAllowed: another office's. Refused: no reason. TooLate: cancelled already.
    """
    policy.require_give_errand(by)
    why = tidy(reason, field="reason", label="取消原因", limit=200)
    with transaction.atomic():
        errand = policy.errands_visible_to(by).select_for_update(of=("self",)).filter(pk=errand_id).first()
        if errand is None:
            raise NotFound("没有这项任务，或不在您的查看范围内。")
        if errand.office_id != by.office_id:
            raise NotAllowed("任务由布置的单位取消。")
        if errand.cancelled_at is not None:
            raise TooLate("cancelled_already", "这项任务已经取消。")
        errand.cancelled_at = at
        errand.save(update_fields=["cancelled_at"])
        waiting = Share.objects.filter(errand=errand, done_at__isnull=True).values_list("account_id", flat=True)
        fact = facts.Cancelled(
            about=f"errand:{errand.pk}",
            title=errand.title,
            account_ids=tuple(waiting),
            errand_id=errand.pk,
            reason=why,
        )
        tell(fact, ("errand", errand.pk), by=by, at=at, clause=_clause(errand))
    return errand


def _officers(
    by: Actor, whom: str, community_ids: Sequence[int], officer_ids: Sequence[int], at: datetime
) -> dict[int, int]:
    """Return the accounts of the officers meant, each with its community.

    Raises:
        Refused: nobody fits.
    """
    seats = people.holders(by.town_id, [Role.GRID_OFFICER], at.astimezone(SHANGHAI).date())
    if whom == Whom.COMMUNITIES:
        seats = [seat for seat in seats if seat.office_id in set(community_ids)]
    if whom == Whom.OFFICERS:
        seats = [seat for seat in seats if seat.account_id in set(officer_ids)]
    if not seats:
        field = "officer_ids" if whom == Whom.OFFICERS else "community_ids"
        raise Refused("no_officers", "所选范围里没有在任的网格员。", field=field)
    return {seat.account_id: seat.office_id for seat in seats}


def _clause(errand: Errand) -> str:
    return BUILDING_CLAUSE if errand.line == Line.BUILDING else SAFETY_CLAUSE


def _iso(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="minutes")
