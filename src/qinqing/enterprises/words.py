"""Words of the enterprise file: what a firm is, how it stands, who speaks for it."""

from qinqing.kernel.choices import Words


class Status(Words):
    """Whether the firm works. Only a firm that works needs a community and a lead officer."""

    OPERATING = "operating", "在营"
    PARTLY = "partly", "半停产"
    HALTED = "halted", "停产"
    RESTING = "resting", "歇业"
    MOVED = "moved", "搬迁"
    DEREGISTERED = "deregistered", "注销"


ACTIVE_STATUSES = frozenset({Status.OPERATING, Status.PARTLY, Status.HALTED})
"""在营 in the plan's sense: the firm is at its place and the officer has someone to visit."""


class NumberKind(Words):
    """Which number identifies the firm."""

    USCC = "uscc", "统一社会信用代码"
    OLD = "old", "原15位注册号"
    NONE = "none", "暂无代码"


class Kind(Words):
    """Legal form, as coarse as the mechanism needs."""

    COMPANY = "company", "企业"
    SOLE = "sole", "个体工商户"
    COOPERATIVE = "cooperative", "农民专业合作社"
    BRANCH = "branch", "分支机构"
    COLLECTIVE = "collective", "村级集体经济组织"
    INSTITUTION = "institution", "事业单位"
    NON_PROFIT = "non_profit", "民办非企业单位"
    WORKSHOP = "workshop", "无照小作坊"
    OTHER = "other", "其他"


class Scale(Words):
    """Size in the statistics office's sense; decided by 统计入库, never by self-declaration."""

    UNKNOWN = "unknown", "未核定"
    ABOVE = "above", "规上"
    BELOW = "below", "规下"
    SMALL = "small", "个体/小作坊"
    NON_INDUSTRIAL = "non_industrial", "非工业"


class Ownership(Words):
    """Whose premises the firm works in."""

    UNKNOWN = "unknown", "未登记"
    OWN = "own", "自有"
    RENTED = "rented", "租赁"
    BOTH = "both", "自有兼租赁"


class Tag(Words):
    """Features of a firm that decide which checklists it needs; those of `KEY_TAGS` also make it 重点行业领域.

    The plan names the class, not the list.
    """

    DUST = "dust", "粉尘涉爆"
    AMMONIA = "ammonia", "涉氨制冷"
    MOLTEN_METAL = "molten_metal", "金属熔融"
    CONFINED_SPACE = "confined_space", "有限空间"
    CHEMICALS = "chemicals", "危化品使用储存"
    PAINTING = "painting", "喷涂（非水性漆）"
    PLATING = "plating", "电镀酸洗"
    LITHIUM = "lithium", "锂电池"
    SHARED_PREMISES = "shared_premises", "厂中厂"
    GAS_FURNACE = "gas_furnace", "燃气炉窑"
    HIGH_RISK = "high_risk", "较大以上风险"
    EMISSION = "emission", "涉气"
    WASTEWATER = "wastewater", "涉水"
    HAZARDOUS_WASTE = "hazardous_waste", "危废"
    EMISSION_LIST = "emission_list", "应急减排清单"
    ILLEGAL_BUILDING = "illegal_building", "两违关注"
    OLD_BUILDING = "old_building", "危旧房屋"
    GAS_USER = "gas_user", "用燃气"


_LINE_TAGS = {
    "emission",
    "wastewater",
    "hazardous_waste",
    "emission_list",
    "illegal_building",
    "old_building",
    "gas_user",
}
KEY_TAGS = frozenset(tag.value for tag in Tag) - _LINE_TAGS
"""Tags that put a firm among the 重点行业领域; the others only add a line of duty (环保、两违、房屋、燃气)."""


class Duty(Words):
    """What a contact is for the firm."""

    LEGAL = "legal", "法定代表人"
    PRINCIPAL = "principal", "主要负责人"
    CONTACT = "contact", "企业联系人（主）"
    DEPUTY = "deputy", "企业联系人（备）"
    SAFETY = "safety", "安全负责人"
    ENVIRONMENT = "environment", "环保负责人"
    FIRE = "fire", "消防负责人"


class ProposalState(Words):
    """How far an officer's or contact's proposed change has come."""

    WAITING = "waiting", "待审核"
    APPROVED = "approved", "已通过"
    REJECTED = "rejected", "未通过"


class ImportState(Words):
    """How far an import has come."""

    READY = "ready", "待确认"
    RUNNING = "running", "导入中"
    DONE = "done", "已导入"
    FAILED = "failed", "未导入"


class Decision(Words):
    """What an import will do with one row."""

    CREATE = "create", "新增"
    UPDATE = "update", "更新"
    UNASSIGNED = "unassigned", "新增，待归属"
    SAME = "same", "无变化"
    REJECT = "reject", "不导入"
