"""宣传: the library, batches, receipts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from qinqing.cases.actions.hand import tidy
from qinqing.evidence.actions import claim
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.outreach import policy
from qinqing.outreach.actions.telling import signature, tell
from qinqing.outreach.facts import publicity as facts
from qinqing.outreach.models import Batch, Material, Receipt
from qinqing.outreach.reads.targets import Target, firms_for
from qinqing.outreach.rules.publicity import coverage, replaces
from qinqing.outreach.words import Line, MaterialKind, ReceiptWay
from qinqing.people import rights
from qinqing.people.rights import Right

_CLAUSES = {Line.ENVIRONMENT: "附2环-(2)"}


def add_material(
    *,
    title: str,
    kind: str,
    by: Actor,
    at: datetime,
    line: str = Line.SAFETY.value,
    text: str = "",
    attachments: Sequence[UUID | str] = (),
) -> Material:
    """Put something to hand out into the library: text, files, or both.

    Raises:
        NotAllowed: the post does not. Refused: no title, neither text nor file, unknown kind or line.

    Source: 附2安-(1), 附2环-(2).
    """
    rights.require(by, Right.ARRANGE)
    heading = tidy(title, field="title", label="标题", limit=120)
    words = tidy(text, field="text", label="正文", limit=20_000, required=False)
    if kind not in dict(MaterialKind.choices()):
        raise Refused("unknown_choice", "请选择资料种类。", field="kind")
    if line not in dict(Line.choices()):
        raise Refused("unknown_choice", "请选择条线。", field="line")
    with transaction.atomic():
        kept = claim(attachments, enterprise_id=None, by=by, at=at)
        if not words and not kept:
            raise Refused("nothing_in_it", "请写正文，或附上文件。", field="text")
        material = Material.objects.create(
            town_id=by.town_id,
            title=heading,
            kind=kind,
            line=line,
            text=words,
            attachments=[str(one) for one in kept],
            office_id=by.office_id,
            by_name=signature(by),
            at=at,
        )
        fact = facts.MaterialAdded(
            about=f"material:{material.pk}",
            title=heading,
            material_id=material.pk,
            material_kind=MaterialKind.label_of(kind),
            line=Line.label_of(line),
        )
        tell(fact, ("material", material.pk), by=by, at=at, clause=_clause(line))
    return material


def withdraw_material(*, material_id: int, by: Actor, at: datetime) -> Material:
    """Hand a material out no more; what was sent stays sent.

    Raises:
        NotFound: no such material. NotAllowed: another office's.
    """
    rights.require(by, Right.ARRANGE)
    with transaction.atomic():
        material = (
            Material.objects.select_for_update()
            .filter(pk=material_id, town_id=by.town_id, withdrawn_at__isnull=True)
            .first()
        )
        if material is None:
            raise NotFound("没有这份资料，或已停用。")
        if material.office_id != by.office_id:
            raise NotAllowed("资料由放入的单位停用。")
        material.withdrawn_at = at
        material.save(update_fields=["withdrawn_at"])
        fact = facts.MaterialWithdrawn(about=f"material:{material.pk}", title=material.title, material_id=material.pk)
        tell(fact, ("material", material.pk), by=by, at=at, clause=_clause(material.line))
    return material


def send_batch(
    *,
    material_ids: Sequence[int],
    target: Target,
    by: Actor,
    at: datetime,
    title: str = "",
    note: str = "",
    due_on: date | None = None,
) -> Batch:
    """Send materials to the working firms of a filter, as far as this person sees them; the set stays as it is now.

    Raises:
        NotAllowed: the post does not. NotFound: no such material.
        Refused: no material, no firm fits, a last day that is over.

    Source: 附2安-(1), 附2环-(2).
    """
    policy.require_arrange(by)
    words = tidy(note, field="note", label="说明", limit=2000, required=False)
    if due_on is not None and due_on < at.date():
        raise Refused("due_is_past", "最迟回执日期不能早于今天。", field="due_on")
    with transaction.atomic():
        materials = list(
            Material.objects.filter(pk__in=list(material_ids), town_id=by.town_id, withdrawn_at__isnull=True)
        )
        if not materials:
            raise Refused("no_material", "请选择要发放的资料。", field="materials")
        if len(materials) < len(set(material_ids)):
            raise NotFound("有一份资料不存在或已停用，请刷新后再选。")
        firms = list(firms_for(by, target).order_by("pk").values_list("pk", flat=True))
        if not firms:
            raise Refused("no_firms", "没有符合条件的在营企业，请放宽条件。", field="community_id")
        batch = Batch.objects.create(
            town_id=by.town_id,
            title=tidy(title, field="title", label="标题", limit=120, required=False) or materials[0].title,
            line=materials[0].line,
            note=words,
            whom=target.words(by)[:200],
            due_on=due_on,
            office_id=by.office_id,
            account_id=by.account_id,
            by_name=signature(by),
            at=at,
        )
        batch.materials.set(materials)
        Receipt.objects.bulk_create(Receipt(batch=batch, enterprise_id=firm) for firm in firms)
        fact = facts.Sent(
            about=f"batch:{batch.pk}",
            title=batch.title,
            enterprise_ids=tuple(firms),
            to_enterprise=f"镇里给您发来“{batch.title}”，请阅读并确认。",
            batch_id=batch.pk,
            materials=tuple(one.title for one in materials),
            whom=batch.whom,
            due_on=due_on.isoformat() if due_on else "",
        )
        tell(fact, ("batch", batch.pk), by=by, at=at, clause=_clause(batch.line))
    return batch


@dataclass(frozen=True, slots=True)
class Answer:
    """How one enterprise took what was handed out."""

    enterprise_id: int
    way: str
    name: str = ""
    attachments: tuple[UUID | str, ...] = ()


def take_receipts(
    *, batch_id: int, answers: Sequence[Answer], by: Actor, at: datetime, happened_at: datetime | None = None
) -> list[int]:
    """Note receipts; return the firms whose receipt was taken. A receipt once given stays; only a refusal can be overtaken.

    An enterprise confirms its own (已阅) only.

    Raises:
        NotFound: no such batch for him. NotAllowed: the post does not.
        Refused: an unknown way, nothing new, none of the firms is in the batch and in his reach.

    Source: 附2安-(1), 附2环-(2).
    """
    if by.enterprise_id is None:
        rights.require(by, Right.REACH_OUT)
    elif any((one.enterprise_id, one.way) != (by.enterprise_id, ReceiptWay.READ.value) for one in answers):
        raise NotAllowed("企业只能确认本企业已阅。")
    ways = dict(ReceiptWay.choices())
    if any(one.way == ReceiptWay.WAITING or one.way not in ways for one in answers):
        raise Refused("unknown_choice", "请选择签收、已阅、当面送达或拒收。", field="way")
    with transaction.atomic():
        batch = policy.batches_visible_to(by).filter(pk=batch_id).first()
        if batch is None:
            raise NotFound("没有这次发放，或不在您的查看范围内。")
        rows = {
            row.enterprise_id: row
            for row in policy.receipts_visible_to(by)
            .select_for_update(of=("self",))
            .select_related("enterprise")
            .filter(batch=batch, enterprise_id__in=[one.enterprise_id for one in answers])
        }
        taken = [one for one in answers if one.enterprise_id in rows and replaces(rows[one.enterprise_id].way, one.way)]
        if not taken:
            raise TooLate("receipt_there", "这些企业的回执已经登记过，或不在这次发放范围内。")
        for one in taken:
            row = rows[one.enterprise_id]
            kept = claim(one.attachments, enterprise_id=one.enterprise_id, by=by, at=at)
            row.way, row.name, row.by_name, row.at = one.way, one.name[:60], signature(by), happened_at or at
            row.attachments = [str(key) for key in kept]
            row.save()
        fact = facts.Received(
            about=f"batch:{batch.pk}",
            title=batch.title,
            enterprise_ids=tuple(one.enterprise_id for one in taken),
            batch_id=batch.pk,
            receipts=tuple(
                (one.enterprise_id, rows[one.enterprise_id].enterprise.name, ways[one.way], one.name[:60])
                for one in taken
            ),
        )
        tell(fact, ("batch", batch.pk), by=by, at=at, clause=_clause(batch.line))
    return [one.enterprise_id for one in taken]


def close_batch(*, batch_id: int, by: Actor, at: datetime) -> Batch:
    """Wait for no more receipts: the office that sent it.

    Raises:
        NotFound: no such batch for him. NotAllowed: another office's. TooLate: closed already.
    """
    rights.require(by, Right.ARRANGE)
    with transaction.atomic():
        batch = policy.batches_visible_to(by).select_for_update(of=("self",)).filter(pk=batch_id).first()
        if batch is None:
            raise NotFound("没有这次发放，或不在您的查看范围内。")
        if batch.office_id != by.office_id:
            raise NotAllowed("由发出的单位结束发放。")
        if batch.closed_at is not None:
            raise TooLate("closed_already", "这次发放已经结束。")
        batch.closed_at = at
        batch.save(update_fields=["closed_at"])
        found = coverage(Receipt.objects.filter(batch=batch).values_list("way", flat=True))
        fact = facts.BatchClosed(
            about=f"batch:{batch.pk}",
            title=batch.title,
            batch_id=batch.pk,
            covered=f"共{found.total}家，收到{found.received}家，拒收{found.refused}家，覆盖{found.percent}%",
        )
        tell(fact, ("batch", batch.pk), by=by, at=at, clause=_clause(batch.line))
    return batch


def _clause(line: str) -> str:
    return _CLAUSES.get(Line(line), "附2安-(1)")
