"""Named conditions of the lifecycle table. Each answers "" when the press may go on, else the 中文 reason it may not."""

from collections.abc import Callable
from datetime import datetime

from qinqing.cases.lifecycle import Who
from qinqing.cases.rules.sight import Sight, TaskSight
from qinqing.cases.words import Asked, Complaint, Part, Proof
from qinqing.kernel.choices import Words

Guard = Callable[[Sight, TaskSight | None, frozenset[Words], datetime], str]
GUARDS: dict[str, Guard] = {}


def _guard(reason: str) -> Callable[[Callable[[Sight, TaskSight | None, frozenset[Words], datetime], bool]], Guard]:
    """Register a condition under its own name with the sentence said when it does not hold."""

    def register(holds: Callable[[Sight, TaskSight | None, frozenset[Words], datetime], bool]) -> Guard:
        def check(sight: Sight, task: TaskSight | None, who: frozenset[Words], now: datetime) -> str:
            return "" if holds(sight, task, who, now) else reason

        GUARDS[holds.__name__] = check
        return check

    return register


@_guard("已有单位在办这件事项，不能并案；请先收回或办结。")
def no_live_task(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """Nobody is working on it yet."""
    return not any(sight.live_tasks())


@_guard("有单位退回了这件事项，请先认可或驳回退回。")
def return_is_ruled(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """No return waits for the hub's ruling."""
    return not any(task.waits_for_ruling for task in sight.tasks)


@_guard("没有待裁定的退回。")
def return_waits(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """A return waits for the hub's ruling."""
    return any(task.waits_for_ruling for task in sight.tasks)


@_guard("同一单位只能退回一次；仍有困难的，请提请会商。")
def returned_only_once(sight: Sight, task: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """This office has not returned the case before. Source: 三要(四)-4."""
    return task is not None and not any(t.office_id == task.office_id and t.returned_at for t in sight.tasks)


@_guard("退回须在交办后1个工作日内提出，现已超过；请办理或提请会商。")
def return_in_time(_s: Sight, task: TaskSight | None, _w: frozenset[Words], now: datetime) -> bool:
    """It is within the time for returning. Source: 三要(四)-4."""
    return task is not None and now <= task.return_due_at


@_guard("已上报上级的事项不能退回。")
def return_before_upward(_s: Sight, task: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """It was not submitted upward."""
    return task is not None and not task.upward


@_guard("延期申请正在审批，请等中转站负责人答复后再办。")
def not_while_extension_asked(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """No extension request is open."""
    return sight.extension != Asked.ASKED


@_guard("已经提请过会商，等中转站安排。")
def consultation_not_asked(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """Nobody asked for a consultation yet."""
    return not sight.wants_consultation


@_guard("已经上报上级，请登记进展或答复。")
def not_upward_yet(_s: Sight, task: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """The task does not lie with the superior."""
    return task is not None and not task.upward


@_guard("这项任务没有上报上级。")
def is_upward(_s: Sight, task: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """The task lies with the superior."""
    return task is not None and task.upward


@_guard("由牵头单位办理；协办单位请用“办结协办”。")
def is_lead_task(_s: Sight, task: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """The task leads the case."""
    return task is not None and task.part is Part.LEAD


@_guard("牵头单位请用“办结并反馈企业”。")
def is_support_task(_s: Sight, task: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """The task supports another."""
    return task is not None and task.part is Part.SUPPORT


@_guard("期限已过，不能再申请延期；请尽快办结，或申请长期挂账。")
def before_due(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], now: datetime) -> bool:
    """The limit has not passed. Source: 二(四)-5."""
    return now <= sight.due_at


@_guard("每件事项只能申请一次延期。")
def extended_only_once(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """No extension was asked or granted this round. Source: 二(四)-5."""
    return sight.extension in ("", Asked.REFUSED)


@_guard("已到第10个工作日，不能再延期；确需更久的，请申请长期挂账，由分管领导审批。")
def extension_possible(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """There is room up to the tenth working day. Source: 二(四)-5."""
    return sight.last_due_at > sight.due_at


@_guard("没有待审批的延期申请。")
def extension_waits(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """An extension request is open."""
    return sight.extension == Asked.ASKED


@_guard("已经申请过长期挂账，等领导审批。")
def suspension_not_asked(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """No request for suspension is open."""
    return sight.suspension != Asked.ASKED


@_guard("没有待审批的长期挂账申请。")
def suspension_waits(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """A request for suspension is open."""
    return sight.suspension == Asked.ASKED


@_guard("请先登记整改情况，再复查。")
def has_rectification(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """Something was put right that can be rechecked."""
    return sight.proof == Proof.RECTIFIED


@_guard("还没到回头看的日子，或已经看过。")
def look_back_waits(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], now: datetime) -> bool:
    """A 回头看 is due. Source: 附2违-(2)."""
    return sight.look_back_on is not None and sight.look_back_on <= now.date()


@_guard("还有协办任务没办结，牵头单位最后办结反馈。")
def supports_are_done(sight: Sight, task: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """Every other task is finished. Source: 二(二)1-诉求-会商."""
    return not any(t.is_live and (task is None or t.id != task.id) for t in sight.tasks)


@_guard("已经整理过了。")
def not_registered(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """The hub has not registered it."""
    return not sight.registered


@_guard("还没有整理登记，不能销账。")
def is_registered(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """The hub has registered it. Source: 二(四)-2c."""
    return sight.registered


@_guard("企业不满意，请先核实：成立的重办，不成立的说明情况。")
def complaint_settled(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """No dissatisfied rating waits to be verified."""
    return sight.complaint != Complaint.OPEN


@_guard("没有待核实的不满意评价。")
def complaint_open(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """A dissatisfied rating waits to be verified."""
    return sight.complaint == Complaint.OPEN


@_guard("已经重办过一次，再次重办须由分管领导决定。")
def second_reopening_is_the_leaders(sight: Sight, _t: TaskSight | None, who: frozenset[Words], _n: datetime) -> bool:
    """The hub reopens once, then only a leader."""
    return sight.reopenings == 0 or Who.LEADER in who


@_guard("评价已提交，或已过评价期限。")
def rating_open(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], now: datetime) -> bool:
    """This round is not rated and the time for rating runs."""
    return sight.rated_round < sight.round and sight.rate_until is not None and now <= sight.rate_until


@_guard("这个阶段您已经催过一次，我们会尽快办。")
def enterprise_urges_once_a_stage(sight: Sight, _t: TaskSight | None, who: frozenset[Words], _n: datetime) -> bool:
    """Staff may urge at any time; the enterprise once a stage."""
    return Who.ENTERPRISE not in who or sight.urged_stage != sight.stage


@_guard("这件事项还在中转站，没有交给承办单位，不用催办。")
def somebody_to_urge(sight: Sight, _t: TaskSight | None, who: frozenset[Words], _n: datetime) -> bool:
    """Some office has it: the hub does not urge itself, the enterprise may urge the hub."""
    return Who.ENTERPRISE in who or any(sight.live_tasks())


@_guard("没有待回复的催办或督办。")
def urge_waits(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """An urge or order waits for a reply."""
    return sight.urge_waits


@_guard("没有待回复的批示。")
def instruction_waits(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """A leader's instruction waits for a reply."""
    return sight.instruction_waits


@_guard("批示由牵头单位回复。")
def instruction_is_ours(sight: Sight, _t: TaskSight | None, who: frozenset[Words], _n: datetime) -> bool:
    """The office that has the matter replies; the hub only while no office has it."""
    return bool(who & {Who.OFFICE, Who.HANDLER}) or sight.lead_task is None


@_guard("有领导批示还没有回复，请先“回复批示”，再销账。")
def instructions_are_answered(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """No instruction waits. Source: 三要(二)-3."""
    return not sight.instruction_waits


@_guard("已经是重点事项。")
def not_key_yet(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """It is not a key matter yet."""
    return not sight.is_key


@_guard("没有登记投诉人。")
def has_complainant(sight: Sight, _t: TaskSight | None, _w: frozenset[Words], _n: datetime) -> bool:
    """A complainant is kept under seal."""
    return sight.has_complainant
