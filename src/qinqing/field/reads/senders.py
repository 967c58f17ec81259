"""Who a call of the field comes from: the bearer of a device's credential, or a signed-in person."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from qinqing.field import policy
from qinqing.field.models import Device
from qinqing.field.words import DeviceState
from qinqing.kernel import secrets
from qinqing.kernel.actor import Actor
from qinqing.people import reads as people

CREDENTIAL = "field.device"
"""The purpose credentials are digested for."""
VIA = "field"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, from which post, by which device.

    Attributes:
        actor: as whom; of a retired officer the one he last was.
        post_id: the post he acts from.
        device_id, device_name: None and "" where a signed-in session sends without a device.
        standing: active: records are taken in. Retired, revoked: they are kept for review, and nothing is handed out.
        is_signed_in: by a session, not by the credential alone.
    """

    actor: Actor
    post_id: int
    device_id: UUID | None = None
    device_name: str = ""
    standing: DeviceState = DeviceState.ACTIVE
    is_signed_in: bool = False
    wipe: bool = False
    seen_at: datetime | None = None

    @property
    def account_id(self) -> int:
        """Return the account records are kept under."""
        assert self.actor.account_id is not None  # noqa: S101  whoever carries a phone has an account
        return self.actor.account_id


def by_credential(token: str, *, on: date) -> Sender | None:
    """Return who bears this credential, None if nobody. One query while the post it was issued for is open."""
    device = (
        Device.objects.filter(credential__in=secrets.indexes(token, CREDENTIAL))
        .select_related("account", "post__account", "post__office__town")
        .defer("pending", "self_test", "storage")
        .first()
    )
    if device is None:
        return None
    post, is_open = device.post, _is_open(device, on)
    if not is_open and device.account.is_active:
        # He sits elsewhere now: his records go on under the post he holds today.
        for other in people.posts_of(device.account_id, on):
            if policy.may_carry(people.actor_of(other)):
                post, is_open = other, True
                break
    standing = DeviceState.ACTIVE if is_open else DeviceState.RETIRED
    if device.state == DeviceState.REVOKED:
        standing = DeviceState.REVOKED
    return Sender(
        people.actor_of(post, via=VIA),
        post.pk,
        device.pk,
        device.name,
        standing,
        wipe=device.wipe or not is_open,
        seen_at=device.seen_at,
    )


def of_session(by: Actor, post_id: int, token: str, *, on: date) -> Sender:
    """Return a signed-in person as sender, with his own device where the browser bears its credential."""
    bearer = by_credential(token, on=on) if token else None
    mine = bearer if bearer is not None and bearer.actor.account_id == by.account_id else None
    if mine is None:
        return Sender(replace(by, via=VIA), post_id, is_signed_in=True)
    return replace(mine, actor=replace(by, via=VIA), post_id=post_id, is_signed_in=True)


def _is_open(device: Device, on: date) -> bool:
    post = device.post
    ends_later = post.ends_on is None or post.ends_on >= on
    return (
        device.account.is_active
        and post.office.is_active
        and post.starts_on <= on
        and ends_later
        and policy.may_carry(people.actor_of(post))
    )
