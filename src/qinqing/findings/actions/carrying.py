"""A recheck of a finding is written into its case as well: one walk, one record, where the case is his to work on."""

from datetime import datetime

from qinqing.cases.actions import problems
from qinqing.cases.reads import find
from qinqing.cases.words import Proof, Verb
from qinqing.findings.models import Finding, FindingEvent
from qinqing.findings.words import EventKind
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound


def into_case(finding: Finding, event: FindingEvent, *, by: Actor, at: datetime) -> None:
    """Press 登记整改 and 复查 on the case of a finding that was just rechecked, as far as the lifecycle offers them to him.

    What the case does not offer him is left to those it does: nothing is forced, nothing refused.

    Source: 附2安-(5)b, 二(四)-3.
    """
    if event.objections or finding.case_id is None or event.kind not in (EventKind.PASS, EventKind.FAIL):
        return
    try:
        case = find.get_for(by, finding.case_id)
    except NotFound:
        return
    if case.proof != Proof.RECTIFIED and (task := _offered(by, case.pk, Verb.RECTIFY, at)):
        case = problems.rectify(case.pk, by=by, at=at, note=_what_was_done(finding, event), task_id=task)
    if task := _offered(by, case.pk, Verb.RECHECK, at):
        problems.recheck(
            case.pk, by=by, at=at, passed=event.kind == EventKind.PASS, note=event.text or "已复查", task_id=task
        )


def _offered(by: Actor, case_id: int, verb: Verb, at: datetime) -> int | None:
    """Return the task on which this press is offered to him, None if it is not."""
    case = find.get_for(by, case_id)
    return next((offer.task_id for offer in find.offers_for(by, case, at) if offer.verb is verb), None)


def _what_was_done(finding: Finding, event: FindingEvent) -> str:
    claims = FindingEvent.objects.filter(finding=finding, kind=EventKind.CLAIM.value).exclude(text="")
    claim = claims.order_by("-version").first()
    return claim.text if claim else event.text or "已整改"
