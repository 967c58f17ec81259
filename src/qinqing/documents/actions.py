"""Drawing up a paper and entering the number of a 公文."""

from datetime import datetime

from django.db import transaction

from qinqing.documents.drafts.table import Request, draft
from qinqing.documents.facts import NumberEntered, PaperIssued
from qinqing.documents.models import Issue, Series
from qinqing.documents.paper import Paper
from qinqing.documents.reads import issue_for, latest, paper_of
from qinqing.documents.words import NEEDS_NUMBER, PaperKind, Subject
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import Refused
from qinqing.kernel.text import clean
from qinqing.ledger import actions as ledger
from qinqing.ledger import reads as book
from qinqing.people import rights
from qinqing.people.rights import Right

_PREFIX = {
    PaperKind.LISTS: "名单", PaperKind.BUILDINGS: "房册", PaperKind.ILLEGAL: "两违", PaperKind.BOOK: "月报",
    PaperKind.HAND: "交办", PaperKind.FORWARD: "转办", PaperKind.FEEDBACK: "反馈", PaperKind.ADVICE: "劝告",
    PaperKind.RECTIFY: "整改", PaperKind.PATROL: "消巡", PaperKind.VISIT: "走访", PaperKind.POSTS: "定岗", PaperKind.ANNUAL: "统计",
}  # fmt: skip
"""Forms that carry a number of our own; 催办 and 督办 keep that of the press they print."""


@transaction.atomic
def issue(*, kind: PaperKind, subject: Subject, key: str, by: Actor, at: datetime) -> Issue:
    """Draw up a paper, number it and put the whole of it into the ledger.

    A paper that says the same as the last one of its kind about the same thing is that one: no second number.

    Raises:
        NotAllowed: the post draws up no papers.
        NotFound: the subject is out of sight or does not give this paper.

    Source: 二(四)-1; domain §7.
    """
    rights.require(by, Right.ISSUE_PAPERS)
    as_of = f"账目至第 {book.book_head(by.book).seq} 笔"
    first = draft(subject, Request(kind, key, by, at, as_of=as_of))
    last = latest(by, kind, subject, key)
    if last is not None and _same(paper_of(last), first.paper):
        return last
    number = first.paper.number or _next_number(kind, by.town_id, at)
    drafted = draft(subject, Request(kind, key, by, at, number="" if kind in NEEDS_NUMBER else number, as_of=as_of))
    paper = drafted.paper
    entry = ledger.record(
        PaperIssued(
            paper_kind=kind.value,
            title=_plain(paper.title),
            number=paper.number,
            digest=paper.digest,
            paper=paper.plain(),
        ),
        book=by.book,
        on=drafted.on,
        label=drafted.label,
        by=by,
        at=at,
    )
    return Issue.objects.create(
        town_id=by.town_id,
        kind=kind.value,
        subject_kind=subject.value,
        subject_key=key,
        case_id=drafted.case_id,
        enterprise_id=drafted.enterprise_id,
        number=paper.number,
        is_draft=kind in NEEDS_NUMBER,
        title=_plain(paper.title)[:120],
        digest=paper.digest,
        book=by.book,
        seq=entry.seq,
        by_name=by.name,
        office_id=by.office_id,
        at=at,
    )


@transaction.atomic
def enter_number(*, issue_id: int, number: str, by: Actor, at: datetime) -> Issue:
    """Enter the number the office's register gave a 公文; from then on it is no longer 送审稿.

    Raises:
        NotAllowed, NotFound: as `issue`.
        Refused: `number_needed`, `number_known` when it has one already.
    """
    rights.require(by, Right.ISSUE_PAPERS)
    row = Issue.objects.select_for_update(of=("self",)).get(pk=issue_for(by, issue_id).pk)
    text = clean(number)
    if not row.is_draft:
        raise Refused("number_known", f"这份文书已登记文号 {row.number}。")
    if not text or len(text) > 40:
        raise Refused("number_needed", "请填写文号，例如：孟企服办〔2026〕12号，不超过40个字。", field="number")
    paper = paper_of(row)
    kept = paper.model_copy(update={"number": text, "marks": tuple(mark for mark in paper.marks if mark != "送审稿")})
    on = ("case", row.case_id) if row.case_id else ("town", row.town_id)
    ledger.record(NumberEntered(title=row.title, number=text), book=row.book, on=on, label=row.title, by=by, at=at)
    entry = ledger.record(
        PaperIssued(paper_kind=row.kind, title=row.title, number=text, digest=kept.digest, paper=kept.plain()),
        book=row.book,
        on=on,
        label=row.title,
        by=by,
        at=at,
    )
    row.number, row.is_draft, row.digest, row.seq = text, False, kept.digest, entry.seq
    row.save(update_fields=["number", "is_draft", "digest", "seq"])
    return row


def _same(old: Paper, new: Paper) -> bool:
    blank = {"number": "", "date": "", "as_of": "", "marks": ()}
    return old.model_copy(update=blank) == new.model_copy(update=blank)


def _next_number(kind: PaperKind, town_id: int, at: datetime) -> str:
    if kind not in _PREFIX:
        return ""
    year = at.astimezone(SHANGHAI).year
    Series.objects.get_or_create(town_id=town_id, kind=kind.value, year=year)
    series = Series.objects.select_for_update().get(town_id=town_id, kind=kind.value, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{_PREFIX[kind]}〔{year}〕{series.last:04d}号"


def _plain(title: str) -> str:
    return title.replace("\n", "")
