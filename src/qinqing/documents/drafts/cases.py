"""Papers about one case: 交办单 转办单 办结反馈单 催办通知书 督办单 会商纪要.

Each draft takes what its reader may see of the case and returns the paper, or None where there is nothing yet to put on it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from qinqing.cases.reads import sheet as pages
from qinqing.cases.words import SUPERVISIONS, Kind, Part, Route, TaskState, UrgeLevel
from qinqing.consultations import reads as consultations
from qinqing.documents.drafts import wording
from qinqing.documents.paper import Block, Form, Heading, Paper, Para, Signatures, Table, form_row
from qinqing.documents.words import PaperKind
from qinqing.enterprises import reads as enterprises
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.people import reads as people

_MOST_ACTIONS = 40


@dataclass(frozen=True)
class Matter:
    """A case as its papers see it."""

    sheet: pages.Sheet
    by: Actor
    at: datetime
    town: str
    is_demo: bool
    number: str
    as_of: str

    @property
    def hub(self) -> str:
        """Return the issuing hub's full name."""
        return str(self.sheet.case.hub.name)

    @property
    def marks(self) -> tuple[str, ...]:
        """Return what has to stand at the top left."""
        return ("演示",) if self.is_demo else ()


def matter(by: Actor, case_id: int, at: datetime, *, number: str = "", as_of: str = "") -> Matter:
    """Fetch a case for its papers.

    Raises:
        NotFound: out of the reader's sight.
    """
    found = pages.sheet(by, case_id, at)
    town = people.town_of(by.town_id)
    return Matter(found, by, at, town.name, town.is_demo, number, as_of)


def drafts(about: Matter) -> dict[PaperKind, Paper]:
    """Return every paper that can be drawn up of this case now."""
    found = {kind: draft(about) for kind, draft in DRAFTS.items()}
    return {kind: paper for kind, paper in found.items() if paper is not None}


def _sent(about: Matter, kind: PaperKind, route: Route) -> Paper | None:
    case = about.sheet.case
    tasks = [task for task in about.sheet.tasks if task.state not in (TaskState.RECALLED, TaskState.RETURNED)]
    lead = next((task for task in reversed(tasks) if task.part == Part.LEAD), None)
    if case.route != route or lead is None or case.kind != Kind.DEMAND:
        return None
    helping = "、".join(task.office.name for task in tasks if task.part == Part.SUPPORT) or "无"
    word = kind.label[:2]
    rows = (
        *_opening(about),
        form_row(("主办单位", lead.office.name), ("协办单位", helping)),
        form_row((f"{word}意见", f"{word}你单位办理。{lead.guidance}".strip()), lines=3),
        form_row(("办理时限", wording.limit(about.sheet)), lines=1),
        form_row(("办理要求", "办结的同时反馈企业并告知中转站；涉及多部门的，由牵头单位汇总答复。"), lines=2),
    )
    receipt = (
        form_row(("签收人", wording.signed(lead)), ("签收时间", wording.moment(lead.signed_at))),
        form_row(("办理情况", ""), lines=3),
        form_row(("反馈企业", "时间：            方式："), ("企业评价", "")),
        form_row(("承办人", ""), ("负责人", "")),
    )
    return _form(
        about,
        kind,
        f"企业诉求{kind.label}",
        (Form(rows=rows), Para(text="回　执", align="center", indent=0), Form(rows=receipt)),
    )


def _hand(about: Matter) -> Paper | None:
    return _sent(about, PaperKind.HAND, Route.COMMUNITY)


def _forward(about: Matter) -> Paper | None:
    return _sent(about, PaperKind.FORWARD, Route.DEPARTMENT)


def _feedback(about: Matter) -> Paper | None:
    last = next((row for row in reversed(about.sheet.feedbacks) if not row.is_staged), None)
    if last is None:
        return None
    case = about.sheet.case
    done = [
        f"{task.office.short}：{task.result}" for task in about.sheet.tasks if task.part == Part.SUPPORT and task.result
    ]
    rating = about.sheet.ratings[-1] if about.sheet.ratings else None
    rated = (
        f"{'已解决' if rating.solved else '未解决'}，{rating.get_satisfaction_display()}"
        if rating
        else "（待企业评价）"
    )
    rows = (
        *_opening(about),
        form_row(("承办单位", last.office_name), ("经办人", last.by_name)),
        form_row(("办理结果", last.get_outcome_display()), ("用时", wording.used(about.sheet))),
        form_row(("答复企业", last.reply), lines=5),
        form_row(("告知方式", last.get_told_way_display()), ("告知时间", wording.moment(last.told_at))),
        form_row(("协办情况", "\n".join(done) or "无"), lines=2),
        form_row(("企业评价", rated), ("销账时间", wording.moment(case.ended_at) or "（未销账）")),
    )
    return _form(
        about,
        PaperKind.FEEDBACK,
        "企业诉求办结反馈单",
        (Form(rows=rows), Signatures(labels=("承办单位负责人", "中转站"))),
    )


def _pressed(about: Matter, kind: PaperKind, *levels: UrgeLevel) -> Paper | None:
    """Draw the last standing order up, with its own number, ground and reply-by. Source: domain §3.5."""
    standing = [row for row in about.sheet.urges if row.level in levels and row.cancelled_at is None]
    last = standing[-1] if standing else None
    if last is None:
        return None
    case = about.sheet.case
    level = UrgeLevel(last.level)
    late = wording.overdue(about.sheet, last.at)
    rows = (
        form_row(("承办单位", last.office.name), ("原交办编号", case.number)),
        form_row(("级　别", level.label), ("事　由", last.get_ground_display())),
        form_row(("企业名称", case.enterprise_name), ("原定时限", wording.moment(case.due_at))),
        form_row(("事　项", case.title), lines=2),
        form_row(("办理情况", f"{about.sheet.state_label}；{late}"), lines=1),
        form_row((f"{level.label[:2]}要求", last.note), lines=4),
        form_row(("反馈时限", wording.moment(last.reply_by) or "收到后及时办理并告知中转站"), lines=1),
        form_row(("回复情况", last.reply), lines=3),
    )
    title = "涉企事项催办通知书" if kind is PaperKind.URGE else "涉企事项督办单"
    paper = _form(about, kind, title, (Form(rows=rows), Signatures(labels=("签收人",))))
    copies = {
        UrgeLevel.URGE: "分管领导",
        UrgeLevel.SUPERVISE: "分管领导、镇督查办",
        UrgeLevel.SUPERVISE_AGAIN: "镇主要领导、分管领导、镇督查办",
    }[level]
    return paper.model_copy(update={"copies": copies, "number": about.number or last.number})


def _urge(about: Matter) -> Paper | None:
    return _pressed(about, PaperKind.URGE, UrgeLevel.URGE)


def _supervise(about: Matter) -> Paper | None:
    return _pressed(about, PaperKind.SUPERVISE, *SUPERVISIONS)


def _minutes(about: Matter) -> Paper | None:
    case = about.sheet.case
    sessions = [row for row in consultations.sessions_of(case.pk) if row.recorded_at]
    if not sessions:
        return None
    last = sessions[-1]
    offices = "、".join(office.name for office in last.offices.all())
    items = tuple(
        (str(place), item.what, item.office.short, "牵头" if item.is_lead else "配合", f"{item.working_days}个工作日")
        for place, item in enumerate(last.items.all()[:_MOST_ACTIONS], start=1)
    )
    blocks: tuple[Block, ...] = (
        Para(label="时间：", text=wording.moment(last.sitting.held_at)),
        Para(label="地点：", text=last.sitting.place),
        Para(label="召集：", text=last.sitting.convened_by_name),
        Para(label="参加：", text=offices),
        Heading(text="一、议题"),
        Para(text=f"{last.agenda}（{case.number}，{case.enterprise_name}：{case.title}）"),
        Heading(text="二、办理意见"),
        Para(text=last.opinion),
        Heading(text="三、议定事项"),
        Table(headings=("序号", "事项", "单位", "分工", "时限"), widths=(14, 74, 28, 18, 22), rows=items),
    )
    return Paper(
        kind=PaperKind.MINUTES,
        head=f"{about.town}企业服务协调会商纪要",
        title=f"关于{case.title}的会商纪要",
        number=about.number or f"〔{last.sitting.held_at.year}〕__号",
        is_official=True,
        marks=(*about.marks, *(() if about.number else ("送审稿",))),
        blocks=blocks,
        issuer=about.hub,
        date=wording.day(about.at),
        copies=offices,
        as_of=about.as_of,
    )


def _opening(about: Matter) -> tuple[tuple, ...]:  # type: ignore[type-arg]
    case = about.sheet.case
    firm = enterprises.card(enterprises.of_town(case.town_id, case.enterprise_id))
    contact = f"{firm.main_contact.name}　{firm.main_contact.phone_mask}" if firm.main_contact else "未登记"
    return (
        form_row(("企业名称", firm.name), ("信用代码", firm.number or "暂无")),
        form_row(("属　地", case.community.name), ("联系人", contact)),
        form_row(("诉求编号", case.number), ("诉求类别", case.topic_name or "未分类")),
        form_row(
            ("收到时间", wording.moment(case.submitted_at)), ("首问责任人", case.first_asked_name or "企业自行提交")
        ),
        form_row(("诉求内容", f"{case.title}\n{case.text}" if case.title not in case.text else case.text), lines=5),
    )


def _form(about: Matter, kind: PaperKind, title: str, blocks: tuple[Block, ...]) -> Paper:
    return Paper(
        kind=kind,
        head=f"{about.town}企业服务中转站",
        title=title,
        number=about.number,
        marks=about.marks,
        blocks=blocks,
        issuer=about.hub,
        date=wording.day(about.at),
        as_of=about.as_of,
    )


DRAFTS: dict[PaperKind, Callable[[Matter], Paper | None]] = {
    PaperKind.HAND: _hand,
    PaperKind.FORWARD: _forward,
    PaperKind.FEEDBACK: _feedback,
    PaperKind.URGE: _urge,
    PaperKind.SUPERVISE: _supervise,
    PaperKind.MINUTES: _minutes,
}
"""Every paper a case can give."""


def draft(about: Matter, kind: PaperKind) -> Paper:
    """Return one paper of a case.

    Raises:
        NotFound: the case does not (yet) give this paper.
    """
    paper = DRAFTS[kind](about) if kind in DRAFTS else None
    if paper is None:
        raise NotFound(f"这件事项现在还没有可以出具的{kind.label}。")
    return paper
