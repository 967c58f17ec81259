"""What must hold between the parts of a plan. Works on raw data of any shape, so that all mistakes are told at once."""

from collections.abc import Iterator

from qinqing.plan import field_checks, standings_checks
from qinqing.plan.merge import Complaint, Raw
from qinqing.plan.raws import codes, number_of, rows, word
from qinqing.plan.words import COMMUNITY, DefaultRoute, LimitUnit

_D, _H, _C = LimitUnit.WORKING_DAYS, LimitUnit.WORKING_HOURS, LimitUnit.CALENDAR_DAYS
_BOUNDS: dict[str, tuple[LimitUnit, int, int]] = {
    "demand_close": (_D, 1, 30),
    "demand_max": (_D, 1, 60),
    "problem_close": (_D, 1, 60),
    "hub_accept_hours": (_H, 1, 40),
    "hub_dispatch_hours": (_H, 1, 40),
    "sign": (_D, 1, 10),
    "return": (_D, 1, 10),
    "upward_progress": (_D, 1, 30),
    "redo": (_D, 1, 30),
    "rate_days": (_C, 1, 90),
    "supervise_reply": (_D, 1, 30),
    "recheck_days": (_C, 1, 366),
    "soon": (_D, 0, 10),
}
"""Unit and sensible smallest and largest number of each limit; the cases count in these units."""
_LADDER_BOUNDS: dict[str, tuple[LimitUnit, int, int]] = {
    "remind": (_D, 1, 10),
    "urge_overdue": (_D, 1, 30),
    "urge_reply": (_D, 1, 10),
    "supervise_overdue": (_D, 1, 60),
    "supervise_dissatisfied": (LimitUnit.TIMES, 1, 5),
    "again_after": (_D, 1, 60),
}


def complaints(raw: Raw) -> Iterator[Complaint]:
    """Yield every contradiction between the parts. Wrong types are left to the form."""
    yield from _kinds(raw)
    yield from _names(raw)
    yield from _holders(raw)
    yield from _references(raw)
    yield from _routes(raw)
    yield from _limits(raw)
    yield from _ladder(raw)
    yield from _hours(raw)
    yield from field_checks.complaints(raw)
    yield from standings_checks.complaints(raw)


def _kinds(raw: Raw) -> Iterator[Complaint]:
    if not isinstance(raw.get("offices"), list):
        return  # said already, and the rest would only follow from it
    kinds = [row.get("kind") for _, row in rows(raw, "offices")]
    if kinds.count("hub") != 1:
        yield ("offices",), f'中转站（kind = "hub"）要有且只有一个，现在有{kinds.count("hub")}个'
    for kind, label in (
        ("department", "职能部门"),
        ("leadership", "镇领导"),
        ("supervision", "督查"),
        ("administration", "系统管理"),
    ):
        if kind not in kinds:
            yield ("offices",), f'至少要有一个{label}（kind = "{kind}"）'


def _names(raw: Raw) -> Iterator[Complaint]:
    """Codes and names tell offices and communities apart everywhere: in lists, imports and the ledger."""
    seen: dict[tuple[str, str], str] = {}
    for key in ("offices", "communities"):
        for path, row in rows(raw, key):
            if row.get("code") == COMMUNITY:
                yield (*path, "code"), f"{COMMUNITY} 有专门的意思（属地村（社区）），请换一个代码"
            for field in ("code", "name", "short"):
                value = row.get(field)
                if not isinstance(value, str):
                    continue
                if (field, value) in seen and (field != "code" or key not in seen[field, value]):
                    yield (*path, field), f"“{value}”已经用于 {seen[field, value]}，单位和村（社区）之间不能相同"
                seen.setdefault((field, value), f"{key}（{row.get('code')}）")


def _holders(raw: Raw) -> Iterator[Complaint]:
    """Each duty of the plan lies with one office. Source: 三要(二)-1 (定人定岗定责)."""
    held: dict[str, str] = {}
    lists = [((*path, "duties"), row.get("duties"), str(row.get("code"))) for path, row in rows(raw, "offices")]
    for path, duties, holder in [(("community_duties",), raw.get("community_duties"), "村（社区）"), *lists]:
        for number, duty in enumerate(duties if isinstance(duties, list) else []):
            clause = duty.get("clause") if isinstance(duty, dict) else None
            if not isinstance(clause, str):
                continue
            if clause in held:
                yield (*path, number, "clause"), f"条款 {clause} 的职责已经写在 {held[clause]}，一条职责只归一个单位"
            held.setdefault(clause, holder)


def _references(raw: Raw) -> Iterator[Complaint]:
    handling = codes(raw, "offices", "hub", "department")
    communities = codes(raw, "communities")
    listed = "、".join(sorted(handling))
    for key in ("topics", "problem_categories", "officer_duties"):
        allowed = handling | ({COMMUNITY} if key == "topics" else set())
        for path, row in rows(raw, key):
            office = row.get("office")
            if handling and isinstance(office, str) and office not in allowed:
                also = f"，或 {COMMUNITY}（属地村（社区））" if key == "topics" else ""
                yield (*path, "office"), f"应为中转站或职能部门的代码：{listed}{also}，现在写的是“{office}”"
    for key, field, allowed, what in (
        ("superiors", "offices", handling, f"中转站或职能部门的代码：{listed}"),
        ("parks", "communities", communities, "communities 里有的代码"),
    ):
        for path, row in rows(raw, key):
            values = row.get(field)
            for number, code in enumerate(values if isinstance(values, list) else []):
                if allowed and isinstance(code, str) and code not in allowed:
                    yield (*path, field, number), f"应为{what}，现在写的是“{code}”"


def _routes(raw: Raw) -> Iterator[Complaint]:
    for path, row in rows(raw, "topics"):
        to_community = row.get("office") == COMMUNITY
        if to_community != (row.get("route") == DefaultRoute.COMMUNITY.value) and "route" in row and "office" in row:
            yield (*path, "route"), "office 与 route 要一致：交村（社区）时两项都写 community"
        kinds = row.get("kinds")
        if isinstance(kinds, list) and len(kinds) != len({str(kind) for kind in kinds}):
            yield (*path, "kinds"), "同一种写了两次"


def _limits(raw: Raw) -> Iterator[Complaint]:
    limits = raw.get("limits")
    yield from _numbers("ladder", raw.get("ladder"), _LADDER_BOUNDS)
    if not isinstance(limits, dict):
        return
    yield from _numbers("limits", limits, _BOUNDS)
    close, longest = (number_of(limits, key) for key in ("demand_close", "demand_max"))
    if close is not None and longest is not None and longest < close:
        yield ("limits", "demand_max", "value"), f"延期后的总时限不能短于一般时限（{close}个工作日）"


def _ladder(raw: Raw) -> Iterator[Complaint]:
    """Each rung stands above the one before it, and a night has an end."""
    ladder = raw.get("ladder")
    if isinstance(ladder, dict):
        urge, order = (number_of(ladder, key) for key in ("urge_overdue", "supervise_overdue"))
        if urge is not None and order is not None and order < urge:
            yield ("ladder", "supervise_overdue", "value"), f"督办不能早于催办（超期{urge}个工作日）"
    telling = raw.get("telling")
    if isinstance(telling, dict) and telling.get("quiet_from") == telling.get("quiet_to"):
        yield ("telling", "quiet_to"), "免打扰的起止不能相同"


def _numbers(where: str, limits: object, bounds: dict[str, tuple[LimitUnit, int, int]]) -> Iterator[Complaint]:
    if not isinstance(limits, dict):
        return
    for key, (unit, low, high) in bounds.items():
        limit = limits.get(key)
        if not isinstance(limit, dict):
            continue
        if word(limit, "unit") in {member.value for member in LimitUnit} - {unit.value}:
            yield (where, key, "unit"), f"这一项按{unit.label}计，应为 {unit.value}"
        value = limit.get("value")
        numbers = value if isinstance(value, list) else [value]
        if any(type(number) is int and not low <= number <= high for number in numbers):
            yield (where, key, "value"), f"应在{low}到{high}之间"
        if all(type(number) is int for number in numbers) and numbers != sorted(set(numbers)):
            yield (where, key, "value"), "应从小到大，不重复"


def _hours(raw: Raw) -> Iterator[Complaint]:
    earlier = ""
    for path, season in rows(raw, "office_hours"):
        times = [season.get(key) for key in ("opens", "noon_from", "noon_to", "closes")]
        if all(isinstance(moment, str) for moment in times):
            opens, noon_from, noon_to, closes = (str(moment) for moment in times)
            if not opens < noon_from <= noon_to < closes:
                yield path, "应为 opens 早于 noon_from，noon_from 不晚于 noon_to，noon_to 早于 closes"
        begins = season.get("from")
        if isinstance(begins, str):
            if begins <= earlier:
                yield (*path, "from"), "各季要从年初起按先后写，不能相同"
            earlier = max(earlier, begins)
