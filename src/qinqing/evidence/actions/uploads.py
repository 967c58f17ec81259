"""Whole files from the forms of office and enterprise, and hanging them on a firm."""

import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from qinqing.cases import files
from qinqing.evidence import store
from qinqing.evidence.models import Attachment, Blob
from qinqing.evidence.words import Role, State
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused

_APPLE = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"mif1", b"msf1", b"avif")

_JUST_NOW = timedelta(hours=1)


def receive_upload(name: str, stream: IO[bytes], *, by: Actor, at: datetime) -> UUID:
    """Check one file of a web form, keep it, and return the id of the new attachment.

    It hangs on nothing yet: the action that uses it calls `claim` and tells the ledger. Pictures are re-encoded, which
    leaves place and camera data behind.

    Raises:
        Refused: too large, empty, HEIC, not what its name says, broken, or a kind that is not taken (field "files").
    """
    shown = files.safe_name(name)
    raw = stream.read(files.LARGEST + 1)
    if raw[4:8] == b"ftyp" and raw[8:12] in _APPLE:
        raise Refused(
            "picture_heic",
            f"“{shown}”是苹果手机的 HEIC 照片，多数电脑打不开。请在手机“设置—相机—格式”里选“兼容性最佳”后重拍，或另存为 jpg 再传。",
            field="files",
        )
    got = files.receive(shown, io.BytesIO(raw))
    is_picture = got.mime.startswith("image/")
    with transaction.atomic():
        keep_blob(got.digest, got.size, got.mime, at)
        found = Attachment.objects.create(
            town_id=by.town_id,
            role=(Role.PHOTO if is_picture else Role.FILE).value,
            name=got.name,
            type=got.mime,
            sha256=got.digest,
            size=got.size,
            offset=got.size,
            state=State.COMPLETE.value,
            at=at,
            account_id=by.account_id,
            office_id=by.office_id,
            by_name=by.name,
        )
    return found.pk


def claim(
    ids: Iterable[UUID | str], *, enterprise_id: int | None, by: Actor, at: datetime, for_enterprise: bool = False
) -> list[UUID]:
    """Hang attachments the actor brought on a firm, inside the transaction of the action that uses them; return their ids.

    Ids of others, unknown ones and what is no id are left out. `for_enterprise` lets the firm itself look at them; once
    given it stays.
    """
    wanted = _ids(ids)
    free = Q(enterprise__isnull=True) | Q(enterprise_id=enterprise_id)
    mine = Attachment.objects.filter(free, pk__in=wanted, town_id=by.town_id)
    if by.account_id is not None:
        mine = mine.filter(account_id=by.account_id)
    else:  # the bearer of a firm's card: what came under this name just now
        mine = mine.filter(account__isnull=True, by_name=by.name, at__gte=at - _JUST_NOW)
    found = set(mine.values_list("pk", flat=True))
    kept = [one for one in wanted if one in found]
    if kept:
        rows = Attachment.objects.filter(pk__in=kept)
        rows.update(enterprise_id=enterprise_id, **({"for_enterprise": True} if for_enterprise else {}))
    return kept


def publish(ids: Iterable[UUID | str], *, enterprise_id: int, by: Actor, at: datetime) -> None:
    """Let a firm look at attachments that hang on it: called by the action that publishes what they belong to.

    `at` and `by` are the publisher's; the entry in the ledger is that action's.
    """
    rows = Attachment.objects.filter(pk__in=_ids(ids), town_id=by.town_id, enterprise_id=enterprise_id, at__lte=at)
    rows.update(for_enterprise=True)


def keep_blob(sha256: str, size: int, kind: str, at: datetime) -> None:
    """Note that bytes lie in the store; they must be on the disk already."""
    if not store.is_kept(sha256, size):
        raise FileNotFoundError(sha256)
    Blob.objects.bulk_create([Blob(sha256=sha256, size=size, type=kind, at=at)], ignore_conflicts=True)


def _ids(ids: Iterable[UUID | str]) -> list[UUID]:
    found: dict[UUID, None] = {}
    for one in ids:
        try:
            found[one if isinstance(one, UUID) else UUID(one)] = None
        except (ValueError, AttributeError, TypeError):
            continue
    return list(found)
