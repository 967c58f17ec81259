"""Words of an enterprise's environment file."""

from qinqing.kernel.choices import Words


class PermitClass(Words):
    """How the discharge permit law manages the firm; it decides whether 执行报告 are owed."""

    UNKNOWN = "unknown", "未核定"
    KEY = "key", "重点管理"
    SIMPLE = "simple", "简化管理"
    REGISTERED = "registered", "登记管理"
    NONE = "none", "不需办理"


REPORTING = frozenset({PermitClass.KEY, PermitClass.SIMPLE})
"""Classes that owe 执行报告; 登记管理 owes none."""


class PaperKind(Words):
    """A permit the firm holds or an agreement it signed."""

    EIA = "eia", "环评批复（备案）"
    ACCEPTANCE = "acceptance", "竣工环保验收"
    DISCHARGE = "discharge", "排污许可证（登记回执）"
    DRAINAGE = "drainage", "排水接管手续"
    HAZARDOUS = "hazardous", "危险废物处置协议"
    GENERAL = "general", "一般工业固废处置协议"
    KITCHEN = "kitchen", "餐厨废弃物处置协议"


AGREEMENTS = frozenset({PaperKind.HAZARDOUS, PaperKind.GENERAL, PaperKind.KITCHEN})
"""Papers signed with a contractor; the others are issued by an authority."""


class Frequency(Words):
    """How often a permit asks for a 执行报告."""

    MONTH = "month", "月报"
    QUARTER = "quarter", "季报"
    YEAR = "year", "年报"


class Result(Words):
    """What a monitoring report found."""

    MET = "met", "达标"
    EXCEEDED = "exceeded", "有超标"
    WAITING = "waiting", "结果未出"


class Drainage(Words):
    """Whether rain and sewage run apart. Source: 三职(四)-5."""

    UNKNOWN = "unknown", "未登记"
    APART = "apart", "已分流"
    PARTLY = "partly", "部分分流"
    MIXED = "mixed", "未分流"
