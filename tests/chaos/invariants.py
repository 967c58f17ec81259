"""The promises of the field, asked of the town's database and of the phone's, never of the screen.

I1 nothing lost · I2 nothing doubled · I3 whole · I4 no early delete · I5 frozen · I6 mine · (I7 durable drafts, I8 honest
words and I9 losses noticed have tests of their own). What has not arrived yet is *unfinished*, not a violation.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from tests.chaos.town import Arrived, Town, manifest

Promised = Mapping[str, dict[str, Any]]


def violations(
    town: Town, phone: Mapping[str, Any], promised: Promised, *, strangers: frozenset[str] = frozenset()
) -> list[str]:
    """Return every broken promise in words; [] when all hold.

    Args:
        town: asked in SQL, its files hashed anew.
        phone: what `chaos.state()` said of the phone that made the records.
        promised: records the phone called finished, by id: body digest and attachments.
        strangers: ids that others may have sent.
    """
    arrived = town.arrived()
    found: list[str] = []
    here = {one["id"] for one in phone["outbox"]}
    for key, one in promised.items():
        there = arrived.get(key)
        if there is None and key not in here:
            found.append(f"I1 {key}: finished, and neither with the town nor on the phone")
        if there is not None:
            found += _whole(key, one, there, phone["uid"])
    for one in phone["receipts"]:
        there = arrived.get(one["id"])
        if there is None or there.no is None:
            found.append(f"I4 {one['id']}: the phone let go of it and the town gave no receipt")
        elif there.no != one["no"]:
            found.append(f"I8 {one['id']}: the phone shows № {one['no']}, the town gave № {there.no}")
    lost = {photo for row in phone["outbox"] for photo in row["attachments"]} - set(phone["photos"])
    hurt = {photo for one in promised.values() for photo in one.get("hurt", ())}
    found += [f"I4 photo {photo}: gone from the phone while its record waits" for photo in sorted(lost - hurt)]
    found += [
        f"I2 {key}: the town has a record no phone finished" for key in sorted(set(arrived) - set(promised) - strangers)
    ]
    numbers = [one.no for one in arrived.values() if one.no is not None]
    if len(numbers) != len(set(numbers)):
        found.append("I2 a receipt number was given twice")
    visits = Counter(str(uid).replace("-", "") for (uid,) in town.sql("SELECT uid FROM patrol_visit"))
    for key, there in arrived.items():
        stands = visits[key.replace("-", "")]
        if stands > 1 or (there.no is not None and there.taking == "taken" and stands != 1):
            found.append(f"I2 {key}: receipted once, and stands {stands} times among the visits")
    return found


def unfinished(phone: Mapping[str, Any]) -> list[str]:
    """Return what still waits on the phone by itself."""
    return [one["id"] for one in phone["outbox"] if one["state"] == "waiting"]


def _whole(key: str, one: dict[str, Any], there: Arrived, uid: int) -> list[str]:
    found = []
    if there.sha256 != one["sha256"] or there.real_sha256 != one["sha256"]:
        found.append(f"I5 {key}: the town's body is not the phone's")
    if there.account != uid:
        found.append(f"I6 {key}: came in under somebody else's name")
    if there.no is None:
        return found
    expected = {photo["id"]: photo["sha256"] for photo in one["attachments"]}
    for photo, digest in expected.items():
        if there.photos.get(photo) != digest:
            found.append(f"I3 {key}: receipted, and photo {photo} is not bit-equal")
    if there.manifest != manifest(one["sha256"], one["attachments"]):
        found.append(f"I3 {key}: the receipt vouches for something else")
    return found
