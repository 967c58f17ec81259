"""今日待办 and 接办台: what needs this person, most urgent first, each with its one next press."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from qinqing.cases.reads import leading, today, watch
from qinqing.cases.rules.books import Pile
from qinqing.findings import reads as findings
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.outreach.reads import today as contacts
from qinqing.patrol.reads import today as rounds
from qinqing.people.rights import Right, may
from qinqing.people.words import HUB_ROLES, Role
from qinqing.web import gate, respond

HUB_PILES = (
    Pile.TO_ACCEPT, Pile.TO_DISPATCH, Pile.TO_RULE, Pile.CONSULTING, Pile.TO_REGISTER, Pile.TO_WRITE_OFF, Pile.TO_VERIFY,
    Pile.SUSPENDED, Pile.TO_REPLY,
)  # fmt: skip
_DECIDING = (Role.LEADER, Role.HUB_HEAD)
_WATCHING = (Role.LEADER, Role.SUPERVISOR)
OFFICE_PILES = (Pile.TO_SIGN, Pile.WORKING, Pile.UPWARD, Pile.TO_REPLY, Pile.OPEN)


@gate.screen()
def cases_today(request: gate.Request) -> HttpResponse:
    """Show what waits."""
    by, at = request.actor, clock.now()
    piles = HUB_PILES if by.post in HUB_ROLES else OFFICE_PILES
    approvals = leading.approvals(by, at) if by.post in _DECIDING else []
    asked = {(one.line.id, one.grant) for one in approvals}
    waiting = today.today(by, at)
    lines = [line for line in waiting if line.next is None or (line.id, line.next.verb) not in asked]
    listed = {line.id for line in waiting}
    context = {
        "lines": lines,
        "approvals": approvals,
        "waiting": len(waiting),
        "watched": watch.watched(by, at),
        "watches": by.post in _WATCHING,
        "reads_book": may(by.post, Right.READ_LEDGER),
        "piles": _figures(by, piles),
        "stale": today.stale_upwards(by, at),
        "look_backs": [owed for owed in today.look_backs_due(by, at) if owed.case_id not in listed],
        "findings": findings.waiting(by, at),
        "to_visit": rounds.to_visit(by, at.date()),
        "waits": contacts.waits(by, at),
        "is_hub": by.post in HUB_ROLES,
        "now": at,
    }
    return respond.screen(request, "cases/today.html", context, fragment="rows")


@dataclass(frozen=True)
class Figure:
    """A pile that is not empty, and where its rows are."""

    label: str
    count: int
    url: str


def _figures(by: Actor, piles: tuple[Pile, ...]) -> list[Figure]:
    """Return the piles that have something on them; each opens to its rows in the book."""
    counts = today.pile_counts(by.office_id, piles) if by.office_id else []
    book = reverse("cases_ledger")
    return [Figure(pile.label, pile.count, f"{book}?{urlencode(_ROWS[pile.pile])}") for pile in counts if pile.count]


_ROWS: dict[str, dict[str, str]] = {
    Pile.TO_ACCEPT: {"state": "submitted"},
    Pile.TO_DISPATCH: {"state": "accepted"},
    Pile.TO_RULE: {"state": "accepted"},
    Pile.CONSULTING: {"state": "consulting"},
    Pile.TO_REGISTER: {"stand": "answered"},
    Pile.TO_WRITE_OFF: {"stand": "answered"},
    Pile.TO_VERIFY: {"stand": "all", "complaint": "open"},
    Pile.SUSPENDED: {"stand": "suspended"},
    Pile.TO_SIGN: {"task": "offered"},
    Pile.WORKING: {"task": "working"},
    Pile.UPWARD: {"task": "upward"},
    Pile.TO_REPLY: {"instructed": "1"},
    Pile.OPEN: {},
}


@gate.screen(Right.TAKE_IN)
def cases_intake(request: gate.Request) -> HttpResponse:
    """Show what the hub has to take in and to send on: text, enterprise and likely way side by side."""
    by, at = request.actor, clock.now()
    return respond.screen(request, "cases/intake.html", {"cards": today.intake(by, at), "now": at})
