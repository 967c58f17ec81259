"""Pure decisions about posts: where a role may sit, which posts exclude each other, whether a post is open."""

from collections.abc import Iterable
from datetime import date, timedelta

from qinqing.kernel.errors import Refused
from qinqing.people.words import ADMIN_ROLES, KINDS_OF_ROLE, OfficeKind, Role

STANDING_OFFICES: tuple[tuple[str, OfficeKind, str, str], ...] = (
    ("leadership", OfficeKind.LEADERSHIP, "镇领导", "镇领导"),
    ("supervision", OfficeKind.SUPERVISION, "督查与纪检", "督查"),
    ("administration", OfficeKind.ADMINISTRATION, "系统管理", "系统管理"),
)
"""(code, kind, name, short) of what every town has even where its plan does not list it as a unit."""


def is_open(starts_on: date, ends_on: date | None, on: date) -> bool:
    """Say whether a post is open on a day; its first and its last day count."""
    return starts_on <= on and (ends_on is None or on <= ends_on)


def role_at(role: str, kind: str) -> Role:
    """Return the role if it may sit at this kind of office.

    Raises:
        Refused: the role is unknown, cannot be granted, or does not belong there.
    """
    try:
        wanted = Role(role)
        kinds = KINDS_OF_ROLE[wanted]
    except (ValueError, KeyError):
        raise Refused("role_unknown", "没有这个岗位，请从列表中选择。", field="role") from None
    if kind not in kinds:
        places = "、".join(k.label for k in OfficeKind if k in kinds)
        raise Refused(
            "role_not_here",
            f"“{wanted.label}”只能设在{places}，不能设在{OfficeKind.label_of(kind)}。",
            field="role",
        )
    return wanted


def apart(wanted: Role, held: Iterable[str]) -> None:
    """Let pass only a role that keeps 三员 apart from business and from each other.

    Raises:
        Refused: he holds a role that excludes the wanted one.

    Source: domain §9.2 三员分立.
    """
    for role in held:
        if role != wanted and (role in ADMIN_ROLES or wanted in ADMIN_ROLES):
            raise Refused(
                "roles_exclude",
                f"三员须分设：此人已任“{Role.label_of(role)}”，不能再任“{wanted.label}”。请另选一人，或先终止原岗位。",
                field="role",
            )


def last_day(starts_on: date, ends_on: date, today: date) -> date:
    """Return the last day of a post, if history is not rewritten by it.

    Raises:
        Refused: the day lies before the post began, or before yesterday.
    """
    if ends_on < starts_on:
        raise Refused("ends_before_start", "终止日期不能早于任职日期。", field="ends_on")
    if ends_on < today - timedelta(days=1):
        raise Refused(
            "ends_in_the_past",
            "终止日期最早填昨天（即从今天起不再任职），以前的任职记录不能改。",
            field="ends_on",
        )
    return ends_on
