"""临时任务: the list, one with its shares, what is still open for an officer."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from qinqing.evidence import reads as evidence
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.outreach import policy
from qinqing.outreach.models import Errand, Share
from qinqing.outreach.words import Line

if TYPE_CHECKING:
    from qinqing.evidence.reads import Photo

PAGE = 30


@dataclass(frozen=True, slots=True)
class ErrandLine:
    """An errand on a list; counts are of the shares the person reads. `mine`: "" no share, "open", "done"."""

    id: int
    title: str
    line: str
    by_name: str
    due_at: datetime
    external: str
    is_cancelled: bool
    shares: int
    done: int
    external_done: int
    mine: str

    @property
    def is_done(self) -> bool:
        """Say whether nothing is left."""
        return self.shares == self.done


@dataclass(frozen=True, slots=True)
class ShareLine:
    """An officer's share."""

    account_id: int
    officer: str
    community: str
    done_at: datetime | None
    is_late: bool
    note: str
    external_done: bool
    photos: "tuple[Photo, ...]"


@dataclass(frozen=True)
class Sheet:
    """One errand with its shares."""

    errand: Errand
    line: str
    shares: tuple[ShareLine, ...]
    mine: ShareLine | None
    files: "tuple[Photo, ...]"
    done: int
    may_cancel: bool


def listing(by: Actor, *, before: int = 0) -> list[ErrandLine]:
    """Return a page of errands a person reads and one more, newest first. Three queries."""
    rows = policy.errands_visible_to(by)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    keys = [row.pk for row in found]
    counted = {
        errand: (shares, done, outside)
        for errand, shares, done, outside in policy.shares_visible_to(by)
        .filter(errand__in=keys)
        .values_list("errand_id")
        .annotate(
            shares=Count("id"),
            done=Count("id", filter=Q(done_at__isnull=False)),
            outside=Count("id", filter=Q(external_done=True)),
        )
        .order_by()
    }
    own = dict(Share.objects.filter(errand__in=keys, account_id=by.account_id or 0).values_list("errand_id", "done_at"))
    return [
        ErrandLine(
            row.pk,
            row.title,
            Line.label_of(row.line),
            row.by_name,
            row.due_at,
            row.external,
            row.cancelled_at is not None,
            *counted.get(row.pk, (0, 0, 0)),
            "" if row.pk not in own else "done" if own[row.pk] else "open",
        )
        for row in found
    ]


def sheet(by: Actor, errand_id: int) -> Sheet:
    """Return an errand a person reads.

    Raises:
        NotFound: no such errand, or not one of his.
    """
    row = policy.errands_visible_to(by).select_related("office").filter(pk=errand_id).first()
    if row is None:
        raise NotFound(policy.NOT_FOUND)
    shares = [
        ShareLine(
            one.account_id,
            one.account.name,
            one.community.short,
            one.done_at,
            one.done_at is not None and one.done_at > row.due_at,
            one.note,
            one.external_done,
            tuple(evidence.photos(one.attachments)) if one.attachments else (),
        )
        for one in policy.shares_visible_to(by)
        .filter(errand=row)
        .select_related("account", "community")
        .order_by("community__place", "community_id", "id")
    ]
    return Sheet(
        errand=row,
        line=Line.label_of(row.line),
        shares=tuple(shares),
        mine=next((one for one in shares if one.account_id == by.account_id), None),
        files=tuple(evidence.photos(row.attachments)) if row.attachments else (),
        done=sum(1 for one in shares if one.done_at),
        may_cancel=row.cancelled_at is None and policy.may_give_errand(by) and row.office_id == by.office_id,
    )


def open_for(by: Actor) -> list[ErrandLine]:
    """Return the errands the person still owes, the most urgent first."""
    rows = Share.objects.filter(
        account_id=by.account_id or 0, done_at__isnull=True, errand__cancelled_at__isnull=True
    ).select_related("errand")
    return [
        ErrandLine(
            share.errand_id,
            share.errand.title,
            Line.label_of(share.errand.line),
            share.errand.by_name,
            share.errand.due_at,
            share.errand.external,
            is_cancelled=False,
            shares=1,
            done=0,
            external_done=0,
            mine="open",
        )
        for share in rows.order_by("errand__due_at", "pk")[:PAGE]
    ]
