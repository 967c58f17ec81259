"""What an owner says of the answer: by his account or by a one-time link, and what follows when he is not satisfied."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.conftest import PHONE
from tests.journeys.people import press, send
from tests.journeys.walks import BUILD, HUB, LEADER_OF_BUILD, OWNER, Walk, fill, keep, says

Window = Callable[..., Any]
UNHAPPY = {"solved": "no", "satisfaction": "dissatisfied", "comment": "灯还是不亮。"}


def rates(walk: Walk, case: int, word: str, answers: dict[str, Any], look: str = "") -> None:
    owner = walk.at(OWNER, f"/portal/matters/{case}/")
    press(owner, word)
    fill(owner, answers)
    keep(owner, look)
    send(owner, "提交评价")
    assert "谢谢您的评价" in owner.content()


@pytest.mark.clause("三要(四)-5")
def test_an_unhappy_owner_is_heard_twice_by_the_hub_then_by_the_leader(window: Window) -> None:
    walk = Walk(window)
    case = walk.answered("仓库门口的灯坏了，晚上装货看不见。")
    rates(walk, case, "没有解决", UNHAPPY, "owner-unhappy")
    keep(walk.at(OWNER, f"/portal/matters/{case}/"), "owner-rated")
    hub = walk.at(HUB, f"/cases/{case}")
    assert "灯还是不亮" in says(hub)
    keep(hub, "complaint")
    assert "灯还是不亮" not in says(walk.at(BUILD, f"/cases/{case}")), "not before the time for rating is over"
    page = walk.does(HUB, case, "重办", {"note": "现场看过，灯确实未亮，请更换。"}, look="reopen")
    assert "第2轮" in says(page)
    keep(page, "reopened")
    walk.does(BUILD, case, "签收", {})
    walk.does(BUILD, case, "办结并反馈企业", {"outcome": "solved", "reply": "已换新灯。", "told_way": "in_person"})
    rates(walk, case, "没有解决", UNHAPPY)
    hub = walk.at(HUB, f"/cases/{case}")
    assert hub.locator("main").get_by_role("link", name="重办", exact=True).count() == 0, "the hub reopens once"
    keep(hub, "second-complaint")
    leader = walk.at(LEADER_OF_BUILD, "/today")
    assert "仓库门口的灯" in says(leader)
    page = walk.does(LEADER_OF_BUILD, case, "重办", {"note": "请分管负责人到场，一次解决。"}, look="leader-reopens")
    assert "第3轮" in says(page)
    keep(page, "leader-reopened")
    keep(walk.at(OWNER, f"/portal/matters/{case}/"), "owner-third-round")


def test_an_owner_without_account_rates_once_by_his_link(window: Window, accessible: Callable[[Any], None]) -> None:
    walk = Walk(window)
    case = walk.answered("河边护栏缺了一段，请补上。")
    hub = walk.at(HUB, f"/cases/{case}")
    link = hub.get_by_role("link", name="评价链接").get_attribute("href")
    stranger = window(PHONE)
    stranger.goto(link)
    accessible(stranger)
    fill(stranger, {"solved": "yes", "satisfaction": "very"})
    keep(stranger, "rate-link")
    send(stranger, "")
    keep(stranger, "rate-link-done")
    assert "谢谢" in stranger.content()
    stranger.goto(link)
    assert stranger.locator("form [name=satisfaction]").count() == 0, "once"
    keep(stranger, "rate-link-again")
    assert "非常满意" in says(walk.at(HUB, f"/cases/{case}"))
