"""Who speaks: a bearer token stands for a post, with the same scope and rights as on the pages."""

from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from qinqing.api.actions import digest_of
from qinqing.api.models import Token
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.people import reads as people


class Bearer(HttpBearer):
    """`Authorization: Bearer …`. A revoked token, an ended post or a disabled account is no token at all."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return who speaks, None if nobody."""
        found = Token.objects.filter(digest=digest_of(token), revoked_at__isnull=True).select_related("post").first()
        if found is None:
            return None
        post = people.post_of(found.post.account_id, found.post_id, clock.now().date())
        return people.actor_of(post, via="api") if post else None


def actor(request: HttpRequest) -> Actor:
    """Return who speaks, on an operation that asked for it."""
    return cast("Actor", request.auth)  # type: ignore[attr-defined]  # set by ninja from `authenticate`
