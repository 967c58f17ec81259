"""A record comes in once, whole and bit for bit, however it travelled and whatever it says."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from qinqing.evidence.models import Attachment
from qinqing.field.models import Conflict, Receipt, Record
from qinqing.ledger.models import Entry
from qinqing.ledger.verify import verify
from tests.field.phone import HEADERS, NOW_MS, Phone, fresh
from tests.field.probe import traces

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock


class TestStoring:
    def test_new_is_201_with_a_receipt_over_its_bytes(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe)
        answer = phone.put(item)
        told = answer.json()
        assert answer.status_code == 201
        assert told["ok"] is True
        assert (told["state"], told["missing"], told["flags"]) == ("complete", [], [])
        assert told["receipt"] == {"no": 1, "at_ms": NOW_MS, "manifest_sha256": item.manifest()}
        assert told["server_time"] == NOW_MS
        row = Record.objects.get()
        assert bytes(row.body) == item.body
        assert (row.account_id, str(row.device_id), row.taking, row.needs) == (
            phone.account,
            phone.device,
            "taken",
            False,
        )

    def test_sent_again_is_200_with_the_same_receipt_and_nothing_done_twice(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe)
        first, again, asked = phone.put(item), phone.put(item), phone.status(item)
        assert (first.status_code, again.status_code, asked.status_code) == (201, 200, 200)
        assert first.json()["receipt"] == again.json()["receipt"] == asked.json()["receipt"]
        assert (Record.objects.count(), Receipt.objects.count(), traces()) == (1, 1, 1)

    def test_receipts_count_up_within_the_town_and_the_ledger_vouches_for_each(self, phone: Phone, probe: str) -> None:
        numbers = [phone.sync(phone.finalize(probe, photos=n % 2))["no"] for n in range(4)]
        assert numbers == [1, 2, 3, 4]
        entries = Entry.objects.filter(kind="field.received").order_by("seq")
        assert [entry.label for entry in entries] == [f"№ {n:06d}" for n in numbers]
        assert all(Record.objects.filter(sha256=entry.files_text.split()[0]).exists() for entry in entries)
        assert verify(book=phone.world.town.code).ok

    def test_bytes_hurt_on_the_way_are_refused_and_leave_nothing(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe)
        for body in (item.body[:-3], item.body.replace(b"probe", b"prob3"), b""):
            answer = phone.put(item, body=body)
            assert (answer.status_code, answer.json()["code"]) == (400, "damaged"), body
        assert not Record.objects.exists()
        assert phone.put(item).status_code == 201

    def test_other_bytes_under_a_known_id_are_kept_aside_once(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe)
        phone.put(item)
        other = phone.finalize(probe, id=item.id, data={"text": "改过"})
        for _ in range(3):
            answer = phone.put(other)
            assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
            assert "receipt" not in answer.json()
        assert bytes(Record.objects.get().body) == item.body
        assert bytes(Conflict.objects.get().body) == other.body
        assert traces() == 1

    def test_too_large_is_413(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe, data={"text": "x" * (1024 * 1024)})
        answer = phone.put(item)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
        assert not Record.objects.exists()

    def test_put_and_head_pass_as_post(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe, photos=1)
        assert phone.put(item, **{"X-HTTP-Method-Override": "PUT"}).status_code == 201
        key = next(iter(item.photos))
        asked = phone.patch(key, 0, b"", **{"X-HTTP-Method-Override": "HEAD"})
        assert (asked.status_code, asked.json()["offset"], asked.json()["state"]) == (200, 0, "expected")
        assert phone.patch(key, 0, b"x", **{"X-HTTP-Method-Override": "DELETE"}).status_code == 405


class TestPhotos:
    def test_the_receipt_waits_for_every_photo_and_vouches_for_all(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe, photos=3)
        told = phone.put(item).json()
        assert told["state"] == "stored"
        assert told["receipt"] is None
        assert [one["id"] for one in told["missing"]] == list(item.photos)
        answers = [phone.send_photo(item, key).json() for key in item.photos]
        assert [answer["receipt"] is None for answer in answers] == [True, True, False]
        assert answers[-1]["receipt"]["manifest_sha256"] == item.manifest()
        assert phone.status(item).json()["state"] == "complete"

    def test_bytes_are_equal_bit_for_bit(self, phone: Phone, probe: str) -> None:
        from qinqing.evidence import reads as evidence

        item = phone.finalize(probe, photos=2)
        phone.sync(item)
        for found in evidence.photos(item.photos):
            with evidence.open_bytes(found) as kept:
                assert kept.read() == item.photos[str(found.id)]

    def test_resumes_where_the_server_stands(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe, photos=1)
        phone.put(item)
        key, octets = next(iter(item.photos.items()))
        assert phone.patch(key, 0, octets[:1000]).json()["offset"] == 1000
        assert phone.get(f"attachments/{key}").json()["offset"] == 1000
        assert phone.status(item).json()["missing"] == [{"id": key, "offset": 1000, "size": len(octets)}]
        for offset in (0, 500, 999, 1001, 2000, 10**8):
            wrong = phone.patch(key, offset, octets[:10])
            assert (wrong.status_code, wrong.json()["code"], wrong.json()["offset"]) == (409, "offset", 1000)
        assert phone.send_photo(item, key, 1000).json()["receipt"]

    def test_a_piece_beyond_the_end_is_not_taken(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe, photos=1)
        phone.put(item)
        key, octets = next(iter(item.photos.items()))
        assert phone.patch(key, 0, octets + b"more").status_code == 409
        assert phone.patch(key, 0, b"x" * (1024 * 1024 + 1)).status_code == 413

    def test_a_damaged_photo_starts_over(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe, photos=1)
        phone.put(item)
        key, octets = next(iter(item.photos.items()))
        phone.patch(key, 0, octets[:1000])
        answer = phone.patch(key, 1000, bytes(len(octets) - 1000))
        assert (answer.status_code, answer.json()["code"], answer.json()["offset"]) == (460, "damaged", 0)
        assert phone.status(item).json()["receipt"] is None
        assert phone.send_photo(item, key).json()["receipt"]["manifest_sha256"] == item.manifest()

    def test_a_piece_with_its_own_digest_is_checked_at_once(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe, photos=1)
        phone.put(item)
        key, octets = next(iter(item.photos.items()))
        answer = phone.patch(key, 0, octets[:1000], **{"X-Content-SHA256": "0" * 64})
        assert (answer.status_code, answer.json()["code"]) == (400, "damaged")
        assert phone.get(f"attachments/{key}").json()["offset"] == 0

    def test_identical_photos_are_two_attachments(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe, photos=2, seed=5)
        assert len(set(item.photos.values())) == 1
        assert phone.sync(item)
        assert Attachment.objects.filter(state="complete").count() == 2

    def test_pieces_after_the_end_change_nothing(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe, photos=1)
        receipt = phone.sync(item)
        key, octets = next(iter(item.photos.items()))
        answer = phone.patch(key, 0, octets[:1000])
        assert (answer.status_code, answer.json()["state"]) == (409, "complete")
        assert answer.json()["receipt"] == receipt

    def test_before_its_record_it_is_unknown(self, phone: Phone) -> None:
        answer = phone.patch(fresh(), 0, b"x")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    def test_a_photo_that_is_none_is_kept_and_flagged(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe)
        key, octets = fresh(), b"no picture at all"
        import hashlib

        listed = [
            {
                "id": key,
                "sha256": hashlib.sha256(octets).hexdigest(),
                "size": len(octets),
                "type": "image/jpeg",
                "role": "photo",
                "made_ms": NOW_MS,
            }
        ]
        item = phone.finalize(probe, attachments=listed)
        item.photos[key] = octets
        phone.sync(item)
        row = Record.objects.get(pk=item.id)
        assert [one["code"] for one in row.flags] == ["photo_broken"]
        assert row.needs


class TestLies:
    """What a server may receive from a client that is broken, old or hostile."""

    @pytest.mark.parametrize(
        "body",
        [
            b"\xff\xfe no text",
            b"[1,2]",
            b'{"id": "other"}',
            b"{" * 50_000,
            b'{"v":1,"kind":"probe","data":' + b"[" * 900 + b"]" * 900 + b"}",
            b'{"v":NaN}',
        ],
    )
    def test_what_cannot_be_read_is_kept_receipted_and_waits_for_a_person(
        self, phone: Phone, probe: str, body: bytes
    ) -> None:
        item = phone.finalize(probe)
        item.body = body
        told = phone.put(item).json()
        assert told["receipt"]["manifest_sha256"] == item.manifest()
        assert [one["code"] for one in told["flags"]] == ["unreadable"]
        row = Record.objects.get()
        assert (bytes(row.body), row.taking, row.needs) == (body, "unreadable", True)
        assert traces() == 0

    @pytest.mark.parametrize(
        ("do", "taking", "code"),
        [
            ("refuse", "refused", "not_taken"),
            ("shape", "unreadable", "unreadable"),
            ("crash", "refused", "not_taken"),
            ("twice", "refused", "not_taken"),
        ],
    )
    def test_a_folder_that_fails_leaves_the_record_and_nothing_else(
        self, phone: Phone, probe: str, do: str, taking: str, code: str
    ) -> None:
        item = phone.finalize(probe, data={"do": do})
        told = phone.put(item).json()
        assert told["receipt"] is not None
        assert [one["code"] for one in told["flags"]] == [code]
        assert (Record.objects.get().taking, Record.objects.get().needs) == (taking, True)
        assert traces() == 0, "what the folder wrote before it failed is undone"

    def test_a_folders_flag_is_kept_and_told(self, phone: Phone, probe: str) -> None:
        told = phone.put(phone.finalize(probe, data={"do": "flag"})).json()
        assert told["flags"] == [{"code": "far", "words": "地点偏远。"}]
        assert Record.objects.get().needs
        assert traces() == 1

    def test_a_kind_from_the_future_is_kept(self, phone: Phone) -> None:
        told = phone.put(phone.finalize("hologram")).json()
        assert told["receipt"] is not None
        assert Record.objects.get().taking == "unknown"

    def test_texts_no_database_can_hold_are_tidied_for_the_folder_and_kept_in_the_bytes(
        self, phone: Phone, probe: str
    ) -> None:
        item = phone.finalize(probe)
        item.body = json.dumps(json.loads(item.body) | {"data": {"text": "a\x00\ud800b"}}).encode()
        assert phone.put(item).json()["flags"] == []
        assert b"\\u0000" in bytes(Record.objects.get().body)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"size": 0},
            {"size": 21 * 1024 * 1024},
            {"size": "12"},
            {"sha256": "xyz"},
            {"id": "1"},
            {"id": None},
        ],
    )
    def test_a_manifest_that_cannot_be_met_never_gives_a_receipt(
        self, phone: Phone, probe: str, wrong: dict[str, object]
    ) -> None:
        item = phone.finalize(probe, photos=2)
        body = json.loads(item.body)
        body["attachments"][1] |= wrong
        item.body = json.dumps(body).encode()
        told = phone.put(item).json()
        assert [one["code"] for one in told["flags"]] == ["manifest"]
        assert phone.send_photo(item, next(iter(item.photos))).json()["receipt"] is None
        assert phone.status(item).json()["state"] == "stored"

    def test_an_attachment_of_another_record_is_not_taken_over(self, phone: Phone, probe: str) -> None:
        first = phone.finalize(probe, photos=1)
        phone.put(first)
        thief = phone.finalize(probe, attachments=json.loads(first.body)["attachments"])
        told = phone.put(thief).json()
        assert [one["code"] for one in told["flags"]] == ["manifest"]
        assert told["missing"] == []
        phone.sync(first)
        assert phone.status(thief).json()["receipt"] is None

    def test_an_enterprise_of_nowhere_is_flagged(self, phone: Phone, probe: str) -> None:
        told = phone.put(phone.finalize(probe, enterprise=987_654_321)).json()
        assert [one["code"] for one in told["flags"]] == ["enterprise_unknown"]
        assert Record.objects.get().enterprise_id is None


class TestClock:
    @pytest.mark.parametrize(
        ("told", "made_ms", "codes"),
        [
            ({"wall_ms": NOW_MS - 60_000, "offset_ms": 0}, NOW_MS - 60_000, []),
            ({"wall_ms": NOW_MS + 259_200_000 - 60_000, "offset_ms": 259_200_000}, NOW_MS - 60_000, ["clock_skew"]),
            ({"wall_ms": NOW_MS - 90_000, "offset_ms": -30_000}, NOW_MS - 60_000, []),
            ({"wall_ms": NOW_MS + 3_600_000, "offset_ms": 0}, NOW_MS, ["clock_ahead"]),
            ({"wall_ms": NOW_MS - 60_000, "offset_ms": None}, NOW_MS - 60_000, ["clock_unset"]),
            ({"wall_ms": "gestern"}, NOW_MS, ["clock_unset"]),
            ({"wall_ms": NOW_MS - 7_200_000, "mono_ms": NOW_MS, "offset_ms": 0}, NOW_MS - 7_200_000, ["clock_moved"]),
            ({"wall_ms": NOW_MS, "mono_ms": NOW_MS - 36_000_000, "offset_ms": 0}, NOW_MS, []),
        ],
    )
    def test_is_corrected_and_never_overwritten(
        self, phone: Phone, probe: str, told: dict[str, object], made_ms: int, codes: list[str]
    ) -> None:
        answer = phone.put(phone.finalize(probe, clock=told)).json()
        row = Record.objects.get()
        assert int(row.made_at.timestamp() * 1000) == made_ms
        assert [one["code"] for one in answer["flags"]] == codes
        if isinstance(told["wall_ms"], int):
            assert row.wall_at is not None
            assert int(row.wall_at.timestamp() * 1000) == told["wall_ms"]


class TestWaiting:
    def test_what_refers_to_something_not_here_is_entered_when_it_comes(self, phone: Phone, probe: str) -> None:
        first = phone.finalize(probe)
        second = phone.finalize(probe, data={"do": "wait", "for": first.id})
        told = phone.put(second).json()
        assert told["receipt"] is not None
        assert [one["code"] for one in told["flags"]] == ["waits"]
        assert (Record.objects.get().taking, Record.objects.get().needs) == ("waiting", False)
        phone.put(first)
        row = Record.objects.get(pk=second.id)
        assert (row.taking, row.flags, row.tries, row.needs) == ("taken", [], 2, False)
        assert Entry.objects.filter(kind="field.taken_in").count() == 1

    def test_after_five_days_it_is_entered_as_far_as_it_goes(self, phone: Phone, probe: str, clock: "Clock") -> None:
        from qinqing.field.actions.handling import give_up_waiting

        item = phone.finalize(probe, data={"do": "wait", "for": fresh()})
        phone.put(item)
        assert give_up_waiting(at=clock.move(days=4)) == 0
        assert give_up_waiting(at=clock.move(days=1, minutes=1)) == 1
        assert Record.objects.get().taking == "taken"
        assert give_up_waiting(at=clock.now()) == 0

    def test_a_correction_hangs_on_what_it_corrects(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe)
        late = phone.finalize(
            "amendment", data={"of": {"kind": probe, "id": item.id}, "reason": "看错了", "text": "应为二号车间"}
        )
        assert phone.put(late).json()["flags"][0]["code"] == "waits"
        phone.put(item)
        row = Record.objects.get(pk=late.id)
        assert (str(row.amends), row.taking) == (item.id, "taken")
        assert bytes(Record.objects.get(pk=item.id).body) == item.body


class TestMine:
    """I6: no record crosses users."""

    def test_anothers_record_is_not_there(
        self, phone: Phone, probe: str, phone_of: Callable[..., Phone], world: "World"
    ) -> None:
        item, other = phone.finalize(probe, photos=1), phone_of("officer2")
        phone.put(item)
        key = next(iter(item.photos))
        assert other.status(item).status_code == 404
        assert other.get(f"attachments/{key}").status_code == 404
        assert other.patch(key, 0, item.photos[key][:10]).status_code == 404
        answer = other.put(item)
        assert (answer.status_code, set(answer.json())) == (409, {"ok", "code", "say", "server_time"})
        assert Conflict.objects.get().account_id == other.account
        assert Record.objects.get().account_id == phone.account
        assert phone.sync(item)

    def test_a_record_another_signed_is_kept_for_a_person_and_not_entered(
        self, phone: Phone, probe: str, phone_of: Callable[..., Phone]
    ) -> None:
        other = phone_of("officer2")
        told = other.put(phone.finalize(probe)).json()
        assert [one["code"] for one in told["flags"]] == ["other_author"]
        assert (Record.objects.get().taking, traces()) == ("review", 0)

    def test_nobody_is_told_to_sign_in(self, phone: Phone, probe: str) -> None:
        item = phone.finalize(probe)
        answer = Client().post(
            f"/field/api/records/probe/{item.id}",
            item.body,
            content_type="application/json",
            headers={**HEADERS, "X-Content-SHA256": item.sha256},
        )
        assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
        assert not Record.objects.exists()
