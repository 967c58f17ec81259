"""领导台: what waits for a leader's word, what is late, suspended, key or twice dissatisfied in his line and villages."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from qinqing.cases.reads import leading, tracker
from qinqing.cases.reads.leading import Ground
from qinqing.kernel import clock
from qinqing.people.rights import Right
from qinqing.web import gate, respond
from qinqing.web.cases.tracker import lines_of, sum_of

_BOOK: dict[Ground, dict[str, str]] = {
    Ground.DISSATISFIED: {"stand": "all", "complaint": "open"},
    Ground.LATE: {"stand": "late"},
    Ground.SUSPENDED: {"stand": "suspended"},
    Ground.KEY: {"key": "1"},
}
"""Where the rest of a pile is in the book."""


@gate.screen(Right.INSTRUCT)
def cases_leader(request: gate.Request) -> HttpResponse:
    """Show the desk."""
    by, at = request.actor, clock.now()
    found = tracker.matrix(by, at)
    book = reverse("cases_ledger")
    context = {
        "approvals": leading.approvals(by, at),
        "piles": [(pile, f"{book}?{urlencode(_BOOK[pile.ground])}") for pile in leading.piles(by, at)],
        "instructions": leading.instructions(by, at),
        "lines": lines_of(by, found, always=by.charge_ids),
        "sum": sum_of(found),
        "now": at,
    }
    return respond.screen(request, "cases/leader.html", context)
