"""The way of a case as one table: who may press what, from where to where, what it needs, and which clause says so.

Pages draw their buttons from it, the API validates by it, the documents print it, the random walk of the tests
presses it, and `cases.actions` refuses what it does not offer. Nothing else decides what may happen to a case.

Source: the plan's 二（二）, 二（四） and 三有关要求（二）（三）（四）; table in `docs/lifecycle.md` is printed from here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from qinqing.cases.needs import FILES, Ask, Need
from qinqing.cases.words import BEFORE_ANSWER, OPEN, CaseState, Kind, TaskState, Verb
from qinqing.kernel.choices import Words

S, T = CaseState, TaskState


class Who(Words):
    """How a person stands to a case or to one task of it (see `policy.standing`)."""

    ENTERPRISE = "enterprise", "企业"
    SUBMITTER = "submitter", "提交人"
    HUB = "hub", "中转站"
    HUB_HEAD = "hub_head", "中转站负责人"
    OFFICE = "office", "承办单位"
    HANDLER = "handler", "经办人"
    DEPARTMENT_HANDLER = "department_handler", "部门经办人"
    LEADER = "leader", "分管或蹲点领导"
    SUPERVISOR = "supervisor", "督查"
    SYSTEM = "system", "系统"


@dataclass(frozen=True)
class Step:
    """One row of the table.

    Attributes:
        verb: what is pressed.
        who: any of these standings may press it.
        start: case states it starts from.
        end: the state it leads to; None where the case stays or the outcome decides (see `ends`).
        ends: possible ends where the outcome decides, for the diagrams.
        task: task states it starts from; empty when the press is on the case as a whole.
        task_end: the state it leaves the task in; None where the task stays.
        needs: inputs.
        clause: the plan's clause.
        kinds: for which kinds of case.
        guards: names of functions in `rules.GUARDS`; each returns "" or the 中文 reason it may not be now.
        weight: smaller is more obviously the next thing to do; the smallest offered is the main button.
    """

    verb: Verb
    who: frozenset[Who]
    start: frozenset[CaseState]
    end: CaseState | None
    clause: str
    task: frozenset[TaskState] = frozenset()
    task_end: TaskState | None = None
    needs: tuple[Need, ...] = ()
    kinds: frozenset[Kind] = frozenset(Kind)
    guards: tuple[str, ...] = ()
    ends: tuple[CaseState, ...] = ()
    weight: int = 50

    @property
    def label(self) -> str:
        """Return the button's word."""
        return self.verb.label

    def needs_for(self, kind: str) -> tuple[Need, ...]:
        """Return the inputs asked for on a case of this kind."""
        return tuple(need for need in self.needs if need.only in ("", kind))


def _who(*who: Who) -> frozenset[Who]:
    return frozenset(who)


def _at(*states: CaseState) -> frozenset[CaseState]:
    return frozenset(states)


_HUB = _who(Who.HUB, Who.HUB_HEAD)
_WORK = _at(S.IN_HAND)
_PROBLEM_WORK = _at(S.SUBMITTED, S.ACCEPTED, S.IN_HAND)
_WORKING = frozenset({T.WORKING})
_OFFERED = frozenset({T.OFFERED})
_DEMAND = frozenset({Kind.DEMAND})
_PROBLEM = frozenset({Kind.PROBLEM})

_NOTE = Need("note", "说明", Ask.LONG)
_GUIDANCE = Need(
    "guidance", "业务指导", Ask.LONG, required=False, help="怎样办、找谁、依据什么；对方看得到，企业看不到。"
)
_REPLY = Need("reply", "答复企业的话", Ask.LONG, help="写给企业看：做了什么、结果怎样、还有什么。")
_HANDLER = Need("handler", "经办人", Ask.CHOICE, options="handlers")

STEPS: tuple[Step, ...] = (
    # ── 中转站：接办、甄别 ────────────────────────────────────────────
    Step(Verb.ACCEPT, _HUB, _at(S.SUBMITTED), S.ACCEPTED, "二(二)0-3", weight=10, needs=(
        Need("topic", "事项类别", Ask.CHOICE, options="topics"),
        Need("grade", "一般或特殊", Ask.CHOICE, options="grades"),
        Need("is_key", "列为重点涉企事项", Ask.YES, required=False, help="列为重点后自动请分管领导、蹲点领导负责。"),
    )),
    Step(Verb.ASK, _HUB, _at(S.SUBMITTED), S.CLARIFYING, "附1-内容-1", weight=40, kinds=_DEMAND, needs=(
        Need("question", "请企业补充什么", Ask.LONG, help="期限照常计算，请只问办理必需的。"),
    )),
    Step(Verb.SUPPLY, _who(Who.ENTERPRISE, Who.SUBMITTER), _at(S.CLARIFYING), S.SUBMITTED, "二(二)1-诉求-提交", weight=5, kinds=_DEMAND, needs=(
        Need("answer", "补充内容", Ask.LONG), FILES,
    )),
    Step(Verb.DECLINE, _HUB, _at(S.SUBMITTED), S.DECLINED, "二(四)-3", weight=60, needs=(
        Need("reason", "不予受理的原因", Ask.CHOICE, options="decline_reasons"),
        Need("reply", "答复企业的话", Ask.LONG, help="说明原因，并告诉企业该去哪里办。"),
    )),
    Step(Verb.MERGE, _HUB, _at(S.SUBMITTED, S.ACCEPTED), S.MERGED, "附1-内容-1", weight=65, guards=("no_live_task",), needs=(
        Need("into", "并入哪一件（编号）", Ask.LINE, limit=40, help="如 诉〔2026〕0012号。两件的提交人都会继续收到进展。"),
    )),
    # ── 中转站：交办、转办、会商 ─────────────────────────────────────────
    Step(Verb.HAND, _HUB, _at(S.ACCEPTED), S.IN_HAND, "二(二)1-诉求-交村", weight=20, guards=("return_is_ruled",), needs=(
        Need("community", "交哪个村（社区）", Ask.CHOICE, options="communities"),
        Need("handler", "具体落实的网格员", Ask.CHOICE, required=False, options="community_officers", help="默认是该企业的主责网格员；换村请留空，由村里定人。"),
        _GUIDANCE,
    )),
    Step(Verb.FORWARD, _HUB, _at(S.ACCEPTED), S.IN_HAND, "二(二)1-诉求-转办", weight=20, guards=("return_is_ruled",), needs=(
        Need("lead", "牵头部门", Ask.CHOICE, options="departments"),
        Need("supports", "协办单位", Ask.CHOICES, required=False, options="offices"),
        _GUIDANCE,
    )),
    Step(Verb.CONVENE, _HUB, _at(S.ACCEPTED, S.IN_HAND), S.CONSULTING, "二(二)1-诉求-会商", weight=30, guards=("return_is_ruled",), needs=(
        Need("participants", "参加单位", Ask.CHOICES, options="offices"),
        Need("held_at", "时间", Ask.MOMENT, help="同一时间、同一地点召集的几件事项，算一场会商。"),
        Need("place", "地点", Ask.LINE, limit=100),
        Need("agenda", "议题", Ask.LONG),
        Need("left_out", "不请的理由", Ask.LINE, required=False, limit=200, help="按方案主管这类事项的、正在办理或退回过的单位已经勾上；不请其中哪家，在这里写明理由。"),
    )),
    Step(Verb.RECORD_OPINION, _HUB, _at(S.CONSULTING), S.IN_HAND, "二(二)1-诉求-会商", weight=10, needs=(
        Need("opinion", "办理意见", Ask.LONG),
        Need("items", "议定事项", Ask.ITEMS, options="offices", help="第一项的单位为牵头；每项写清谁办、办什么、几个工作日。"),
        FILES,
    )),
    # ── 承办单位：签收、办理、退回 ────────────────────────────────────────
    Step(Verb.SIGN, _who(Who.OFFICE, Who.HANDLER), _WORK | _PROBLEM_WORK | _at(S.CONSULTING), None, "三要(二)-1", task=_OFFERED, task_end=T.WORKING, weight=10, needs=(_HANDLER,)),
    Step(Verb.NAME_HANDLER, _who(Who.OFFICE), _WORK | _PROBLEM_WORK | _at(S.SUSPENDED, S.CONSULTING), None, "三要(二)-1", task=_WORKING, weight=70, needs=(_HANDLER,)),
    Step(Verb.PROGRESS, _who(Who.HANDLER), _WORK | _PROBLEM_WORK | _at(S.SUSPENDED, S.CONSULTING), None, "二(二)1-诉求-跟进", task=_WORKING, weight=30, needs=(
        Need("note", "进展", Ask.LONG),
        Need("told_enterprise", "企业可以看到这条进展", Ask.YES, required=False), FILES,
    )),
    Step(Verb.RETURN, _who(Who.OFFICE, Who.HANDLER), _WORK, None, "三要(四)-4", task=frozenset({T.OFFERED, T.WORKING}), task_end=T.RETURNED, weight=60,
         ends=(S.ACCEPTED, S.IN_HAND), guards=("returned_only_once", "return_in_time", "return_before_upward", "not_while_extension_asked"), needs=(
        Need("reason", "退回原因", Ask.CHOICE, options="return_reasons"),
        Need("basis", "依据（方案条款或文件）", Ask.LINE, limit=200, help="如 三（三）路灯属建管办。"),
        _NOTE,
    )),
    Step(Verb.ACCEPT_RETURN, _HUB, _at(S.ACCEPTED, S.IN_HAND), None, "三要(四)-4", weight=5, guards=("return_waits",)),
    Step(Verb.OVERRULE_RETURN, _HUB, _at(S.ACCEPTED, S.IN_HAND), S.IN_HAND, "三要(四)-4", weight=6, guards=("return_waits",), needs=(
        Need("note", "驳回理由", Ask.LONG),
    )),
    Step(Verb.ASK_CONSULTATION, _who(Who.HANDLER), _WORK, None, "二(二)1-诉求-会商", task=_WORKING, weight=55, guards=("consultation_not_asked",), needs=(_NOTE,)),
    # ── 部门：上报上级条线 ──────────────────────────────────────────────
    Step(Verb.SUBMIT_UPWARD, _who(Who.DEPARTMENT_HANDLER), _WORK, None, "二(二)1-诉求-上报", task=_WORKING, weight=40, kinds=_DEMAND, guards=("not_upward_yet",), needs=(
        Need("superior", "上级条线部门", Ask.LINE, options="superiors", limit=60),
        Need("document_no", "报送文号", Ask.LINE, required=False, limit=60),
        Need("sent_on", "报送日期", Ask.DATE),
        Need("expected_on", "预计答复日期", Ask.DATE),
        _NOTE,
    )),
    Step(Verb.UPWARD_PROGRESS, _who(Who.HANDLER), _WORK | _at(S.SUSPENDED), None, "二(二)1-诉求-上报", task=_WORKING, weight=20, guards=("is_upward",), needs=(
        Need("note", "上级办理到哪一步", Ask.LONG), FILES,
    )),
    Step(Verb.UPWARD_ANSWER, _who(Who.HANDLER, Who.SYSTEM), _WORK | _at(S.SUSPENDED), None, "二(二)1-诉求-上报", task=_WORKING, weight=25, guards=("is_upward",), needs=(
        Need("answer", "上级答复", Ask.LONG), FILES,
    )),
    # ── 延期、长期挂账 ────────────────────────────────────────────────
    Step(Verb.ASK_EXTENSION, _who(Who.HANDLER), _WORK, None, "二(四)-5", task=_WORKING, weight=50, guards=("is_lead_task", "before_due", "extended_only_once", "extension_possible"), needs=(
        Need("reason", "延期原因", Ask.CHOICE, options="extension_reasons"),
        Need("new_due_on", "延到哪一天", Ask.CHOICE, options="extension_days", help="总共不超过10个工作日；还不够的，请申请长期挂账。"),
        _NOTE,
    )),
    Step(Verb.GRANT_EXTENSION, _who(Who.HUB_HEAD), _WORK, None, "二(四)-5", weight=8, guards=("extension_waits",)),
    Step(Verb.REFUSE_EXTENSION, _who(Who.HUB_HEAD), _WORK, None, "二(四)-5", weight=9, guards=("extension_waits",), needs=(
        Need("note", "不同意的理由", Ask.LONG),
    )),
    Step(Verb.ASK_SUSPENSION, _who(Who.HANDLER), _WORK, None, "二(四)-2c", task=_WORKING, weight=58, guards=("is_lead_task", "suspension_not_asked"), needs=(
        Need("reason", "长期挂账原因", Ask.CHOICE, options="suspension_reasons"),
        Need("scheme", "打算怎样推进", Ask.LONG),
        Need("next_reply_on", "下一次答复企业的日期", Ask.DATE),
    )),
    Step(Verb.SUSPEND, _who(Who.LEADER), _WORK, S.SUSPENDED, "二(四)-2c", weight=8, guards=("suspension_waits",), needs=(
        Need("note", "批示", Ask.LONG, required=False),
    )),
    Step(Verb.REFUSE_SUSPENSION, _who(Who.LEADER), _WORK, None, "二(四)-2c", weight=9, guards=("suspension_waits",), needs=(
        Need("note", "不同意的理由", Ask.LONG),
    )),
    Step(Verb.STAGE_REPLY, _who(Who.HANDLER), _at(S.SUSPENDED), None, "二(四)-3", task=_WORKING, weight=15, needs=(
        _REPLY, Need("next_reply_on", "下一次答复企业的日期", Ask.DATE),
    )),
    Step(Verb.RESUME, _who(Who.HANDLER, Who.HUB_HEAD, Who.LEADER), _at(S.SUSPENDED), S.IN_HAND, "二(四)-2c", weight=35, needs=(_NOTE,)),
    # ── 问题：告知企业、整改、复查、回头看 ───────────────────────────────────
    Step(Verb.PUBLISH, _who(Who.HANDLER), _PROBLEM_WORK, None, "二(二)2-问题-网格-告知", task=_WORKING, kinds=_PROBLEM, weight=35, needs=(
        Need("notice", "告知企业的内容", Ask.LONG, help="企业只看得到这里写的内容。措辞中性，未经核实请写“疑似”。"),
    )),
    Step(Verb.RECTIFY, _who(Who.HANDLER), _PROBLEM_WORK, None, "二(四)-3", task=_WORKING, kinds=_PROBLEM, weight=20, needs=(
        Need("note", "整改情况", Ask.LONG), FILES,
    )),
    Step(Verb.RECHECK, _who(Who.HANDLER), _PROBLEM_WORK, None, "二(四)-3", task=_WORKING, kinds=_PROBLEM, weight=18, guards=("has_rectification",), needs=(
        Need("passed", "复查结果", Ask.CHOICE, options="passed"), _NOTE, FILES,
    )),
    Step(Verb.LOOK_BACK, _who(Who.HANDLER), _at(S.WRITTEN_OFF), None, "附2违-(2)", kinds=_PROBLEM, weight=10, guards=("look_back_waits",), ends=(S.WRITTEN_OFF, S.IN_HAND), needs=(
        Need("passed", "回头看结果", Ask.CHOICE, options="passed"), _NOTE, FILES,
    )),
    # ── 办结反馈、整理、销账 ────────────────────────────────────────────
    Step(Verb.COMPLETE, _who(Who.HANDLER), _WORK, None, "二(四)-6", task=_WORKING, task_end=T.DONE, weight=12, guards=("is_support_task",), needs=(
        Need("result", "协办结果", Ask.LONG, help="给牵头单位和中转站看。"), FILES,
    )),
    Step(Verb.FINISH, _who(Who.HANDLER), _WORK, S.ANSWERED, "二(四)-6", task=_WORKING, task_end=T.DONE, weight=11,
         guards=("is_lead_task", "supports_are_done", "not_while_extension_asked"), needs=(
        Need("outcome", "办理结果", Ask.CHOICE, options="outcomes"), _REPLY,
        Need("told_way", "怎样告知企业", Ask.CHOICE, options="told_ways"),
        Need("told_at", "告知时间", Ask.MOMENT, required=False, help="留空即现在。"),
        Need("reference_no", "执法或移送文号", Ask.LINE, required=False, limit=80, only="problem", help="只记文号，执法在国家规定的系统办理。"), FILES,
    )),
    Step(Verb.REGISTER, _HUB, _at(S.ANSWERED), None, "二(四)-6", weight=10, guards=("not_registered",), needs=(
        Need("note", "整理意见", Ask.LONG, required=False),
    )),
    Step(Verb.SEND_BACK, _HUB, _at(S.ANSWERED), S.IN_HAND, "二(四)-6", weight=40, guards=("not_registered",), needs=(
        Need("note", "缺什么、怎样补正", Ask.LONG),
    )),
    Step(Verb.RATE, _who(Who.ENTERPRISE), _at(S.ANSWERED, S.WRITTEN_OFF), None, "三要(四)-5", weight=10, kinds=_DEMAND, guards=("rating_open",), needs=(
        Need("solved", "问题解决了吗", Ask.CHOICE, options="solved"),
        Need("satisfaction", "满意吗", Ask.CHOICE, options="satisfaction"),
        Need("comment", "想说的话", Ask.LONG, required=False),
    )),
    Step(Verb.DISMISS_RATING, _HUB, _at(S.ANSWERED, S.WRITTEN_OFF), None, "三要(四)-5", weight=7, guards=("complaint_open",), needs=(
        Need("note", "核实情况", Ask.LONG, help="打过电话、看过现场的，写清时间和结果。"),
    )),
    Step(Verb.REOPEN, _who(Who.HUB, Who.HUB_HEAD, Who.LEADER), _at(S.ANSWERED, S.WRITTEN_OFF), S.IN_HAND, "三要(四)-5", weight=6, guards=("complaint_open", "second_reopening_is_the_leaders"), needs=(
        Need("note", "重办要求", Ask.LONG),
    )),
    Step(Verb.WRITE_OFF, _HUB, _at(S.ANSWERED), S.WRITTEN_OFF, "二(四)-2c", weight=10, guards=("is_registered", "complaint_settled", "instructions_are_answered"), needs=(
        Need("note", "销账意见", Ask.LONG, required=False),
    )),
    # ── 催办、督办、重点、撤回 ────────────────────────────────────────────
    Step(Verb.URGE, _HUB | {Who.ENTERPRISE, Who.SYSTEM}, BEFORE_ANSWER, None, "二(二)1-诉求-跟进", weight=66, guards=("enterprise_urges_once_a_stage", "somebody_to_urge"), needs=(
        Need("note", "想催什么", Ask.LONG, limit=500),
    )),
    Step(Verb.SUPERVISE, _who(Who.SUPERVISOR, Who.LEADER, Who.SYSTEM), BEFORE_ANSWER, None, "三要(三)-1", weight=30, needs=(
        Need("note", "督办要求", Ask.LONG),
        Need("reply_by", "几日内回复", Ask.CHOICE, options="reply_days"),
        Need("level", "级别", Ask.CHOICE, required=False, options="order_levels", help="不选即督办一级；二级用于一级之后仍未办结，或虚假办结。"),
        Need("ground", "事由", Ask.CHOICE, required=False, options="grounds"),
    )),
    Step(Verb.ANSWER_URGE, _who(Who.HANDLER, Who.HUB, Who.HUB_HEAD), BEFORE_ANSWER, None, "三要(三)-1", weight=9, guards=("urge_waits",), needs=(
        Need("note", "回复", Ask.LONG, help="给催办、督办的人看，企业看不到。"),
        Need("to_enterprise", "给企业的回话", Ask.LONG, required=False, help="企业催办的，写给企业看；不是企业催的可留空。"),
    )),
    Step(Verb.CANCEL_ORDER, _HUB | {Who.SUPERVISOR, Who.LEADER}, BEFORE_ANSWER, None, "三要(三)-1", weight=92, guards=("urge_waits",), needs=(
        Need("order", "撤销哪一份", Ask.CHOICE, options="my_orders", help="中转站撤销催办，督查和领导撤销督办；编号不再使用。"),
        Need("reason", "撤销原因", Ask.LONG, limit=200),
    )),
    Step(Verb.MARK_KEY, _HUB | {Who.LEADER}, BEFORE_ANSWER | {S.ANSWERED}, None, "三要(二)-2", weight=68, guards=("not_key_yet",), needs=(
        Need("reason", "列为重点的理由", Ask.LONG, limit=500),
    )),
    Step(Verb.INSTRUCT, _who(Who.LEADER), OPEN, None, "三要(二)-3", weight=31, needs=(
        Need("note", "批示", Ask.LONG, limit=500, help="要求写清楚：办什么、怎么办。承办单位和中转站看得到，企业看不到。"),
        Need("leading", "属于", Ask.CHOICE, options="leading"),
        Need("reply_by", "几日内回复", Ask.CHOICE, options="reply_days"),
    )),
    Step(Verb.ANSWER_INSTRUCTION, _who(Who.OFFICE, Who.HANDLER, Who.HUB, Who.HUB_HEAD), OPEN, None, "三要(二)-3", weight=8, guards=("instruction_waits", "instruction_is_ours"), needs=(
        Need("note", "回复", Ask.LONG, help="落实了什么、还差什么、什么时候办完。批示的领导会收到。"), FILES,
    )),
    Step(Verb.WITHDRAW, _who(Who.ENTERPRISE), BEFORE_ANSWER, S.WITHDRAWN, "一-1", weight=90, kinds=_DEMAND, needs=(
        Need("reason", "撤回原因", Ask.LONG, limit=500),
    )),
    Step(Verb.REVEAL, _who(Who.HANDLER, Who.OFFICE), frozenset(CaseState), None, "三职(六)-7", weight=95, kinds=_PROBLEM, guards=("has_complainant",)),
)  # fmt: skip

CREATION_CLAUSES: dict[Verb, str] = {
    Verb.SUBMIT: "二(二)1-诉求-提交",
    Verb.REPORT: "二(二)2-问题-网格-上报",
    Verb.REDATE: "二(四)-4",
}
"""Presses that do not start from a state: they make a case, or the calendar makes them."""

BY_VERB: dict[Verb, Step] = {step.verb: step for step in STEPS}


def steps_of(kind: Kind) -> Iterable[Step]:
    """Return the rows that concern one kind of case, in the order of the table."""
    return (step for step in STEPS if kind in step.kinds)
