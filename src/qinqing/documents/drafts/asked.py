"""What a drafter is asked for and what it gives back."""

from dataclasses import dataclass
from datetime import datetime

from qinqing.documents.paper import Paper
from qinqing.documents.words import PaperKind
from qinqing.kernel.actor import Actor


@dataclass(frozen=True)
class Request:
    """A paper that is asked for.

    Attributes:
        kind: which paper.
        key: of what: the id of the case or finding, the UUID of the visit, the id of a community, a month or a year of the town.
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
    """A paper and what it stands under in the ledger: kind, id and label of the subject; its case and its firm if it has one."""

    paper: Paper
    on: tuple[str, int]
    label: str
    case_id: int | None = None
    enterprise_id: int | None = None
