"""The register of papers and the papers themselves, made again from the ledger."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from qinqing.cases import policy as cases
from qinqing.documents.drafts import cases as case_papers
from qinqing.documents.models import Issue
from qinqing.documents.paper import Paper
from qinqing.documents.words import PaperKind, Subject
from qinqing.enterprises import reads as enterprises
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused
from qinqing.ledger import reads as ledger
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.people.words import EVERYTHING_ROLES, Role

PAGE = 50
BESIDE = 5


@dataclass(frozen=True)
class Available:
    """Papers of one thing: what can be drawn up, what has been."""

    kinds: list[PaperKind]
    issued: list[Issue]


def of_case(by: Actor, case_id: int, at: datetime) -> Available:
    """Return the papers of a case the reader may see.

    Raises:
        NotFound: out of sight.
    """
    kinds: list[PaperKind] = []
    if rights.may(by.post, Right.ISSUE_PAPERS):
        kinds = list(case_papers.drafts(case_papers.matter(by, case_id, at)))
    issued = Issue.objects.filter(subject_kind=Subject.CASE.value, subject_key=str(case_id), town_id=by.town_id)
    return Available(kinds, list(issued.select_related("case", "enterprise")[:PAGE]))


def beside(by: Actor, subject: Subject, key: str, kinds: list[PaperKind]) -> Available:
    """Return what the page of a thing offers of papers: these kinds, if he draws up papers at all, and the latest ones. One query."""
    if not rights.may(by.post, Right.ISSUE_PAPERS):
        return Available([], [])
    issued = _visible(by).filter(subject_kind=subject.value, subject_key=key)
    if subject is Subject.TOWN:  # a month or a filter is the key of papers of several pages
        issued = issued.filter(kind__in=[kind.value for kind in kinds])
    return Available(kinds, list(issued.select_related("case", "enterprise")[:BESIDE]))


def latest(by: Actor, kind: PaperKind, subject: Subject, key: str) -> Issue | None:
    """Return the last paper of a kind about a thing in the reader's sight, if there is one."""
    return _visible(by).filter(subject_kind=subject.value, subject_key=key, kind=kind.value).first()


def register(by: Actor, *, kind: str = "", before: int = 0) -> list[Issue]:
    """Return the papers in the reader's sight, the latest first, one more than a page; `before` goes on after that id."""
    rows = _visible(by)
    if kind:
        rows = rows.filter(kind=kind)
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.select_related("case", "enterprise")[: PAGE + 1])


def issue_for(by: Actor, issue_id: int) -> Issue:
    """Return one paper of the register.

    Raises:
        NotFound: no such paper, or out of sight.
    """
    row = _visible(by).select_related("case", "enterprise").filter(pk=issue_id).first()
    if row is None:
        raise NotFound("没有找到这份文书，或不在您的查看范围内。")
    return row


def paper_of(row: Issue) -> Paper:
    """Return a paper as its ledger entry holds it, so that it can be drawn again exactly as it was.

    Raises:
        Refused: `paper_damaged`: the entry does not hold the paper the register names.
    """
    entry = ledger.entry(row.book, row.seq)
    paper = Paper.model_validate(entry.facts["paper"]) if entry is not None and "paper" in entry.facts else None
    if paper is None or paper.digest != row.digest:
        raise Refused("paper_damaged", "账目里的文书与登记的快照不一致，请先校验账本。")
    return paper


def _visible(by: Actor) -> QuerySet[Issue]:
    rows = Issue.objects.filter(town_id=by.town_id)
    if by.enterprise_id is not None:
        return rows.none()
    if by.post in EVERYTHING_ROLES:
        return rows
    mine = Q(case__isnull=True, office_id=by.office_id or 0)
    if by.post == Role.GRID_OFFICER:
        mine &= Q(enterprise__isnull=True) | Q(enterprise__in=enterprises.visible_to(by).values("pk"))
    return rows.filter(Q(case__in=cases.visible_to(by).values("pk")) | mine)
