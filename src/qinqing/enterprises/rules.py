"""Decisions about the enterprise file, pure: which facts there are, who may change which at once, how a firm's standing moves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from qinqing.enterprises import uscc, values
from qinqing.enterprises.words import ACTIVE_STATUSES, Kind, NumberKind, Ownership, Scale, Status
from qinqing.kernel.choices import Words
from qinqing.kernel.errors import Refused

Read = Callable[[str, Any], Any]
STALE_DAYS = 180
"""A file nobody has confirmed for so long is listed. Source: 附1-(2)b (house default)."""


class Reach(Words):
    """How far an actor's own hand goes in one firm's file."""

    HUB = "hub", "全部字段"
    COMMUNITY = "community", "一般字段；名称、代码、规模、重点须中转站审核"
    DEPARTMENT = "department", "本条线字段；其余须中转站审核"
    OWN = "own", "都须中转站审核"


@dataclass(frozen=True, slots=True)
class Field:
    """One fact of the file.

    Attributes:
        read: from raw text to the stored value; raises Refused.
        sensitive: changes the firm's identity or its class: only the hub writes it at once.
        line: a department writes it at once, since it is the one that knows (safety tags, land, industry).
    """

    name: str
    label: str
    read: Read
    sensitive: bool = False
    line: bool = False


def _line(most: int) -> Read:
    return lambda field, raw: values.line(field, str(raw or ""), most)


def _text(reader: Callable[..., Any], *args: Any) -> Read:
    return lambda field, raw: reader(field, "" if raw is None else str(raw), *args)


def _choice(words: type[Words], empty: str, aliases: dict[str, str] | None = None) -> Read:
    return lambda field, raw: values.choice(field, str(raw or ""), words, aliases) or empty


def _flag(field: str, raw: Any) -> bool:
    return raw if isinstance(raw, bool) else bool(values.yes(field, str(raw or "")))


def _reference(field: str, raw: Any) -> int | None:
    if raw in (None, "", 0):
        return None
    if isinstance(raw, int) or str(raw).isdigit():
        return int(raw)
    raise Refused("unknown_choice", "请从列表中选择", field=field)


KIND_ALIASES = {
    "有限责任公司": Kind.COMPANY.value,
    "股份有限公司": Kind.COMPANY.value,
    "股份合作制": Kind.COMPANY.value,
    "个人独资企业": Kind.COMPANY.value,
    "普通合伙": Kind.COMPANY.value,
    "合伙企业": Kind.COMPANY.value,
    "集体所有制": Kind.COMPANY.value,
    "全民所有制": Kind.COMPANY.value,
    "个体户": Kind.SOLE.value,
    "个体": Kind.SOLE.value,
    "合作社": Kind.COOPERATIVE.value,
    "分公司": Kind.BRANCH.value,
    "小作坊": Kind.WORKSHOP.value,
}
SCALE_ALIASES = {
    "规模以上": Scale.ABOVE.value,
    "规模以下": Scale.BELOW.value,
    "是": Scale.ABOVE.value,
    "否": Scale.BELOW.value,
    "个体": Scale.SMALL.value,
    "小作坊": Scale.SMALL.value,
    "个体小作坊": Scale.SMALL.value,
}
STATUS_ALIASES = {
    "存续": Status.OPERATING.value,
    "在业": Status.OPERATING.value,
    "正常": Status.OPERATING.value,
    "开业": Status.OPERATING.value,
    "存续（在营、开业、在册）": Status.OPERATING.value,
    "停业": Status.HALTED.value,
    "迁出": Status.MOVED.value,
    "已搬迁": Status.MOVED.value,
    "吊销": Status.DEREGISTERED.value,
    "已注销": Status.DEREGISTERED.value,
}

FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field("name", "企业名称", _text(values.name), sensitive=True),
        Field("uscc", "统一社会信用代码", _line(60), sensitive=True),
        Field("old_number", "原15位注册号", _line(60), sensitive=True),
        Field("no_code_reason", "无代码原因", _line(100), sensitive=True),
        Field("short", "简称", _line(40)),
        Field("initials", "拼音首字母", lambda field, raw: values.line(field, str(raw or ""), 60).lower()),
        Field("kind", "类型", _choice(Kind, Kind.COMPANY.value, KIND_ALIASES)),
        Field("legal_form", "登记类型", _line(60)),
        Field("registered_on", "成立日期", _text(values.day)),
        Field("capital", "注册资本", _line(60)),
        Field("business_scope", "经营范围", _text(values.paragraph, 4000)),
        Field("registered_address", "注册地址", _line(200)),
        Field("production_address", "生产经营地址", _line(200)),
        Field("park_id", "园区", _reference),
        Field("industry", "行业代码", _text(values.industry), line=True),
        Field("scale", "规模", _choice(Scale, Scale.UNKNOWN.value, SCALE_ALIASES), sensitive=True),
        Field("scale_year", "规模认定年度", _text(values.year), sensitive=True),
        Field("tags", "特征标签", lambda field, raw: values.tags(field, raw or ""), line=True),
        Field("is_key", "重点行业领域", _flag, sensitive=True),
        Field("workers", "从业人数", _text(values.whole, 200_000, "人"), line=True),
        Field("land_mu", "占地（亩）", _text(values.measure, 99_999, "亩"), line=True),
        Field("floor_m2", "建筑面积（平方米）", _text(values.measure, 9_999_999, "平方米"), line=True),
        Field("ownership", "用房", _choice(Ownership, Ownership.UNKNOWN.value), line=True),
        Field("landlord", "房东", _line(120), line=True),
        Field("legal_person", "法定代表人", _text(partial(values.name, most=60))),
        Field("note", "备注", _text(values.paragraph, 2000), line=True),
    )
}
"""Every fact that `update` takes. 状态 and 属地 have their own verbs, contacts their own rows."""


def read_changes(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the raw facts read into stored values; the number is decided last, by `read_number`.

    Raises:
        Refused: the first fact that cannot be taken, with its field; an unknown field name.
    """
    unknown = sorted(set(raw) - set(FIELDS))
    if unknown:
        raise Refused("unknown_field", f"没有这个字段：{'、'.join(unknown)}", field=unknown[0])
    return {name: FIELDS[name].read(name, value) for name, value in raw.items()}


def read_number(uscc_raw: str, old_raw: str, reason: str) -> dict[str, Any]:
    """Return number_kind, uscc, old_number and no_code_reason as they fit together.

    Either input takes either number: people paste the old one into the new one's place.

    Raises:
        Refused: not a number of ours; or none given and no reason why.
    Source: domain research §5.1.
    """
    first, second = uscc.read(uscc_raw), uscc.read(old_raw)
    for found, field in ((first, "uscc"), (second, "old_number")):
        if found.problem:
            raise Refused("bad_code", found.problem, field=field)
    code = next((found.text for found in (first, second) if found.kind is NumberKind.USCC), None)
    old = next((found.text for found in (second, first) if found.kind is NumberKind.OLD), None)
    if not code and not old and not reason:
        raise Refused("code_missing", "请填统一社会信用代码或原15位注册号；确实没有的请写明原因", field="uscc")
    kind = NumberKind.USCC if code else NumberKind.OLD if old else NumberKind.NONE
    return {
        "number_kind": kind.value,
        "uscc": code,
        "old_number": old,
        "no_code_reason": reason if kind is NumberKind.NONE else "",
    }


def kind_of_code(code: str | None) -> str:
    """Return the legal form that a code tells by its first two places; a company if it tells nothing."""
    if code and code[0] == "N":
        return str(Kind.COLLECTIVE)
    return str(_KIND_OF_PREFIX.get((code or "")[:2], Kind.COMPANY))


_KIND_OF_PREFIX = {"92": Kind.SOLE, "93": Kind.COOPERATIVE, "12": Kind.INSTITUTION, "52": Kind.NON_PROFIT}


def split(reach: Reach, changes: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part changes into those this reach writes at once and those that wait for the hub.

    Source: 附1-(2)b (sensitive facts need the hub's approval); permission matrix "enterprise basic data".
    """
    now: dict[str, Any] = {}
    later: dict[str, Any] = {}
    for name, value in changes.items():
        (now if writes_at_once(reach, FIELDS[name]) else later)[name] = value
    return now, later


def writes_at_once(reach: Reach, field: Field) -> bool:
    """Say whether this reach writes this fact without asking anybody."""
    if reach is Reach.HUB:
        return True
    if reach is Reach.COMMUNITY:
        return not field.sensitive
    return reach is Reach.DEPARTMENT and field.line


def check_status(old: str, new: str, reach: Reach) -> None:
    """Let a firm's standing move.

    Raises:
        Refused: nothing changes; or a deregistered firm is brought back by somebody else than the hub.
    Source: 附1-(2)a.
    """
    if old == new:
        raise Refused("status_unchanged", f"现在就是“{Status.label_of(old)}”，没有变化。", field="status")
    if old == Status.DEREGISTERED and reach is not Reach.HUB:
        raise Refused("deregistered", "已注销的企业只能由中转站恢复。", field="status")


def is_active(status: str) -> bool:
    """Say whether a firm of this standing needs a community and a lead officer."""
    return status in ACTIVE_STATUSES
