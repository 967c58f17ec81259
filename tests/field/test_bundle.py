"""What a phone takes along: its own officer's firms, small, told only when it changed, with nothing for a revoked one."""

import gzip
import json
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qinqing.checklists import actions as checklists
from qinqing.enterprises.actions import contacts, files
from qinqing.field.actions import devices
from qinqing.grids.actions import ties
from qinqing.ledger.models import Entry
from qinqing.plan import reads as plans
from tests.cases.world import NOW
from tests.field.phone import Phone
from tests.findings.sent import opened

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock


def publish_drafts(world: "World") -> None:
    checklists.settle(plans.current(world.town.code), by=world.root, at=NOW)


def more_firms(world: "World", count: int) -> None:
    for number in range(count):
        firm = files.create(
            raw={"name": f"演示{number}号精密机械制造有限公司", "uscc": "", "no_code_reason": "演示",
                 "production_address": f"示范一村工业集中区{number}号"},
            community_id=world.office("cun01"), by=world.clerk, at=NOW, is_demo=True,
        )  # fmt: skip
        for duty in ("contact", "legal"):
            contacts.add_contact(
                enterprise_id=firm.pk, name=f"示{number}", duty=duty, phone=f"1380000{number:04d}", starts_on=NOW.date(),
                by=world.clerk, at=NOW,
            )  # fmt: skip
        ties.tie(enterprise_id=firm.pk, officer_id=world.officer.account_id or 0, by=world.village, at=NOW)


class TestWhatIsInIt:
    def test_the_officers_own_firms_and_no_others(self, phone: Phone, world: "World") -> None:
        told = phone.get("bundle").json()
        assert [firm["id"] for firm in told["enterprises"]] == [world.firms["lamp"]]
        assert told["user"]["name"] == world.officer.name
        assert told["valid_until"].startswith("2026-11-26T00:00")
        for name in ("emergency", "categories", "natures", "topics", "alerts", "batches", "tasks", "meeting_topics",
                     "phrases", "checklists", "terms", "accident_kinds", "quiet_exceptions"):  # fmt: skip
            assert name in told
        assert "演示模具" not in json.dumps(told, ensure_ascii=False)

    def test_full_numbers_for_the_officer_tied_to_them_and_the_ledger_knows(self, phone: Phone, clock: "Clock") -> None:
        talker = phone.get("bundle").json()["enterprises"][0]["contacts"][0]
        assert (talker["phone_mask"], talker["call"]) == ("100****0001", "10000000001")
        phone.get("bundle")
        entries = Entry.objects.filter(kind="device.phones_carried")
        assert entries.count() == 1, "once a day for the same ones"
        assert "10000000001" not in entries.get().facts_text
        clock.move(days=1)
        phone.get("bundle")
        assert entries.count() == 2

    def test_masked_for_everybody_else(self, phone_of: Callable[..., Phone], world: "World") -> None:
        told = phone_of("village").get("bundle").json()
        assert [firm["id"] for firm in told["enterprises"]] == [world.firms["lamp"]]
        assert told["enterprises"][0]["contacts"][0]["call"] == ""
        assert not Entry.objects.filter(kind="device.phones_carried").exists()
        assert phone_of("build").get("bundle").json()["enterprises"] == []

    def test_an_open_finding_comes_along_in_words(self, phone: Phone, world: "World") -> None:
        row = opened(world)
        opened(world, by="officer2", firm="mould")
        found = phone.get("bundle").json()["enterprises"][0]["open_findings"]
        assert [one["id"] for one in found] == [str(row.uid)]
        assert (found[0]["state_name"], found[0]["found"]) == ("待整改", "2026-11-23")

    def test_nothing_for_a_revoked_device(self, phone: Phone, world: "World") -> None:
        devices.revoke(device_id=UUID(phone.device), reason="遗失", wipe=True, by=world.village, at=NOW)
        phone.sign_out()
        for address in ("bundle", "checklists/" + "0" * 64):
            answer = phone.get(address)
            assert (answer.status_code, answer.json()["code"]) == (403, "revoked")


class TestTold:
    def test_only_when_it_changed(self, phone: Phone, world: "World", clock: "Clock") -> None:
        first = phone.get("bundle")
        etag = first["ETag"]
        assert first.json()["etag"] == etag.strip('"')
        clock.move(hours=1)
        for known in (etag, f"W/{etag}", etag.strip('"')):
            again = phone.get("bundle", **{"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b"")
        more_firms(world, 1)
        changed = phone.get("bundle", **{"If-None-Match": etag})
        assert changed.status_code == 200
        assert len(changed.json()["enterprises"]) == 2

    def test_sixty_plants_and_eight_lists_fit_in_sixty_kilobytes_and_a_few_queries(
        self, phone: Phone, world: "World"
    ) -> None:
        publish_drafts(world)
        more_firms(world, 59)
        phone.get("bundle")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = phone.get("bundle", **{"Accept-Encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        told = json.loads(gzip.decompress(answer.content))
        assert len(told["enterprises"]) == 60
        size = len(answer.content)
        for one in told["checklists"]:
            page = phone.get(f"checklists/{one['sha256']}", **{"Accept-Encoding": "gzip"})
            size += len(page.content)
        assert len(told["checklists"]) == 8
        assert size <= 60 * 1024, size
        assert len(queries) <= 45, [one["sql"][:90] for one in queries]


class TestChecklists:
    def test_is_told_with_its_digest_and_kept_for_ever(self, phone: Phone, world: "World") -> None:
        publish_drafts(world)
        named = phone.get("bundle").json()["checklists"][0]
        answer = phone.get(f"checklists/{named['sha256']}")
        assert "immutable" in answer["Cache-Control"]
        told = answer.json()
        assert (told["ok"], told["sha256"], told["code"], told["number"]) == (
            True, named["sha256"], named["code"], named["number"],
        )  # fmt: skip
        assert told["items"]

    @pytest.mark.parametrize("sha", ["0" * 64, "x", "-"])
    def test_an_unknown_one_is_404(self, phone: Phone, sha: str) -> None:
        answer = phone.get(f"checklists/{sha}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
