"""Everything fetched of the ladder: what is proposed. Orders are the case's own (`cases.reads.orders`)."""

from dataclasses import dataclass
from datetime import datetime

from qinqing.cases.words import Ground, UrgeLevel
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.supervision import policy
from qinqing.supervision.models import Proposal
from qinqing.supervision.words import ProposalState

PAGE = 40


@dataclass(frozen=True)
class ProposalLine:
    """One proposed order."""

    id: int
    case_id: int
    case_number: str
    title: str
    enterprise: str
    office: str
    due_at: datetime
    level: str
    level_label: str
    ground_label: str
    detail: str
    at: datetime
    state_label: str
    is_waiting: bool
    may_decide: bool


def proposals(by: Actor, *, before: int = 0) -> list[ProposalLine]:
    """Return what waits for this person's decision, newest first; one more than a page, going on before `before`."""
    rows = policy.visible_to(by).filter(state=ProposalState.WAITING.value)
    if before:
        rows = rows.filter(pk__lt=before)
    found = rows.select_related("case", "case__lead_office", "case__hub").order_by("-pk")[: PAGE + 1]
    return [_line(by, row) for row in found]


def proposal(by: Actor, proposal_id: int) -> ProposalLine:
    """Return one proposal.

    Raises:
        NotFound: no such proposal, or out of sight.
    """
    rows = policy.visible_to(by).select_related("case", "case__lead_office", "case__hub")
    row = rows.filter(pk=proposal_id).first()
    if row is None:
        raise NotFound("没有这一条提请，或不在您的查看范围内。")
    return _line(by, row)


def _line(by: Actor, row: Proposal) -> ProposalLine:
    case = row.case
    office = case.lead_office or case.hub
    return ProposalLine(
        id=row.pk,
        case_id=case.pk,
        case_number=case.number,
        title=case.title,
        enterprise=case.enterprise_name,
        office=office.short,
        due_at=case.due_at,
        level=row.level,
        level_label=UrgeLevel.label_of(row.level),
        ground_label=Ground.label_of(row.ground),
        detail=row.detail,
        at=row.at,
        state_label=ProposalState.label_of(row.state),
        is_waiting=row.state == ProposalState.WAITING,
        may_decide=policy.may_decide(by, row),
    )
