"""Saved views of the book: a person's own filters under a name. No matter of any case, so no entry of the ledger."""

from dataclasses import dataclass

from qinqing.cases.models import SavedView
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, Refused
from qinqing.kernel.text import clean

MOST = 12


@dataclass(frozen=True)
class View:
    """A saved filter."""

    name: str
    query: str


def saved(*, by: Actor) -> list[View]:
    """Return a person's saved filters by name."""
    return [View(row.name, row.query) for row in SavedView.objects.filter(account_id=by.account_id or 0)]


def keep(*, by: Actor, name: str, query: str) -> None:
    """Keep a filter under a name; the same name is overwritten.

    Raises:
        Refused: no name, a name too long, too many views.
    """
    if by.account_id is None:
        raise NotAllowed
    title = clean(name)
    if not title or len(title) > 20:
        raise Refused("view_name", "请给常用筛选起个名字，最多20个字。", field="name")
    others = SavedView.objects.filter(account_id=by.account_id).exclude(name=title)
    if others.count() >= MOST:
        raise Refused("too_many_views", f"最多存{MOST}个常用筛选，请先删掉不用的。", field="name")
    SavedView.objects.update_or_create(account_id=by.account_id, name=title, defaults={"query": query[:500]})


def drop(*, by: Actor, name: str) -> None:
    """Forget a saved filter."""
    SavedView.objects.filter(account_id=by.account_id or 0, name=name).delete()
