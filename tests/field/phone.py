"""A phone that speaks the protocol through the test client: finalizes, sends, loses replies, resumes, forgets."""

import hashlib
import json
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from qinqing.people.models import Account
from tests.evidence.pictures import jpeg

if TYPE_CHECKING:
    from tests.cases.world import World

HEADERS = {"X-Qinqing-Field": "1"}
CHUNK = 1000
NOW_MS = 1_795_395_600_000
"""2026-11-23 09:00 in Shanghai, where the tests' clock stands."""
_dice = random.Random(7)


def fresh() -> str:
    return str(UUID(int=_dice.getrandbits(128), version=4))


@dataclass
class Item:
    """One finalized record: its frozen body, and its photos' bytes by id."""

    kind: str
    id: str
    body: bytes
    photos: dict[str, bytes] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    def manifest(self) -> str:
        """Return what the receipt must vouch for, by the protocol's own formula."""
        text = self.sha256
        for key in sorted(self.photos):
            text += key + hashlib.sha256(self.photos[key]).hexdigest()
        return hashlib.sha256(text.encode()).hexdigest()


class Phone:
    """One browser of one person."""

    def __init__(
        self, world: "World", who: str, *, agent: str = "Mozilla/5.0 (Linux; Android 12) Chrome/100", known: str = ""
    ) -> None:
        self.world, self.who, self.agent = world, who, agent
        self.client = Client(HTTP_USER_AGENT=agent)
        self.outbox: dict[str, Item] = {}
        self.receipts: dict[str, dict[str, Any]] = {}
        self.device = ""
        self.sign_in()
        self.register(known)

    @property
    def account(self) -> int:
        return self.world.who[self.who].account_id or 0

    def sign_in(self) -> None:
        self.client.force_login(Account.objects.get(pk=self.account))
        self.client.get("/")  # as the page that was opened: the session begins its limits

    def sign_out(self) -> None:
        self.client.cookies.pop("qinqing", None)

    def register(self, known: str = "") -> HttpResponse:
        answer = self.post_json("/field/device/", {"device": known, "name": "", "app": "1"})
        if answer.status_code == 200:
            self.device = answer.json()["device"]["id"]
        return answer

    def post_json(self, address: str, values: Any, **headers: str) -> HttpResponse:
        found: HttpResponse = self.client.post(
            address, json.dumps(values), content_type="application/json", headers={**HEADERS, **headers}
        )
        return found

    def get(self, address: str, **headers: str) -> HttpResponse:
        found: HttpResponse = self.client.get(f"/field/api/{address}", headers={**HEADERS, **headers})
        return found

    def finalize(
        self, kind: str = "probe", photos: int = 0, *, firm: str | None = "lamp", seed: int = 0, **more: Any
    ) -> Item:
        """Freeze a record with so many photos; `data`, `clock`, `by` and the rest of the envelope may be given."""
        key = more.pop("id", None) or fresh()
        pictures = {fresh(): jpeg(60, 40, seed=seed or _dice.getrandbits(20)) for _ in range(photos)}
        body = {
            "v": 1,
            "kind": kind,
            "id": key,
            "by": self.account,
            "device": self.device,
            "app": "1",
            "clock": {"wall_ms": NOW_MS, "mono_ms": NOW_MS, "session": "s", "zone_min": 480, "offset_ms": 0},
            "enterprise": self.world.firms[firm] if firm else None,
            "place": None,
            "attachments": [
                {
                    "id": name,
                    "sha256": hashlib.sha256(octets).hexdigest(),
                    "size": len(octets),
                    "type": "image/jpeg",
                    "role": "photo",
                    "made_ms": NOW_MS,
                }
                for name, octets in pictures.items()
            ],
            "data": {},
        } | more
        item = Item(kind, key, json.dumps(body, ensure_ascii=False).encode(), pictures)
        self.outbox[key] = item
        return item

    def put(self, item: Item, body: bytes | None = None, **headers: str) -> HttpResponse:
        """Send the record; `body` sends other bytes than the digest says."""
        found: HttpResponse = self.client.post(
            f"/field/api/records/{item.kind}/{item.id}",
            item.body if body is None else body,
            content_type="application/json",
            headers={**HEADERS, "X-Content-SHA256": item.sha256, **headers},
        )
        return found

    def patch(self, key: str, offset: int, piece: bytes, **headers: str) -> HttpResponse:
        found: HttpResponse = self.client.post(
            f"/field/api/attachments/{key}",
            piece,
            content_type="application/octet-stream",
            headers={**HEADERS, "Upload-Offset": str(offset), **headers},
        )
        return found

    def status(self, item: Item) -> HttpResponse:
        return self.get(f"records/{item.kind}/{item.id}")

    def send_photo(self, item: Item, key: str, offset: int = 0) -> HttpResponse:
        """Send a photo to its end, from an offset."""
        octets, answer = item.photos[key], None
        while offset < len(octets):
            answer = self.patch(key, offset, octets[offset : offset + CHUNK])
            assert answer.status_code == 200, answer.content
            offset = answer.json()["offset"]
        assert answer is not None
        return answer

    def sync(self, item: Item) -> dict[str, Any]:
        """Send everything of a record and return its receipt; forget it, as a phone may then."""
        answer = self.put(item)
        assert answer.status_code in (200, 201), answer.content
        told = answer.json()
        for missing in told["missing"]:
            self.send_photo(item, missing["id"], missing["offset"])
        receipt = told["receipt"] or self.status(item).json()["receipt"]
        assert receipt is not None
        assert receipt["manifest_sha256"] == item.manifest()
        self.receipts[item.id] = receipt
        del self.outbox[item.id]
        found: dict[str, Any] = receipt
        return found

    def beat(self, **more: Any) -> dict[str, Any]:
        """Report what is still here."""
        pending = [{"kind": one.kind, "id": one.id, "made_ms": NOW_MS} for one in self.outbox.values()]
        values = {"device": self.device, "epoch": "e1", "app": "1", "pending": pending} | more
        answer = self.post_json("/field/api/heartbeat", values)
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = answer.json()
        return found
