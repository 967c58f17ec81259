"""The table of rights says what the matrix of the plan says, written down a second time here, the other way round."""

import pytest

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed
from qinqing.people import rights
from qinqing.people.rights import RIGHTS, Right, may
from qinqing.people.words import Role

HUB = {"hub_clerk", "hub_head"}
OFFICE = {"handler", "office_head", "grid_officer"}
FIRM = {"contact", "card"}
STAFF = HUB | OFFICE | {"leader", "supervisor", "discipline"}
READING = STAFF - {"discipline"}

# Row by row as the matrix has it: which right, who carries it. (domain §1.14)
MATRIX: dict[Right, set[str]] = {
    # 诉求: ENT C/R own, rate · GRID C · DEPT U assigned, ask · HUB dispatch, extension ≤10WD, 销账 · LEAD >10WD · SUP 督办
    Right.SUBMIT: FIRM | STAFF,
    Right.RATE: FIRM,
    Right.TAKE_IN: HUB,
    Right.DISPATCH: HUB,
    Right.REGISTER: HUB,
    Right.REOPEN: HUB,
    Right.WRITE_OFF: HUB,
    Right.SIGN: OFFICE,
    Right.HANDLE: OFFICE,
    Right.NAME_HANDLER: {"office_head"},
    Right.SUBMIT_UPWARD: {"handler", "office_head"},
    Right.APPROVE_EXTENSION: {"hub_head"},
    Right.SUSPEND: {"leader"},
    Right.REOPEN_AGAIN: {"leader"},
    Right.URGE: HUB | FIRM,
    Right.SUPERVISE: HUB | {"leader", "supervisor"},
    Right.MARK_KEY: HUB | {"leader"},
    Right.INSTRUCT: {"leader"},
    # 企业问题: GRID C · VILL U assigned · DEPT C · HUB all
    Right.REPORT_PROBLEM: HUB | OFFICE,
    # 会商: HUB C/U/A · DEPT, VILL may ask
    Right.CONVENE: HUB,
    Right.ASK_CONVENE: OFFICE,
    Right.ANSWER_CONSULTATION: HUB | {"handler", "office_head"},
    # complainant identity: the handling unit · 纪检 on request
    Right.READ_COMPLAINANT: {"handler", "office_head", "discipline"},
    # what is read
    Right.READ_TOWN: HUB | {"supervisor"},
    Right.READ_COCKPIT: HUB | {"leader"},
    Right.READ_LEDGER: READING,
    Right.REVEAL_PHONE: READING,
    Right.EXPORT: READING,
    Right.ISSUE_PAPERS: READING,
    # enterprise basic data: HUB R/C/U all · DEPT, VILL, GRID U own · LEAD, SUP R
    Right.READ_ENTERPRISES: READING,
    Right.EDIT_ENTERPRISE: HUB | OFFICE,
    Right.MANAGE_ENTERPRISES: HUB | {"system"},
    Right.OPEN_CONTACT_ACCOUNT: HUB | {"system"},
    # grid and assignments: VILL C/U · all others R
    Right.EDIT_ROSTER: {"office_head"},
    Right.READ_ROSTER: READING,
    # 走访巡查: GRID C/U own · every office may announce visits and note what authorities did · READING in scope
    Right.READ_VISITS: READING,
    Right.VISIT: HUB | OFFICE,
    Right.NOTE_INSPECTION: HUB | OFFICE,
    Right.TEND_FIELD: HUB | {"office_head"},
    # 巡查清单: HUB head and the competent office's head keep them · READING reads
    Right.READ_CHECKLISTS: READING,
    Right.MANAGE_CHECKLISTS: {"hub_head", "office_head", "system"},
    # 联系企业: every office notes and arranges within its reach · 事故: whoever sees one reports it
    Right.READ_OUTREACH: READING,
    Right.REACH_OUT: HUB | OFFICE,
    Right.ARRANGE: HUB | OFFICE,
    Right.OPEN_CAMPAIGN: HUB | {"office_head"},
    Right.REPORT_ACCIDENT: READING,
    # 红黑榜单: HUB calculates, checks, publishes · heads of ranked offices appeal · SUP rules · LEAD approves · READING and 纪检 read
    Right.READ_STANDINGS: READING | {"discipline"},
    Right.CALCULATE_STANDINGS: HUB,
    Right.APPEAL_STANDINGS: {"hub_head", "office_head"},
    Right.RULE_STANDINGS: {"supervisor"},
    Right.APPROVE_STANDINGS: {"leader"},
    # users and roles: SYS create · SEC authorise · AUD read log
    Right.MANAGE_ACCOUNTS: {"system_admin", "system"},
    Right.GRANT_POSTS: {"security_admin", "system"},
    Right.REGISTER_LEAVE: {"hub_head", "office_head"},
    Right.SET_ROBOT: {"hub_head", "office_head"},
    Right.TEND_DELIVERIES: {"system_admin"},
    Right.READ_AUDIT: {"auditor"},
    Right.LOAD_PLAN: {"system_admin", "system"},
    Right.EDIT_CALENDAR: {"hub_head", "system"},
}


@pytest.mark.parametrize("right", list(Right))
def test_the_table_equals_the_matrix(right: Right) -> None:
    assert {str(role) for role in rights.roles_with(right)} == MATRIX[right]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_sentence_and_rights(role: Role) -> None:
    assert RIGHTS[role].sentence.endswith("。")
    assert RIGHTS[role].rights


@pytest.mark.parametrize("admin", ["system_admin", "security_admin", "auditor"])
def test_three_administrators_share_nothing_and_see_no_business(admin: str) -> None:
    mine = {right for right in Right if may(admin, right)}
    others = {"system_admin", "security_admin", "auditor"} - {admin}
    assert not any(may(other, right) for other in others for right in mine)
    assert not any(may(staff, right) for staff in STAFF for right in mine)


@pytest.mark.parametrize("role", ["", "king", "Hub_Clerk", "SYSTEM"])
def test_an_unknown_role_may_nothing(role: str) -> None:
    assert not any(may(role, right) for right in Right)


def test_a_refusal_names_the_right_that_is_missing() -> None:
    by = Actor(1, "演示", "handler", "经办人", 1, "demo")
    rights.require(by, Right.HANDLE)
    with pytest.raises(NotAllowed, match="您的岗位（经办人）没有“销账”的权限"):
        rights.require(by, Right.WRITE_OFF)
