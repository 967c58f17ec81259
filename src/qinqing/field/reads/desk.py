"""What the office sees: phones and how they stand, records that need somebody, each with the next thing to do.

Lists begin from what the person may see (`policy.within`) and are read by key, newest first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Sum

from qinqing.evidence import reads as evidence
from qinqing.field import policy
from qinqing.field.models import Conflict, Device, Loss, Receipt, Record
from qinqing.field.words import DeviceState, Kind, Taking, Whole
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound

if TYPE_CHECKING:
    from qinqing.evidence.reads import Photo

PAGE = 50
SETTLING = timedelta(minutes=15)
"""How long photos may be on their way before anybody is bothered."""
SILENT = timedelta(days=3)
"""How long a phone with something on it may say nothing before it is shown as silent."""
_OPEN = Q(found_at__isnull=True, handled_at__isnull=True)
Row = TypeVar("Row", Record, Device, Conflict, Loss)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `older` asks for the next, "" on the last."""

    rows: Sequence[Any]
    older: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each are waiting; counted up to a hundred, which is enough to know that it is many."""

    needs: int
    incomplete: int
    conflicts: int
    losses: int

    @property
    def total(self) -> int:
        """Return all of them together."""
        return self.needs + self.incomplete + self.conflicts + self.losses


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """The phones of one office: how many, what is still on them, what was lost."""

    office_id: int
    office: str
    devices: int
    pending: int
    losses: int
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record on a list, what is questionable, and what to do next."""

    id: UUID
    kind: str
    who: str
    office: str
    enterprise: str
    made_at: datetime
    received_at: datetime
    flags: tuple[str, ...]
    taking: str
    missing: int
    next_step: str


def offices(by: Actor) -> list[OfficeLine]:
    """Return the offices whose phones this person sees, in the plan's order."""
    rows = policy.within(Device.objects.all(), by).order_by("office__place", "office_id")
    found = rows.values("office_id", "office__name").annotate(
        devices=Count("pk", filter=Q(state=DeviceState.ACTIVE.value)), pending=Sum("pending_count"), seen=Max("seen_at")
    )
    lost = dict(
        policy.within(Loss.objects.filter(_OPEN), by).order_by().values_list("office_id").annotate(total=Count("pk"))
    )
    return [
        OfficeLine(
            one["office_id"],
            one["office__name"],
            one["devices"],
            one["pending"] or 0,
            lost.get(one["office_id"], 0),
            one["seen"],
        )
        for one in found
    ]


def devices(by: Actor, *, office_id: int = 0, revoked: bool = False, before: str = "") -> Page:
    """Return phones, last heard of first; those with open losses say so (`losses`)."""
    rows = policy.within(Device.objects.select_related("account", "office").defer("pending", "storage"), by)
    rows = rows.filter(state=DeviceState.REVOKED.value) if revoked else rows.exclude(state=DeviceState.REVOKED.value)
    if office_id:
        rows = rows.filter(office_id=office_id)
    opened = Count("losses", filter=Q(losses__found_at__isnull=True, losses__handled_at__isnull=True))
    return _page(rows.annotate(lost=opened), "seen_at", before)


def device(by: Actor, device_id: UUID) -> Device:
    """Return a phone this person may see.

    Raises:
        NotFound: none, or not one of his.
    """
    found = policy.within(Device.objects.select_related("account", "office"), by).filter(pk=device_id).first()
    if found is None:
        raise NotFound("没有这台设备，或不在您的查看范围内。")
    return found


def losses_of(device_id: UUID) -> list[Loss]:
    """Return what a phone lost and nobody has dealt with; whoever calls has checked the scope."""
    return list(Loss.objects.filter(_OPEN, device_id=device_id)[:PAGE])


def counts(by: Actor, *, at: datetime) -> Counts:
    """Return how much waits for this person's eyes, each up to a hundred."""
    waiting = (_needing(by), _incomplete(by, at), _conflicts(by), _losses(by))
    needs, incomplete, conflicts, losses = (len(rows.order_by().values_list("pk")[:100]) for rows in waiting)
    return Counts(needs, incomplete, conflicts, losses)


def needing(by: Actor, *, before: str = "") -> Page:
    """Return records somebody should look at, newest first."""
    return _record_page(_needing(by), before)


def incomplete(by: Actor, *, at: datetime, before: str = "") -> Page:
    """Return records whose attachments have not all come, though there was time."""
    return _record_page(_incomplete(by, at), before)


def recent(by: Actor, *, before: str = "") -> Page:
    """Return everything that came in, newest first."""
    return _record_page(policy.within(Record.objects.all(), by), before)


def conflicts(by: Actor, *, before: str = "") -> Page:
    """Return copies that differ from what had come before under the same id."""
    rows = _conflicts(by).select_related("account", "office", "record__enterprise", "record__account")
    return _page(rows.defer("body", "record__body"), "at", before)


def losses(by: Actor, *, before: str = "") -> Page:
    """Return what phones lost."""
    return _page(_losses(by).select_related("account", "office", "device"), "noticed_at", before, key="record")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A record with everything that belongs to it."""

    record: Record
    kind: str
    photos: "tuple[Photo, ...]"
    conflicts: tuple[Conflict, ...]
    amendments: tuple[Record, ...]
    amended: Record | None
    loss: Loss | None
    receipt: Receipt | None
    next_step: str


def sheet(by: Actor, record_id: UUID) -> Sheet:
    """Return a record this person may see, with attachments, differing copies, corrections and receipt.

    Raises:
        NotFound: none, or not one of his.
    """
    rows = policy.within(Record.objects.select_related("account", "office", "enterprise", "device", "receipt"), by)
    row = rows.filter(pk=record_id).first()
    if row is None:
        raise NotFound("没有这条现场记录，或不在您的查看范围内。")
    photos = tuple(evidence.of_records([row.pk]).get(row.pk, ()))
    missing = sum(not one.is_here for one in photos)
    related = Record.objects.select_related("account")
    return Sheet(
        record=row,
        kind=Kind.label_of(row.kind),
        photos=photos,
        conflicts=tuple(Conflict.objects.filter(record_id=row.pk).select_related("account", "office")),
        amendments=tuple(related.filter(amends=row.pk).order_by("received_at")),
        amended=related.filter(pk=row.amends).first() if row.amends else None,
        loss=Loss.objects.filter(pk=row.pk).first(),
        receipt=getattr(row, "receipt", None),
        next_step=next_step(row, missing),
    )


def by_receipt(by: Actor, number: int) -> Receipt | None:
    """Return a receipt by its number in the actor's town, if he may see its record."""
    seen = policy.within(Record.objects.all(), by)
    rows = Receipt.objects.filter(town_id=by.town_id, no=number, record__in=seen.values("pk"))
    return rows.select_related("record__account", "record__enterprise").defer("record__body").first()


def amendments_of(record_id: UUID) -> list[Record]:
    """Return the corrections of a record, oldest first; whoever calls has checked the scope of what it became."""
    rows = Record.objects.filter(amends=record_id).select_related("account")
    return list(rows.order_by("received_at"))


def receipts_of(record_ids: Iterable[UUID]) -> dict[UUID, Receipt]:
    """Return the receipts of records by id, for pages and papers of what they became."""
    return Receipt.objects.in_bulk(list(record_ids))


def next_step(row: Record, missing: int) -> str:
    """Return what somebody of the office should do about a record; "" where there is nothing."""
    if row.handled_at is None and row.needs:
        return _STEPS.get(Taking(row.taking), "核实标出的疑点后，写明处理情况。")
    if row.whole == Whole.STORED:
        what = f"还缺{missing}个附件" if missing else "附件清单有误，无法收齐"
        return f"{what}：请{row.by_name}在原来的手机上打开现场端继续上传。"
    return ""


_STEPS = {
    Taking.REVIEW: "向本人确认后补登；不是本人所为的，写明处理情况。",
    Taking.REFUSED: "按标出的原因改好相关资料后补登，或写明处理情况。",
    Taking.UNREADABLE: "看原文，人工补录后写明处理情况。",
    Taking.UNKNOWN: "系统升级后补登。",
}


def _needing(by: Actor) -> QuerySet[Record]:
    return policy.within(Record.objects.filter(needs=True, handled_at__isnull=True), by)


def _incomplete(by: Actor, at: datetime) -> QuerySet[Record]:
    rows = Record.objects.filter(whole=Whole.STORED.value, received_at__lt=at - SETTLING)
    return policy.within(rows.filter(handled_at__isnull=True), by)


def _conflicts(by: Actor) -> QuerySet[Conflict]:
    return policy.within(Conflict.objects.filter(handled_at__isnull=True), by)


def _losses(by: Actor) -> QuerySet[Loss]:
    return policy.within(Loss.objects.filter(_OPEN), by)


def _record_page(rows: QuerySet[Record], before: str) -> Page:
    found = _page(rows.select_related("account", "office", "enterprise").defer("body"), "received_at", before)
    brought = evidence.of_records([row.pk for row in found.rows if row.whole == Whole.STORED])
    lines = []
    for row in found.rows:
        missing = sum(not one.is_here for one in brought.get(row.pk, ()))
        lines.append(
            RecordLine(
                id=row.pk,
                kind=Kind.label_of(row.kind),
                who=row.by_name,
                office=row.office.short if row.office else "",
                enterprise=row.enterprise.name if row.enterprise else "",
                made_at=row.made_at,
                received_at=row.received_at,
                flags=tuple(one["words"] for one in row.flags),
                taking=row.taking,
                missing=missing,
                next_step=next_step(row, missing),
            )
        )
    return Page(lines, found.older)


def _page(rows: QuerySet[Row], moment: str, before: str, *, key: str = "pk") -> Page:
    """Return a page of rows, newest first by a moment and then by key, behind a mark `<microseconds>-<key>`."""
    mark = _mark_of(before)
    if mark is not None:
        at, last = mark
        rows = rows.filter(Q(**{f"{moment}__lt": at}) | Q(**{moment: at, f"{key}__lt": last}))
    found = list(rows.order_by(f"-{moment}", f"-{key}")[: PAGE + 1])
    if len(found) <= PAGE:
        return Page(found, "")
    end = found[PAGE - 1]
    micros = int(getattr(end, moment).timestamp() * 1_000_000)
    return Page(found[:PAGE], f"{micros}-{end.pk}")


def _mark_of(raw: str) -> tuple[datetime, UUID] | None:
    micros, _, key = raw.partition("-")
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(micros)), UUID(key)
    except (ValueError, OverflowError):
        return None
