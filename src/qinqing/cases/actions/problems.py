"""企业问题的告知、整改、复查、回头看。"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from qinqing.cases import search
from qinqing.cases.actions.hand import Hand, attach, office_name, take, tell, tidy
from qinqing.cases.actions.submit import COMPLAINANT
from qinqing.cases.actions.tasks import give
from qinqing.cases.facts import closing
from qinqing.cases.facts import work as facts
from qinqing.cases.files import Received
from qinqing.cases.models import Case, LookBack, Problem, Recheck
from qinqing.cases.words import CaseState, Part, Proof, TaskState, Verb
from qinqing.kernel import secrets as seals
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused


def publish(case_id: int, *, by: Actor, at: datetime, notice: str, task_id: int | None = None) -> Case:
    """告知企业: from now on the enterprise sees this text of the problem, and nothing else.

    Source: 二(二)2-问题-范围, 二(二)2-问题-网格-告知.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.PUBLISH, by=by, at=at, task_id=task_id)
        words = tidy(notice, field="notice", label="告知企业的内容")
        hand.case.published = words
        return tell(hand, facts.Published(notice=words), Verb.PUBLISH, by=by, at=at)


def rectify(
    case_id: int, *, by: Actor, at: datetime, note: str, files: Sequence[Received] = (), task_id: int | None = None
) -> Case:
    """登记整改: what the enterprise did, with proof; a recheck follows. Source: 二(四)-3."""
    with transaction.atomic():
        hand = take(case_id, Verb.RECTIFY, by=by, at=at, task_id=task_id)
        words = tidy(note, field="note", label="整改情况")
        Recheck.objects.create(
            case=hand.case, round=hand.case.round, is_rectification=True, note=words, by_name=by.name, at=at
        )
        hand.case.proof = Proof.RECTIFIED.value
        attach(hand, files, by=by, at=at)
        search.extend(hand.case, words)
        fact = facts.Rectified(
            office=office_name(hand.my_task.office_id, by), note=words, office_ids=(hand.case.hub_id,)
        )
        return tell(hand, fact, Verb.RECTIFY, by=by, at=at)


def recheck(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    passed: str | bool,
    note: str,
    files: Sequence[Received] = (),
    task_id: int | None = None,
) -> Case:
    """复查: whether it is put right; a failed one goes back to 整改. Source: 二(四)-3."""
    with transaction.atomic():
        hand = take(case_id, Verb.RECHECK, by=by, at=at, task_id=task_id)
        words, good = tidy(note, field="note", label="复查情况"), _yes(passed)
        Recheck.objects.create(
            case=hand.case,
            round=hand.case.round,
            is_rectification=False,
            passed=good,
            note=words,
            by_name=by.name,
            at=at,
        )
        hand.case.proof = (Proof.PASSED if good else Proof.FAILED).value
        attach(hand, files, by=by, at=at)
        fact = facts.Rechecked(office=office_name(hand.my_task.office_id, by), passed=good, note=words)
        return tell(hand, fact, Verb.RECHECK, by=by, at=at)


def look_back(
    case_id: int, *, by: Actor, at: datetime, passed: str | bool, note: str, files: Sequence[Received] = ()
) -> Case:
    """回头看: after write-off of a 两违 case; a failed one puts it back on the ledger. Source: 附2违-(2)."""
    with transaction.atomic():
        hand = take(case_id, Verb.LOOK_BACK, by=by, at=at)
        case = hand.case
        words, good = tidy(note, field="note", label="回头看情况"), _yes(passed)
        owed = LookBack.objects.filter(case=case, done_at__isnull=True).order_by("due_on").first()
        if owed is None:
            raise Refused("look_back_none", "没有待做的回头看。")
        owed.done_at, owed.passed = at, good
        owed.save()
        attach(hand, files, by=by, at=at)
        later = LookBack.objects.filter(case=case, done_at__isnull=True).order_by("due_on").first()
        case.look_back_on = later.due_on if later and good else None
        office_id = case.lead_office_id or case.community_id
        if not good:
            _back_on_ledger(hand, office_id, by, at)
        fact = facts.LookedBack(
            office=office_name(office_id, by),
            passed=good,
            due_on=owed.due_on.isoformat(),
            note=words,
            office_ids=(case.hub_id,),
        )
        return tell(hand, fact, Verb.LOOK_BACK, by=by, at=at)


def _back_on_ledger(hand: Hand, office_id: int, by: Actor, at: datetime) -> None:
    """Open a new round at the same office, with its own limit; the first round's result stays in the records."""
    case = hand.case
    LookBack.objects.filter(case=case, done_at__isnull=True).update(done_at=at)
    start_round(
        hand,
        office_id=office_id,
        handler_id=case.handler_id,
        at=at,
        working_days=hand.terms.plan.limits.problem_close.value,
    )
    case.proof = Proof.FAILED.value


def start_round(hand: Hand, *, office_id: int, handler_id: int | None, at: datetime, working_days: int) -> None:
    """Begin a new round of work after the case was answered: a fresh lead share and a limit of its own."""
    case = hand.case
    case.round += 1
    case.state = CaseState.IN_HAND.value
    case.answered_at = case.registered_at = case.ended_at = None
    case.extension, case.outcome = "", ""
    case.due_at = hand.terms.due(at, working_days)
    case.last_due_at = max(case.last_due_at, case.due_at)
    case.due_provisional = hand.terms.is_provisional(at, case.due_at)
    case.lead_office_id = office_id
    give(hand, office_id=office_id, part=Part.LEAD, at=at, due_at=case.due_at, handler_id=handler_id)


def reveal(case_id: int, *, by: Actor, at: datetime) -> str:
    """查看投诉人: show the handling office who complained; the look itself is an entry.

    Source: 三职(六)-7.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.REVEAL, by=by, at=at)
        # Standing at any live task gives the button; only the office that leads may open the seal.
        if by.office_id != hand.case.lead_office_id and not any(
            t.office_id == by.office_id and t.part == Part.LEAD and t.state != TaskState.RETURNED for t in hand.tasks
        ):
            raise Refused("not_the_handling_office", "投诉人信息只有承办单位可以查看。")
        sealed = Problem.objects.get(case=hand.case).complainant_sealed
        tell(hand, closing.ComplainantRevealed(), Verb.REVEAL, by=by, at=at)
        return seals.unseal(sealed, COMPLAINANT)


def _yes(passed: str | bool) -> bool:
    if passed in (True, "yes"):
        return True
    if passed in (False, "no"):
        return False
    raise Refused("passed_missing", "请选择合格或不合格。", field="passed")
