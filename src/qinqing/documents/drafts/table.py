"""Which papers there are of what: one row a kind of subject."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from qinqing.documents.drafts import cases
from qinqing.documents.paper import Paper
from qinqing.documents.words import PaperKind, Subject
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound


@dataclass(frozen=True)
class Request:
    """A paper that is asked for.

    Attributes:
        kind: which paper.
        key: of what: the id of the case, the UUID of the visit or finding, a year or a quarter of the town.
        by, at: for whom and when.
        number: its number, "" while it has none.
        as_of: what its foot says of the ledger.
    """

    kind: PaperKind
    key: str
    by: Actor
    at: datetime
    number: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class Drafted:
    """A paper and what it stands under in the ledger: kind, id and label of the subject; its case if it has one."""

    paper: Paper
    on: tuple[str, int]
    label: str
    case_id: int | None = None


def _of_case(asked: Request) -> Drafted:
    if not asked.key.isdecimal():
        raise NotFound("没有找到这件事项，或不在您的查看范围内。")
    about = cases.matter(asked.by, int(asked.key), asked.at, number=asked.number, as_of=asked.as_of)
    case = about.sheet.case
    return Drafted(cases.draft(about, asked.kind), ("case", case.pk), case.number, case.pk)


DRAFTERS: dict[Subject, Callable[[Request], Drafted]] = {
    Subject.CASE: _of_case,
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
