"""One demand from an owner's phone to write-off, by everybody's own pages; the entries verify."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.conftest import OFFICE_PC, PHONE
from tests.journeys.people import press, send, sign_in

Window = Callable[..., Any]
SAID = "北门外的路灯又坏了两盏，夜班工人走路不安全，请派人看看。"


@pytest.mark.clause("二(二)1-诉求-提交", "一-1")
@pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_a_demand_travels_from_a_phone_to_write_off(window: Window, site: str, *, javascript: bool) -> None:
    owner = window(PHONE, javascript=javascript)
    sign_in(owner, "元示正")
    owner.goto("/portal/submit/")
    owner.get_by_label("什么事，想要什么结果").fill(SAID)
    send(owner, "提交")
    number = re.search(r"诉〔\d{4}〕\d{4}号", owner.content())
    assert number, owner.url
    case = re.search(r"/portal/matters/(\d+)/", owner.url + owner.content())
    assert case
    sheet = f"/cases/{case[1]}"

    hub = window(OFFICE_PC, javascript=javascript)
    sign_in(hub, "赵示安")
    hub.goto(sheet)
    press(hub, "接办")
    hub.get_by_label("事项类别").select_option("streetlight")
    send(hub, "接办")
    press(hub, "转办")
    hub.get_by_label(re.compile("业务指导")).fill("请先告诉企业预计修复时间。")
    send(hub, "转办")
    assert "建管办" in hub.locator("main").inner_text()

    build = window(OFFICE_PC, javascript=javascript)
    sign_in(build, "郑示富")
    build.goto(sheet)
    press(build, "签收")
    send(build, "签收")
    press(build, "办结并反馈企业")
    build.get_by_label("已解决").check()
    build.get_by_label("答复企业的话").fill("两盏灯都换好了，今晚就亮。")
    build.get_by_label("电话", exact=True).check()
    send(build, "办结并反馈企业")
    assert "已反馈" in build.locator("main").inner_text()

    owner.goto(f"/portal/matters/{case[1]}/")
    assert "两盏灯都换好了" in owner.content()
    press(owner, "解决了，去评价")
    owner.get_by_label("非常满意").check()
    send(owner, "")

    hub.goto(sheet)
    press(hub, "整理")
    press(hub, "销账")
    text = hub.locator("main").inner_text()
    assert "销账：已解决" in text
    for verb in ("提交", "接办", "转办", "签收", "办结反馈", "评价", "整理", "销账"):
        assert verb in text
    hub.goto(f"{sheet}/verify")
    assert "完好" in hub.locator("main").inner_text()

    stranger = window(PHONE, javascript=javascript)
    stranger.goto(site + sheet)
    assert "/cases/" not in stranger.url.split("?")[0]


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(window: Window) -> None:
    build = window(OFFICE_PC)
    sign_in(build, "郑示富")
    build.goto("/ledger?stand=open")
    build.locator("td a.t", has_text="路灯忽明忽暗").first.click()
    press(build, "办结并反馈企业")
    build.get_by_label("答复企业的话").fill("写了一半的话，不能丢。")
    send(build, "办结并反馈企业")
    assert build.get_by_label("答复企业的话").input_value() == "写了一半的话，不能丢。"
    assert "请选择办理结果" in build.locator("main").inner_text()


def test_two_people_press_the_same_button_and_the_second_is_told_who_was_first(window: Window) -> None:
    pages = []
    for name in ("赵示安", "钱示正"):
        page = window(OFFICE_PC)
        sign_in(page, name)
        page.goto("/intake")
        page.locator("article", has_text="注塑车间扩建").locator("a.main", has_text="接办").click()
        page.get_by_label("事项类别").select_option("eia")
        pages.append(page)
    for page in pages:
        send(page, "接办")
    first, second = pages
    assert "已记入一本账" in first.content()
    assert "赵示安" in second.locator("main").inner_text()
    assert "请刷新后再办" in second.locator("main").inner_text()
