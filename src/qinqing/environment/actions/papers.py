"""Permits and agreements: registering, correcting, ending."""

from datetime import date, datetime

from django.db import transaction

from qinqing.enterprises import values
from qinqing.environment import facts, policy, rules
from qinqing.environment.actions import writing
from qinqing.environment.models import Paper
from qinqing.environment.words import AGREEMENTS, PaperKind
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused


def keep_paper(
    *,
    enterprise_id: int,
    kind: str,
    by: Actor,
    at: datetime,
    number: str = "",
    whom: str = "",
    detail: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    paper_id: int | None = None,
) -> Paper:
    """Register a permit or an agreement, or correct one. An agreement names the contractor and has a last day.

    Raises:
        NotFound: not a firm he may see, or no such paper of it. NotAllowed: he may only read it.
        Refused: unknown kind; an agreement without contractor or last day; days in the wrong order.

    Source: 附2环-(1).
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        if kind not in dict(PaperKind.choices()):
            raise Refused("unknown_choice", "请从列表中选择种类。", field="kind")
        paper = _paper(enterprise_id, paper_id) if paper_id is not None else Paper(enterprise=enterprise)
        paper.kind = kind
        paper.number = values.line("number", number, 80)
        paper.whom = values.line("whom", whom, 120)
        paper.detail = values.line("detail", detail, 200)
        paper.starts_on, paper.ends_on = starts_on, ends_on
        rules.require_order(starts_on, ends_on)
        if kind in AGREEMENTS and not paper.whom:
            raise Refused("missing", "请填写处置单位。", field="whom")
        if kind in AGREEMENTS and ends_on is None:
            raise Refused("missing", "处置协议请填写到期日。", field="ends_on")
        paper.kept_by, paper.kept_at = writing.signature(by), at
        paper.save()
        told = facts.PaperKept(
            enterprise=enterprise.name,
            paper_id=paper.pk,
            paper=PaperKind.label_of(kind),
            number=paper.number,
            whom=paper.whom,
            ends_on=ends_on.isoformat() if ends_on else "",
        )
        writing.tell(told, enterprise, by=by, at=at, clause="附2环-(1)")
    return paper


def end_paper(*, enterprise_id: int, paper_id: int, reason: str, by: Actor, at: datetime) -> Paper:
    """Say that a permit or agreement holds no longer; it stays in the file's history.

    Raises:
        NotFound: no such paper of a firm he may see. NotAllowed: he may only read it. Refused: no reason.
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        paper = _paper(enterprise_id, paper_id)
        paper.end_reason = values.line("reason", reason, 200)
        if not paper.end_reason:
            raise Refused("reason_missing", "请写明原因，如：已换发新证、协议解除。", field="reason")
        paper.ended_at = at
        paper.save(update_fields=["ended_at", "end_reason"])
        told = facts.PaperEnded(
            enterprise=enterprise.name,
            paper_id=paper.pk,
            paper=PaperKind.label_of(paper.kind),
            number=paper.number,
            reason=paper.end_reason,
        )
        writing.tell(told, enterprise, by=by, at=at, clause="附2环-(1)")
    return paper


def _paper(enterprise_id: int, paper_id: int) -> Paper:
    found = Paper.objects.filter(pk=paper_id, enterprise_id=enterprise_id, ended_at__isnull=True).first()
    if found is None:
        raise NotFound("没有这份手续，或已停用。")
    return found
