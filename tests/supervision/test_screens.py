"""The pages of the ladder: found, decided, replied to, taken back; few queries; what is wrong stands beside its field."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qinqing.cases.models import Urge
from qinqing.cases.words import Verb
from qinqing.people.models import Account
from qinqing.supervision.actions import climb
from qinqing.supervision.models import Proposal
from tests.cases.world import moment

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock

LATE = moment("2026-12-03 09:00")


@pytest.fixture
def desk(world: "World", clock: "Clock") -> Callable[[str], Client]:
    clock.at("2026-12-03 09:00")

    def sign_in(who: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(pk=world.who[who].account_id))
        return client

    return sign_in


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_supervision_decides_from_the_page(world: "World", desk: Callable[[str], Client]) -> None:
    case = world.in_hand()
    climb.climb(at=LATE)
    row = Proposal.objects.get(level="supervise")
    shown = text(desk("supervisor").get(reverse("supervision")))
    assert "已超期3个工作日" in shown
    assert case.title in shown
    assert "等您决定" not in text(desk("build").get(reverse("supervision")))
    page = reverse("supervision_proposal", args=[row.pk])
    empty = desk("supervisor").post(page, {"note": "", "reply_by": "3"})
    assert (empty.status_code, Urge.objects.filter(level="supervise").count()) == (422, 0)
    given = desk("supervisor").post(page, {"note": "请书面说明原因。", "reply_by": "3"})
    assert given.status_code == 303
    order = Urge.objects.get(level="supervise")
    assert order.number in text(desk("build").get(reverse("supervision")))
    again = desk("supervisor").post(page, {"note": "再发一次。", "reply_by": "3"})
    assert again.status_code == 409
    assert Urge.objects.filter(level="supervise").count() == 1


def test_not_to_be_given_needs_a_reason(world: "World", desk: Callable[[str], Client]) -> None:
    world.in_hand()
    climb.climb(at=LATE)
    row = Proposal.objects.get(level="supervise")
    page = reverse("supervision_dismiss", args=[row.pk])
    assert desk("supervisor").post(page, {"reason": ""}).status_code == 422
    assert desk("build").post(page, {"reason": "不用。"}).status_code == 404
    assert desk("supervisor").post(page, {"reason": "已向企业说明。"}).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.reason) == ("dismissed", "已向企业说明。")


def test_the_office_replies_and_the_giver_takes_back(world: "World", desk: Callable[[str], Client]) -> None:
    case = world.in_hand()
    world.press(Verb.SUPERVISE, case, "supervisor", LATE, note="请说明。", reply_by="2")
    order = Urge.objects.get()
    page = reverse("supervision_order", args=[order.pk])
    assert "撤销这一份" in text(desk("supervisor").get(page))
    assert "撤销这一份" not in text(desk("clerk").get(page))
    reply = reverse("supervision_reply", args=[order.pk])
    assert desk("build").post(reply, {"note": ""}).status_code == 422
    assert desk("build").post(reply, {"note": "周四修好。"}).status_code == 303
    shown = text(desk("supervisor").get(page))
    assert "周四修好。" in shown
    assert "撤销这一份" not in shown
    late = desk("supervisor").post(reverse("supervision_cancel", args=[order.pk]), {"reason": "发错了。"})
    assert late.status_code in (409, 422)
    order.refresh_from_db()
    assert order.cancelled_at is None


def test_the_case_shows_its_orders_and_the_firm_none(world: "World", desk: Callable[[str], Client]) -> None:
    case = world.in_hand()
    world.press(Verb.SUPERVISE, case, "supervisor", LATE, note="请说明。", reply_by="2")
    assert reverse("supervision_order", args=[Urge.objects.get().pk]) in text(
        desk("build").get(reverse("cases_sheet", args=[case.pk]))
    )
    assert "请说明。" not in text(desk("owner").get(reverse("portal_case", args=[case.pk])))
    assert desk("owner").get(reverse("supervision_order", args=[Urge.objects.get().pk])).status_code in (403, 404)
    assert desk("law").get(reverse("supervision_order", args=[Urge.objects.get().pk])).status_code == 404


def test_a_full_list_asks_as_little_as_a_short_one(world: "World", desk: Callable[[str], Client]) -> None:
    client = desk("supervisor")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("supervision")).status_code == 200
        return len(seen)

    for _ in range(2):
        world.press(Verb.URGE, world.in_hand(), "clerk", LATE, note="请抓紧。")
    queries()
    few = queries()
    for _ in range(4):
        world.press(Verb.URGE, world.in_hand(), "clerk", LATE, note="请抓紧。")
    climb.climb(at=LATE)
    assert queries() <= few + 1
    assert few <= 12


def test_pages_go_on_after_the_last_shown(
    world: "World", desk: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from qinqing.cases.reads import orders

    monkeypatch.setattr(orders, "PAGE", 2)
    for days in ("1", "2", "3"):
        world.press(Verb.SUPERVISE, world.in_hand(), "supervisor", LATE, note="请说明。", reply_by=days)
    first = text(desk("supervisor").get(reverse("supervision")))
    last = Urge.objects.order_by("pk").last()
    assert last.number not in first
    second = Urge.objects.order_by("pk")[1]
    assert f"after={second.pk}" in first
    assert last.number in text(desk("supervisor").get(reverse("supervision") + f"?after={second.pk}"))
