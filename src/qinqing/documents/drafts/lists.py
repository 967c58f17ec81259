"""Papers of one community: 定人定岗定责表 and the two lists, as they are printed, signed and stamped."""

from typing import TYPE_CHECKING

from qinqing.documents.drafts import wording
from qinqing.documents.drafts.asked import Drafted, Request
from qinqing.documents.drafts.registers import fitting
from qinqing.documents.paper import Block, Heading, Paper, Para, Signatures, Table
from qinqing.documents.words import PaperKind
from qinqing.enterprises.words import Status
from qinqing.grids import lists
from qinqing.kernel.errors import NotFound
from qinqing.people import reads as people
from qinqing.plan import reads as plans

if TYPE_CHECKING:
    from qinqing.grids.lists import EnterpriseLine, Lists, OfficerLine

KINDS = [PaperKind.POSTS, PaperKind.LISTS]
"""What a community gives."""


def draft(asked: Request) -> Drafted:
    """Return a paper of a community.

    Raises:
        NotFound: no such community in the reader's sight, or it does not give this paper.
        Refused: `too_long`: more lines than one prints.
    """
    if not asked.key.isdecimal() or str(int(asked.key)) != asked.key:
        raise NotFound("没有找到这个村（社区），或不在您的查看范围内。")
    found = lists.two_lists(int(asked.key), by=asked.by, on=asked.at.date())
    if asked.kind is PaperKind.POSTS:
        paper = _posts(found, asked)
    elif asked.kind is PaperKind.LISTS:
        paper = _lists(found, asked)
    else:
        raise NotFound(f"村（社区）不出具{asked.kind.label}。")
    return Drafted(paper, ("lists", found.community.pk), found.community.name)


def _posts(found: "Lists", asked: Request) -> Paper:
    """Who, at which post, answers for what. Source: 二(一)-1, 附-0."""
    rows = [
        (str(place), line.name, line.title or "网格员", line.kind, line.where or "未编入网格", _firms(line, found))
        for place, line in enumerate(found.officers, start=1)
    ]
    blocks: list[Block] = [
        Heading(text="一、定人定岗"),
        Table(
            headings=("序号", "网格员", "岗位", "专职/兼职", "网格", "联系企业"),
            widths=(13, 20, 24, 22, 40, 122),
            rows=fitting(rows, "名单"),
        ),
        Heading(text="二、定责"),
    ]
    for annex in plans.current(asked.by.book).officer_duties:
        said = "；".join(duty.text.rstrip("。；") for duty in annex.duties)
        blocks.append(Para(label=f"{annex.name}：", text=f"{said}。"))
    return _paper(found, asked, "网格员定人定岗定责表", tuple(blocks))


def _firms(line: "OfficerLine", found: "Lists") -> str:
    """Return the firms an officer answers for, and those he stands in for."""
    leads = [firm.name for firm in found.enterprises if firm.lead and firm.lead.officer_id == line.account_id]
    deputies = [firm.name for firm in found.enterprises if firm.deputy and firm.deputy.officer_id == line.account_id]
    said = "、".join(leads) or "无"
    return f"{said}（{len(leads)}家）" + (f"；B角：{'、'.join(deputies)}" if deputies else "")


def _lists(found: "Lists", asked: Request) -> Paper:
    """The two lists. Source: 二(一)-2."""
    officers = [
        (
            str(place), line.name, line.title, line.kind, line.where or "未编入网格", line.phone_mask or "未登记",
            wording.date_of(line.since), f"{line.leads}",
        )
        for place, line in enumerate(found.officers, start=1)
    ]  # fmt: skip
    firms = [_firm(place, line) for place, line in enumerate(found.enterprises, start=1)]
    led = sum(1 for line in found.enterprises if line.lead)
    blocks: tuple[Block, ...] = (
        Heading(text="名单一　网格员名单"),
        Table(
            headings=("序号", "网格员", "职务", "专职/兼职", "网格", "联系电话", "任职日期", "联系企业数"),
            widths=(13, 24, 40, 24, 50, 34, 34, 22),
            rows=fitting(officers, "名单"),
        ),
        Heading(text="名单二　联系企业名单"),
        Table(
            headings=("序号", "企业名称", "统一社会信用代码", "状态", "企业联系人", "联系人电话", "网格员", "B角"),
            widths=(13, 66, 46, 18, 24, 30, 22, 22),
            rows=fitting(firms, "名单"),
        ),
        Para(text=f"合计：网格员{len(found.officers)}名，企业{len(found.enterprises)}家，其中已明确网格员{led}家。"),
    )
    return _paper(found, asked, "网格员和联系企业名单", blocks)


def _firm(place: int, line: "EnterpriseLine") -> tuple[str, ...]:
    return (
        str(place),
        line.name,
        line.code or "暂无",
        Status.label_of(line.status),
        line.contact or "未登记",
        line.contact_phone_mask,
        line.lead.officer if line.lead else "未明确",
        line.deputy.officer if line.deputy else "",
    )


def _paper(found: "Lists", asked: Request, title: str, blocks: tuple[Block, ...]) -> Paper:
    town = people.town_of(asked.by.town_id)
    marks = [*(["演示"] if town.is_demo else []), *([] if found.whole else ["仅含本人联系的企业"])]
    return Paper(
        kind=asked.kind,
        head=found.community.name,
        title=title,
        number=asked.number,
        marks=("　".join(marks),) if marks else (),
        blocks=(*blocks, Signatures(labels=("负责人", "单位（盖章）"))),
        issuer=found.community.name,
        date=wording.day(asked.at),
        landscape=True,
        compact=True,
        as_of=asked.as_of,
    )
