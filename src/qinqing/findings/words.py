"""Words of the findings: how grave, where one stands, what can happen to it, what waits for the office."""

from qinqing.kernel.choices import Words


class Level(Words):
    """How grave a hazard looks. An officer only ever suspects (疑似); 重大 is the safety office's own judgement."""

    MINOR = "minor", "一般"
    GRAVE = "grave", "疑似重大"
    MAJOR = "major", "重大"


SAFETY_ONLY = frozenset({Level.GRAVE, Level.MAJOR})
"""Levels that only the safety office rechecks and closes. Source: 附2安-(5)b."""


class State(Words):
    """Where a finding stands. 超期 is no state: it is computed from the deadline."""

    OPEN = "open", "待整改"
    CLAIMED = "claimed", "待复查"
    FAILED = "failed", "复查不合格"
    TRANSFERRED = "transferred", "已移送"
    REOPENED = "reopened", "重新整改"
    PASSED = "passed", "已销号"


UNSETTLED = frozenset(State) - {State.PASSED}
"""States of a finding that still lives."""
TO_FIX = frozenset({State.OPEN, State.FAILED, State.REOPENED})
"""States in which the enterprise has something to put right: these can be overdue."""


class EventKind(Words):
    """What can happen to a finding after it was found. The first eight are the field protocol's."""

    ADVISED = "advised", "劝导告知"
    CLAIM = "rectified_claim", "整改上报"
    PASS = "recheck_pass", "复查合格"
    FAIL = "recheck_fail", "复查不合格"
    TRANSFER = "transferred", "移送"
    EXTEND = "extended", "延期"
    CLOSE = "closed", "销号"
    REOPEN = "reopened", "重新整改"
    JUDGE = "judged", "判定"
    SEEN_AGAIN = "seen_again", "再次发现"


FROM_PHONES = frozenset(EventKind) - {EventKind.JUDGE, EventKind.SEEN_AGAIN}
"""Kinds a phone may send as an event; a repeated finding becomes SEEN_AGAIN, judging is done at the desk."""


class Standing(Words):
    """How a person stands to a finding."""

    FIRM = "firm", "企业"
    OFFICER = "officer", "网格员与属地村（社区）"
    FINDER = "finder", "发现单位"
    SAFETY = "safety", "综执安监办"
    HUB = "hub", "中转站"
    SYSTEM = "system", "系统"


class Holding(Words):
    """What became of an event whose finding had not arrived."""

    WAITING = "waiting", "等待中"
    TAKEN = "taken", "已并入"
    ORPHAN = "orphan", "未找到对应隐患"


class Trouble(Words):
    """Why a finding that is a problem has no case yet, where it is not the spine's own refusal."""

    PHOTOS_COMING = "photos_coming", "照片还在上传"


# ── 房屋登记册 ──────────────────────────────────────────────────────────────


class LandType(Words):
    """On whose land a building stands."""

    UNKNOWN = "", "未查明"
    COLLECTIVE = "collective", "集体土地"
    STATE = "state", "国有土地"


class Structure(Words):
    """What carries a building."""

    UNKNOWN = "", "未查明"
    CONCRETE = "concrete", "钢筋混凝土"
    MASONRY = "masonry", "砖混"
    STEEL = "steel", "钢结构"
    TIMBER = "timber", "砖木"
    OTHER = "other", "其他"


class Grade(Words):
    """What an appraisal found, after JGJ 125."""

    NONE = "", "未鉴定"
    A = "A", "A级"
    B = "B", "B级"
    C = "C", "C级（局部危险）"
    D = "D", "D级（整幢危险）"


DANGEROUS = frozenset({Grade.C, Grade.D})
"""Grades that need a remedy within the limit. Source: 附3房-(2)."""


class Remedy(Words):
    """How a dangerous building is made safe."""

    NONE = "", "未整治"
    STOP_USE = "stop_use", "停用"
    REINFORCE = "reinforce", "加固"
    DEMOLISH = "demolish", "拆除"


class BuildingState(Words):
    """Where a building on the register stands."""

    FOUND = "found", "待告知"
    TOLD = "told", "待鉴定"
    APPRAISED = "appraised", "待整治"
    REMEDIED = "remedied", "待销号"
    CLOSED = "closed", "已销号"


class BuildingStep(Words):
    """What can be done to a building on the register."""

    REGISTER = "register", "登记"
    EDIT = "edit", "更正登记"
    TELL = "tell", "告知产权人、使用人"
    APPRAISE = "appraise", "登记鉴定结果"
    SKIP_APPRAISAL = "skip_appraisal", "不需鉴定"
    REMEDY = "remedy", "登记整治"
    CLOSE = "close", "销号"
    REOPEN = "reopen", "重新登记隐患"


# ── 两违登记册 ──────────────────────────────────────────────────────────────


class IllegalKind(Words):
    """Which of the two."""

    BUILDING = "building", "疑似违法建设"
    LAND = "land", "疑似违法用地"


class BuildStage(Words):
    """How far it was built when it was found."""

    UNKNOWN = "", "未查明"
    GROUND = "ground", "堆场或平整"
    FOUNDATION = "foundation", "打基础"
    FRAME = "frame", "主体在建"
    DONE = "done", "已建成"


class IllegalSource(Words):
    """How it came to be known."""

    PATROL = "patrol", "巡查发现"
    PETITION = "petition", "平台信访"
    TIP = "tip", "群众举报"
    ASSIGNED = "assigned", "上级交办"


class IllegalState(Words):
    """Where an entry of the register stands."""

    FOUND = "found", "待制止"
    STOPPED = "stopped", "待移送"
    TRANSFERRED = "transferred", "待拆除整改"
    CLEARED = "cleared", "待销号"
    CLOSED = "closed", "已销号"


class IllegalStep(Words):
    """What can be done to an entry of the register."""

    REGISTER = "register", "登记"
    EDIT = "edit", "更正登记"
    STOP = "stop", "告知停止"
    TRANSFER = "transfer", "移送主管部门"
    ASSIST = "assist", "配合拆除"
    CLEAR = "clear", "拆除或整改到位"
    CLOSE = "close", "销号"
    LOOK_BACK = "look_back", "回头看"
