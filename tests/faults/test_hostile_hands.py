"""The same strings through every press, every name and every kept filter, and out again as sheets."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from qinqing.cases.models import Case, Task
from qinqing.cases.needs import Ask, Need
from qinqing.cases.words import ENDS
from qinqing.enterprises.actions import contacts, files
from qinqing.grids.actions import grids, officers
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused
from qinqing.kernel.text import clean
from qinqing.ledger.verify import verify
from qinqing.people.actions import accounts
from qinqing.people.models import Account
from tests.cases.walk import Walk
from tests.cases.world import NOW
from tests.faults.nasty import HALF, cells, foreign, formulas, short, strings

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock


def browser(world: "World", who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=world.who[who].account_id or 0))
    return client


class NastyWalk(Walk):
    """Random people who answer every question with something meant to do harm."""

    given: list[str]

    def answer(self, need: Need, case: Case, task: Task | None, actor: Actor) -> Any:
        if need.name == "into" or need.options == "superiors" or need.ask not in (Ask.LINE, Ask.LONG, Ask.ITEMS):
            return super().answer(need, case, task, actor)
        if need.ask is Ask.ITEMS:
            rows: list[dict[str, Any]] = super().answer(need, case, task, actor)
            return [row | {"what": self.dice.choice(self.given)} for row in rows]
        return self.dice.choice(self.given)


@pytest.mark.parametrize("seed", range(3))
def test_every_press_takes_hostile_words_as_words(world: "World", clock: "Clock", seed: int) -> None:
    clock.at("2026-11-23 09:30")
    walk = NastyWalk(world, seed, NOW)
    walk.given = [*short(strings(), 200), HALF]
    cases = [
        world.demand(text=walk.dice.choice(walk.given)),
        world.demand("officer", text=walk.dice.choice(walk.given), title=walk.dice.choice(short(walk.given, 80))),
        world.problem("law", text=walk.dice.choice(walk.given), place=walk.dice.choice(short(walk.given, 100))),
        world.problem("officer", text=walk.dice.choice(walk.given), stop_whom=walk.dice.choice(short(walk.given, 50))),
    ]
    for case in cases:
        case.refresh_from_db()
        case = walk.to_an_end(case, most=40)  # noqa: PLW2901  the same case as it is then
        assert case.state in ENDS, walk.refused[-5:]
        for who in ("clerk", "build", "law", "owner", "leader", "supervisor"):
            address = f"/portal/matters/{case.pk}/" if who == "owner" else f"/cases/{case.pk}"
            page = browser(world, who).get(address)
            assert page.status_code in (200, 404)
            assert not foreign(page.content.decode())
    assert len(walk.pressed) > 12, sorted(walk.pressed)

    assert verify(book=world.town.code).ok


def test_reporting_by_the_form_keeps_what_was_typed_or_says_why_not(world: "World", clock: "Clock") -> None:
    clock.at("2026-11-23 09:30")
    law = browser(world, "law")
    for typed in strings():
        before = Case.objects.count()
        sent = law.post(
            "/cases/report",
            {
                "firm": "演示车灯有限公司", "topic": "fire", "severity": "general", "text": typed, "title": typed[:80],
                "place": typed[:100], "stop_whom": typed[:50],
            },
        )  # fmt: skip
        assert sent.status_code in (303, 422), (typed[:60], sent.status_code)
        assert not foreign(sent.content.decode())
        assert Case.objects.count() == before + (sent.status_code == 303)
        if sent.status_code == 303:
            page = law.get(sent["Location"])
            assert page.status_code == 200, typed[:60]
            assert not foreign(page.content.decode()), typed[:60]
            assert Case.objects.latest("id").text == clean(typed)


def test_names_are_names_wherever_they_stand(world: "World", clock: "Clock") -> None:
    clock.at("2026-11-23 09:30")
    day, cun01, lamp = NOW.date(), world.office("cun01"), world.firms["lamp"]
    hub, village_head, root = ({"by": by, "at": NOW} for by in (world.clerk, world.village, world.root))
    taken, refused = 0, []
    for place, typed in enumerate(short(strings(), 60)):
        firm = {"name": f"{typed}厂", "no_code_reason": typed}
        tries: list[Callable[[], object]] = [
            lambda firm=firm: files.create(raw=firm, community_id=cun01, is_demo=True, **hub),
            lambda name=typed[:20]: contacts.add_contact(
                enterprise_id=lamp, name=name, duty="safety", phone="10000000002", starts_on=day, **hub
            ),
            lambda name=typed[:20], n=place: accounts.add_account(
                username=f"nasty{n}", name=name, password=None, **root
            ),
            lambda name=typed[:15]: grids.add_grid(community_id=cun01, name=name, **village_head),
            lambda name=typed[:20]: officers.name_officer(
                community_id=cun01, name=name, grid_ids=[], starts_on=day, **village_head
            ),
        ]
        for one in tries:
            try:
                one()
                taken += 1
            except Refused as refusal:
                refused.append(refusal.sentence)
    assert taken > 60, refused
    assert all(sentence for sentence in refused)
    village = f"/lists/{world.office('cun01')}/"
    looks = {
        "clerk": ("/enterprises/", f"/enterprises/{world.firms['lamp']}/", village, "/entries/", "/notices"),
        "village": (village, "/notices"),
        "sysadmin": ("/people/",),
        "owner": ("/portal/",),
    }
    for who, addresses in looks.items():
        client = browser(world, who)
        for address in addresses:
            page = client.get(address)
            assert page.status_code == 200, (who, address)
            assert not foreign(page.content.decode()), (who, address)
    sheet = browser(world, "clerk").get(f"{village}export/")
    assert sheet.status_code == 200
    book = b"".join(sheet) if sheet.streaming else sheet.content
    assert not formulas(book)
    assert any("<script>" in text for text in cells(book)), refused


def test_kept_filters_and_searches_are_words_too(world: "World", clock: "Clock") -> None:
    clock.at("2026-11-23 09:30")
    clerk = browser(world, "clerk")
    for typed in short(strings(), 20)[:40]:
        kept = clerk.post("/ledger/views?" + "stand=all&q=x", {"name": typed})
        assert kept.status_code in (303, 409, 422), typed
        page = clerk.get("/ledger")
        assert page.status_code == 200
        assert not foreign(page.content.decode()), typed
        assert clerk.post("/ledger/views", {"drop": typed}).status_code in (303, 422)
        assert not foreign(
            clerk.get("/ledger", dict.fromkeys(("q", "topic", "month", "kind", "stand", "at"), typed)).content.decode()
        )


def test_no_cell_of_an_export_runs(world: "World", clock: "Clock") -> None:
    clock.at("2026-11-23 09:30")
    typed = [one for one in short(strings(), 80) if clean(one)[0] in "=+-@\t\"'<" or clean(one).startswith("{")]
    assert len(typed) >= 8
    for one in typed:
        world.demand(text=f"{one} 说明", title=one)
    answer = browser(world, "clerk").get("/ledger.xlsx?stand=all")
    book = b"".join(answer)
    assert not formulas(book)
    assert {" ".join(clean(one).split()) for one in typed} <= {" ".join(text.split()) for text in cells(book)}
