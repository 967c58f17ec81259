"""What must hold between the field's parts of a plan and the rest. Works on raw data of any shape."""

from collections.abc import Iterator
from typing import Any

from qinqing.plan.merge import Complaint, Raw
from qinqing.plan.mistakes import Path
from qinqing.plan.raws import codes, number_of, rows, word
from qinqing.plan.words import LimitUnit

_UNITS = {
    "late_alert": (LimitUnit.CALENDAR_DAYS, 1, 60),
    "late_received": (LimitUnit.CALENDAR_DAYS, 0, 30),
    "minor_deadline": (LimitUnit.CALENDAR_DAYS, 1, 90),
    "building_remedy": (LimitUnit.CALENDAR_DAYS, 1, 366),
    "meetings_per_year": (LimitUnit.TIMES, 1, 24),
    "visits_per_month": (LimitUnit.TIMES, 1, 31),
    "visits_per_year": (LimitUnit.TIMES, 1, 366),
    "joint_window": (LimitUnit.WORKING_DAYS, 0, 60),
    "emission_reply": (LimitUnit.HOURS, 1, 72),
    "self_monitoring": (LimitUnit.TIMES, 1, 12),
}


def complaints(raw: Raw) -> Iterator[Complaint]:
    """Yield every contradiction of the field's parts. Wrong types are left to the form."""
    yield from _references(raw)
    yield from _classes(raw)
    yield from _windows(raw)
    yield from _patrol(raw)
    for key in ("quiet_exceptions", "meeting_topics", "accident_kinds", "alert_levels"):
        for path, row in rows(raw, key):
            for word_ in ("needs_basis", "proposes_consultation"):
                if row.get(word_) is True:
                    yield (*path, word_), "这个清单用不到这一项，请删去"


def _references(raw: Raw) -> Iterator[Complaint]:
    lists, sets = codes(raw, "checklists"), codes(raw, "checklist_sets")
    for key, field, allowed, where in (
        ("checklist_sets", "checklists", lists, "checklists"),
        ("checklist_addons", "checklists", lists, "checklists"),
        ("special_periods", "sets", sets, "checklist_sets"),
        ("quiet_days", "parks", codes(raw, "parks"), "parks"),
    ):
        for path, row in rows(raw, key):
            yield from _within((*path, field), row.get(field), allowed, where)
    categories = codes(raw, "problem_categories")
    for path, row in rows(raw, "checklists"):
        if isinstance(row.get("category"), str) and row["category"] not in categories:
            yield (
                (*path, "category"),
                f"应为 problem_categories 里有的代码：{'、'.join(sorted(categories))}，现在写的是“{row['category']}”",
            )


def _within(path: Path, values: Any, allowed: set[str], where: str) -> Iterator[Complaint]:
    seen: set[str] = set()
    for number, code in enumerate(values if isinstance(values, list) else []):
        if not isinstance(code, str):
            continue
        if code not in allowed:
            listed = f"：{'、'.join(sorted(allowed))}" if allowed else "（现在一个也没有）"
            yield (*path, number), f"应为 {where} 里有的代码{listed}，现在写的是“{code}”"
        elif code in seen:
            yield (*path, number), f"{code} 写了两次"
        seen.add(code)


def _classes(raw: Raw) -> Iterator[Complaint]:
    """An enterprise belongs to one class: who needs which lists may not depend on the order of the rows."""
    holders: dict[str, str] = {}
    for path, row in rows(raw, "checklist_sets"):
        scales = row.get("scales", [])
        if row.get("is_key") is True:
            if scales:
                yield (*path, "scales"), "重点行业领域不论规模，不写 scales"
            claims = ["重点行业领域"]
        else:
            claims = [one for one in scales if isinstance(one, str)] if isinstance(scales, list) else []
            if scales == [] and row.get("is_key", False) is False:
                yield (
                    (*path, "scales"),
                    "要写明用于哪些规模（above、below、small、unknown、non_industrial），或写 is_key = true",
                )
        for claim in claims:
            if claim in holders:
                yield (*path, "scales"), f"“{claim}”已经归 {holders[claim]}，一家企业只能归一类"
            holders.setdefault(claim, word(row, "code"))


def _windows(raw: Raw) -> Iterator[Complaint]:
    for key in ("special_periods", "quiet_days"):
        for path, row in rows(raw, key):
            begins, ends = word(row, "from"), word(row, "to")
            if bool(begins) != bool(ends):
                yield (*path, "to" if begins else "from"), "from 与 to 要一起写"
            months = [row.get(name, 0) for name in ("month_from", "month_to")]
            by_month = key == "quiet_days" and any(months)
            if by_month and all(type(one) is int for one in months) and not 1 <= months[0] <= months[1]:
                yield (*path, "month_from"), "每月从几日到几日要一起写，从早到晚"
            if not (begins or by_month or row.get("dates")):
                yield (
                    path,
                    "要写明是哪些天：每年的 from、to，或逐年的 dates"
                    + ("，或每月的 month_from、month_to" if key == "quiet_days" else ""),
                )
            yield from _dates((*path, "dates"), row.get("dates"))


def _dates(path: Path, ranges: Any) -> Iterator[Complaint]:
    years: set[str] = set()
    for number, days in enumerate(ranges if isinstance(ranges, list) else []):
        if not isinstance(days, dict):
            continue
        begins, ends = word(days, "from"), word(days, "to")
        if begins and ends and ends < begins:
            yield (*path, number, "to"), f"不能早于 from（{begins}）"
        if begins and begins[:4] in years:
            yield (*path, number, "from"), f"{begins[:4]}年写了两次"
        years.add(begins[:4])


def _patrol(raw: Raw) -> Iterator[Complaint]:
    patrol = raw.get("patrol")
    if not isinstance(patrol, dict):
        return
    for key, (unit, low, high) in _UNITS.items():
        limit = patrol.get(key)
        if not isinstance(limit, dict):
            continue
        if word(limit, "unit") in {member.value for member in LimitUnit} - {unit.value}:
            yield ("patrol", key, "unit"), f"这一项按{unit.label}计，应为 {unit.value}"
        value = limit.get("value")
        if type(value) is int and not low <= value <= high:
            yield ("patrol", key, "value"), f"应在{low}到{high}之间"
    month, year = (number_of(patrol, key) for key in ("visits_per_month", "visits_per_year"))
    if month is not None and year is not None and year < month:
        yield ("patrol", "visits_per_year", "value"), f"一年的次数不能少于一个月的（{month}次）"
