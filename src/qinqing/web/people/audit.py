"""The auditor's pages: attempts to sign in, and what administrators did to accounts and posts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qinqing.kernel.text import clean
from qinqing.ledger import reads as ledger
from qinqing.people import signins
from qinqing.people.rights import Right
from qinqing.people.words import Outcome
from qinqing.web import who

PAGE = 50
_GOOD = {Outcome.OK, Outcome.PASSWORD_OK, Outcome.SIGNED_OUT, Outcome.UNLOCKED}


def sign_ins(request: HttpRequest) -> HttpResponse:
    """Show attempts to sign in, newest first."""
    by = who.acting(request, Right.READ_AUDIT)
    username = clean(request.GET.get("q", ""))[:80]
    found = signins.log(by.town_id, before=_number(request, "before"), username=username, limit=PAGE + 1)
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
    return render(request, "people/sign_ins.html", {"rows": rows, "more": more, "q": username})


def changes(request: HttpRequest) -> HttpResponse:
    """Show the ledger's entries about accounts or posts, newest first."""
    by = who.acting(request, Right.READ_AUDIT)
    kind = "post." if request.GET.get("kind") == "post" else "account."
    page = ledger.entries(by.book, kind=kind, before=_number(request, "before") or None, limit=PAGE)
    return render(request, "people/changes.html", {"page": page, "kind": kind.rstrip(".")})


def _number(request: HttpRequest, name: str) -> int:
    raw = request.GET.get(name, "")
    return int(raw) if raw.isdecimal() and len(raw) < 19 else 0
