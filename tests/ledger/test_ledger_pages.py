"""账目与封账: who opens them, what they show, and what the buttons answer."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from qinqing.ledger import actions, reads
from qinqing.people.models import Account
from qinqing.people.words import Role
from tests.ledger import tamper
from tests.ledger.book import MONDAY, append
from tests.people.world import World, make_world

LONG_AGO, TODAY = MONDAY - timedelta(days=3), MONDAY


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def world(db: None, clock: Any) -> World:
    made = make_world()
    clerk = made.actor(made.person("clerk", "hub", Role.HUB_CLERK))
    for n in range(3):
        append(n % 2 + 1, by=clerk, at=LONG_AGO + timedelta(days=n))
    actions.seal(MONDAY.date() - timedelta(days=1), at=MONDAY)
    return made


@pytest.fixture
def hub(world: World) -> Client:
    return browser(Account.objects.get(username="clerk"))


@pytest.fixture
def auditor(world: World) -> Client:
    return browser(Account.objects.get(username="demo-auditor"))


def addresses() -> list[str]:
    day = MONDAY.date() - timedelta(days=1)
    return [reverse("ledger_entries"), reverse("ledger_seals"), reverse("ledger_seal", args=[day])]


class TestWho:
    def test_hub_supervision_and_auditor_open_them_and_nobody_else(
        self, world: World, hub: Client, auditor: Client
    ) -> None:
        handler = browser(world.person("handler", "build", Role.HANDLER))
        leader = browser(world.person("leader", "leadership", Role.LEADER))
        keeper = browser(Account.objects.get(username="demo-system_admin"))
        supervisor = browser(world.person("supervisor", "supervision", Role.SUPERVISOR))
        for address in addresses():
            for allowed in (hub, auditor, supervisor):
                assert allowed.get(address).status_code == 200, address
            for foreign in (handler, leader, keeper):
                assert foreign.get(address).status_code == 403, address
            assert Client().get(address)["Location"].startswith("/sign-in/?next=")

    def test_the_hub_does_not_read_what_administrators_did(self, hub: Client) -> None:
        page = text(hub.get(reverse("ledger_entries")))
        assert "转办至建管办" in page
        assert "账号" not in page.split("何人")[1]
        assert hub.get(reverse("ledger_entries"), {"kind": "account.added"}).context["chosen"]["kind"] == ""

    def test_the_auditor_sees_that_it_is_there_but_not_what_it_says(self, auditor: Client) -> None:
        page = text(auditor.get(reverse("ledger_entries")))
        assert "转办" in page
        assert "转办至建管办" not in page
        assert "（内容不在审计员查看范围）" in page

    def test_nobody_reads_another_towns_book(self, hub: Client) -> None:
        append(77, book="other", at=MONDAY)
        assert "0077" not in text(hub.get(reverse("ledger_entries")))
        assert "0077" not in text(hub.get(reverse("ledger_entries"), {"number": "诉〔2026〕0077号"})).split("筛选")[1]


class TestEntries:
    def test_newest_first_and_a_page_at_a_time(self, hub: Client, world: World) -> None:
        for n in range(60):
            append(n + 10, at=MONDAY)
        first = hub.get(reverse("ledger_entries"))
        assert len(first.context["lines"]) == 50
        older = hub.get(reverse("ledger_entries") + first.context["older"])
        assert older.context["lines"][0]["entry"].seq == first.context["lines"][-1]["entry"].seq - 1
        assert not older.context["older"]

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"number": "诉〔2026〕0001号"}, 2),
            ({"number": "诉〔2026〕0009号"}, 0),
            ({"kind": "case.forwarded"}, 3),
            ({"since": "2026-11-21", "until": "2026-11-21"}, 1),
            ({"until": "2026-11-20"}, 1),
            ({"until": "9999-12-31", "since": "2026-11-20", "kind": "case.forwarded"}, 3),
            ({"who": "99999"}, 0),
        ],
    )
    def test_filters(self, hub: Client, asked: dict[str, str], found: int) -> None:
        assert len(hub.get(reverse("ledger_entries"), asked).context["lines"]) == found

    @pytest.mark.parametrize(
        "asked",
        [
            {"before": "-1"}, {"before": "9" * 40}, {"before": "x"}, {"who": "9" * 30}, {"since": "2026-13-40"},
            {"kind": "'; DROP"}, {"number": "\x00" * 5}, {"number": "长" * 100_000}, {"until": "0001-01-01"},
        ],
    )  # fmt: skip
    def test_nonsense_in_the_address_is_no_fault(self, hub: Client, asked: dict[str, str]) -> None:
        assert hub.get(reverse("ledger_entries"), asked).status_code in (200, 400)

    def test_is_read_in_few_queries(self, hub: Client, django_assert_max_num_queries: Any) -> None:
        hub.get(reverse("ledger_entries"))
        with django_assert_max_num_queries(25):
            hub.get(reverse("ledger_entries"))


class TestCheck:
    def test_says_sound(self, hub: Client) -> None:
        answer = hub.post(reverse("ledger_check"), follow=True)
        assert "全部账目完好：共校验" in text(answer)

    def test_one_matter(self, hub: Client) -> None:
        answer = hub.post(reverse("ledger_check"), {"number": "诉〔2026〕0001号"}, follow=True)
        assert "诉〔2026〕0001号完好：共校验 2 笔" in text(answer)
        assert answer.context["chosen"]["number"] == "诉〔2026〕0001号"

    def test_names_the_bad_entry_and_warns_of_missing_triggers(self, auditor: Client) -> None:
        tamper.unguard()
        last = reads.book_head("demo").seq
        tamper.set_column("sentence", "已办结", last)
        page = text(auditor.post(reverse("ledger_check"), follow=True))
        assert f"全部账目不完好：账册 demo 第 {last} 笔" in page
        assert "保护不完整" in page

    def test_refuses_a_number_nobody_has(self, hub: Client) -> None:
        answer = hub.post(reverse("ledger_check"), {"number": "诉〔2026〕9999号"})
        assert answer.status_code == 422
        assert "账上没有编号为" in text(answer)

    def test_is_a_press_not_a_look(self, hub: Client) -> None:
        assert hub.get(reverse("ledger_check")).status_code == 405


class TestSeals:
    def test_lists_the_closed_days(self, hub: Client) -> None:
        assert "2026-11-22" in text(hub.get(reverse("ledger_seals")))

    def test_sheet_shows_head_and_digest_of_each_book(self, hub: Client) -> None:
        sheet = reads.seal_sheet(MONDAY.date() - timedelta(days=1))
        assert sheet is not None
        page = hub.get(reverse("ledger_seal", args=["2026-11-22"]))
        squeezed = re.sub(r"\s", "", text(page))
        assert sheet.digest in squeezed
        assert sheet.lines[0].digest in squeezed
        assert "演示镇" in squeezed
        assert b"<svg" in page.content
        assert "style=" not in page.content.decode()

    @pytest.mark.parametrize("day", ["2026-11-23", "x", "0000-00-00", "9" * 50])
    def test_a_day_not_closed_has_none(self, hub: Client, day: str) -> None:
        assert hub.get(reverse("ledger_seal", args=[day])).status_code == 404

    def test_compares_with_paper(self, hub: Client) -> None:
        sheet = reads.seal_sheet(MONDAY.date() - timedelta(days=1))
        assert sheet is not None
        code = " ".join(sheet.digest[i : i + 4] for i in range(0, 16, 4))
        same = hub.get(reverse("ledger_seals"), {"day": "2026-11-22", "printed": code})
        assert "一致 纸上的核对码" in text(same)
        other = hub.get(reverse("ledger_seals"), {"day": "2026-11-22", "printed": "0" * 16})
        assert "不一致" in text(other)
