"""Phones on a bad day, by chance: finalize, put, patch, drop the reply, kill, evict, sign in anew, in any order; the invariants after each step.

I1 nothing lost · I2 nothing doubled · I3 whole · I4 no early delete · I5 frozen · I6 mine · I9 noticed.
"""

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from qinqing.evidence import reads as evidence
from qinqing.evidence.models import Attachment
from qinqing.field.models import Conflict, Loss, Receipt, Record
from qinqing.ledger.models import Entry
from tests.field.phone import Item, Phone
from tests.field.probe import traces

if TYPE_CHECKING:
    from tests.cases.world import World

WHO = ("officer", "officer2")
FIRMS = {"officer": "lamp", "officer2": "mould"}


class Walk(RuleBasedStateMachine):
    """Two officers' phones against the server; `given` is everything ever finalized, whatever became of the phone's copy."""

    world: "World"

    @initialize()
    def begin(self) -> None:
        self.phones = {who: Phone(self.world, who) for who in WHO}
        self.given: dict[str, tuple[str, Item]] = {}
        self.evicted: set[str] = set()
        self.told: dict[str, set[str]] = {who: set() for who in WHO}
        self.beaten: dict[str, set[str]] = {who: set() for who in WHO}
        for who in WHO:  # a walk that leaves `finalize` out has something to send all the same
            for photos in (0, 1, 2):
                self.finalize(who, photos, twin=False)
            self.beat(who)

    def some(self, data: st.DataObject, who: str) -> Item | None:
        outbox = list(self.phones[who].outbox.values())
        return data.draw(st.sampled_from(outbox)) if outbox else None

    @rule(who=st.sampled_from(WHO), photos=st.integers(0, 2), twin=st.booleans())
    def finalize(self, who: str, photos: int, twin: bool) -> None:
        item = self.phones[who].finalize("probe", photos, firm=FIRMS[who], seed=5 if twin else 0)
        self.given[item.id] = (who, item)

    @rule(who=st.sampled_from(WHO), replies=st.lists(st.booleans(), min_size=1, max_size=5))
    def put(self, who: str, replies: list[bool]) -> None:
        """Send the texts of some records; the reply arrives or is dropped."""
        for item, arrives in zip(list(self.phones[who].outbox.values()), replies, strict=False):
            answer = self.phones[who].put(item)
            assert answer.status_code in (200, 201)
            if arrives:
                self.keep(who, item, answer.json()["receipt"])

    @rule(
        who=st.sampled_from(WHO), replies=st.lists(st.booleans(), min_size=1, max_size=8), size=st.integers(200, 9000)
    )
    def patch(self, who: str, replies: list[bool], size: int) -> None:
        """Send the next piece of some photos; the reply arrives or is dropped."""
        phone = self.phones[who]
        photos = [(item, key) for item in phone.outbox.values() for key in item.photos]
        for (item, key), arrives in zip(photos, replies, strict=False):
            asked = phone.get(f"attachments/{key}")
            if asked.status_code == 404:
                assert phone.status(item).status_code == 404
                continue
            offset = asked.json()["offset"]
            answer = phone.patch(key, offset, item.photos[key][offset : offset + size] or b"x")
            assert answer.status_code in (200, 409)
            if arrives and answer.status_code == 200:
                self.keep(who, item, answer.json()["receipt"])

    @rule(who=st.sampled_from(WHO), data=st.data(), hurt=st.sampled_from(["body", "offset", "octets"]))
    def hurt(self, who: str, data: st.DataObject, hurt: str) -> None:
        """Something arrives damaged or out of place: refused with its class, and nothing of it stays."""
        item, phone = self.some(data, who), self.phones[who]
        if item is None:
            return
        if hurt == "body":
            assert phone.put(item, body=item.body[:-1]).json()["code"] == "damaged"
            return
        for key, octets in list(item.photos.items())[:1]:
            asked = phone.get(f"attachments/{key}")
            if asked.status_code != 200 or asked.json()["state"] == "complete":
                continue
            offset = asked.json()["offset"]
            if hurt == "offset":
                assert phone.patch(key, offset + 1, octets[offset + 1 : offset + 9] or b"x").status_code == 409
                assert phone.get(f"attachments/{key}").json()["offset"] == offset
            else:
                assert phone.patch(key, offset, bytes(len(octets) - offset)).status_code == 460
                assert phone.get(f"attachments/{key}").json()["offset"] == 0

    @rule(who=st.sampled_from(WHO), data=st.data())
    def ask(self, who: str, data: st.DataObject) -> None:
        """Ask whether a lost reply had arrived."""
        item = self.some(data, who)
        if item is None:
            return
        answer = self.phones[who].status(item)
        if answer.status_code == 200:
            self.keep(who, item, answer.json()["receipt"])

    @rule(who=st.sampled_from(WHO))
    def beat(self, who: str) -> None:
        phone = self.phones[who]
        told = {one["id"] for one in phone.beat()["lost"]}
        self.told[who] = told
        self.beaten[who] |= set(phone.outbox)

    @rule(who=st.sampled_from(WHO), dice=st.integers(1, 6))
    def evict(self, who: str, dice: int) -> None:
        """The browser throws the store away, now and then."""
        if dice < 5:
            return
        phone = self.phones[who]
        self.evicted |= set(phone.outbox)
        phone.outbox.clear()

    @rule(who=st.sampled_from(WHO), forgets=st.booleans())
    def relogin(self, who: str, forgets: bool) -> None:
        """Sign in anew; with the store gone even the device is forgotten, and an old credential dies or is forgotten."""
        phone = self.phones[who]
        phone.sign_in()
        phone.register("" if forgets else phone.device)
        phone.sign_out()

    @rule(who=st.sampled_from(WHO), data=st.data())
    def meddle(self, who: str, data: st.DataObject) -> None:
        """Another person's phone sends the same: told of a conflict and of nothing else."""
        item, other = self.some(data, who), self.phones[WHO[1 - WHO.index(who)]]
        if item is None or self.phones[who].status(item).status_code == 404:
            return
        assert other.status(item).status_code == 404
        assert other.put(item).status_code == 409
        for key in item.photos:
            assert other.patch(key, 0, b"x").status_code == 404

    @precondition(lambda self: any(phone.outbox for phone in self.phones.values()))
    @rule()
    def sync_all(self) -> None:
        """A good moment: everything still on the phones goes through."""
        for who, phone in self.phones.items():
            for item in list(phone.outbox.values()):
                phone.sync(item)
                self.keep(who, item, phone.receipts[item.id])

    def keep(self, who: str, item: Item, receipt: dict[str, Any] | None) -> None:
        """Store a receipt that fits, and only then let go of the copy."""
        if receipt is None:
            return
        phone = self.phones[who]
        assert receipt["manifest_sha256"] == item.manifest()
        assert phone.receipts.setdefault(item.id, receipt) == receipt, "I2: one receipt a record"
        phone.outbox.pop(item.id, None)

    @invariant()
    def nothing_lost_doubled_or_changed(self) -> None:
        if not hasattr(self, "given"):
            return
        rows = {str(row.pk): row for row in Record.objects.all()}
        assert set(rows) <= set(self.given)
        for key, (who, item) in self.given.items():
            here = key in self.phones[who].outbox
            assert here or key in rows or key in self.evicted, "I1"
            if key in rows:
                assert bytes(rows[key].body) == item.body, "I5"
                assert rows[key].account_id == self.phones[who].account, "I6"
        assert traces() == len(rows), "I2: each entered once"
        numbers = sorted(Receipt.objects.values_list("no", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert Entry.objects.filter(kind="field.received").count() == len(numbers)

    @invariant()
    def receipts_are_whole(self) -> None:
        if not hasattr(self, "given"):
            return
        receipts = {str(row.pk): row for row in Receipt.objects.all()}
        for who, phone in self.phones.items():
            assert set(phone.receipts) <= set(receipts), ("I4", who)
        for key, receipt in receipts.items():
            item = self.given[key][1]
            assert receipt.manifest_sha256 == item.manifest()
            for found in evidence.photos(item.photos):
                assert found.is_here, "I3"
                with evidence.open_bytes(found) as kept:
                    assert hashlib.sha256(kept.read()).hexdigest() == found.sha256
        assert not Attachment.objects.exclude(record__in=[item.id for _, item in self.given.values()]).exists()

    @invariant()
    def losses_are_noticed(self) -> None:
        if not hasattr(self, "given"):
            return
        open_losses = {str(row.pk) for row in Loss.objects.filter(found_at__isnull=True)}
        for who in WHO:
            for key in self.told[who]:
                assert key in self.evicted, "nothing is called lost that is not"
        assert not open_losses & {str(key) for key in Receipt.objects.values_list("pk", flat=True)}

    def teardown(self) -> None:
        if not hasattr(self, "given"):
            return
        for who, phone in self.phones.items():
            noticed = self.beaten[who] & self.evicted - set(map(str, Receipt.objects.values_list("pk", flat=True)))
            told = {one["id"] for one in phone.beat()["lost"]}
            assert noticed - set(phone.outbox) <= told, "I9: by the next report at the latest"
            for item in list(phone.outbox.values()):
                phone.sync(item)
        for key, (_, item) in self.given.items():
            if key not in self.evicted:
                assert Receipt.objects.get(pk=key).manifest_sha256 == item.manifest()
        assert Conflict.objects.count() <= len(self.given)


@pytest.mark.django_db(transaction=True)
def test_whatever_happens_in_whatever_order(clock: object, probe: str) -> None:
    from django.db import transaction

    from tests.cases.world import make_world

    world = make_world()

    class Fresh(Walk):
        """Each walk begins with an empty server: what it did is undone at its end."""

        def __init__(self) -> None:
            super().__init__()
            self.world = world
            self.undone = transaction.atomic()
            self.undone.__enter__()

        def teardown(self) -> None:
            try:
                super().teardown()
            finally:
                transaction.set_rollback(True)
                self.undone.__exit__(None, None, None)

    run_state_machine_as_test(
        Fresh,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
