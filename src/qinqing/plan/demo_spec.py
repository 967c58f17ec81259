"""The invented part of a demonstration town's file: people and firms. Only a town marked `is_demo` may have it."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from qinqing.plan.form import Code, Form, Name, Short
from qinqing.plan.merge import Complaint, Raw
from qinqing.plan.raws import codes, rows, word

Username = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
ImpossiblePhone = Annotated[str, Field(pattern=r"^1000000\d{4}$")]
"""A number no network gives out, so that a demonstration can ring nobody."""

STAFF_KINDS = {
    "hub_clerk": {"hub"},
    "hub_head": {"hub"},
    "handler": {"hub", "department", "community"},
    "office_head": {"department", "community"},
    "grid_officer": {"community"},
    "leader": {"leadership"},
    "supervisor": {"supervision"},
    "discipline": {"supervision"},
    "system_admin": {"administration"},
    "security_admin": {"administration"},
    "auditor": {"administration"},
}
"""At which kinds of office each role sits; the people's own table holds for real towns."""


class DemoPerson(Form):
    """Somebody to sign in as. Staff sit at an `office`; a contact speaks for a `firm`.

    `charge`: offices a leader answers for (分管, 蹲点). `grid`: the grid an officer looks after.
    """

    username: Username
    name: Annotated[Name, Field(max_length=40)]
    phone: ImpossiblePhone
    role: Literal[
        "contact",
        "hub_clerk",
        "hub_head",
        "handler",
        "office_head",
        "grid_officer",
        "leader",
        "supervisor",
        "discipline",
        "system_admin",
        "security_admin",
        "auditor",
    ]
    office: Code | Literal[""] = ""
    firm: Code | Literal[""] = ""
    grid: Annotated[str, Field(max_length=30)] = ""
    charge: tuple[Code, ...] = ()


class DemoFirm(Form):
    """An invented firm; its number contains FAKE and cannot belong to anyone. `officer` is its lead grid officer."""

    code: Code
    name: Annotated[str, Field(pattern=r"演示", max_length=120)]
    short: Short
    uscc: Annotated[str, Field(pattern=r"^[0-9A-HJ-NP-RTUWXY]{8}MA0FAKE[0-9A-HJ-NP-RTUWXY]{3}$")]
    kind: Literal["company", "sole", "cooperative"] = "company"
    scale: Literal["above", "below", "small", "non_industrial"]
    industry: Annotated[str, Field(pattern=r"^\d{4}$")]
    workers: Annotated[int, Field(ge=1, le=5000)]
    community: Code
    park: Code | Literal[""] = ""
    address: Name
    officer: Username
    tags: tuple[Code, ...] = ()


class DemoSpec(Form):
    """Who lives and works in the demonstration town."""

    people: Annotated[tuple[DemoPerson, ...], Field(min_length=1)]
    firms: Annotated[tuple[DemoFirm, ...], Field(min_length=1)]


def complaints(raw: Raw) -> Iterator[Complaint]:
    """Yield contradictions between the invented part and the plan; `raw` is the whole merged file."""
    town = raw.get("town")
    if not (isinstance(town, dict) and town.get("is_demo") is True):
        yield ("demo",), "只有演示镇（town.is_demo = true）才能写虚构的人员和企业"
    yield from _people(raw)
    yield from _firms(raw)


def _people(raw: Raw) -> Iterator[Complaint]:
    kinds = {word(row, "code"): word(row, "kind") for _, row in rows(raw, "offices")}
    kinds.update(dict.fromkeys(codes(raw, "communities"), "community"))
    firms = {word(row, "code") for _, row in rows(raw, "demo", "firms")}
    names = Counter(word(row, "username") for _, row in rows(raw, "demo", "people"))
    for path, row in rows(raw, "demo", "people"):
        role, office, firm = word(row, "role"), word(row, "office"), word(row, "firm")
        if names[word(row, "username")] > 1:
            yield (*path, "username"), f"用户名 {row.get('username')} 用了两次"
        if role == "contact" and (firm not in firms or office):
            yield (*path, "firm"), "企业联系人要写 demo.firms 里有的企业代码，不写单位"
        if role in STAFF_KINDS and (firm or kinds.get(office) not in STAFF_KINDS[role]):
            yield (*path, "office"), f"岗位 {role} 应在这类单位：{'、'.join(sorted(STAFF_KINDS[role]))}"
        if (word(row, "grid") != "") != (role == "grid_officer"):
            yield (*path, "grid"), "网格员要写网格名称，其他人不写"
        charge = row.get("charge", [])
        if isinstance(charge, list) and (set(map(str, charge)) - set(kinds) or (charge and role != "leader")):
            yield (*path, "charge"), "只有镇领导写分管与蹲点单位，且应为已有的单位代码"


def _firms(raw: Raw) -> Iterator[Complaint]:
    officers = {
        word(row, "username"): word(row, "office")
        for _, row in rows(raw, "demo", "people")
        if row.get("role") == "grid_officer"
    }
    communities, parks = codes(raw, "communities"), codes(raw, "parks")
    numbers = Counter(word(row, "uscc") for _, row in rows(raw, "demo", "firms"))
    for path, row in rows(raw, "demo", "firms"):
        if word(row, "community") not in communities:
            yield (*path, "community"), "应为 communities 里有的代码"
        if word(row, "park") not in parks | {""}:
            yield (*path, "park"), "应为 parks 里有的代码，或留空"
        if officers.get(word(row, "officer")) != row.get("community"):
            yield (*path, "officer"), "应为同一个村（社区）的网格员的用户名"
        if numbers[word(row, "uscc")] > 1:
            yield (*path, "uscc"), "统一社会信用代码用了两次"
