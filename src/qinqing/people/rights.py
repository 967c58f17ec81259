"""Who may do what: one table. A right opens the door; the noun's `policy` then asks about this very row.

Read it top down: `RIGHTS` lists every role with one sentence about its holder and the rights it carries, after the matrix
in docs/map.md (rows 企业、网格、诉求、问题、会商、用户). Nothing else in the system decides by role alone.
"""

from dataclasses import dataclass

from qinqing.kernel.actor import Actor
from qinqing.kernel.choices import Words
from qinqing.kernel.errors import NotAllowed
from qinqing.people.words import Role


class Right(Words):
    """One kind of press or view that a post can carry."""

    # 涉企事项
    SUBMIT = "submit", "提交或代提诉求"
    REPORT_PROBLEM = "report_problem", "报告企业问题"
    TAKE_IN = "take_in", "接办、退请补充、不予受理、并案"
    DISPATCH = "dispatch", "交办、转办、收回、受理退回"
    CONVENE = "convene", "召集协调会商并记录办理意见"
    ASK_CONVENE = "ask_convene", "提请协调会商"
    ANSWER_CONSULTATION = "answer_consultation", "为本单位答复会商邀请"
    SIGN = "sign", "签收、退回"
    NAME_HANDLER = "name_handler", "定人"
    HANDLE = "handle", "办理、记进展、申请延期、办结反馈"
    SUBMIT_UPWARD = "submit_upward", "上报上级（职能部门）"
    APPROVE_EXTENSION = "approve_extension", "审批延期"
    SUSPEND = "suspend", "审批长期挂账"
    REGISTER = "register", "整理、退回补正"
    REOPEN = "reopen", "重办"
    REOPEN_AGAIN = "reopen_again", "再次重办"
    WRITE_OFF = "write_off", "销账"
    RATE = "rate", "评价"
    URGE = "urge", "催办"
    SUPERVISE = "supervise", "督办"
    MARK_KEY = "mark_key", "标为重点"
    INSTRUCT = "instruct", "批示"
    # 看
    READ_TOWN = "read_town", "查看全镇事项"
    READ_COCKPIT = "read_cockpit", "看驾驶舱（本人范围内）"
    READ_LEDGER = "read_ledger", "查看一本账（本人范围内）"
    READ_COMPLAINANT = "read_complainant", "查看投诉人身份（承办单位；纪检依申请）"
    REVEAL_PHONE = "reveal_phone", "显示完整电话（留痕）"
    EXPORT = "export", "导出本人范围内的台账"
    ISSUE_PAPERS = "issue_papers", "出具本人范围内的文书"
    # 企业与两张名单
    READ_ENTERPRISES = "read_enterprises", "查看企业基本信息（本人范围内）"
    EDIT_ENTERPRISE = "edit_enterprise", "维护企业基本信息（本人范围内）"
    MANAGE_ENTERPRISES = "manage_enterprises", "新增、导入、归属、停用企业"
    OPEN_CONTACT_ACCOUNT = "open_contact_account", "为企业联系人开通账号"
    EDIT_ROSTER = "edit_roster", "维护本村（社区）网格与两张名单"
    READ_ROSTER = "read_roster", "查看两张名单"
    # 走访巡查
    READ_VISITS = "read_visits", "查看走访巡查（本人范围内）"
    VISIT = "visit", "登记走访巡查、安排走访"
    NOTE_INSPECTION = "note_inspection", "登记行政检查的参考记录"
    READ_CHECKLISTS = "read_checklists", "查看巡查清单"
    MANAGE_CHECKLISTS = "manage_checklists", "导入、发布、停用巡查清单"
    TEND_FIELD = "tend_field", "管理现场设备、处理存疑的现场记录（本人范围内）"
    # 联系企业
    READ_OUTREACH = "read_outreach", "查看例会、宣传、减排通知、临时任务、联系记录（本人范围内）"
    REACH_OUT = "reach_out", "记录例会、联系、宣传回执、减排通知情况"
    ARRANGE = "arrange", "布置宣传（本人范围内）；部门和中转站另可布置临时任务、环保部门启动减排通知"
    OPEN_CAMPAIGN = "open_campaign", "开展、总结专项行动（中转站、部门负责人）"
    REPORT_ACCIDENT = "report_accident", "报送、查看事故快报（本人范围内）"
    # 红黑榜单
    READ_STANDINGS = "read_standings", "查看红黑榜单"
    CALCULATE_STANDINGS = "calculate_standings", "计算、核对、报审、公布红黑榜单，采用典型案例，提名表彰"
    APPEAL_STANDINGS = "appeal_standings", "为本单位对红黑榜单申诉"
    RULE_STANDINGS = "rule_standings", "裁定红黑榜单的申诉，认定一票否决"
    APPROVE_STANDINGS = "approve_standings", "审批红黑榜单"
    # 系统
    LOAD_PLAN = "load_plan", "装入方案新版本"
    EDIT_CALENDAR = "edit_calendar", "导入放假调休通知"
    MANAGE_ACCOUNTS = "manage_accounts", "建立、停用账号，重置密码"
    GRANT_POSTS = "grant_posts", "授予、终止岗位，设定分管与蹲点"
    REGISTER_LEAVE = "register_leave", "为本单位同事登记请假和代办人"
    SET_ROBOT = "set_robot", "设置本单位的群机器人"
    TEND_DELIVERIES = "tend_deliveries", "查看消息发送记录、重新发送"
    READ_AUDIT = "read_audit", "查看登录与账号日志"


R = Right


@dataclass(frozen=True, slots=True)
class Duty:
    """What a role is for, in a sentence, and the rights that follow from it."""

    sentence: str
    rights: frozenset[Right]


_READING = frozenset({
    R.READ_LEDGER, R.READ_ENTERPRISES, R.READ_ROSTER, R.REVEAL_PHONE, R.EXPORT, R.ISSUE_PAPERS, R.READ_VISITS,
    R.READ_CHECKLISTS, R.READ_OUTREACH, R.REPORT_ACCIDENT, R.READ_STANDINGS,
})  # fmt: skip
"""What every working post reads, each within its own scope."""
_HUB = _READING | {
    R.SUBMIT, R.REPORT_PROBLEM, R.TAKE_IN, R.DISPATCH, R.CONVENE, R.REGISTER, R.REOPEN, R.WRITE_OFF, R.URGE, R.SUPERVISE,
    R.MARK_KEY, R.READ_TOWN, R.EDIT_ENTERPRISE, R.MANAGE_ENTERPRISES, R.OPEN_CONTACT_ACCOUNT,
    R.ANSWER_CONSULTATION,
    R.VISIT, R.NOTE_INSPECTION, R.TEND_FIELD, R.REACH_OUT, R.ARRANGE, R.CALCULATE_STANDINGS, R.READ_COCKPIT,
    R.OPEN_CAMPAIGN,
}  # fmt: skip
_OFFICE = _READING | {
    R.ANSWER_CONSULTATION,
    R.SUBMIT, R.REPORT_PROBLEM, R.ASK_CONVENE, R.SIGN, R.HANDLE, R.SUBMIT_UPWARD, R.EDIT_ENTERPRISE, R.READ_COMPLAINANT,
    R.VISIT, R.NOTE_INSPECTION, R.REACH_OUT, R.ARRANGE,
}  # fmt: skip

RIGHTS: dict[Role, Duty] = {
    Role.CONTACT: Duty(
        "代表本企业提诉求、看进度、答补充、催办、评价；只看本企业的事。", frozenset({R.SUBMIT, R.URGE, R.RATE})
    ),
    Role.CARD: Duty("扫企业码进来的本企业人员：提诉求、看进度、评价。", frozenset({R.SUBMIT, R.URGE, R.RATE})),
    Role.HUB_CLERK: Duty("负责全镇涉企事项的接办、交办、反馈、整理，看得到全镇事项。", _HUB),
    Role.HUB_HEAD: Duty(
        "专人的全部职责，另审批十个工作日以内的延期，维护放假日历和巡查清单。",
        _HUB
        | {
            R.APPROVE_EXTENSION,
            R.EDIT_CALENDAR,
            R.MANAGE_CHECKLISTS,
            R.SET_ROBOT,
            R.REGISTER_LEAVE,
            R.APPEAL_STANDINGS,
        },
    ),
    Role.HANDLER: Duty("签收、办理交给本单位的任务并反馈企业。", _OFFICE),
    Role.OFFICE_HEAD: Duty(
        "为本单位的任务定人；在村（社区）另管网格与两张名单，在主管部门另管本条线的巡查清单。",
        _OFFICE
        | {
            R.NAME_HANDLER,
            R.EDIT_ROSTER,
            R.MANAGE_CHECKLISTS,
            R.TEND_FIELD,
            R.SET_ROBOT,
            R.REGISTER_LEAVE,
            R.APPEAL_STANDINGS,
            R.OPEN_CAMPAIGN,
        },
    ),
    Role.GRID_OFFICER: Duty(
        "联系名下企业，代提诉求，发现问题先告知中止再报告，办理交给本人的任务。",
        _OFFICE - {R.SUBMIT_UPWARD, R.READ_COMPLAINANT, R.ANSWER_CONSULTATION},
    ),
    Role.LEADER: Duty(
        "看分管单位、蹲点村（社区）和重点事项；审批超过十个工作日的长期挂账；批示、督办。",
        _READING
        | {
            R.SUBMIT,
            R.SUSPEND,
            R.REOPEN_AGAIN,
            R.SUPERVISE,
            R.MARK_KEY,
            R.INSTRUCT,
            R.APPROVE_STANDINGS,
            R.READ_COCKPIT,
        },
    ),
    Role.SUPERVISOR: Duty(
        "看全镇事项，督办超期和不满意的事项。", _READING | {R.SUBMIT, R.SUPERVISE, R.READ_TOWN, R.RULE_STANDINGS}
    ),
    Role.DISCIPLINE: Duty(
        "看转来的廉情反映；依申请查看投诉人身份，逐次留痕。",
        frozenset({R.SUBMIT, R.READ_COMPLAINANT, R.READ_STANDINGS}),
    ),
    Role.SYSTEM_ADMIN: Duty(
        "建立、停用账号，装入方案，照看消息发送；不授权，不看业务。",
        frozenset({R.MANAGE_ACCOUNTS, R.LOAD_PLAN, R.TEND_DELIVERIES}),
    ),
    Role.SECURITY_ADMIN: Duty("授予和终止岗位；不建账号，不看业务，不给自己授权。", frozenset({R.GRANT_POSTS})),
    Role.AUDITOR: Duty("查看登录与账号日志；不改任何东西。", frozenset({R.READ_AUDIT})),
    Role.SYSTEM: Duty(
        "系统任务与服务器上的命令行：安装、装入方案、导入，不办理任何事项。",
        frozenset(
            {
                R.LOAD_PLAN,
                R.EDIT_CALENDAR,
                R.MANAGE_ACCOUNTS,
                R.GRANT_POSTS,
                R.MANAGE_ENTERPRISES,
                R.OPEN_CONTACT_ACCOUNT,
                R.MANAGE_CHECKLISTS,
            }
        ),
    ),
}


def may(role: str, right: Right) -> bool:
    """Say whether this role (a code of `Role`) carries this right; an unknown role carries none."""
    try:
        return right in RIGHTS[Role(role)].rights
    except (ValueError, KeyError):
        return False


def require(by: Actor, right: Right) -> None:
    """Let pass only an actor whose post carries this right.

    Raises:
        NotAllowed: the sentence names the right, so that he knows what to ask for.
    """
    if not may(by.post, right):
        raise NotAllowed(f"您的岗位（{by.post_label}）没有“{right.label}”的权限，请找有权限的同事办理。")


def roles_with(right: Right) -> frozenset[Role]:
    """Return every role that carries this right."""
    return frozenset(role for role, duty in RIGHTS.items() if right in duty.rights)
