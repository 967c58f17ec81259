"""What an enterprise is shown of its officers, and who else sees how much of them."""

from dataclasses import dataclass
from datetime import date

from qinqing.grids import reads
from qinqing.grids.models import Liaison, Officer
from qinqing.grids.words import Rank
from qinqing.kernel import secrets
from qinqing.kernel.actor import Actor

PHONE_PURPOSE = "officer.phone"
"""What an officer's number is sealed for: it opens nowhere else."""


@dataclass(frozen=True)
class OfficerCard:
    """What an enterprise is shown of its officer; `phone` is empty for those who may only see the mask."""

    account_id: int
    name: str
    rank_label: str
    community: str
    grid: str
    title: str
    phone_mask: str
    phone: str


def cards_of(enterprise_id: int, *, by: Actor, on: date | None = None) -> list[OfficerCard]:
    """Return the officers of an enterprise on a day, the lead first, as a person who sees the firm may see them.

    The firm's own people get the full number: the plan wants a direct line between the two. Others get the mask.

    Source: 附1-(1)a.
    """
    rows = list(
        Liaison.objects.filter(reads.in_force(on), enterprise_id=enterprise_id)
        .select_related("officer", "grid__community")
        .order_by("-rank")
    )
    roster = _roster_of([row.officer_id for row in rows])
    own = by.enterprise_id == enterprise_id
    cards = []
    for row in rows:
        entry = roster.get((row.officer_id, row.grid.community_id))
        cards.append(
            OfficerCard(
                account_id=row.officer_id,
                name=row.officer.name,
                rank_label=Rank.label_of(row.rank),
                community=row.grid.community.name,
                grid=row.grid.name,
                title=entry.title if entry else "",
                phone_mask=entry.phone_mask if entry else "",
                phone=phone_of(entry) if entry and own else "",
            )
        )
    return cards


def phone_of(entry: Officer) -> str:
    """Return an officer's full phone number; only for those the caller has found entitled."""
    return secrets.unseal(entry.phone_encrypted, PHONE_PURPOSE) if entry.phone_encrypted else ""


def _roster_of(account_ids: list[int]) -> dict[tuple[int, int], Officer]:
    """Return the latest roster row by (account, community)."""
    rows = Officer.objects.filter(post__account_id__in=account_ids).select_related("post").order_by("pk")
    return {(row.post.account_id, row.post.office_id): row for row in rows}
