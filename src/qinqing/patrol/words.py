"""Words of the patrol: what a visit is for, how it was acknowledged, how a duty stands. An officer's patrol is never 检查."""

from qinqing.kernel.choices import Words


class Nature(Words):
    """What a visit is for. None of them is an 行政检查: of those only the reference number is kept."""

    SERVICE = "service", "服务走访"
    ROUTINE = "routine", "日常巡查"
    SPOT = "spot", "不定期抽查"
    SPECIAL = "special", "专项巡查"
    KEY_PERIOD = "key_period", "重点时段巡查"
    COMPANION = "companion", "陪同"
    LOOK_BACK = "look_back", "回头看"
    INVITED = "invited", "企业邀请"


DECLINABLE = frozenset({Nature.SERVICE, Nature.ROUTINE})
"""An enterprise may decline a notice of these; of the others it may ask for another day."""
BURDENLESS = frozenset({Nature.INVITED})
"""Not counted by the frequency guard and free on quiet days: the enterprise asked for it."""


class Acknowledgement(Words):
    """How the enterprise's representative answered the record; all three are equally good."""

    SIGNATURE = "signature", "已签字"
    REFUSED = "refused", "未签字"
    ABSENT = "absent", "无人在场"


class Lateness(Words):
    """Whether a visit's record arrived in time for the quarter it was made in."""

    IN_TIME = "", "按时"
    GRACE = "grace", "季后补传"
    WAITS = "waits", "待村（社区）认可"
    ACCEPTED = "accepted", "已认可"
    REJECTED = "rejected", "未认可"


COUNTS = frozenset({Lateness.IN_TIME, Lateness.GRACE, Lateness.ACCEPTED})
"""Records that count for the duty of their quarter."""


class DutyKind(Words):
    """What is owed to an enterprise."""

    CHECKLIST = "checklist", "清单巡查"
    PERIOD = "period", "重点时段加巡"
    MEETING = "meeting", "例会"


VISITED = frozenset({DutyKind.CHECKLIST, DutyKind.PERIOD})
"""Duties that a visit fulfils: what the coverage page counts."""


class DutyState(Words):
    """How a duty stands."""

    OPEN = "open", "未查"
    DONE = "done", "已查"
    LATE = "late", "逾期未查"
    EXCUSED = "excused", "免查"


OWED = frozenset({DutyState.OPEN, DutyState.LATE})


class PlanState(Words):
    """How a planned visit stands."""

    PLANNED = "planned", "待企业确认"
    CONFIRMED = "confirmed", "企业已确认"
    DECLINED = "declined", "企业谢绝"
    MOVED = "moved", "企业请改期"
    MERGED = "merged", "已合并"
    CANCELLED = "cancelled", "已取消"
    DONE = "done", "已走访"


AHEAD = frozenset({PlanState.PLANNED, PlanState.CONFIRMED, PlanState.MOVED})
"""Plans that are still to come."""
