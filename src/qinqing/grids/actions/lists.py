"""名单确认: a community declares that both its lists are right."""

from datetime import datetime

from django.db import transaction

from qinqing.grids.actions.desk import take
from qinqing.grids.facts.roster import PhonesRevealed
from qinqing.grids.facts.ties import ListsConfirmed
from qinqing.grids.lists import two_lists
from qinqing.grids.models import ListConfirmation
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import TooLate
from qinqing.ledger import reads as ledger

CLAUSE = "二(一)-2"


def confirm_lists(*, community_id: int, by: Actor, at: datetime) -> ListConfirmation:
    """Declare both lists of a community right as they stand; gaps that are left are counted, not hidden.

    Once a year at least, and after every change of people.

    Raises:
        NotFound, NotAllowed: as `desk.take`.
        TooLate: they were confirmed this year and nothing has changed since.

    Source: 二(一)-1, 二(一)-2.
    """
    with transaction.atomic():
        desk = take(community_id, by=by, at=at)
        lists = two_lists(community_id, by=by, on=desk.today)
        counts = {"officers": len(lists.officers), "enterprises": len(lists.enterprises), "gaps": lists.gaps.count}
        last = ListConfirmation.objects.filter(community_id=community_id, year=desk.today.year).first()
        entry = ledger.entries_of("lists", community_id).exclude(kind=PhonesRevealed.kind).last()
        if (
            last is not None
            and entry is not None
            and entry.kind == ListsConfirmed.kind
            and counts == {name: getattr(last, name) for name in counts}
        ):
            raise TooLate("already_confirmed", f"两张名单已由{last.confirmed_by}确认，此后没有变化，不必重复确认。")
        confirmation = ListConfirmation.objects.create(
            community_id=community_id, year=desk.today.year, confirmed_by=desk.signature, at=at, **counts
        )
        fact = ListsConfirmed(
            community=desk.community.name,
            stands_in=desk.stands_in,
            year=desk.today.year,
            officers=counts["officers"],
            enterprises=counts["enterprises"],
            gaps=counts["gaps"],
        )
        desk.tell(fact, CLAUSE)
    return confirmation
