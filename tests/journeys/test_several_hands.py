"""Matters that need more than one office: a consultation with opinion and tasks, a superior's answer, an officer's problem."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from qinqing.kernel.clock import SHANGHAI
from tests.journeys.conftest import OFFICE_PC, PHONE
from tests.journeys.people import press, send, sign_in

Window = Callable[..., Any]
NOW = datetime.now(SHANGHAI)
"""The system under test runs on the real clock."""


def _said_and_taken_in(window: Window, said: str, topic: str) -> tuple[Any, str]:
    """Submit as an owner, take in as the hub; give the hub's page and the address of the case."""
    owner = window(PHONE)
    sign_in(owner, "元示正")
    owner.goto("/portal/submit/")
    owner.get_by_label("什么事，想要什么结果").fill(said)
    send(owner, "提交")
    case = re.search(r"/portal/matters/(\d+)/", owner.url + owner.content())
    assert case
    hub = window(OFFICE_PC)
    sign_in(hub, "赵示安")
    hub.goto(f"/cases/{case[1]}")
    press(hub, "接办")
    hub.get_by_label("事项类别").select_option(topic)
    send(hub, "接办")
    return hub, f"/cases/{case[1]}"


@pytest.mark.clause("二(二)1-诉求-会商")
def test_a_consultation_ends_in_tasks_of_its_offices(window: Window) -> None:
    hub, sheet = _said_and_taken_in(window, "厂门口的路归谁修，几个部门说法不一样，请一起定下来。", "streetlight")
    hub.goto(f"{sheet}/convene")
    hub.get_by_label("镇建设管理办公室").check()
    hub.get_by_label("镇社会事务办公室").check()
    hub.get_by_label("时间").fill(f"{NOW + timedelta(days=2):%Y-%m-%dT%H:%M}")
    hub.get_by_label("地点").fill("镇政府三楼会议室")
    hub.get_by_label("议题").fill("谁牵头修、什么时候修好")
    send(hub, "会商")
    press(hub, "形成办理意见")
    hub.get_by_label("办理意见").fill("建管办牵头修，社事办做好解释。")
    for place, (office, what) in enumerate([("镇建设管理办公室", "修路"), ("镇社会事务办公室", "解释")], start=1):
        hub.locator(f"[name=items_office_{place}]").select_option(label=office)
        hub.locator(f"[name=items_what_{place}]").fill(what)
        hub.locator(f"[name=items_days_{place}]").fill("3")
    send(hub, "形成办理意见")
    text = hub.locator("main").inner_text()
    assert "建管办牵头修" in text
    assert "修路，3个工作日" in text
    build = window(OFFICE_PC)
    sign_in(build, "郑示富")
    build.goto(sheet)
    press(build, "签收")
    send(build, "签收")


@pytest.mark.clause("二(二)1-诉求-上报")
def test_a_superior_answers_by_his_link_without_an_account(window: Window, accessible: Callable[[Any], None]) -> None:
    hub, sheet = _said_and_taken_in(window, "厂区南侧市政管网接入要区里批，请帮忙上报。", "streetlight")
    hub.goto(f"{sheet}/forward")
    send(hub, "转办")
    build = window(OFFICE_PC)
    sign_in(build, "郑示富")
    build.goto(sheet)
    press(build, "签收")
    send(build, "签收")
    build.goto(f"{sheet}/submit_upward")
    build.get_by_label("上级条线部门").fill("演示区住房和城乡建设局")
    build.get_by_label("预计答复日期").fill(f"{NOW + timedelta(days=20):%Y-%m-%d}")
    build.get_by_label("说明").fill("请予支持。")
    send(build, "上报上级")
    link = build.get_by_role("link", name="答复链接").get_attribute("href")

    stranger = window(PHONE)
    stranger.goto(link)
    accessible(stranger)
    stranger.get_by_label("答复单位和姓名").fill("区住建局 示例")
    stranger.get_by_label("答复意见").fill("同意接入，下周派人对接。")
    send(stranger, "送出答复")
    assert "谢谢" in stranger.locator("main").inner_text()
    build.goto(sheet)
    assert "同意接入" in build.locator("main").inner_text()


@pytest.mark.clause("二(二)2-问题-网格-告知", "二(二)2-问题-网格-上报")
def test_an_officer_tells_first_and_reports_once(window: Window) -> None:
    officer = window(PHONE)
    sign_in(officer, "严示富")
    officer.goto("/cases/report")
    officer.get_by_label("企业", exact=True).fill("演示车灯有限公司")
    officer.get_by_label("已停止").check()
    officer.get_by_label("告知了谁").fill("余厂长")
    officer.get_by_label("告知时间").fill(f"{NOW - timedelta(hours=1):%Y-%m-%dT%H:%M}")
    officer.get_by_label("当面").check()
    officer.get_by_label("问题类别").select_option("fire")
    officer.get_by_label("一般").check()
    officer.get_by_label("发现的情况").fill("仓库门口疑似堵住疏散通道。")
    send(officer, "上报")
    number = re.search(r"问〔\d{4}〕\d{4}号", officer.locator("main").inner_text())
    assert number, officer.locator("main").inner_text()
    hub = window(OFFICE_PC)
    sign_in(hub, "赵示安")
    hub.goto("/intake")
    assert number[0] in hub.locator("main").inner_text()
