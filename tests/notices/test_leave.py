"""Who is on leave is replaced by his deputy: for the days registered, in the inbox and outside, and never by somebody elsewhere."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from qinqing.cases.words import Verb
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.ledger.models import Entry
from qinqing.notices import actions, rules
from qinqing.notices.models import Notice, Post
from qinqing.people import reads as people
from qinqing.people.actions import leaves
from qinqing.people.models import Account, Leave
from tests.cases.world import NOW

if TYPE_CHECKING:
    from tests.cases.world import World

TODAY = NOW.date()


def away(world: "World", who: str, deputy: str, *, by: str = "", days: int = 3, start: date = TODAY) -> Leave:
    return leaves.register_leave(
        account_id=world.who[who].account_id or 0,
        deputy_id=world.who[deputy].account_id or 0,
        starts_on=start,
        ends_on=start + timedelta(days=days),
        by=world.who[by or who],
        at=NOW,
    )


def told(world: "World", kind: str) -> set[str]:
    while actions.pump(at=NOW):
        pass
    names = {actor.account_id: name for name, actor in world.who.items()}
    return {names[key] for key in Notice.objects.filter(kind=kind).values_list("account_id", flat=True)}


def urge(world: "World") -> None:
    world.press(Verb.URGE, world.in_hand(), "clerk", note="请抓紧。")


def test_the_deputy_hears_instead_in_the_inbox_and_outside(world: "World") -> None:
    for name in ("build", "build_head"):
        Account.objects.filter(pk=world.who[name].account_id).update(email=f"{name}@example.invalid")
        actions.choose(by=world.who[name], email=True)
    away(world, "build", "build_head")
    urge(world)
    assert told(world, "case.urged") == {"build_head", "leader"}
    notice = Notice.objects.get(kind="case.urged", account_id=world.build_head.account_id)
    assert notice.action, "what asked the absent asks his deputy"
    assert [post.address for post in Post.objects.filter(notice__kind="case.urged")] == ["build_head@example.invalid"]
    assert told(world, "leave.registered") == {"build_head"}, "the deputy is told that he stands in"


def test_before_and_after_the_days_and_taken_back_he_hears_himself(world: "World") -> None:
    leave = away(world, "build", "build_head", start=TODAY + timedelta(days=1))
    urge(world)
    assert told(world, "case.urged") == {"build", "build_head", "leader"}
    leaves.end_leave(leave_id=leave.pk, by=world.build_head, at=NOW)
    assert people.deputies(TODAY + timedelta(days=1)) == {}
    assert Entry.objects.filter(kind="leave.ended").count() == 1
    with pytest.raises(Refused, match="已经结束"):
        leaves.end_leave(leave_id=leave.pk, by=world.build, at=NOW)


def test_the_deputy_is_not_told_of_what_he_pressed_himself(world: "World") -> None:
    away(world, "clerk", "clerk2")
    world.press(Verb.ACCEPT, world.demand(), "clerk2", topic="streetlight", grade="ordinary")
    assert "clerk2" not in told(world, "case.accepted")
    assert "clerk" not in told(world, "case.submitted")


def test_a_deputy_who_left_his_post_stands_in_for_nobody(world: "World") -> None:
    away(world, "build", "build_head")
    Account.objects.filter(pk=world.build_head.account_id).update(is_active=False)
    assert people.deputies(TODAY) == {}


@pytest.mark.parametrize(
    ("deputies", "hears"),
    [({}, 1), ({1: 2}, 2), ({1: 2, 2: 3}, 3), ({1: 2, 2: 1}, 1), ({1: 2, 2: 3, 3: 2}, 1)],
)
def test_a_chain_ends_with_who_is_there_and_a_ring_with_himself(deputies: dict[int, int], hears: int) -> None:
    assert rules.hears(1, deputies) == hears


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"who": "build", "deputy": "law"}, Refused, "本单位在岗的同事"),
        ({"who": "build", "deputy": "build"}, Refused, "本单位在岗的同事"),
        ({"who": "build_head", "deputy": "build", "by": "build"}, NotAllowed, "本人或单位负责人"),
        ({"who": "law", "deputy": "build", "by": "build_head"}, NotFound, "没有这位同事"),
        ({"who": "build", "deputy": "build_head", "days": -1}, Refused, "不能早于"),
        ({"who": "build", "deputy": "build_head", "days": 500}, Refused, "最多登记一年"),
        ({"who": "build", "deputy": "build_head", "start": TODAY - timedelta(days=1)}, Refused, "过去的告知改不了"),
    ],
)
def test_a_leave_that_cannot_be_is_refused(
    world: "World", given: dict[str, Any], error: type[Exception], said: str
) -> None:
    before = Entry.objects.count()
    with pytest.raises(error, match=said):
        away(world, **given)
    assert (Leave.objects.count(), Entry.objects.count()) == (0, before)


def test_two_leaves_in_the_same_days_and_a_deputy_away_are_refused(world: "World") -> None:
    away(world, "build", "build_head")
    with pytest.raises(Refused, match="已经登记过"):
        away(world, "build", "build_head", start=TODAY + timedelta(days=3))
    with pytest.raises(Refused, match="也请假"):
        away(world, "build_head", "build")
    assert Leave.objects.count() == 1


def test_the_head_registers_for_a_colleague_on_the_page(world: "World", clock: Any) -> None:
    client = Client()
    client.force_login(Account.objects.get(pk=world.build_head.account_id))
    day = TODAY.isoformat()
    form = {
        "account": str(world.build.account_id),
        "deputy": str(world.build_head.account_id),
        "starts_on": day,
        "ends_on": day,
    }
    wrong = client.post("/people/leaves/", form | {"ends_on": "2026-01-01"})
    assert wrong.status_code == 422
    assert "不能早于" in wrong.content.decode()
    assert client.post("/people/leaves/", form).status_code == 303
    page = client.get("/people/leaves/").content.decode()
    assert "示build_head代收代办" in page
    mine = Client()
    mine.force_login(Account.objects.get(pk=world.law.account_id))
    assert mine.post(f"/people/leaves/{Leave.objects.get().pk}/").status_code == 404
    client.post(f"/people/leaves/{Leave.objects.get().pk}/")
    assert people.deputies(TODAY) == {}
