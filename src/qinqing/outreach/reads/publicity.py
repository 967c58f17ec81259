"""宣传: the library, batches with their coverage, receipts, what an enterprise has to read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q

from qinqing.evidence import reads as evidence
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.outreach import policy
from qinqing.outreach.models import Batch, Material, Receipt
from qinqing.outreach.rules.publicity import Coverage
from qinqing.outreach.words import RECEIVED, Line, MaterialKind, ReceiptWay
from qinqing.people import rights
from qinqing.people.rights import Right

if TYPE_CHECKING:
    from qinqing.evidence.reads import Photo

PAGE = 30
RECEIPTS = 100


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """A material of the library."""

    id: int
    title: str
    kind: str
    line: str
    by_name: str
    at: datetime
    is_withdrawn: bool
    files: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch on a list; `coverage` counts the receipts the person reads."""

    id: int
    title: str
    line: str
    whom: str
    by_name: str
    at: datetime
    due_on: date | None
    is_closed: bool
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One enterprise of a batch."""

    id: int
    enterprise_id: int
    enterprise: str
    community: str
    way: str
    label: str
    name: str
    by_name: str
    at: datetime | None
    photos: "tuple[Photo, ...]"

    @property
    def is_waiting(self) -> bool:
        """Say whether it has not answered."""
        return self.way == ReceiptWay.WAITING


@dataclass(frozen=True, slots=True)
class Paper:
    """A material with its words and files."""

    id: int
    title: str
    kind: str
    text: str
    files: "tuple[Photo, ...]"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One batch with its materials."""

    batch: Batch
    line: str
    papers: tuple[Paper, ...]
    coverage: Coverage
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ToRead:
    """What was sent to one enterprise."""

    batch_id: int
    title: str
    note: str
    by_name: str
    at: datetime
    due_on: date | None
    way: str
    label: str


def materials(by: Actor, *, before: int = 0, all_: bool = False) -> list[MaterialLine]:
    """Return a page of the library and one more, newest first; withdrawn ones only on request. Staff only."""
    if by.enterprise_id is not None or not rights.may(by.post, Right.READ_OUTREACH):
        return []
    rows = Material.objects.filter(town_id=by.town_id)
    if not all_:
        rows = rows.filter(withdrawn_at__isnull=True)
    if before:
        rows = rows.filter(pk__lt=before)
    return [
        MaterialLine(
            row.pk,
            row.title,
            MaterialKind.label_of(row.kind),
            Line.label_of(row.line),
            row.by_name,
            row.at,
            row.withdrawn_at is not None,
            len(row.attachments),
            row.office_id is not None and row.office_id == by.office_id,
        )
        for row in rows[: PAGE + 1]
    ]


def material(by: Actor, material_id: int) -> Paper:
    """Return a material: staff any of the town's, an enterprise those that were sent to it.

    Raises:
        NotFound: no such material, or not one he may read.
    """
    rows = Material.objects.filter(pk=material_id, town_id=by.town_id)
    if by.enterprise_id is not None or not rights.may(by.post, Right.READ_OUTREACH):
        rows = rows.filter(batches__in=policy.batches_visible_to(by).values("pk"))
    row = rows.first()
    if row is None:
        raise NotFound(policy.NOT_FOUND)
    return _paper(row)


def file_of(by: Actor, material_id: int, attachment_id: UUID) -> "Photo":
    """Return a file of a material the person may read.

    Raises:
        NotFound: no such file, or not one he may read.
    """
    found = next((one for one in material(by, material_id).files if one.id == attachment_id and one.is_here), None)
    if found is None:
        raise NotFound(policy.NOT_FOUND)
    return found


def _paper(row: Material) -> Paper:
    return Paper(row.pk, row.title, MaterialKind.label_of(row.kind), row.text, tuple(evidence.photos(row.attachments)))


def batches(by: Actor, *, before: int = 0) -> list[BatchLine]:
    """Return a page of batches a person reads and one more, newest first, each with its coverage. Two queries."""
    rows = policy.batches_visible_to(by)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    covered = _coverages(by, [row.pk for row in found])
    return [
        BatchLine(
            row.pk,
            row.title,
            Line.label_of(row.line),
            row.whom,
            row.by_name,
            row.at,
            row.due_on,
            row.closed_at is not None,
            covered.get(row.pk, Coverage(0, 0, 0)),
        )
        for row in found
    ]


def _coverages(by: Actor, batch_ids: list[int]) -> dict[int, Coverage]:
    received = Q(way__in=sorted(str(way) for way in RECEIVED))
    rows = (
        policy.receipts_visible_to(by)
        .filter(batch__in=batch_ids)
        .values_list("batch_id")
        .annotate(
            total=Count("id"),
            received=Count("id", filter=received),
            refused=Count("id", filter=Q(way=ReceiptWay.REFUSED.value)),
        )
        .order_by()
    )
    return {batch: Coverage(total, got, refused) for batch, total, got, refused in rows}


def batch(by: Actor, batch_id: int) -> Sheet:
    """Return a batch a person reads.

    Raises:
        NotFound: no such batch, or not one of his.
    """
    row = policy.batches_visible_to(by).filter(pk=batch_id).first()
    if row is None:
        raise NotFound(policy.NOT_FOUND)
    return Sheet(
        batch=row,
        line=Line.label_of(row.line),
        papers=tuple(_paper(one) for one in row.materials.order_by("id")),
        coverage=_coverages(by, [row.pk]).get(row.pk, Coverage(0, 0, 0)),
        is_mine=by.office_id is not None and row.office_id == by.office_id and rights.may(by.post, Right.ARRANGE),
    )


def receipts(by: Actor, batch_id: int, *, way: str | None = None, after: int = 0) -> list[ReceiptLine]:
    """Return a page of a batch's receipts that a person reads and one more; of one way if given, by id after one."""
    rows = policy.receipts_visible_to(by).filter(batch_id=batch_id, pk__gt=after)
    if way is not None:
        rows = rows.filter(way=way)
    return [
        ReceiptLine(
            row.pk,
            row.enterprise_id,
            row.enterprise.name,
            row.enterprise.community.short if row.enterprise.community else "",
            row.way,
            ReceiptWay.label_of(row.way),
            row.name,
            row.by_name,
            row.at,
            tuple(evidence.photos(row.attachments)) if row.attachments else (),
        )
        for row in rows.select_related("enterprise__community")[: RECEIPTS + 1]
    ]


def sent_to(by: Actor, *, before: int = 0, waiting_only: bool = False) -> list[ToRead]:
    """Return what was sent to the person's enterprise and one more, newest first."""
    rows = Receipt.objects.filter(enterprise_id=by.enterprise_id or 0, enterprise__in=policy.firm_ids(by))
    if waiting_only:
        rows = rows.filter(way=ReceiptWay.WAITING.value, batch__closed_at__isnull=True)
    if before:
        rows = rows.filter(batch_id__lt=before)
    return [
        ToRead(
            row.batch_id,
            row.batch.title,
            row.batch.note,
            row.batch.by_name,
            row.batch.at,
            row.batch.due_on,
            row.way,
            ReceiptWay.label_of(row.way),
        )
        for row in rows.select_related("batch").order_by("-batch_id")[: PAGE + 1]
    ]
