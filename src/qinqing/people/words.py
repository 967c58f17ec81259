"""Words of the people: kinds of office and the roles a post can carry."""

from qinqing.kernel.choices import Words


class OfficeKind(Words):
    """What part an office plays in the mechanism."""

    HUB = "hub", "中转站"
    DEPARTMENT = "department", "职能部门"
    COMMUNITY = "community", "村（社区）"
    SUPERVISION = "supervision", "督查"
    LEADERSHIP = "leadership", "镇领导"
    ADMINISTRATION = "administration", "系统管理"


class Role(Words):
    """What a post lets its holder do; `people.rights` says it in detail."""

    CONTACT = "contact", "企业联系人"
    HUB_CLERK = "hub_clerk", "中转站专人"
    HUB_HEAD = "hub_head", "中转站负责人"
    HANDLER = "handler", "经办人"
    OFFICE_HEAD = "office_head", "单位负责人"
    GRID_OFFICER = "grid_officer", "网格员"
    LEADER = "leader", "镇领导"
    SUPERVISOR = "supervisor", "督查"
    DISCIPLINE = "discipline", "纪检"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDITOR = "auditor", "审计员"
    SYSTEM = "system", "系统"
    CARD = "card", "企业码"


class Outcome(Words):
    """What came of an attempt to sign in."""

    OK = "ok", "登录成功"
    PASSWORD_OK = "password_ok", "密码正确"
    WRONG = "wrong", "用户名或密码不对"
    WRONG_CODE = "wrong_code", "动态口令不对"
    LOCKED = "locked", "试错过多，暂停登录"
    DISABLED = "disabled", "账号已停用"
    UNLOCKED = "unlocked", "管理员解锁"
    SIGNED_OUT = "signed_out", "退出"
    TRYING = "trying", "正在核对"


HUB_ROLES = frozenset({Role.HUB_CLERK, Role.HUB_HEAD})
"""Those who sit at the hub office."""
OFFICE_ROLES = frozenset({Role.HANDLER, Role.OFFICE_HEAD, Role.GRID_OFFICER})
"""Those who handle tasks at a department or community."""
STAFF_ROLES = HUB_ROLES | OFFICE_ROLES | {Role.LEADER, Role.SUPERVISOR, Role.DISCIPLINE}
"""Everybody who works on matters, as against enterprises and the three administrators."""
ADMIN_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
"""三员: kept apart from business and from each other."""
EVERYTHING_ROLES = HUB_ROLES | {Role.SUPERVISOR}
"""Those who read every matter of their town."""

KINDS_OF_ROLE: dict[Role, frozenset[OfficeKind]] = {
    Role.HUB_CLERK: frozenset({OfficeKind.HUB}),
    Role.HUB_HEAD: frozenset({OfficeKind.HUB}),
    Role.HANDLER: frozenset({OfficeKind.DEPARTMENT, OfficeKind.COMMUNITY, OfficeKind.HUB}),
    Role.OFFICE_HEAD: frozenset({OfficeKind.DEPARTMENT, OfficeKind.COMMUNITY}),
    Role.GRID_OFFICER: frozenset({OfficeKind.COMMUNITY}),
    Role.LEADER: frozenset({OfficeKind.LEADERSHIP}),
    Role.SUPERVISOR: frozenset({OfficeKind.SUPERVISION}),
    Role.DISCIPLINE: frozenset({OfficeKind.SUPERVISION}),
    Role.SYSTEM_ADMIN: frozenset({OfficeKind.ADMINISTRATION}),
    Role.SECURITY_ADMIN: frozenset({OfficeKind.ADMINISTRATION}),
    Role.AUDITOR: frozenset({OfficeKind.ADMINISTRATION}),
}
"""At which kinds of office a role may sit."""
