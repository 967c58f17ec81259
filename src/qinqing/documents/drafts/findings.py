"""Papers about one finding: 劝导告知单, 整改告知书. They state what was seen and advise; they order and fine nothing."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from qinqing.documents.drafts import wording
from qinqing.documents.drafts.asked import Drafted, Request
from qinqing.documents.paper import Block, Form, Paper, Para, Signatures, Table, form_row
from qinqing.documents.words import PaperKind
from qinqing.enterprises import reads as enterprises
from qinqing.findings import reads
from qinqing.findings.reads.papers import NoticeItem
from qinqing.findings.words import Level
from qinqing.kernel.errors import NotFound
from qinqing.people import reads as people

if TYPE_CHECKING:
    from qinqing.findings.models import Finding

KINDS = [PaperKind.ADVICE, PaperKind.RECTIFY]
"""What a finding gives."""


def draft(asked: Request) -> Drafted:
    """Return a paper of a finding.

    Raises:
        NotFound: no such finding in the reader's sight, or it does not give this paper.
    """
    if not asked.key.isdecimal():
        raise NotFound("没有找到这条隐患线索，或不在您的查看范围内。")
    finding = reads.get_for(asked.by, int(asked.key))
    if asked.kind is PaperKind.ADVICE:
        paper = _advice(finding, asked)
    elif asked.kind is PaperKind.RECTIFY:
        paper = rectification([finding], asked)
    else:
        raise NotFound(f"隐患线索不出具{asked.kind.label}。")
    return Drafted(paper, ("finding", finding.pk), finding.number, enterprise_id=finding.enterprise_id)


def _advice(finding: "Finding", asked: Request) -> Paper:
    told = reads.paper_of_advice(finding)
    firm = enterprises.card(finding.enterprise)
    rows = (
        form_row(("企业名称", told.enterprise), ("信用代码", firm.number or "暂无")),
        form_row(("走访时间", wording.moment(told.at)), ("地　点", told.place or firm.address or "企业厂区")),
        form_row(("线索编号", told.number), ("类　别", finding.category_name)),
        form_row(("看到的情况", told.fact), lines=4),
        form_row(("劝导意见", told.advice), lines=4),
        form_row(("整改期限", _until(told.deadline, finding.level)), ("照　片", _pictures(len(told.photos)))),
        form_row(("告知情况", told.told or "当面告知企业在场人员，企业可在企业端查看并上报整改情况。"), lines=2),
    )
    return _paper(
        asked,
        finding,
        "劝导告知单",
        (
            Form(rows=rows),
            Para(text=f"{told.disclaimer}本单一式两份，企业和{told.office or '走访单位'}各留一份。"),
            Signatures(labels=("告知人", "企业签收人")),
        ),
    )


def rectification(findings: Sequence["Finding"], asked: Request) -> Paper:
    """Return the notice of what one visit found, at least one finding. Source: 附2安-(5)b."""
    notice, first = reads.rectification_notice(findings), findings[0]
    rows = tuple(_row(item) for item in notice.items)
    who = "".join(part for part in (notice.office, notice.officer) if part)
    return _paper(
        asked,
        first,
        "隐患整改告知书",
        (
            Para(text=f"{notice.enterprise}：", indent=0, align="left"),
            Para(
                text=f"{wording.moment(notice.at)}，{who}到你单位走访巡查，看到下列情况，请核对并在期限内消除；"
                "消除前请采取防护措施，消除后在企业端上报或者告诉网格员，以便复查。"
            ),
            Table(
                headings=("编号", "看到的情况", "程度", "建议", "期限"),
                widths=(34, 46, 16, 32, 28),
                rows=rows,
            ),
            Para(
                text=f"复查由{'、'.join(dict.fromkeys(item.follower for item in notice.items))}负责。{notice.disclaimer}"
            ),
            Signatures(labels=("告知人", "企业签收人")),
        ),
    )


def _row(item: NoticeItem) -> tuple[str, ...]:
    where = f"（{item.place}）" if item.place else ""
    until = "已当场整改" if item.is_fixed else wording.date_of(item.deadline) or "立即处置"
    return (item.number, f"{item.fact}{where}", item.level, item.advice or "尽快核对并消除", until)


def _until(deadline: date | None, level: str) -> str:
    return wording.date_of(deadline) or ("立即处置" if level != Level.MINOR else "尽快")


def _pictures(count: int) -> str:
    return f"{count}张，存于系统" if count else "没有拍照"


def _paper(asked: Request, finding: "Finding", title: str, blocks: tuple[Block, ...]) -> Paper:
    town = people.town_of(asked.by.town_id)
    office = finding.found_office or finding.owner_office
    return Paper(
        kind=asked.kind,
        head=f"{town.name}企业网格化巡查",
        title=title,
        number=asked.number,
        marks=("演示",) if town.is_demo else (),
        blocks=blocks,
        issuer=office.name,
        date=wording.day(asked.at),
        as_of=asked.as_of,
    )
