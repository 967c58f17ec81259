"""Finding one finding, or those of a visit, of a firm, of a case."""

from uuid import UUID

from qinqing.findings import policy
from qinqing.findings.models import Finding
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound

ALONG = ("enterprise", "community", "owner_office", "line_office", "case")
"""What a page needs along with a finding."""


def get_for(by: Actor, finding_id: int) -> Finding:
    """Return a finding this person may see, firm and offices fetched along.

    Raises:
        NotFound: no such finding, or out of sight: the same answer for both.
    """
    found = policy.visible_to(by).select_related(*ALONG, "repeat_of").filter(pk=finding_id).first()
    if found is None:
        raise NotFound("没有找到这条隐患线索，或不在您的查看范围内。")
    return found


def by_uid(by: Actor, uid: UUID) -> Finding | None:
    """Return the finding a phone named so, or the one to which a repeated finding of that name was added; None if out of sight."""
    rows = policy.visible_to(by).select_related(*ALONG)
    return rows.filter(uid=uid).first() or rows.filter(events__id=uid).first()


def of_visit(by: Actor, visit_id: UUID) -> list[Finding]:
    """Return the findings a visit brought that this person may see, in the order of their numbers."""
    return list(policy.visible_to(by).select_related(*ALONG).filter(visit=visit_id).order_by("id"))


def of_enterprise(by: Actor, enterprise_id: int, *, limit: int = 20) -> list[Finding]:
    """Return the latest findings of a firm that this person may see, newest first."""
    rows = policy.visible_to(by).select_related(*ALONG).filter(enterprise_id=enterprise_id)
    return list(rows.order_by("-id")[:limit])


def of_case(by: Actor, case_id: int) -> list[Finding]:
    """Return the findings that a case came from, as far as this person may see them."""
    return list(policy.visible_to(by).select_related(*ALONG).filter(case_id=case_id).order_by("id"))
