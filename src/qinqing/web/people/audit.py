"""The auditor's pages: attempts to sign in, and what administrators did to accounts and posts."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from qinqing.ledger import reads as ledger
from qinqing.people import signins
from qinqing.people.rights import Right
from qinqing.people.words import Outcome
from qinqing.web import asked, respond
from qinqing.web.account.place import device
from qinqing.web.gate import Request, screen
from qinqing.web.parts.blocks import Tab

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
            "device": device(row.agent) if row.agent else "",
        }
        for row in found[:PAGE]
    ]
    more = f"?{urlencode({'q': username, 'before': found[PAGE - 1].pk})}" if len(found) > PAGE else ""
    context = {"rows": rows, "more": more, "q": username, "pages": _pages("")}
    return respond.screen(request, "people/sign_ins.html", context)


@screen(Right.READ_AUDIT)
def changes(request: Request) -> HttpResponse:
    """Show the ledger's entries about accounts or posts, newest first."""
    kind = asked.one_of(request, "kind", ("account", "post"), "account")
    page = ledger.entries(
        request.actor.book, kind=f"{kind}.", before=asked.number(request, "before") or None, limit=PAGE
    )
    more = f"?{urlencode({'kind': kind, 'before': page.older})}" if page.older else ""
    context = {"entries": page.entries, "more": more, "pages": _pages(kind)}
    return respond.screen(request, "people/changes.html", context)


def _pages(here: str) -> list[Tab]:
    """Return the three logs; `here` is the kind shown, "" for the sign-ins."""
    changes_url = reverse("people_changes")
    return [
        Tab("登录", reverse("people_sign_ins"), not here),
        Tab("账号变更", f"{changes_url}?kind=account", here == "account"),
        Tab("岗位变更", f"{changes_url}?kind=post", here == "post"),
    ]
