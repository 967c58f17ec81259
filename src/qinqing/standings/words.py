"""Words of the red and black lists."""

from qinqing.kernel.choices import Words


class State(Words):
    """How far a list has come."""

    CHECKING = "checking", "中转站核对"
    APPEALING = "appealing", "单位申诉期"
    SUBMITTED = "submitted", "待领导审批"
    APPROVED = "approved", "已批准，待公布"
    PUBLISHED = "published", "已公布"
    DROPPED = "dropped", "已作废"


class Side(Words):
    """Where an office stands on a list."""

    RED = "red", "红榜"
    BLACK = "black", "黑榜"
    NEITHER = "neither", "不上榜"
    FEW = "few", "样本不足，不排名"
    TOLD = "told", "只通报，不排名"


class Group(Words):
    """Those who are ranked among each other."""

    DEPARTMENTS = "departments", "镇机关部门"
    COMMUNITIES = "communities", "村（社区）"
    OUTPOSTS = "outposts", "派驻机构"


class Part(Words):
    """What points come from. The values of the rates, faults and merits are the plan's own."""

    SIGNED = "signed", "签收率"
    IN_TIME = "in_time", "按时率"
    SOLVED = "solved", "解决率"
    SATISFIED = "satisfied", "满意率"
    LATE = "late", "超期"
    OVERRULED = "overruled", "退回被驳回"
    REOPENED = "reopened", "重办"
    SUPERVISED = "supervised", "督办一级"
    SUPERVISED_AGAIN = "supervised_again", "督办二级"
    FALSE_FINISH = "false_finish", "虚假办结"
    TYPICAL = "typical", "典型案例采用"
    HELPED = "helped", "办结协办、牵头会商"


class AppealState(Words):
    """What became of an office's objection."""

    WAITING = "waiting", "待裁定"
    UPHELD = "upheld", "成立，这一件不计入"
    REJECTED = "rejected", "不成立"


CURRENT = (State.CHECKING, State.APPEALING, State.SUBMITTED, State.APPROVED, State.PUBLISHED)
"""A period has one list at most in these."""
SHOWN_TO_OFFICES = (State.APPEALING, State.SUBMITTED, State.APPROVED, State.PUBLISHED)
"""An office reads its own result from the opening of the appeals on; those of others once it is published."""
