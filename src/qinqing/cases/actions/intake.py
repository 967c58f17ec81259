"""中转站的接办、甄别：接办、退请补充、补充、不予受理、并案。"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from qinqing.cases import policy, search
from qinqing.cases.actions import keeping
from qinqing.cases.actions.hand import attach, take, tell, tidy
from qinqing.cases.actions.oversight import attach_leaders
from qinqing.cases.facts import intake as facts
from qinqing.cases.files import Received
from qinqing.cases.models import Case, Involvement
from qinqing.cases.words import ENDS, CaseState, Grade, Kind, Verb
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused


def accept(case_id: int, *, by: Actor, at: datetime, topic: str, grade: str, is_key: bool = False) -> Case:
    """接办: name what it is about and how it is graded; a key matter gets its leaders at once.

    Raises:
        Refused: a topic the plan does not list.
    Source: 二(二)0-3, 附1-内容-1.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.ACCEPT, by=by, at=at)
        case = hand.case
        spec = hand.terms.matter(Kind(case.kind), topic)
        if spec is None:
            raise Refused("topic_unknown", "请从列表里选择事项类别。", field="topic")
        if grade not in Grade.__members__.values():
            raise Refused("grade_unknown", "请选择一般或特殊。", field="grade")
        case.topic, case.topic_name, case.grade = spec.code, spec.name, grade
        case.state, case.accepted_at = CaseState.ACCEPTED.value, at
        accounts: tuple[int, ...] = ()
        if is_key and not case.is_key:
            case.is_key = True
            accounts = tuple(post.account_id for post in attach_leaders(hand, at))
        fact = facts.Accepted(topic=spec.name, grade=Grade.label_of(grade), is_key=is_key, account_ids=accounts)
        return tell(hand, fact, Verb.ACCEPT, by=by, at=at)


def ask(case_id: int, *, by: Actor, at: datetime, question: str) -> Case:
    """退请补充: ask the submitter for what is missing. The clock runs on. Source: 附1-内容-1."""
    with transaction.atomic():
        hand = take(case_id, Verb.ASK, by=by, at=at)
        words = tidy(question, field="question", label="要补充的内容", limit=1000)
        hand.case.state = CaseState.CLARIFYING.value
        return tell(hand, facts.Asked(question=words), Verb.ASK, by=by, at=at)


def supply(case_id: int, *, by: Actor, at: datetime, answer: str, files: Sequence[Received] = ()) -> Case:
    """补充: answer the hub's question; the case is back where it was. Source: 二(二)1-诉求-提交."""
    with transaction.atomic():
        hand = take(case_id, Verb.SUPPLY, by=by, at=at)
        words = tidy(answer, field="answer", label="补充内容", limit=5000)
        attach(hand, files, by=by, at=at, for_enterprise=True)
        hand.case.state = CaseState.SUBMITTED.value
        search.extend(hand.case, words)
        return tell(hand, facts.Supplied(answer=words, office_ids=(hand.case.hub_id,)), Verb.SUPPLY, by=by, at=at)


def decline(case_id: int, *, by: Actor, at: datetime, reason: str, reply: str) -> Case:
    """不予受理: with a reason from the list and a reply that says where to go; no case ends without a reply.

    Raises:
        Refused: a reason the plan does not list; tasks already given (a problem a community handles).
    Source: 二(四)-3.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.DECLINE, by=by, at=at)
        case = hand.case
        chosen = next((r for r in hand.terms.plan.reasons.decline if r.code == reason), None)
        if chosen is None:
            raise Refused("reason_unknown", "请从列表里选择原因。", field="reason")
        if any(hand.sight.live_tasks()):
            raise Refused("task_is_live", "已有单位在办，不能不予受理；请办结后反馈。")
        words = tidy(reply, field="reply", label="答复企业的话")
        case.state, case.ended_at, case.decline_reason = CaseState.DECLINED.value, at, chosen.code
        return tell(hand, facts.Declined(reason=chosen.name, reply=words), Verb.DECLINE, by=by, at=at)


def merge(case_id: int, *, by: Actor, at: datetime, into: str) -> Case:
    """并案: join a duplicate to an open case of the town; both submitters stay informed.

    Raises:
        Refused: no such open case, or the case itself.
    Source: 附1-内容-1.
    """
    with transaction.atomic():
        hand = take(case_id, Verb.MERGE, by=by, at=at)
        case = hand.case
        target = policy.visible_to(by).filter(number=_whole_number(into)).first()
        if target is None or target.pk == case.pk or target.state in ENDS or target.kind != case.kind:
            raise Refused("merge_target", "没有找到这个编号的在办事项，请核对（如 诉〔2026〕0012号）。", field="into")
        case.merged_into = target
        case.state, case.ended_at = CaseState.MERGED.value, at
        # Whoever reads this one reads the other from now on.
        watching = Involvement.objects.filter(case=case, account_id__isnull=False).values_list("account_id", flat=True)
        keeping.involve(target, accounts=[*watching, case.submitter_id])
        return tell(hand, facts.Merged(into=target.number, into_id=target.pk), Verb.MERGE, by=by, at=at)


def _whole_number(typed: str) -> str:
    """Return a case number as it is written, from what people type: brackets of any kind, 号 left out."""
    text = typed.strip().translate(str.maketrans("[](){}【】（）", "〔〕〔〕〔〕〔〕〔〕"))
    return text if not text or text.endswith("号") else f"{text}号"
