"""评价 by a one-time link: for the enterprise that has no account. It rates one round of one matter, nothing else.

Source: 三要(四)-5.
"""

from typing import TYPE_CHECKING

from django.http import HttpResponse

from qinqing.cases.lifecycle import BY_VERB
from qinqing.cases.options import asking
from qinqing.cases.reads import find, portal
from qinqing.cases.words import Verb
from qinqing.consultations.actions import press
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.people.words import Role
from qinqing.web import gate, respond
from qinqing.web.cases.presses import PressForm

if TYPE_CHECKING:
    from qinqing.cases.models import Case


@gate.screen(public=True)
def portal_rate(request: gate.Request, token: str) -> HttpResponse:
    """Take the rating.

    Raises:
        NotFound: a forged link, one out of date, or one of an earlier round.
    """
    case = find.case_of_rate_token(token)
    if case is None:
        raise NotFound("这个评价链接已失效。")
    by, at = _bearer(case), clock.now()
    form = PressForm(
        BY_VERB[Verb.RATE], asking(case, None, by, at), *((request.POST,) if request.method == "POST" else ())
    )
    matter = portal.matter(by, case, at)
    is_open = any(offer.verb is Verb.RATE for offer in matter.asks)
    is_done = False
    if request.method == "POST":
        is_done = bool(respond.tried(form, lambda: press(Verb.RATE, case.pk, by=by, at=at, values=form.values())))
    context = {"form": form, "matter": matter, "is_open": is_open, "is_done": is_done}
    return respond.screen(request, "portal/rate_link.html", context)


def _bearer(case: "Case") -> Actor:
    """Return who holds the link: somebody of the enterprise, without an account."""
    return Actor(
        account_id=None,
        name=f"{case.enterprise_name}（评价链接）",
        post=Role.CARD.value,
        post_label=Role.CARD.label,
        town_id=case.town_id,
        book=case.book,
        enterprise_id=case.enterprise_id,
        via="link",
    )
