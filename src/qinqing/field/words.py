"""Words of the field: devices, what became of a record, what is questionable about it."""

from qinqing.kernel.choices import Words


class Kind(Words):
    """What a record is; a kind this version does not know is kept all the same."""

    VISIT = "visit", "走访巡查"
    FINDING_EVENT = "finding_event", "隐患跟进"
    DEMAND = "demand", "代提诉求"
    CONTACT = "contact", "联系记录"
    MEETING = "meeting", "例会"
    PUBLICITY = "publicity", "宣传送达"
    ALERT = "alert", "减排通知"
    TASK = "task", "专项任务"
    ACCIDENT = "accident", "事故快报"
    FACTS = "facts", "企业信息更新"
    AMENDMENT = "amendment", "更正说明"


class DeviceState(Words):
    """Whether a phone's credential still counts. Retired is no state of the row: its officer has left."""

    ACTIVE = "active", "正常"
    RETIRED = "retired", "人员已离岗"
    REVOKED = "revoked", "已停用"


class Whole(Words):
    """How much of a record is here."""

    STORED = "stored", "附件未齐"
    COMPLETE = "complete", "已收齐"


class Taking(Words):
    """What the folder that a record is for made of it."""

    TAKEN = "taken", "已登记"
    WAITING = "waiting", "等前一条到达"
    REVIEW = "review", "待人工确认"
    REFUSED = "refused", "未能登记"
    UNREADABLE = "unreadable", "看不懂"
    UNKNOWN = "unknown", "本版本不认识"


UNSETTLED = frozenset({Taking.WAITING, Taking.REVIEW, Taking.REFUSED, Taking.UNREADABLE, Taking.UNKNOWN})
"""Records that have not become what they were sent for."""


class Mark(Words):
    """Flags the field itself sets; the folders that take records in have their own beside them."""

    UNREADABLE = "unreadable", "内容看不懂，原文已保存，请人工查看。"
    MANIFEST = "manifest", "附件清单有误，有的附件无法接收。"
    OTHER_AUTHOR = "other_author", "记录上写的人和上传的人不是同一个。"
    ENTERPRISE = "enterprise_unknown", "记录上的企业在本镇查不到。"
    REVOKED = "device_revoked", "由已停用的设备上传，请确认后再登记。"
    RETIRED = "officer_left", "上传时该人员已离岗，请确认后再登记。"
    SKEW = "clock_skew", "手机时钟与标准时间相差超过10分钟，已按校时结果更正。"
    MOVED = "clock_moved", "填写期间手机时钟被往回拨过。"
    UNSET = "clock_unset", "手机从未与服务器校时，时间以手机所记为准。"
    AHEAD = "clock_ahead", "更正后的时间晚于收到时间，按收到时间计。"
    WAITS = "waits", "所指的那一条还没有到，到了自动登记。"
    NOT_TAKEN = "not_taken", "未能登记。"
    CONFLICT = "conflict", "同一编号又来了一份内容不同的，两份都已保存。"
    PHOTO = "photo_broken", "有照片打不开。"
