"""点对点: an enterprise and its officer write to each other; nobody else reads it."""

from datetime import datetime

from django.db import transaction

from qinqing.cases.actions.hand import tidy
from qinqing.enterprises import reads as enterprises
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed
from qinqing.outreach import policy
from qinqing.outreach.actions.telling import tell
from qinqing.outreach.facts import contacts as facts
from qinqing.outreach.models import Message


def send_message(*, enterprise_id: int, text: str, by: Actor, at: datetime) -> Message:
    """Write to the officers of one's enterprise, or to an enterprise one leads or stands in for.

    The ledger learns that there was a message, not what it says.

    Raises:
        NotFound: neither the enterprise nor its officer. NotAllowed: no account. Refused: nothing written.

    Source: 附1-(1)a.
    """
    words = tidy(text, field="text", label="内容", limit=2000)
    policy.require_thread(by, enterprise_id)
    if by.account_id is None:
        raise NotAllowed("请用企业账号登录后再发消息。")
    with transaction.atomic():
        firm = enterprises.of_town(by.town_id, enterprise_id)
        is_firm = by.enterprise_id is not None
        message = Message.objects.create(
            enterprise=firm,
            account_id=by.account_id,
            is_from_enterprise=is_firm,
            by_name=by.name,
            text=words,
            at=at,
        )
        kind = facts.FromEnterprise if is_firm else facts.FromOfficer
        fact = kind(
            about=f"message:{firm.pk}",
            title=firm.name,
            enterprise_ids=(firm.pk,),
            to_enterprise="" if is_firm else "您的联系网格员给您发来消息。",
            message_id=message.pk,
        )
        tell(fact, ("message", firm.pk), by=by, at=at, clause="附1-(1)a")
    return message


def mark_messages_read(*, enterprise_id: int, by: Actor, at: datetime) -> int:
    """Note that the other side's messages were seen; return how many.

    Raises:
        NotFound: neither the enterprise nor its officer.
    """
    policy.require_thread(by, enterprise_id)
    waiting = Message.objects.filter(
        enterprise_id=enterprise_id, is_from_enterprise=by.enterprise_id is None, read_at__isnull=True
    )
    return waiting.update(read_at=at)
