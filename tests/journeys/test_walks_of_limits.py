"""What governs a limit: long suspension with staged replies, an extension, returns ruled upon."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from qinqing.kernel.clock import SHANGHAI
from tests.journeys.walks import BUILD, HUB, HUB_HEAD, LAND, LEADER_OF_BUILD, OWNER, Walk, keep, says

Window = Callable[..., Any]


def in_days(number: int) -> str:
    return f"{datetime.now(SHANGHAI) + timedelta(days=number):%Y-%m-%d}"


@pytest.mark.clause("二(四)-2c", "二(四)-3")
def test_a_long_matter_is_suspended_by_its_leader_answered_in_stages_and_taken_up_again(window: Window) -> None:
    walk = Walk(window)
    case = walk.in_hand("厂区门口的断头路什么时候能接通，请告诉我们一个时间。")
    page = walk.does(
        BUILD,
        case,
        "申请长期挂账",
        {"reason": 1, "scheme": "列入明年道路计划，先做好临时便道。", "next_reply_on": in_days(20)},
        look="suspension-asked",
    )
    keep(page, "suspension-waits")
    leader = walk.at(LEADER_OF_BUILD, "/today")
    assert "断头路" in says(leader)
    keep(leader, "leader-today")
    page = walk.does(LEADER_OF_BUILD, case, "同意长期挂账", {"note": "同意，每月答复一次。"}, look="suspend")
    assert "长期挂账" in says(page)
    keep(page, "suspended")
    walk.does(
        BUILD,
        case,
        "阶段性答复",
        {"reply": "已列入明年计划，临时便道下周做好。", "next_reply_on": in_days(40)},
        look="stage-reply",
    )
    owner = walk.at(OWNER, f"/portal/matters/{case}/")
    assert "临时便道下周做好" in says(owner)
    keep(owner, "owner-suspended")
    page = walk.does(BUILD, case, "恢复办理", {"note": "资金已落实。"}, look="resume")
    assert "办理中" in says(page)
    keep(page, "resumed")
    keep(walk.at(OWNER, f"/portal/matters/{case}/"), "owner-resumed")


@pytest.mark.clause("三要(四)-4")
def test_a_return_is_accepted_once_and_overruled_the_next_time(window: Window) -> None:
    walk = Walk(window)
    case = walk.submitted("厂区东侧路灯和绿化都没人管，请明确由谁负责。")
    walk.does(HUB, case, "接办", {"topic": "streetlight"})
    walk.does(HUB, case, "转办", {"lead": "自然资源"})
    page = walk.does(
        LAND, case, "退回", {"reason": 1, "basis": "三（三）路灯属建管办。", "note": "不属本单位职责。"}, look="return"
    )
    assert "退回" in says(page)
    hub = walk.at(HUB, f"/cases/{case}")
    assert "退回，等中转站认可或驳回" in says(hub)
    keep(hub, "return-waits")
    page = walk.does(HUB, case, "认可退回", {}, look="return-accept")
    keep(page, "return-accepted")
    walk.does(HUB, case, "转办", {})
    walk.does(BUILD, case, "退回", {"reason": 1, "basis": "三（三）", "note": "绿化不归我们。"})
    page = walk.does(HUB, case, "驳回退回", {"note": "方案明确路灯、绿化养护由建管办牵头。"}, look="return-overrule")
    assert "办理中" in says(page) or "待签收" in says(page)
    keep(page, "return-overruled")
    keep(walk.at(BUILD, f"/cases/{case}"), "return-overruled-office")


@pytest.mark.clause("二(四)-5")
def test_an_extension_is_asked_with_its_days_and_decided_by_the_head_of_the_hub(window: Window) -> None:
    walk = Walk(window)
    case = walk.in_hand("雨水井盖破损，配件要从外地调，请尽快。")
    page = walk.does(
        BUILD, case, "申请延期", {"reason": 1, "new_due_on": 3, "note": "配件三天后到。"}, look="extension"
    )
    assert "延期申请，等中转站负责人审批" in says(page)
    head = walk.at(HUB_HEAD, "/today")
    assert "雨水井盖" in says(head)
    keep(head, "head-today")
    page = walk.does(HUB_HEAD, case, "同意延期", {}, look="extension-grant")
    assert "原定" in says(page)
    keep(page, "extension-granted")
    keep(walk.at(OWNER, f"/portal/matters/{case}/"), "owner-extended")
