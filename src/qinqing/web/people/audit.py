"""The auditor's pages: attempts to sign in, and what administrators did to accounts and posts."""

from django.http import HttpResponse

from qinqing.ledger import reads as ledger
from qinqing.people import signins
from qinqing.people.rights import Right
from qinqing.people.words import Outcome
from qinqing.web import asked, respond
from qinqing.web.gate import Request, screen

PAGE = 50
_GOOD = {Outcome.OK, Outcome.PASSWORD_OK, Outcome.SIGNED_OUT, Outcome.UNLOCKED}


@screen(Right.READ_AUDIT)
def sign_ins(request: Request) -> HttpResponse:
    """Show attempts to sign in, newest first."""
    username = asked.words(request, "q", 80)
    found = signins.log(
        request.actor.town_id, before=asked.number(request, "before"), username=username, limit=PAGE + 1
    )
    rows = [
        {
            "at": row.at,
            "who": row.account.name if row.account else "（没有这个用户名）",
            "username": row.username if row.account else "",
            "outcome": Outcome.label_of(row.outcome),
            "is_good": row.outcome in _GOOD,
            "ip": row.ip,
            "agent": row.agent,
        }
        for row in found[:PAGE]
    ]
    more = found[PAGE - 1].pk if len(found) > PAGE else None
    return respond.screen(request, "people/sign_ins.html", {"rows": rows, "more": more, "q": username})


@screen(Right.READ_AUDIT)
def changes(request: Request) -> HttpResponse:
    """Show the ledger's entries about accounts or posts, newest first."""
    kind = "post." if request.GET.get("kind") == "post" else "account."
    page = ledger.entries(request.actor.book, kind=kind, before=asked.number(request, "before") or None, limit=PAGE)
    return respond.screen(request, "people/changes.html", {"page": page, "kind": kind.rstrip(".")})
