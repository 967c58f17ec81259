"""What goes over the wire: moments are ISO 8601 with +08:00, ids are numbers, codes are the table's."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

BIGGEST = 2**63 - 1
Id = Annotated[int, Field(ge=1, le=BIGGEST)]


class Trouble(Schema):
    """Why not: a stable code, a 中文 sentence to act on, the input it belongs to ("" for none)."""

    code: str
    sentence: str
    field: str = ""


class Me(Schema):
    """For whom this token speaks."""

    name: str
    post: str
    post_label: str
    office_id: int | None
    office: str
    town: str


class LampOut(Schema):
    """How much time is left: a tone (ok soon late calm) and the words for it."""

    tone: str
    words: str


class CaseLine(Schema):
    """A case as one line of the book."""

    id: int
    number: str
    kind: str
    title: str
    enterprise: str
    enterprise_id: int
    community: str
    park: str
    source: str
    topic: str
    office: str
    handler: str
    state: str
    state_label: str
    lamp: LampOut
    submitted_at: datetime
    due_at: datetime
    provisional: bool
    answered_at: datetime | None
    ended_at: datetime | None
    outcome: str
    satisfaction: str
    is_key: bool


class CasePage(Schema):
    """A page of the book; `next` and `previous` are cursors, "" where there is none."""

    cases: list[CaseLine]
    next: str
    previous: str


class TaskOut(Schema):
    """One office's share of a case."""

    id: int
    case_id: int
    office: str
    part: str
    state: str
    handler: str
    what: str
    guidance: str
    offered_at: datetime
    sign_due_at: datetime
    signed_at: datetime | None
    due_at: datetime
    done_at: datetime | None


class OptionOut(Schema):
    """One choice of an input."""

    value: str | int
    label: str
    hint: str


class NeedOut(Schema):
    """One input of a press."""

    name: str
    label: str
    ask: str
    required: bool
    options: list[OptionOut]


class OfferOut(Schema):
    """One press that is open to this post now."""

    verb: str
    label: str
    clause: str
    task_id: int | None
    needs: list[NeedOut]


class EntryOut(Schema):
    """One entry of the ledger."""

    book: str
    seq: int
    subject_kind: str
    subject_id: int
    subject_seq: int
    label: str
    at: datetime
    kind: str
    verb: str
    sentence: str
    clause: str
    actor_name: str
    office_name: str
    previous: str
    digest: str
    algorithm: str


class CaseOut(Schema):
    """One case with its tasks, its entries and what may be pressed."""

    line: CaseLine
    text: str
    tasks: list[TaskOut]
    entries: list[EntryOut]
    offers: list[OfferOut]
    due_explained: list[str]


class Submission(Schema):
    """A demand brought in."""

    enterprise_id: Id
    text: Annotated[str, Field(max_length=10_000)]
    title: Annotated[str, Field(max_length=80)] = ""
    topic: Annotated[str, Field(max_length=40)] = ""
    told_at: datetime | None = None
    files: Annotated[list[str], Field(max_length=9)] = []


class Finding(Schema):
    """A suspected problem brought in."""

    enterprise_id: Id
    text: Annotated[str, Field(max_length=10_000)]
    topic: Annotated[str, Field(max_length=40)]
    title: Annotated[str, Field(max_length=80)] = ""
    severity: Annotated[str, Field(max_length=10)] = "general"
    place: Annotated[str, Field(max_length=120)] = ""
    several_offices: bool = False
    stop_whom: Annotated[str, Field(max_length=60)] = ""
    stop_at: datetime | None = None
    stop_way: Annotated[str, Field(max_length=30)] = ""
    stop_response: Annotated[str, Field(max_length=12)] = ""
    stop_why_not: Annotated[str, Field(max_length=200)] = ""
    files: Annotated[list[str], Field(max_length=9)] = []


class FileReceipt(Schema):
    """A file that was taken; `receipt` names it in a press or a submission, within a day."""

    receipt: str
    name: str
    size: int
    mime: str
    digest: str


class EnterpriseLine(Schema):
    """One firm on a list; phones stay masked."""

    id: int
    name: str
    short: str
    number: str
    community: str
    park: str
    status: str
    scale_label: str
    is_key: bool
    address: str
    contact: str
    phone_mask: str


class EnterprisePage(Schema):
    """A page of firms in pinyin order; `after` is the cursor of the next, "" on the last."""

    enterprises: list[EnterpriseLine]
    after: str


class Item(Schema):
    """One agreed item of a consultation: which office does what in how many working days."""

    office: Id
    what: Annotated[str, Field(max_length=500)]
    days: Annotated[int, Field(ge=1, le=10)]


WIRE: dict[str, Any] = {
    "line": str,
    "long": str,
    "choice": str | int,
    "choices": list[str | int],
    "date": date,
    "moment": datetime,
    "yes": bool,
    "files": list[str],
    "items": list[Item],
}
"""The type of each sort of answer (`cases.needs.Ask`) on the wire."""
