"""A 两违 that did not come from a phone: found at the desk, by 平台信访, by 群众举报. It is a finding and a case as well."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from qinqing.findings.actions import illegal
from qinqing.findings.actions.hand import terms_for
from qinqing.findings.actions.opening import register
from qinqing.findings.models import IllegalBuilding
from qinqing.findings.rules.shape import Stop
from qinqing.findings.words import IllegalSource
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused


def register_illegal(
    *,
    enterprise_id: int,
    text: str,
    kind: str,
    location: str,
    by: Actor,
    at: datetime,
    source: str = IllegalSource.PATROL.value,
    source_no: str = "",
    area_m2: Decimal | None = None,
    stage: str = "",
    photos: Sequence[UUID | str] = (),
    stop: Stop | None = None,
    press_key: str = "",
) -> IllegalBuilding:
    """Put a suspected 两违 on the register, in the book of findings and in the one ledger of cases, all at once.

    Raises:
        NotFound, NotAllowed: as `register`. Refused: no picture (field "files"), no stop notice from an officer, no location.

    Source: 附2违-(1)b, 附2违-(1)c.
    """
    with transaction.atomic():
        line = next((one for one in terms_for(by).plan.problem_categories if one.rechecks), None)
        if line is None:
            raise Refused("no_category", "方案里没有“两违”这一类问题，请先补全方案。")
        finding = register(
            enterprise_id=enterprise_id,
            category=line.code,
            text=text,
            place_text=location,
            is_problem=True,
            stop=stop,
            photos=photos,
            by=by,
            at=at,
            press_key=press_key,
        )
        row = IllegalBuilding.objects.select_related("enterprise").get(finding=finding)
        illegal.set_details(
            row, kind=kind, source=source, source_no=source_no, location=location, area_m2=area_m2, stage=stage
        )
        row.save()
    return row
