"""行政检查登记: noting that an authority checked a firm. A reference and nothing more: the record is in the state's system."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from qinqing.enterprises import reads as enterprises
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger import actions as ledger
from qinqing.patrol import policy
from qinqing.patrol.actions import given
from qinqing.patrol.actions.settling import signature, today_of
from qinqing.patrol.facts import InspectionRegistered, InspectionStruck
from qinqing.patrol.models import InspectionReference
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import HUB_ROLES

CLAUSE = "三要(四)-3"


def register_inspection(
    *,
    enterprise_id: int,
    authority: str,
    item: str,
    number: str,
    on: date,
    by: Actor,
    at: datetime,
    result: str = "",
) -> InspectionReference:
    """Note an 行政检查 that some authority made: who, what about, its number, when, where the result stands.

    Raises:
        NotFound: not a firm he may see. NotAllowed: his post notes none.
        Refused: something is missing; the day is still to come; the number is noted already.

    Source: 三要(四)-3; domain §4.3.
    """
    with transaction.atomic():
        rights.require(by, Right.NOTE_INSPECTION)
        firm = enterprises.get_for(by, enterprise_id)
        try:
            with transaction.atomic():
                row = InspectionReference.objects.create(
                    town_id=by.town_id,
                    enterprise=firm,
                    authority=given.needed(authority, field="authority", label="实施机关", limit=60),
                    item=given.needed(item, field="item", label="检查事项", limit=120),
                    number=given.needed(number, field="number", label="检查码或通知书号", limit=60),
                    on=given.not_ahead(on, today=today_of(at)),
                    result=given.optional(result, field="result", label="结果或查询方式"),
                    registered_by=signature(by),
                    office_id=by.office_id,
                    registered_at=at,
                )
        except IntegrityError:
            raise Refused("number_taken", "这个检查码或文书号已经登记过了。", field="number") from None
        fact = InspectionRegistered(
            enterprise=firm.name, authority=row.authority, item=row.item, number=row.number, on=on.isoformat()
        )
        _tell(fact, row, by=by, at=at)
    return row


def strike_inspection(*, inspection_id: int, reason: str, by: Actor, at: datetime) -> InspectionReference:
    """作废: take back a reference entered by mistake; it stays readable with the reason.

    Raises:
        NotFound: not one he may see. NotAllowed: neither the office that noted it nor the hub.
        TooLate: it is void already. Refused: no reason.
    """
    with transaction.atomic():
        row = policy.inspections_visible_to(by).select_for_update(of=("self",)).filter(pk=inspection_id).first()
        if row is None:
            raise NotFound("没有找到这条行政检查登记。")
        if not rights.may(by.post, Right.NOTE_INSPECTION) or (
            by.office_id != row.office_id and by.post not in HUB_ROLES
        ):
            raise NotAllowed("只有登记单位和中转站可以作废。")
        if row.struck_at is not None:
            raise TooLate("struck_already", "这条登记已经作废。")
        row.struck_reason = given.needed(reason, field="reason", label="作废原因")
        row.struck_at = at
        row.save(update_fields=["struck_at", "struck_reason"])
        _tell(InspectionStruck(number=row.number, reason=row.struck_reason), row, by=by, at=at)
    return row


def _tell(fact: InspectionRegistered | InspectionStruck, row: InspectionReference, *, by: Actor, at: datetime) -> None:
    label = f"{row.authority} {row.number}"
    ledger.record(fact, book=by.book, on=("inspection", row.pk), label=label, by=by, at=at, clause=CLAUSE)
