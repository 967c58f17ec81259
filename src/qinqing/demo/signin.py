"""One-click sign-ins of invented people, grouped by role. Exists in a demonstration only; see `demo.urls`.

It signs in nobody who is not marked as invented, and it marks the session as having no second factor.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from qinqing.enterprises import reads as enterprises
from qinqing.env import env
from qinqing.kernel import clock
from qinqing.people import reads as accounts
from qinqing.people import signins
from qinqing.people.rights import RIGHTS
from qinqing.people.words import Outcome, Role
from qinqing.web import respond
from qinqing.web.account import session
from qinqing.web.account.place import place

if TYPE_CHECKING:
    from qinqing.people.models import Account


@never_cache
def people(request: HttpRequest) -> HttpResponse:
    """Show who there is; sign in as the one whose button was pressed.

    Raises:
        Http404: this is not a demonstration, or there is no such invented person.
    """
    if not env.is_demo:
        raise Http404
    if request.method == "POST":
        account = _invented(request.POST.get("account", ""))
        login(request, account)
        at = clock.now()
        signins.note(account, Outcome.OK, place(request), at)
        session.start(request, account, at, coded=False)
        return respond.go(request, "/")
    return respond.screen(request, "demo/people.html", {"groups": _groups()})


def _invented(raw: str) -> "Account":
    found = [account for account in accounts.demo_accounts() if str(account.pk) == raw]
    if not found:
        raise Http404
    return found[0]


def _groups() -> list[dict[str, Any]]:
    """Return the invented people by role in the order of the table of rights, each once under his first post."""
    today = clock.now().date()
    groups: dict[Role, list[dict[str, Any]]] = {role: [] for role in RIGHTS}
    for account in accounts.demo_accounts():
        held = accounts.posts_of(account, today)
        if held:
            places = "、".join(dict.fromkeys(post.office.short for post in held))
            groups[Role(held[0].role)].append({"account": account, "place": places, "posts": len(held)})
        elif actor := enterprises.contact_actor(account):
            firm = enterprises.by_ids([actor.enterprise_id or 0]).get(actor.enterprise_id or 0)
            groups[Role.CONTACT].append(
                {"account": account, "place": firm.short or firm.name if firm else "", "posts": 0}
            )
    return [
        {"label": role.label, "sentence": RIGHTS[role].sentence, "people": rows}
        for role, rows in groups.items()
        if rows
    ]
