"""Who presses: the actor behind a request, from the post chosen at sign-in or from the firm the account speaks for.

Asked anew on every request: a post that ended yesterday carries nothing today, whatever the session remembers.
"""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from qinqing.enterprises import reads as enterprises
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right

if TYPE_CHECKING:
    from qinqing.people.models import Account, Post, Town

POST = "post"
"""Key in the session: id of the chosen post."""
CARD = "card"
"""Key in the session: what is printed on the enterprise's QR card, where somebody came in by scanning one."""
_KEPT = "_qinqing_actor"
_TOWN = "_qinqing_town"


def actor(request: HttpRequest) -> Actor | None:
    """Return who acts, or None when nobody is signed in, no post is chosen, or the account holds none.

    No query for an official beside the one for his account (one for a leader), one for an enterprise's contact, one for a
    card; asked once per request.
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
    for name in (_KEPT, _TOWN):
        if hasattr(request, name):
            delattr(request, name)
    if request.user.is_authenticated:
        request.user.held = None


def town(request: HttpRequest, by: Actor) -> "Town":
    """Return the town of who acts. Costs nothing where it came along with the post."""
    found: Town | None = getattr(request, _TOWN, None)
    return found or people.town_of(by.town_id)


def _find(request: HttpRequest) -> Actor | None:
    account = request.user
    if not account.is_authenticated:
        token = request.session.get(CARD)
        return enterprises.actor_of_card(token) if token else None
    chosen = request.session.get(POST)
    if chosen:
        post = _post(account, chosen)
        if post is None:
            return None
        setattr(request, _TOWN, post.office.town)
        return people.actor_of(post)
    return enterprises.contact_actor(account)


def _post(account: "Account", chosen: int) -> "Post | None":
    if account.held is None:  # the account did not come from the session, or the posts were changed during this request
        return people.post_of(account, chosen, clock.now().date())
    return next((post for post in account.held if post.pk == chosen), None)
