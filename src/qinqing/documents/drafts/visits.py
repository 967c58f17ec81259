"""Papers about one visit: 消防巡查书面记录 of a fire checklist, 走访巡查记录 of any visit, 整改告知书 of what it found.

What an officer makes is a 巡查: none of these papers calls it 检查, and each says that it is no basis of a penalty.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from qinqing.documents.drafts import wording
from qinqing.documents.drafts.asked import Drafted, Request
from qinqing.documents.drafts.findings import rectification
from qinqing.documents.paper import Block, Cell, Form, Heading, Paper, Para, Picture, Signatures, Table, form_row
from qinqing.documents.words import PaperKind
from qinqing.enterprises import reads as enterprises
from qinqing.field.reads import answers
from qinqing.findings import reads as findings
from qinqing.findings.words import Level, State
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.ledger.subjects import number_of
from qinqing.patrol.reads import visits
from qinqing.patrol.reads.visits import RunLine, Sheet
from qinqing.patrol.words import Acknowledgement, Nature
from qinqing.people import reads as people
from qinqing.plan import reads as plans

if TYPE_CHECKING:
    from qinqing.evidence.reads import Photo
    from qinqing.findings.models import Finding

_FIRE = "fire"
_MOST_PHOTOS = 60
_NOTE = "本记录为网格员日常巡查的书面记录，不属于行政检查，不作为行政处罚依据。"


def kinds(by: Actor, sheet: Sheet, *, has_findings: bool) -> list[PaperKind]:
    """Return what a visit gives. Source: 附2安-(2)c, 附2安-(5)b."""
    found = [PaperKind.PATROL] if _fire_runs(by, sheet) else []
    found.append(PaperKind.VISIT)
    return [*found, PaperKind.RECTIFY] if has_findings else found


def draft(asked: Request) -> Drafted:
    """Return a paper of a visit.

    Raises:
        NotFound: no such visit in the reader's sight, or it does not give this paper.
    """
    sheet = visits.sheet(asked.by, _uid(asked.key))
    visit = sheet.visit
    brought = findings.of_visit(asked.by, visit.uid)
    if asked.kind not in kinds(asked.by, sheet, has_findings=bool(brought)):
        raise NotFound(f"这次走访没有可以出具的{asked.kind.label}。")
    if asked.kind is PaperKind.RECTIFY:
        paper = rectification(brought, asked)
    elif asked.kind is PaperKind.PATROL:
        paper = _fire(sheet, brought, asked)
    else:
        paper = _general(sheet, brought, asked)
    label = f"{sheet.line.enterprise} {visit.made_on:%Y-%m-%d}走访"
    return Drafted(paper, ("visit", number_of(visit.uid)), label, enterprise_id=visit.enterprise_id)


def _uid(key: str) -> UUID:
    unknown = NotFound("没有找到这次走访，或不在您的查看范围内。")
    try:
        found = UUID(key)
    except ValueError as fault:
        raise unknown from fault
    if str(found) != key:
        raise unknown  # one visit, one spelling: papers are found again by it
    return found


def _fire_runs(by: Actor, sheet: Sheet) -> list[RunLine]:
    fire = {one.code for one in plans.current(by.book).checklists if one.category == _FIRE}
    return [run for run in sheet.runs if run.code in fire]


def _fire(sheet: Sheet, brought: "list[Finding]", asked: Request) -> Paper:
    """The written record of a fire patrol: every item with its answer. Source: 附2安-(2)c."""
    runs = _fire_runs(asked.by, sheet)
    codes = {run.code for run in runs}
    mine = [one for one in brought if one.checklist in codes or one.category == _FIRE]
    blocks: list[Block] = [Form(rows=_opening(sheet, runs))]
    for run in runs:
        blocks += [Heading(text=f"一、巡查情况（{_counts(run)}）"), _all_answers(run)]
    blocks += [Heading(text="二、隐患线索"), *_hazards(mine)]
    blocks += [Heading(text="三、照片"), *_photos(runs)]
    blocks += [Heading(text="四、企业确认"), *_acknowledged(sheet)]
    return _paper(asked, sheet, "消防巡查书面记录", (*blocks, *_closing(sheet)), runs)


def _general(sheet: Sheet, brought: "list[Finding]", asked: Request) -> Paper:
    """The record of any visit: what is not in order, list by list. Source: 附2安-(2)a."""
    bad = tuple(
        (str(place), run.code, one.text, one.note)
        for place, (run, one) in enumerate(((run, one) for run in sheet.runs for one in run.problems), start=1)
    )
    blocks: list[Block] = [Form(rows=_opening(sheet, sheet.runs)), Heading(text="一、对照清单")]
    if sheet.runs:
        done = tuple(
            (run.code, run.shown_title, *(str(count) for count in (run.ok, run.bad, run.na, run.blank)))
            for run in sheet.runs
        )
        blocks.append(
            Table(
                headings=("清单", "名称", "符合", "存在问题", "不涉及", "未答"),
                widths=(16, 76, 14, 20, 16, 14),
                rows=done,
            )
        )
    else:
        blocks.append(Para(text="这次走访没有对照清单。"))
    blocks.append(Heading(text="二、存在问题"))
    blocks.append(
        Table(headings=("序号", "清单", "项目", "说明"), widths=(13, 16, 83, 44), rows=bad)
        if bad
        else Para(text="未发现问题。")
    )
    blocks += [Heading(text="三、隐患线索"), *_hazards(brought)]
    blocks += [Heading(text="四、小结"), Para(text=sheet.visit.summary or "没有填写小结。")]
    blocks += [Heading(text="五、企业确认"), *_acknowledged(sheet)]
    return _paper(asked, sheet, "走访巡查记录", (*blocks, *_closing(sheet)), sheet.runs)


def _opening(sheet: Sheet, runs: Iterable[RunLine]) -> tuple[tuple[Cell, ...], ...]:
    visit = sheet.visit
    firm = enterprises.card(visit.enterprise) if visit.enterprise else None
    lists = "\n".join(f"{run.shown_title}第{run.number}版" for run in runs) or "没有对照清单"
    return (
        form_row(
            ("企业名称", firm.name if firm else "企业不明"), ("信用代码", (firm.number if firm else "") or "暂无")
        ),
        form_row(("地　址", (firm.address if firm else "") or "未登记"), ("属　地", firm.community if firm else "")),
        form_row(("巡查时间", _span(sheet)), ("巡查类型", Nature.label_of(visit.nature))),
        form_row(("巡查人员", visit.officer_name), ("所在单位", sheet.line.offices)),
        form_row(("对照清单", lists)),
        form_row(("现场记录", _receipt(sheet))),
    )


def _span(sheet: Sheet) -> str:
    ended = sheet.visit.finished_at.astimezone(sheet.line.started_at.tzinfo)
    return f"{wording.moment(sheet.visit.started_at)}—{wording.moment(ended).rpartition(' ')[2]}"


def _receipt(sheet: Sheet) -> str:
    """Say under which receipt the phone's record was taken in: the paper and the phone name the same number."""
    told = answers.status(sheet.visit.officer_id or 0, "visit", sheet.visit.uid)
    came = f"{wording.moment(sheet.visit.received_at)}收到"
    return f"收条 № {told.receipt.no:06d}，{came}" if told and told.receipt else f"没有手机收条，{came}"


def _counts(run: RunLine) -> str:
    named = (("符合", run.ok), ("存在问题", run.bad), ("不涉及", run.na), ("填写", run.other), ("未答", run.blank))
    return "，".join(f"{word}{count}项" for word, count in named if count)


def _all_answers(run: RunLine) -> Table:
    rows: list[tuple[str, ...]] = []
    for section in run.sections:
        for one in section.answers:
            rows.append((str(len(rows) + 1), section.title, one.text, one.shown or "未答", _note(one.note, one.photos)))
    return Table(headings=("序号", "部位", "巡查内容", "结果", "说明"), widths=(13, 21, 77, 22, 23), rows=tuple(rows))


def _note(note: str, photos: "tuple[Photo, ...]") -> str:
    return "；".join(part for part in (note, f"照片{len(photos)}张" if photos else "") if part)


def _hazards(rows: "list[Finding]") -> list[Block]:
    if not rows:
        return [Para(text="本次没有登记隐患线索。")]
    told = tuple(
        (
            row.number,
            row.text + (f"（{row.place_text}）" if row.place_text else ""),
            Level.label_of(row.level),
            "已当场整改" if row.is_fixed_on_spot else wording.date_of(row.deadline) or "立即处置",
            State.label_of(row.state),
        )
        for row in rows
    )
    return [
        Table(headings=("编号", "看到的情况", "程度", "整改期限", "状态"), widths=(34, 60, 16, 28, 18), rows=told),
    ]


def _photos(runs: Iterable[RunLine]) -> list[Block]:
    named = [
        (one.key, photo) for run in runs for section in run.sections for one in section.answers for photo in one.photos
    ]
    if not named:
        return [Para(text="本次没有拍照。")]
    rows = tuple(
        (str(place), key, wording.moment(photo.made_at), photo.sha256[:16])
        for place, (key, photo) in enumerate(named[:_MOST_PHOTOS], start=1)
    )
    more = [Para(text=f"另有{len(named) - _MOST_PHOTOS}张，见系统。")] if len(named) > _MOST_PHOTOS else []
    return [
        Table(headings=("序号", "清单项", "拍摄时间", "文件摘要（前16位）"), widths=(16, 40, 52, 48), rows=rows), *more
    ]  # fmt: skip


def _acknowledged(sheet: Sheet) -> list[Block]:
    visit = sheet.visit
    name = visit.representative or "企业代表"
    if visit.acknowledgement == Acknowledgement.SIGNATURE:
        words = f"{name}已在现场记录上签字确认。"
    elif visit.acknowledgement == Acknowledgement.REFUSED:
        words = f"{name}在场，未签字。原因：{visit.why_unsigned or '没有说明'}。"
    elif visit.acknowledgement == Acknowledgement.ABSENT:
        words = f"当时没有企业代表在场。原因：{visit.why_unsigned or '没有说明'}。"
    else:
        words = "没有登记企业确认情况。"
    signed = sheet.signature
    if signed is None or not signed.is_here:
        return [Para(text=words)]
    return [Para(text=words), Picture(sha256=signed.sha256, attachment=str(signed.id), alt=f"{name}的签字")]


def _closing(sheet: Sheet) -> tuple[Block, ...]:
    amended: list[Block] = [
        Para(label="更正：", text=f"{one.text}（{one.reason}；{one.by_name}，{wording.moment(one.at)}）")
        for one in sheet.amendments
    ]
    return (*amended, Para(text=_NOTE), Signatures(labels=("巡查人", "企业陪同人")))


def _paper(asked: Request, sheet: Sheet, title: str, blocks: tuple[Block, ...], runs: Iterable[RunLine]) -> Paper:
    town = people.town_of(asked.by.town_id)
    marks = ["演示"] if town.is_demo else []
    marks += ["草案清单"] if any(run.is_draft for run in runs) else []
    marks += ["仅含本单位条线"] if sheet.only_own_line else []
    return Paper(
        kind=asked.kind,
        head=f"{town.name}企业网格化巡查",
        title=title,
        number=asked.number,
        marks=("　".join(marks),) if marks else (),
        blocks=blocks,
        issuer=sheet.visit.office.name if sheet.visit.office else "",
        date=wording.date_of(sheet.visit.made_on),
        compact=True,
        as_of=asked.as_of,
    )
