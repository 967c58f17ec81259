"""Telling the ledger that full phone numbers went onto a phone: once a day for the same ones, and whenever others come along."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from qinqing.field.facts import PhonesCarried
from qinqing.field.models import Device
from qinqing.field.reads.senders import Sender
from qinqing.kernel.clock import SHANGHAI
from qinqing.ledger import actions as ledger
from qinqing.ledger.subjects import number_of


def tell_phones(contacts: Sequence[int], *, by: Sender, at: datetime) -> None:
    """Write down whose full numbers a phone has just been given.

    Source: permission matrix; 个人信息保护 (domain research §9).
    """
    if not contacts:
        return
    day = at.astimezone(SHANGHAI).date()
    digest = hashlib.sha256(f"{day} {sorted(contacts)}".encode()).hexdigest()
    with transaction.atomic():
        if by.device_id is not None:
            fresh = Device.objects.filter(pk=by.device_id).exclude(phones_told=digest)
            if not fresh.update(phones_told=digest):
                return
        name = by.device_name or "未登记的浏览器"
        fact = PhonesCarried(device=str(by.device_id or ""), name=name, contacts=tuple(contacts))
        on = ("device", number_of(by.device_id)) if by.device_id else ("account", by.account_id)
        ledger.record(fact, book=by.actor.book, on=on, label=name, by=by.actor, at=at, clause="附1-(1)b")
