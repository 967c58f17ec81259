"""Lists of firms: search, filters, pages. Everything begins with what the person may see."""

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Now, TruncDate

from qinqing.enterprises import policy, queues, showing, uscc, values
from qinqing.enterprises.models import Contact, Enterprise
from qinqing.enterprises.words import ACTIVE_STATUSES, Duty, Scale, Status
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.text import clean

PAGE = 50
_ACTIVE = sorted(str(status) for status in ACTIVE_STATUSES)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of firms is narrowed to; empty means not narrowed.

    `status` may also be "active"; `gap` names what is missing: "community", "contact" (no main one), "stale" (nobody confirmed
    the file for half a year before `at`).
    """

    community_id: int | None = None
    park_id: int | None = None
    status: str = ""
    scale: str = ""
    only_key: bool = False
    gap: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One firm on a list."""

    id: int
    name: str
    short: str
    number: str
    community: str
    park: str
    status: str
    status_label: str
    scale_label: str
    is_key: bool
    is_unassigned: bool
    is_demo: bool
    address: str
    contact: str
    phone_mask: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `after` is the cursor of the next one, "" on the last."""

    rows: list[Row]
    after: str


def search(by: Actor, text: str = "", filters: Filters | None = None, *, after: str = "", size: int = PAGE) -> Page:
    """Return firms this person may see, in pinyin order, `size` (1 to 200) at a time.

    Every word of the text must fit: a fragment of the name or short name, the beginning or the end (from 6 characters) of
    the code, or pinyin initials. A cursor nobody made begins at the start.
    """
    rows = _narrowed(policy.visible_to(by), filters or Filters()).filter(matching(text))
    place = _open_cursor(after)
    if place:
        rows = rows.filter(Q(initials__gt=place[0]) | Q(initials=place[0], pk__gt=place[1]))
    size = min(max(size, 1), 200)
    found = list(_for_rows(rows).order_by("initials", "pk")[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page([row(enterprise) for enterprise in found], _cursor(found[-1]) if more else "")


def count(by: Actor, text: str = "", filters: Filters | None = None) -> int:
    """Return how many firms `search` would give over all its pages."""
    return _narrowed(policy.visible_to(by), filters or Filters()).filter(matching(text)).count()


def matching(text: str) -> Q:
    """Return the condition that a firm fits what was typed; everything fits nothing typed."""
    condition = Q()
    for word in clean(text)[:100].split()[:5]:
        key, code = values.name_key(word), uscc.normalise(word)
        one = Q(pk__isnull=True) if not key else Q(name_key__contains=key) | Q(short__icontains=word)
        if key.isascii() and key.isalnum():
            one |= Q(initials__contains=key) | Q(uscc__startswith=code) | Q(old_number__startswith=code)
            if len(code) >= 6:
                one |= Q(uscc__endswith=code)
        condition &= one
    return condition


def _narrowed(rows: QuerySet[Enterprise], filters: Filters) -> QuerySet[Enterprise]:
    if filters.community_id is not None:
        rows = rows.filter(community_id=filters.community_id)
    if filters.park_id is not None:
        rows = rows.filter(park_id=filters.park_id)
    if filters.status == "active":
        rows = rows.filter(status__in=_ACTIVE)
    elif filters.status:
        rows = rows.filter(status=filters.status)
    if filters.scale:
        rows = rows.filter(scale=filters.scale)
    if filters.only_key:
        rows = rows.filter(is_key=True)
    return _with_gap(rows, filters)


def _with_gap(rows: QuerySet[Enterprise], filters: Filters) -> QuerySet[Enterprise]:
    if filters.gap == "community":
        return rows.filter(is_unassigned=True)
    if filters.gap == "contact":
        return rows.filter(queues.lacks_contact())
    if filters.gap == "stale" and filters.at is not None:
        return rows.filter(queues.is_stale(filters.at))
    return rows


def _for_rows(rows: QuerySet[Enterprise]) -> QuerySet[Enterprise]:
    main = Contact.objects.filter(duty=Duty.CONTACT.value, ends_on__isnull=True)
    return rows.select_related("community", "park").prefetch_related(Prefetch("contacts", main, to_attr="main"))


def row(enterprise: Enterprise) -> Row:
    """Return a firm as a list shows it; its main contact shows only if it was fetched along."""
    main: list[Contact] = getattr(enterprise, "main", [])
    return Row(
        id=enterprise.pk,
        name=enterprise.name,
        short=enterprise.short,
        number=showing.number(enterprise.uscc, enterprise.old_number),
        community=enterprise.community.short if enterprise.community else "",
        park=enterprise.park.name if enterprise.park else "",
        status=enterprise.status,
        status_label=Status.label_of(enterprise.status),
        scale_label=Scale.label_of(enterprise.scale),
        is_key=enterprise.is_key,
        is_unassigned=enterprise.is_unassigned,
        is_demo=enterprise.is_demo,
        address=enterprise.production_address or enterprise.registered_address,
        contact=main[0].name if main else "",
        phone_mask=main[0].phone_mask if main else "",
    )


def _cursor(last: Enterprise) -> str:
    return base64.urlsafe_b64encode(json.dumps([last.initials, last.pk]).encode()).decode().rstrip("=")


def _open_cursor(after: str) -> tuple[str, int] | None:
    """Return what a cursor says, or None for one nobody made: a cursor is no secret and can do no harm."""
    try:
        place = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        initials, pk = place
    except (ValueError, TypeError, binascii.Error):
        return None
    fits = isinstance(initials, str) and "\x00" not in initials and isinstance(pk, int) and 0 <= pk < 2**63
    return (initials[:120], pk) if fits else None


def leads(enterprise_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of the lead officers in force today, by firm; firms without one are left out.

    The ties belong to the grids above; the reverse name reaches them without an import, in one statement for a whole page.
    """
    today = TruncDate(Now(), tzinfo=SHANGHAI)
    in_force = Q(liaisons__ends_on__isnull=True) | Q(liaisons__ends_on__gte=today)
    rows = Enterprise.objects.filter(
        in_force, pk__in=list(enterprise_ids), liaisons__rank="lead", liaisons__starts_on__lte=today
    )
    return dict(rows.order_by().values_list("pk", "liaisons__officer__name"))
