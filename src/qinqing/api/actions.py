"""Issuing and revoking tokens."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from qinqing.api.facts import TokenIssued, TokenRevoked
from qinqing.api.models import Token
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.ledger import actions as ledger
from qinqing.people import reads as people
from qinqing.people import rights
from qinqing.people.rights import Right


def issue(*, username: str, name: str, by: Actor, at: datetime) -> str:
    """Give another system a token for a person's first open post, and return it: it is shown this once.

    Raises:
        NotAllowed: `by` may not grant posts. NotFound: no such account, or one without a post in this town.
    """
    with transaction.atomic():
        rights.require(by, Right.GRANT_POSTS)
        account = people.account_by_username(username)
        post = next((p for p in people.posts_of(account, at.date()) if p.office.town_id == by.town_id), None)
        if post is None:
            raise NotFound(f"“{username}”在本镇没有在任岗位，不能发放令牌。")
        token = secrets.token_urlsafe(32)
        row = Token.objects.create(
            post=post, name=name, digest=digest_of(token), created_at=at, created_by_name=by.name
        )
        fact = TokenIssued(name=name, holder=f"{post.office.name}·{account.name}")
        ledger.record(fact, book=by.book, on=("token", row.pk), label=name, by=by, at=at)
        return token


def revoke(*, name: str, by: Actor, at: datetime) -> int:
    """Take back every open token of this name in the town; return how many.

    Raises:
        NotAllowed: `by` may not grant posts.
    """
    with transaction.atomic():
        rights.require(by, Right.GRANT_POSTS)
        rows = list(Token.objects.filter(name=name, revoked_at__isnull=True, post__office__town_id=by.town_id))
        for row in rows:
            row.revoked_at = at
            row.save()
            ledger.record(TokenRevoked(name=name), book=by.book, on=("token", row.pk), label=name, by=by, at=at)
        return len(rows)


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
