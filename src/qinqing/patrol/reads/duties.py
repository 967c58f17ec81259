"""应查、已查、未查: per community, grid and park, and the firms behind each figure. Coverage of firms, never a score of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.listing import leads
from qinqing.kernel.actor import Actor
from qinqing.patrol import policy
from qinqing.patrol.models import Duty
from qinqing.patrol.reads.visits import last_of
from qinqing.patrol.rules.periods import Span
from qinqing.patrol.words import OWED, DutyKind, DutyState

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise

PAGE = 50
_OPEN = [state.value for state in OWED]


@dataclass(frozen=True, slots=True)
class Narrow:
    """What a coverage is narrowed to; empty means not narrowed.

    `code` is a checklist's. `period` is a special period's ("national_day-2026-09-20"): then its extra visits are counted, else
    the ordinary ones of the quarter.
    """

    community_id: int | None = None
    grid_id: int | None = None
    park_id: int | None = None
    code: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Firms of one place: how many something is owed to, how many have all of it, how many not yet, how many are excused."""

    id: int | str
    name: str
    owed: int
    left: int
    excused: int

    @property
    def done(self) -> int:
        """Return how many firms have everything."""
        return self.owed - self.left


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty of a firm as shown."""

    code: str
    title: str
    kind: str
    period: str
    starts_on: date
    due_on: date
    state: str
    state_label: str
    got: int
    need: int
    done_on: date | None
    late_received: bool
    reason: str

    @property
    def is_owed(self) -> bool:
        """Say whether it is still to be done."""
        return self.state in _OPEN


@dataclass(frozen=True, slots=True)
class FirmLine:
    """One firm with what is owed to it."""

    id: int
    name: str
    community: str
    park: str
    officer: str
    last_on: date | None
    duties: tuple[DutyLine, ...]
    is_demo: bool

    @property
    def left(self) -> tuple[DutyLine, ...]:
        """Return what is still to be done."""
        return tuple(duty for duty in self.duties if duty.is_owed)


def totals(by: Actor, span: Span, narrow: Narrow, *, on: date) -> Coverage:
    """Return the coverage of everything a person may see in a quarter. One query. Source: 附2安-(3)b."""
    found = _counted(_of_span(by, span, narrow, on))
    return Coverage(0, "", found["owed"], found["left"], found["excused"])


def by_community(by: Actor, span: Span, narrow: Narrow, *, on: date) -> list[Coverage]:
    """Return one line per community that has firms with duties, in the plan's order. One query."""
    rows = _grouped(_of_span(by, span, narrow, on), "enterprise__community_id", "enterprise__community__short")
    return _lines(rows.order_by("enterprise__community__place", "key"))


def by_park(by: Actor, span: Span, narrow: Narrow, *, on: date) -> list[Coverage]:
    """Return one line per park, in the plan's order. One query. Source: 二(三)-4."""
    rows = _of_span(by, span, narrow, on).filter(enterprise__park__isnull=False)
    return _lines(
        _grouped(rows, "enterprise__park_id", "enterprise__park__name").order_by("enterprise__park__place", "key")
    )


def by_grid(by: Actor, span: Span, narrow: Narrow, *, on: date) -> list[Coverage]:
    """Return one line per grid of a community, by the officers in force on a day. One query. Source: 二(一)-4."""
    rows = _of_span(by, span, narrow, on).filter(_led(on))
    return _lines(
        _grouped(rows, "enterprise__liaisons__grid_id", "enterprise__liaisons__grid__name").order_by(
            "enterprise__liaisons__grid__place", "key"
        )
    )


def by_period(by: Actor, span: Span, narrow: Narrow, *, on: date) -> list[Coverage]:
    """Return one line per special period that has begun and touches a quarter; its key is the period's code. One query.

    Source: 附2安-(3)b.
    """
    begun = policy.duties_visible_to(by).filter(
        kind=DutyKind.PERIOD.value, starts_on__lte=min(on, span.due_on), due_on__gte=span.starts_on
    )
    return _lines(_grouped(_placed(begun, narrow, on), "period", "period_title").order_by("key"))


def _of_span(by: Actor, span: Span, narrow: Narrow, on: date) -> QuerySet[Duty]:
    """Return the ordinary visit duties that fall due in a quarter; or the extra ones of a special period."""
    rows = policy.duties_visible_to(by)
    if narrow.period:
        rows = rows.filter(kind=DutyKind.PERIOD.value, period=narrow.period)
    else:
        rows = rows.filter(kind=DutyKind.CHECKLIST.value, due_on__range=(span.starts_on, span.due_on))
    return _placed(rows, narrow, on)


def _placed(rows: QuerySet[Duty], narrow: Narrow, on: date) -> QuerySet[Duty]:
    if narrow.community_id is not None:
        rows = rows.filter(enterprise__community_id=narrow.community_id)
    if narrow.park_id is not None:
        rows = rows.filter(enterprise__park_id=narrow.park_id)
    if narrow.grid_id is not None:
        rows = rows.filter(_led(on), enterprise__liaisons__grid_id=narrow.grid_id)
    if narrow.code:
        rows = rows.filter(code=narrow.code)
    return rows


def _led(on: date, at: str = "enterprise__liaisons__") -> Q:
    """Match firms by their lead tie of a day. The ties belong to the grids; the reverse name reaches them."""
    still = Q(**{f"{at}ends_on__isnull": True}) | Q(**{f"{at}ends_on__gte": on})
    return still & Q(**{f"{at}rank": "lead", f"{at}starts_on__lte": on})


_OWED = ~Q(state=DutyState.EXCUSED.value)
_FIGURES = {
    "owed": Count("enterprise_id", filter=_OWED, distinct=True),
    "left": Count("enterprise_id", filter=Q(state__in=_OPEN), distinct=True),
    "every": Count("enterprise_id", distinct=True),
}


def _counted(rows: QuerySet[Duty]) -> dict[str, int]:
    found = rows.aggregate(**_FIGURES)
    return {**found, "excused": found["every"] - found["owed"]}


def _grouped(rows: QuerySet[Duty], key: str, name: str):  # type: ignore[no-untyped-def]
    return rows.order_by().values(key=F(key), name=F(name)).annotate(**_FIGURES)


def _lines(rows: Iterable[dict[str, Any]]) -> list[Coverage]:
    return [
        Coverage(
            row["key"] or 0,
            row["name"] or "未归属",
            row["owed"],
            row["left"],
            row["every"] - row["owed"],
        )
        for row in rows
    ]


STANDS = {"left": "未查", "done": "已查", "excused": "免查"}
"""How the firms of a coverage can be told apart."""


@dataclass(frozen=True, slots=True)
class FirmPage:
    """One page of firms; `after` is the cursor of the next one, 0 on the last."""

    rows: list[FirmLine]
    after: int


def firms(
    by: Actor, span: Span, narrow: Narrow, *, on: date, stand: str = "", after: int = 0, size: int = PAGE
) -> FirmPage:
    """Return the firms behind a figure, in the order of the enterprise list, `size` at a time. Five queries.

    `after` goes on after the firm with that number. `stand` is a key of `STANDS`, "" for all.
    """
    owed = _of_span(by, span, narrow, on).filter(enterprise_id=OuterRef("pk"))
    rows = enterprises.visible_to(by).filter(Exists(owed))
    if stand == "left":
        rows = rows.filter(Exists(owed.filter(state__in=_OPEN)))
    elif stand == "done":
        rows = rows.filter(~Exists(owed.filter(state__in=_OPEN)), Exists(owed.filter(_OWED)))
    elif stand == "excused":
        rows = rows.filter(~Exists(owed.filter(_OWED)))
    if after:
        rows = _behind(rows, after)
    found = list(rows.select_related("community", "park").order_by("initials", "pk")[: size + 1])
    shown = found[:size]
    duties = _of_span(by, span, narrow, on).filter(enterprise_id__in=[firm.pk for firm in shown])
    return FirmPage(firm_lines(shown, duties), shown[-1].pk if len(found) > size else 0)


def _behind(rows: "QuerySet[Enterprise]", after: int) -> "QuerySet[Enterprise]":
    last = rows.model._default_manager.filter(pk=after).values_list("initials", flat=True).first()
    return rows if last is None else rows.filter(Q(initials__gt=last) | Q(initials=last, pk__gt=after))


def firm_lines(shown: "list[Enterprise]", duties: QuerySet[Duty]) -> list[FirmLine]:
    """Return firms with what is owed to them. Three queries."""
    ids = [firm.pk for firm in shown]
    by_firm: dict[int, list[DutyLine]] = {}
    for duty in duties.order_by("kind", "due_on", "code"):
        by_firm.setdefault(duty.enterprise_id, []).append(line_of(duty))
    officers, last = leads(ids), last_of(ids)
    return [
        FirmLine(
            id=firm.pk,
            name=firm.name,
            community=firm.community.short if firm.community else "",
            park=firm.park.name if firm.park else "",
            officer=officers.get(firm.pk, ""),
            last_on=last.get(firm.pk),
            duties=tuple(by_firm.get(firm.pk, [])),
            is_demo=firm.is_demo,
        )
        for firm in shown
    ]


def line_of(duty: Duty) -> DutyLine:
    """Return a duty as shown."""
    return DutyLine(
        code=duty.code,
        title=duty.title,
        kind=duty.kind,
        period=duty.period_title,
        starts_on=duty.starts_on,
        due_on=duty.due_on,
        state=duty.state,
        state_label=DutyState.label_of(duty.state),
        got=duty.got,
        need=duty.need,
        done_on=duty.fulfilled_on,
        late_received=duty.late_received,
        reason=duty.excused_reason,
    )


def meetings(by: Actor, year: int, *, short_only: bool = True) -> QuerySet[Duty]:
    """Return the meeting duties of a year, firms short of their number only unless told otherwise. Source: 附2安-(4)a."""
    rows = policy.duties_visible_to(by).filter(kind=DutyKind.MEETING.value, period=str(year))
    rows = rows.filter(state__in=_OPEN) if short_only else rows
    return rows.select_related("enterprise").order_by("enterprise__initials", "enterprise_id")


def codes_owed(enterprise_id: int, on: date) -> list[str]:
    """Return the codes of the checklists still owed to a firm on a day; whoever calls has checked the scope."""
    rows = Duty.objects.filter(enterprise_id=enterprise_id, state__in=_OPEN, starts_on__lte=on, due_on__gte=on)
    return sorted(set(rows.exclude(code="").values_list("code", flat=True)))
