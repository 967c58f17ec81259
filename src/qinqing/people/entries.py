"""Browsing the town's book as a whole: who may, and how much of an entry he reads.

Hub and supervision read every matter of their town (`Right.READ_TOWN`), so they read its entries; what administrators did
to accounts is not theirs. The auditor (`Right.READ_AUDIT`) sees that every entry is there, by whom and when, but of
matters and enterprises no content. Everybody else meets entries on the page of the matter, under that noun's policy.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed
from qinqing.ledger import reads as ledger
from qinqing.people.rights import Right, may

if TYPE_CHECKING:
    from qinqing.ledger.models import Entry

ADMINISTRATION = ("account.", "post.")
"""Nouns of entries about accounts and posts."""
_NO_BUSINESS = (*ADMINISTRATION, "plan.", "town.", "offices.", "workdays.", "calendar.")
"""Nouns of entries that tell nothing of a matter, an enterprise or a person in them."""
WITHHELD = "（内容不在审计员查看范围）"


def require_browse(by: Actor) -> None:
    """Let pass only who may browse the whole book.

    Raises:
        NotAllowed: the post carries neither right.
    """
    if not (may(by.post, Right.READ_TOWN) or may(by.post, Right.READ_AUDIT)):
        raise NotAllowed(f"您的岗位（{by.post_label}）不查看全镇账目，请在事项页面查看它的记录。")


def browse(
    by: Actor,
    *,
    kind: str = "",
    on: tuple[str, int] | None = None,
    actor_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int = 50,
) -> ledger.Page:
    """Return one page of the town's book as far as this person may see it, newest first; arguments as `ledger.reads.entries`.

    Raises:
        NotAllowed: see `require_browse`.
    """
    require_browse(by)
    return ledger.entries(
        by.book, kind=kind, without=_left_out(by), on=on, actor_id=actor_id, since=since, until=until, before=before,
        limit=limit,
    )  # fmt: skip


def kinds(by: Actor) -> list[tuple[str, str]]:
    """Return the kinds of entry this person may filter by, with their verbs.

    Raises:
        NotAllowed: see `require_browse`.
    """
    require_browse(by)
    return [(kind, verb) for kind, verb in ledger.kinds(by.book) if not kind.startswith(_left_out(by))]


def reads_content(by: Actor, entry: "Entry") -> bool:
    """Say whether this person reads what an entry says, beyond that it is there."""
    if may(by.post, Right.READ_TOWN):
        return not entry.kind.startswith(ADMINISTRATION)
    return may(by.post, Right.READ_AUDIT) and entry.kind.startswith(_NO_BUSINESS)


def _left_out(by: Actor) -> tuple[str, ...]:
    return () if may(by.post, Right.READ_AUDIT) else ADMINISTRATION
