"""What is different between two versions of a plan, told in 中文."""

from collections.abc import Iterable, Sequence

from qinqing.plan.field_spec import ChecklistAddon, ChecklistSet
from qinqing.plan.form import Limit, RepeatedLimit
from qinqing.plan.spec import CommunitySpec, Limits, OfficeSpec, Plan
from qinqing.plan.words import COMMUNITY

LIMIT_NAMES = {
    "demand_close": "诉求办结并反馈",
    "demand_max": "诉求延期后总时限",
    "problem_close": "问题处置",
    "hub_accept_hours": "中转站接办",
    "hub_dispatch_hours": "中转站交办转办",
    "sign": "签收并定人",
    "return_": "退回",
    "upward_progress": "上报后进展",
    "redo": "重办",
    "rate_days": "企业评价",
    "supervise_reply": "督办回复",
    "recheck_days": "两违回头看",
    "soon": "将到期提示",
}
LADDER_NAMES = {
    "remind": "到期前提醒",
    "urge_overdue": "超期催办",
    "urge_reply": "催办回复",
    "supervise_overdue": "超期督办一级",
    "supervise_dissatisfied": "不满意督办一级",
    "again_after": "督办二级",
}
PATROL_NAMES = {
    "late_alert": "期末提醒",
    "late_received": "期后补传",
    "minor_deadline": "一般隐患整改",
    "building_remedy": "C、D级房屋整治",
    "meetings_per_year": "每年例会",
    "visits_per_month": "每月走访提醒",
    "visits_per_year": "每年走访提醒",
    "joint_window": "合并走访",
    "emission_reply": "预警通知",
    "self_monitoring": "涉气企业每年自行监测",
}
_LISTS = (
    ("parks", "园区"),
    ("topics", "事项类别"),
    ("problem_categories", "问题类别"),
    ("superiors", "上级条线"),
    ("checklists", "巡查清单"),
    ("checklist_sets", "清单分类"),
    ("checklist_addons", "另加清单"),
    ("special_periods", "特殊时段"),
    ("quiet_days", "宁静日"),
    ("visit_natures", "走访性质"),
    ("meeting_topics", "例会议题"),
    ("accident_kinds", "事故种类"),
)
_REASONS = (
    ("return_", "退回理由"),
    ("extension", "延期理由"),
    ("decline", "不予受理理由"),
    ("suspension", "长期挂账理由"),
    ("reopening", "重办理由"),
    ("key", "重点事项情形"),
)


def limits_of(plan: Plan) -> list[tuple[str, str, Limit | RepeatedLimit]]:
    """Return (key, 中文 name, limit) of every limit, in the order of a matter's way."""
    return [(key, LIMIT_NAMES[key], getattr(plan.limits, key)) for key in Limits.model_fields]


def ladder_of(plan: Plan) -> list[tuple[str, str, Limit | RepeatedLimit]]:
    """Return (key, 中文 name, number) of every rung of the ladder."""
    return [(key, name, getattr(plan.ladder, key)) for key, name in LADDER_NAMES.items()]


def patrol_of(plan: Plan) -> list[tuple[str, str, Limit]]:
    """Return (key, 中文 name, number) of every number of the officers' duties."""
    return [(key, name, getattr(plan.patrol, key)) for key, name in PATROL_NAMES.items()]


def said(limit: Limit | RepeatedLimit) -> str:
    """Return a limit in words: 5个工作日, 30、90天."""
    numbers = limit.value if isinstance(limit.value, tuple) else (limit.value,)
    return "、".join(str(number) for number in numbers) + limit.unit.label


def changes(old: Plan, new: Plan) -> list[str]:
    """Return what the new version does differently, one 中文 sentence part each; empty when only comments differ."""
    found = [
        f"{name}由{said(before)}改为{said(after)}"
        for (_, name, before), (_, _, after) in zip(limits_of(old), limits_of(new), strict=True)
        if said(before) != said(after)
    ]
    found += [
        f"{name}由{said(before)}改为{said(after)}"
        for (_, name, before), (_, _, after) in zip(ladder_of(old), ladder_of(new), strict=True)
        if said(before) != said(after)
    ]
    found += [
        f"{name}由{said(before)}改为{said(after)}"
        for (_, name, before), (_, _, after) in zip(patrol_of(old), patrol_of(new), strict=True)
        if said(before) != said(after)
    ]
    if old.deadline_policy != new.deadline_policy:
        found.append(f"起算规则由{old.deadline_policy}改为{new.deadline_policy}（{new.deadline_policy.label}）")
    if old.office_hours != new.office_hours:
        found.append("办公时间有调整")
    found += [
        f"“{after.name}”的清单由{_needs(before)}改为{_needs(after)}"
        for key in ("checklist_sets", "checklist_addons")
        for before in getattr(old, key)
        for after in getattr(new, key)
        if before.code == after.code and _needs(before) != _needs(after)
    ]
    found += _rows("单位", old.offices, new.offices)
    found += _rows("村（社区）", old.communities, new.communities)
    for key, name in _LISTS:
        found += _rows(name, getattr(old, key), getattr(new, key))
    for key, name in _REASONS:
        found += _rows(name, getattr(old.reasons, key), getattr(new.reasons, key))
    found += [
        f"“{after.name}”的默认承办由{office_name(old, before.office)}改为{office_name(new, after.office)}"
        for after in new.topics
        if (before := old.topic(after.code)) and before.office != after.office
    ]
    return found or (["文字有调整"] if old != new else [])


def _needs(row: ChecklistSet | ChecklistAddon) -> str:
    return f"{'、'.join(row.checklists)}每{row.period.label}{row.times}次"


def _rows(what: str, old: Sequence[object], new: Sequence[object]) -> Iterable[str]:
    before = {getattr(row, "code", ""): getattr(row, "name", "") for row in old}
    after = {getattr(row, "code", ""): getattr(row, "name", "") for row in new}
    added = [name for code, name in after.items() if code not in before]
    gone = [name for code, name in before.items() if code not in after]
    renamed = [f"{before[code]}→{name}" for code, name in after.items() if before.get(code, name) != name]
    for verb, names in (("增加", added), ("取消", gone), ("改名", renamed)):
        if names:
            yield f"{what}{verb}：{_some(names)}"


def _some(names: list[str]) -> str:
    return "、".join(names[:5]) + (f"等{len(names)}个" if len(names) > 5 else "")


def office_name(plan: Plan, code: str) -> str:
    """Return the short name of whoever handles a topic; 属地村（社区） where it depends on the enterprise."""
    if code == COMMUNITY:
        return "属地村（社区）"
    found: OfficeSpec | CommunitySpec | None = plan.office(code)
    return found.short if found else code
