"""Words of the ladder: its rungs, why somebody stands on one, what became of a proposal."""

from qinqing.kernel.choices import Words


class Rung(Words):
    """The ladder, from the bottom up. Source: domain §3.5; 三要(三)-1."""

    REMIND = "remind", "提醒"
    URGE = "urge", "催办"
    SUPERVISE = "supervise", "督办一级"
    SUPERVISE_AGAIN = "supervise_again", "督办二级"


class Ground(Words):
    """Why an order is proposed or was given."""

    MANUAL = "manual", "人工发起"
    OVERDUE = "overdue", "超期"
    DISSATISFIED = "dissatisfied", "两次不满意"
    INSTRUCTION = "instruction", "领导批示"
    STILL_OVERDUE = "still_overdue", "督办一级后仍未办结"
    FALSE_FINISH = "false_finish", "虚假办结"


class ProposalState(Words):
    """What became of a proposal."""

    WAITING = "waiting", "待决定"
    ISSUED = "issued", "已签发"
    DISMISSED = "dismissed", "不予督办"
    LAPSED = "lapsed", "事项已办结，自动失效"
