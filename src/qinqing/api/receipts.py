"""Files over the interface: sent first, named by a signed receipt afterwards."""

from collections.abc import Iterable
from dataclasses import astuple

from django.core import signing

from qinqing.cases.files import Received
from qinqing.kernel.errors import Refused

_SALT = "api.file"
_DAY = 86_400


def receipt_of(received: Received) -> str:
    """Return the receipt of a stored file."""
    return signing.dumps(astuple(received), salt=_SALT)


def files_of(receipts: Iterable[str]) -> list[Received]:
    """Return the files the receipts stand for.

    Raises:
        Refused: a receipt that is forged, broken or older than a day.
    """
    try:
        return [Received(*signing.loads(receipt, salt=_SALT, max_age=_DAY)) for receipt in receipts]
    except (signing.BadSignature, ValueError, TypeError) as fault:
        raise Refused("receipt", "附件凭据无效或已过期，请重新上传。", field="files") from fault
