"""Who presses: the actor behind a request, from the post chosen at sign-in or from the firm the account speaks for.

Asked anew on every request: a post that ended yesterday carries nothing today, whatever the session remembers.
"""

from django.http import HttpRequest

from qinqing.enterprises import reads as enterprises
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right

POST = "post"
"""Key in the session: id of the chosen post."""
CARD = "card"
"""Key in the session: what is printed on the enterprise's QR card, where somebody came in by scanning one."""
_KEPT = "_qinqing_actor"


def actor(request: HttpRequest) -> Actor | None:
    """Return who acts, or None when nobody is signed in, no post is chosen, or the account holds none.

    One query for an official (two for a leader), two for an enterprise's contact, one for a card; asked once per request.
    """
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, _find(request))
    found: Actor | None = getattr(request, _KEPT)
    return found


def acting(request: HttpRequest, *needed: Right) -> Actor:
    """Return who acts, for a page that only some posts may see: the post must carry one of these rights.

    Raises:
        NotAllowed: nobody acts, or the post carries none of them.
    """
    by = actor(request)
    if by is None:
        raise NotAllowed("请先登录并选择岗位。", code="no_post")
    if needed and not any(rights.may(by.post, right) for right in needed):
        rights.require(by, needed[0])
    return by


def forget(request: HttpRequest) -> None:
    """Ask anew: the post was changed during this very request."""
    if hasattr(request, _KEPT):
        delattr(request, _KEPT)


def _find(request: HttpRequest) -> Actor | None:
    account = request.user
    if not account.is_authenticated:
        token = request.session.get(CARD)
        return enterprises.actor_of_card(token) if token else None
    chosen = request.session.get(POST)
    if chosen:
        post = people.post_of(account, chosen, clock.now().date())
        return people.actor_of(post) if post else None
    return enterprises.contact_actor(account)
