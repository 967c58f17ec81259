"""Which papers there are of what: one row a kind of subject."""

from collections.abc import Callable

from qinqing.documents.drafts import book, cases, findings, lists, registers, standings, visits
from qinqing.documents.drafts.asked import Drafted, Request
from qinqing.documents.words import PaperKind, Subject
from qinqing.kernel.errors import NotFound

__all__ = ["DRAFTERS", "Drafted", "Request", "draft"]


def _of_case(asked: Request) -> Drafted:
    if not asked.key.isdecimal():
        raise NotFound("没有找到这件事项，或不在您的查看范围内。")
    about = cases.matter(asked.by, int(asked.key), asked.at, number=asked.number, as_of=asked.as_of)
    case = about.sheet.case
    return Drafted(cases.draft(about, asked.kind), ("case", case.pk), case.number, case.pk, case.enterprise_id)


OF_TOWN: dict[PaperKind, Callable[[Request], Drafted]] = {
    **registers.DRAFTS,
    PaperKind.BOOK: book.month,
    PaperKind.BULLETIN: standings.bulletin,
}
"""Papers of the whole town: what their key says (a month, a year, a filter) is the drafter's own business."""


def _of_town(asked: Request) -> Drafted:
    drafter = OF_TOWN.get(asked.kind)
    if drafter is None:
        raise NotFound(f"没有可以出具的{asked.kind.label}。")
    return drafter(asked)


DRAFTERS: dict[Subject, Callable[[Request], Drafted]] = {
    Subject.CASE: _of_case,
    Subject.FINDING: findings.draft,
    Subject.VISIT: visits.draft,
    Subject.COMMUNITY: lists.draft,
    Subject.TOWN: _of_town,
}


def draft(subject: Subject, asked: Request) -> Drafted:
    """Return the paper asked for, drawn up from what the reader may see.

    Raises:
        NotFound: nothing of that name in his sight, or it does not give this paper.
    """
    drafter = DRAFTERS.get(subject)
    if drafter is None:
        raise NotFound(f"没有可以出具的{asked.kind.label}。")
    return drafter(asked)
