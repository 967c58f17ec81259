"""减排通知: the list, one alert with its enterprises in the order to call them, what an enterprise has to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.listing import leads
from qinqing.evidence import reads as evidence
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused
from qinqing.outreach import policy
from qinqing.outreach.models import Alert, AlertFirm, AlertReply
from qinqing.outreach.rules.alerts import Tally, calling_order, is_overdue, tally
from qinqing.outreach.words import UNTOLD, AlertState, Source
from qinqing.plan import reads as plans
from qinqing.plan.field_spec import HOUSE

if TYPE_CHECKING:
    from qinqing.evidence.reads import Photo

PAGE = 30


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert on a list; `tally` counts the enterprises the person reads."""

    id: int
    level: str
    level_name: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    is_over: bool
    tally: Tally


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """Something that became known."""

    label: str
    source: str
    note: str
    by_name: str
    happened_at: datetime
    photos: "tuple[Photo, ...]"


@dataclass(frozen=True, slots=True)
class FirmLine:
    """An enterprise of an alert, with whom to call."""

    enterprise_id: int
    enterprise: str
    community: str
    officer: str
    measures: str
    state: str
    state_label: str
    is_overdue: bool
    is_untold: bool
    told_at: datetime | None
    in_place_at: datetime | None
    contact_id: int | None
    contact: str
    phone_mask: str
    replies: tuple[ReplyLine, ...]


@dataclass(frozen=True)
class Sheet:
    """One alert with its enterprises, those to be called first on top."""

    alert: Alert
    firms: tuple[FirmLine, ...]
    tally: Tally
    hours: int
    may_lift: bool
    may_reply: bool


@dataclass(frozen=True, slots=True)
class OwnAlert:
    """An alert as the enterprise itself sees it."""

    id: int
    level: str
    level_name: str
    title: str
    number: str
    measures: str
    own_measures: str
    starts_at: datetime
    ends_at: datetime | None
    lifted_at: datetime | None
    state: str
    told_at: datetime | None
    in_place_at: datetime | None

    @property
    def asks(self) -> bool:
        """Say whether the enterprise has something to confirm."""
        return self.lifted_at is None and self.state != AlertState.IN_PLACE


def levels(book: str) -> list[tuple[str, str]]:
    """Return (code, 中文) of the plan's levels and controls."""
    try:
        return [(one.code, one.name) for one in plans.current(book).alert_levels]
    except Refused:
        return []


def hours(book: str) -> int:
    """Return within how many hours every enterprise should know. Source: 附2环-(5)."""
    try:
        return plans.current(book).patrol.emission_reply.value
    except Refused:
        return HOUSE.emission_reply.value


def listing(by: Actor, *, now: datetime, before: int = 0) -> list[AlertLine]:
    """Return a page of alerts a person reads and one more, newest first. Two queries and the scope."""
    rows = policy.alerts_visible_to(by)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    states: dict[int, list[str]] = {}
    for alert, state in policy.alert_firms_visible_to(by).filter(alert__in=found).values_list("alert_id", "state"):
        states.setdefault(alert, []).append(state)
    within = hours(by.book)
    return [
        AlertLine(
            row.pk,
            row.level,
            row.level_name,
            row.title,
            row.starts_at,
            row.ends_at,
            row.lifted_at is not None,
            tally(states.get(row.pk, []), row.at, row.lifted_at or now, within),
        )
        for row in found
    ]


def sheet(by: Actor, alert_id: int, *, now: datetime) -> Sheet:
    """Return an alert a person reads, with the enterprises he reads: not told first, those overdue before all.

    Raises:
        NotFound: no such alert, or not one of his.

    Source: 附2环-(5).
    """
    alert = policy.alerts_visible_to(by).filter(pk=alert_id).first()
    if alert is None:
        raise NotFound(policy.NOT_FOUND)
    rows = list(
        policy.alert_firms_visible_to(by)
        .filter(alert=alert)
        .select_related("enterprise__community")
        .prefetch_related(Prefetch("replies", AlertReply.objects.order_by("-happened_at", "-id")))
    )
    within, since = hours(by.book), alert.at
    at = alert.lifted_at or now
    officers = leads([row.enterprise_id for row in rows])
    contacts = enterprises.main_contacts([row.enterprise_id for row in rows])
    lines = [_firm(row, officers, contacts, since, at, within) for row in rows]
    lines.sort(key=lambda line: (calling_order(line.state), line.community, line.enterprise_id))
    return Sheet(
        alert=alert,
        firms=tuple(lines),
        tally=tally([row.state for row in rows], since, at, within),
        hours=within,
        may_lift=alert.lifted_at is None and policy.may_start_alert(by),
        may_reply=alert.lifted_at is None and policy.may_reply(by),
    )


def _firm(
    row: AlertFirm,
    officers: dict[int, str],
    contacts: "dict[int, enterprises.ContactLine]",
    since: datetime,
    now: datetime,
    within: int,
) -> FirmLine:
    contact = contacts.get(row.enterprise_id)
    return FirmLine(
        enterprise_id=row.enterprise_id,
        enterprise=row.enterprise.name,
        community=row.enterprise.community.short if row.enterprise.community else "",
        officer=officers.get(row.enterprise_id, ""),
        measures=row.measures,
        state=row.state,
        state_label=AlertState.label_of(row.state),
        is_overdue=is_overdue(row.state, since, now, within),
        is_untold=row.state in UNTOLD,
        told_at=row.told_at,
        in_place_at=row.in_place_at,
        contact_id=contact.id if contact else None,
        contact=contact.name if contact else "",
        phone_mask=contact.phone_mask if contact else "",
        replies=tuple(
            ReplyLine(
                AlertState.label_of(one.state),
                Source.label_of(one.source),
                one.note,
                one.by_name,
                one.happened_at,
                tuple(evidence.photos(one.attachments)) if one.attachments else (),
            )
            for one in row.replies.all()
        ),
    )


def own(by: Actor, *, open_only: bool = False) -> list[OwnAlert]:
    """Return the alerts of the person's enterprise, newest first, at most 30."""
    rows = policy.alert_firms_visible_to(by).filter(enterprise_id=by.enterprise_id or 0).select_related("alert")
    if open_only:
        rows = rows.filter(alert__lifted_at__isnull=True)
    return [_own(row) for row in rows.order_by("-alert_id")[:PAGE]]


def own_alert(by: Actor, alert_id: int) -> OwnAlert:
    """Return one alert of the person's enterprise.

    Raises:
        NotFound: his enterprise is not on its list.
    """
    row = (
        policy.alert_firms_visible_to(by)
        .filter(enterprise_id=by.enterprise_id or 0, alert_id=alert_id)
        .select_related("alert")
        .first()
    )
    if row is None:
        raise NotFound(policy.NOT_FOUND)
    return _own(row)


def _own(row: AlertFirm) -> OwnAlert:
    alert = row.alert
    return OwnAlert(
        alert.pk,
        alert.level,
        alert.level_name,
        alert.title,
        alert.number,
        alert.measures,
        row.measures,
        alert.starts_at,
        alert.ends_at,
        alert.lifted_at,
        row.state,
        row.told_at,
        row.in_place_at,
    )
