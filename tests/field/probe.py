"""A folder that takes records in as the test tells it to: `data["do"]` says what goes wrong, after a row was written."""

from datetime import datetime
from hashlib import sha256

from qinqing.evidence.models import Blob
from qinqing.evidence.words import Body, Flag, NotYet, Record
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused


def take_in(data: Body, *, record: Record, by: Actor, at: datetime) -> list[Flag]:
    trace(record, by, at)
    match data.get("do", "take"):
        case "take":
            return []
        case "flag":
            return [Flag("far", "地点偏远。")]
        case "refuse":
            raise Refused("closed", "企业已注销。")
        case "shape":
            return [data["missing"]]
        case "crash":
            raise RuntimeError("bug")
        case "wait" if not record.is_last_try and not Blob.objects.filter(type=f"probe {data['for']}").exists():
            raise NotYet("前一条还没有到。")
        case "twice":
            Blob.objects.create(sha256="x" * 64, size=1, type="probe", at=at)
            Blob.objects.create(sha256="x" * 64, size=1, type="probe", at=at)
    return []


def trace(record: Record, by: Actor, at: datetime) -> None:
    """Leave a row, so that a test sees whether the folder's writes stayed, and how often."""
    key = sha256(f"{record.id}".encode()).hexdigest()
    Blob.objects.create(sha256=key, size=by.account_id or 0, type=f"probe {record.id}", at=at)


def traces() -> int:
    return Blob.objects.filter(type__startswith="probe ").count()
