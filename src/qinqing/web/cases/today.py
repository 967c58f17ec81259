"""今日待办 and 接办台: what needs this person, most urgent first, each with its one next press."""

from django.http import HttpResponse

from qinqing.cases.reads import today
from qinqing.cases.rules.books import Pile
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.people.words import HUB_ROLES
from qinqing.web import gate, respond

HUB_PILES = (
    Pile.TO_ACCEPT, Pile.TO_DISPATCH, Pile.TO_RULE, Pile.CONSULTING, Pile.TO_REGISTER, Pile.TO_WRITE_OFF, Pile.TO_VERIFY, Pile.SUSPENDED,
)  # fmt: skip
OFFICE_PILES = (Pile.TO_SIGN, Pile.WORKING, Pile.UPWARD, Pile.OPEN)


@gate.screen()
def cases_today(request: gate.Request) -> HttpResponse:
    """Show what waits."""
    by, at = request.actor, clock.now()
    piles = HUB_PILES if by.post in HUB_ROLES else OFFICE_PILES
    context = {
        "lines": today.today(by, at),
        "piles": today.pile_counts(by.office_id, piles) if by.office_id else [],
        "stale": today.stale_upwards(by, at),
        "look_backs": today.look_backs_due(by, at),
        "is_hub": by.post in HUB_ROLES,
        "now": at,
    }
    return respond.screen(request, "cases/today.html", context, fragment="rows")


@gate.screen(Right.TAKE_IN)
def cases_intake(request: gate.Request) -> HttpResponse:
    """Show what the hub has to take in and to send on: text, enterprise and likely way side by side."""
    by, at = request.actor, clock.now()
    return respond.screen(request, "cases/intake.html", {"cards": today.intake(by, at), "now": at})
