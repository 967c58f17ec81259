"""The QR card at a firm's gate: issuing one, ending one."""

import secrets as randomness
from datetime import datetime

from django.db import transaction

from qinqing.enterprises import policy, reads
from qinqing.enterprises.actions import writing
from qinqing.enterprises.facts import people as facts
from qinqing.enterprises.models import Card
from qinqing.kernel import secrets
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound, Refused
from qinqing.kernel.text import clean


def issue_card(*, enterprise_id: int, by: Actor, at: datetime) -> Card:
    """Make a new card; a card the firm has stops working. `reads.card_token` gives what is printed on it.

    Raises:
        NotFound: not a firm he may see.
        NotAllowed: neither the hub nor the firm's community.
    Source: 一-1.
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        policy.require_tend(by, enterprise)
        replaced = Card.objects.filter(enterprise=enterprise, revoked_at__isnull=True).update(revoked_at=at)
        token = randomness.token_urlsafe(16)
        card = Card.objects.create(
            enterprise=enterprise,
            token_hash=secrets.index(token, reads.CARD_TOKEN),
            token_encrypted=secrets.seal(token, reads.CARD_TOKEN),
            issued_at=at,
            issued_by=writing.signature(by),
        )
        writing.tell(
            facts.CardIssued(name=enterprise.name, replaced=bool(replaced)), enterprise, by=by, at=at, clause="一-1"
        )
    return card


def revoke_card(*, enterprise_id: int, reason: str, by: Actor, at: datetime) -> Card:
    """End the firm's card: lost, copied, firm gone.

    Raises:
        NotFound: not a firm he may see, or it has no card.
        NotAllowed: neither the hub nor the firm's community.
        Refused: no reason given.
    Source: 一-1.
    """
    with transaction.atomic():
        enterprise = policy.take(enterprise_id, by)
        policy.require_tend(by, enterprise)
        if not clean(reason):
            raise Refused("reason_missing", "请写明作废原因。", field="reason")
        card = Card.objects.select_for_update().filter(enterprise=enterprise, revoked_at__isnull=True).first()
        if card is None:
            raise NotFound("这家企业没有在用的企业码。")
        card.revoked_at = at
        card.save(update_fields=["revoked_at"])
        told = facts.CardRevoked(name=enterprise.name, reason=clean(reason)[:100])
        writing.tell(told, enterprise, by=by, at=at, clause="一-1")
    return card
