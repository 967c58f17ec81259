"""Words of the cases: kinds, states, verbs and the short lists people choose from."""

from qinqing.kernel.choices import Words


class Kind(Words):
    """What a case is about."""

    DEMAND = "demand", "诉求"
    PROBLEM = "problem", "问题"


NUMBER_PREFIX = {Kind.DEMAND: "诉", Kind.PROBLEM: "问"}


class CaseState(Words):
    """Where a case stands."""

    SUBMITTED = "submitted", "待接办"
    CLARIFYING = "clarifying", "待企业补充"
    ACCEPTED = "accepted", "待交办"
    IN_HAND = "in_hand", "办理中"
    CONSULTING = "consulting", "会商中"
    SUSPENDED = "suspended", "长期挂账"
    ANSWERED = "answered", "已反馈待整理"
    WRITTEN_OFF = "written_off", "已销账"
    DECLINED = "declined", "不予受理"
    WITHDRAWN = "withdrawn", "企业撤回"
    MERGED = "merged", "并案"


ENDS = frozenset({CaseState.WRITTEN_OFF, CaseState.DECLINED, CaseState.WITHDRAWN, CaseState.MERGED})
"""States in which a case is off the ledger (销账)."""
OPEN = frozenset(CaseState) - ENDS
"""States in which a case is on the ledger (挂账)."""
BEFORE_ANSWER = OPEN - {CaseState.ANSWERED}


class Stage(Words):
    """Where an open case stands, finer than its state: the columns of 跟进台."""

    TO_ACCEPT = "to_accept", "待接办"
    CLARIFYING = "clarifying", "待企业补充"
    TO_DISPATCH = "to_dispatch", "待交办"
    CONSULTING = "consulting", "会商中"
    TO_SIGN = "to_sign", "待签收"
    WORKING = "working", "办理中"
    UPWARD = "upward", "上级办理中"
    SUSPENDED = "suspended", "长期挂账"
    TO_REGISTER = "to_register", "待整理"
    TO_WRITE_OFF = "to_write_off", "待销账"


class TaskState(Words):
    """Where one office's share of a case stands."""

    OFFERED = "offered", "待签收"
    WORKING = "working", "办理中"
    DONE = "done", "已办结"
    RETURNED = "returned", "已退回"
    RECALLED = "recalled", "已收回"


LIVE_TASKS = frozenset({TaskState.OFFERED, TaskState.WORKING})


class Part(Words):
    """An office's part in a case."""

    LEAD = "lead", "牵头"
    SUPPORT = "support", "协办"


class Grade(Words):
    """How the hub grades a demand at 接办."""

    ORDINARY = "ordinary", "一般诉求"
    SPECIAL = "special", "特殊事项"


class Route(Words):
    """The way the plan gives a case."""

    COMMUNITY = "community", "交办村（社区）"
    DEPARTMENT = "department", "转办部门"
    CONSULTATION = "consultation", "协调会商"
    OWN = "own", "自行处置"


class Source(Words):
    """How a case came in."""

    PORTAL = "portal", "企业提交"
    CARD = "card", "企业码提交"
    PROXY = "proxy", "工作人员代为提交"
    VISIT = "visit", "走访收集"
    OFFICER = "officer", "网格员发现"
    DEPARTMENT = "department", "部门发现"
    INTERFACE = "interface", "接口登记"


class Outcome(Words):
    """What came of it, as the handling office says."""

    SOLVED = "solved", "已解决"
    PARTLY = "partly", "部分解决"
    EXPLAINED = "explained", "解释说明"
    NOT_YET = "not_yet", "暂不具备条件"
    UNFOUNDED = "unfounded", "不属实或不合理"
    RECTIFIED = "rectified", "整改完成"
    TRANSFERRED = "transferred", "移送有权机关"


DEMAND_OUTCOMES = (Outcome.SOLVED, Outcome.PARTLY, Outcome.EXPLAINED, Outcome.NOT_YET, Outcome.UNFOUNDED)
PROBLEM_OUTCOMES = (Outcome.RECTIFIED, Outcome.TRANSFERRED, Outcome.UNFOUNDED)


class ToldWay(Words):
    """How the enterprise was told."""

    PLATFORM = "platform", "平台告知"
    PHONE = "phone", "电话"
    IN_PERSON = "in_person", "上门当面"
    CHAT = "chat", "微信"
    PAPER = "paper", "书面"


class Satisfaction(Words):
    """What the enterprise says of it."""

    VERY = "very", "非常满意"
    SATISFIED = "satisfied", "满意"
    FAIRLY = "fairly", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class Complaint(Words):
    """What became of a dissatisfied rating."""

    NONE = "", "无"
    OPEN = "open", "待核实"
    UPHELD = "upheld", "核实成立"
    DISMISSED = "dismissed", "核实不成立"


class Severity(Words):
    """How grave a suspected problem looks; formal judgement is the competent office's."""

    GENERAL = "general", "一般"
    LARGER = "larger", "较大"
    MAJOR = "major", "疑似重大"


class StopResponse(Words):
    """What the enterprise did when told to stop."""

    STOPPED = "stopped", "已停止"
    REFUSED = "refused", "拒不停止"
    IMPOSSIBLE = "impossible", "未能告知"


class Asked(Words):
    """A request that somebody else decides."""

    ASKED = "asked", "待审批"
    GRANTED = "granted", "同意"
    REFUSED = "refused", "不同意"
    ENDED = "ended", "已结束"


class Proof(Words):
    """How far a problem is put right."""

    NONE = "", "未整改"
    RECTIFIED = "rectified", "已整改待复查"
    PASSED = "passed", "复查合格"
    FAILED = "failed", "复查不合格"


class Ruling(Words):
    """The hub's ruling on a return."""

    NONE = "", "待裁定"
    ACCEPTED = "accepted", "认可退回"
    OVERRULED = "overruled", "驳回退回"


class UrgeLevel(Words):
    """Who presses, and how hard."""

    ENTERPRISE = "enterprise", "企业催办"
    URGE = "urge", "催办"
    SUPERVISE = "supervise", "督办一级"
    SUPERVISE_AGAIN = "supervise_2", "督办二级"


ORDERS = (UrgeLevel.URGE, UrgeLevel.SUPERVISE, UrgeLevel.SUPERVISE_AGAIN)
"""Numbered, with a reply-by: 催办单 and 督办单. An enterprise's own urging is none."""
SUPERVISIONS = (UrgeLevel.SUPERVISE, UrgeLevel.SUPERVISE_AGAIN)


class Ground(Words):
    """Why an order was given or is proposed. Source: domain §3.5."""

    MANUAL = "manual", "人工发起"
    OVERDUE = "overdue", "超期"
    DISSATISFIED = "dissatisfied", "企业多次不满意"
    INSTRUCTION = "instruction", "领导批示"
    STILL_OPEN = "still_open", "督办一级后仍未办结"
    FALSE_FINISH = "false_finish", "虚假办结"


class Leading(Words):
    """What a leader does in person for a matter, in the plan's three words. Source: 三要(二)-3."""

    DEPLOY = "deploy", "研究部署"
    PUSH = "push", "调度推进"
    COORDINATE = "coordinate", "协调困难"


class Verb(Words):
    """Everything that can be done to a case, in the plan's own words. One row of `lifecycle` each."""

    SUBMIT = "submit", "提交"
    REPORT = "report", "上报问题"
    ASK = "ask", "退请补充"
    SUPPLY = "supply", "补充"
    ACCEPT = "accept", "接办"
    DECLINE = "decline", "不予受理"
    MERGE = "merge", "并案"
    HAND = "hand", "交办"
    FORWARD = "forward", "转办"
    ASK_CONSULTATION = "ask_consultation", "提请会商"
    CONVENE = "convene", "会商"
    RECORD_OPINION = "record_opinion", "形成办理意见"
    SIGN = "sign", "签收"
    NAME_HANDLER = "name_handler", "定人"
    PROGRESS = "progress", "记一条进展"
    RETURN = "return", "退回"
    ACCEPT_RETURN = "accept_return", "认可退回"
    OVERRULE_RETURN = "overrule_return", "驳回退回"
    SUBMIT_UPWARD = "submit_upward", "上报上级"
    UPWARD_PROGRESS = "upward_progress", "上报进展"
    UPWARD_ANSWER = "upward_answer", "登记上级答复"
    ASK_EXTENSION = "ask_extension", "申请延期"
    GRANT_EXTENSION = "grant_extension", "同意延期"
    REFUSE_EXTENSION = "refuse_extension", "不同意延期"
    ASK_SUSPENSION = "ask_suspension", "申请长期挂账"
    SUSPEND = "suspend", "同意长期挂账"
    REFUSE_SUSPENSION = "refuse_suspension", "不同意长期挂账"
    STAGE_REPLY = "stage_reply", "阶段性答复"
    RESUME = "resume", "恢复办理"
    COMPLETE = "complete", "办结协办"
    FINISH = "finish", "办结并反馈企业"
    REGISTER = "register", "整理"
    SEND_BACK = "send_back", "退回补正"
    RATE = "rate", "评价"
    DISMISS_RATING = "dismiss_rating", "评价核实不成立"
    REOPEN = "reopen", "重办"
    WRITE_OFF = "write_off", "销账"
    URGE = "urge", "催办"
    SUPERVISE = "supervise", "督办"
    ANSWER_URGE = "answer_urge", "回复催办督办"
    CANCEL_ORDER = "cancel_order", "撤销催办督办"
    MARK_KEY = "mark_key", "列为重点"
    INSTRUCT = "instruct", "批示"
    ANSWER_INSTRUCTION = "answer_instruction", "回复批示"
    WITHDRAW = "withdraw", "撤回"
    PUBLISH = "publish", "告知企业"
    RECTIFY = "rectify", "登记整改"
    RECHECK = "recheck", "复查"
    LOOK_BACK = "look_back", "回头看"
    REVEAL = "reveal", "查看投诉人"
    REDATE = "redate", "重算期限"
