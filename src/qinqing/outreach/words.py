"""Words of the other contacts with enterprises: contact log, meetings, publicity, alerts, errands."""

from qinqing.kernel.choices import Words


class Way(Words):
    """How an enterprise was spoken with."""

    PHONE = "phone", "电话"
    WECHAT = "wechat", "微信"
    IN_PERSON = "in_person", "当面"
    OTHER = "other", "其他"


class MaterialKind(Words):
    """What is handed out."""

    LAW = "law", "法律法规"
    POLICY = "policy", "政策文件"
    LEAFLET = "leaflet", "宣传资料"
    DECISION = "decision", "上级决策部署"


class Line(Words):
    """Which line of duty something belongs to; the codes are the plan's."""

    SAFETY = "safety", "安全消防"
    ENVIRONMENT = "environment", "环保"
    BUILDING = "building", "房屋"
    OTHER = "other", "其他"


class ReceiptWay(Words):
    """How an enterprise took what was handed out; none of it is worse than another."""

    WAITING = "", "待回执"
    SIGNED = "signed", "签收"
    READ = "read", "已阅"
    HANDED = "handed", "当面送达"
    REFUSED = "refused", "拒收"


RECEIVED = frozenset({ReceiptWay.SIGNED, ReceiptWay.READ, ReceiptWay.HANDED})
"""Receipts that count as covered."""


class AlertState(Words):
    """How far one enterprise is with an alert."""

    WAITING = "waiting", "未通知"
    UNREACHED = "unreached", "未接通"
    TOLD = "told", "已通知"
    IN_PLACE = "in_place", "已落实"


UNTOLD = frozenset({AlertState.WAITING, AlertState.UNREACHED})
"""States in which the enterprise does not know yet."""


class Source(Words):
    """Who says how an enterprise stands to an alert."""

    OFFICE = "office", "电话通知"
    FIELD = "field", "网格员"
    ENTERPRISE = "enterprise", "企业确认"


class Whom(Words):
    """Which officers an errand is for."""

    ALL = "all", "全镇网格员"
    COMMUNITIES = "communities", "所选村（社区）的网格员"
    OFFICERS = "officers", "所选网格员"
