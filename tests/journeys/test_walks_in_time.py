"""Walks that take months: the looks back after a write-off, and a year whose holidays were not yet known."""

import io
import re
from typing import Any

import pytest
from PIL import Image

from qinqing.cases.models import Case
from qinqing.cases.words import Verb
from qinqing.workdays import reads as workdays
from tests.journeys.conftest import PHONE
from tests.journeys.in_time import TownInTime
from tests.journeys.people import press, send
from tests.journeys.walks import fill, keep, says
from tests.workdays.test_notice import day, text


@pytest.fixture
def photo(tmp_path: Any) -> str:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "#888").save(out, "JPEG")
    path = tmp_path / "现场.jpg"
    path.write_bytes(out.getvalue())
    return str(path)


@pytest.mark.clause("附2违-(2)", "二(二)2-问题-网格-告知")
def test_two_violations_from_the_picture_to_the_second_look_back(town: TownInTime, photo: str) -> None:
    page = town.at("officer", "/cases/report", PHONE)
    found = {
        "firm": "演示车灯有限公司", "stop_response": "stopped", "stop_whom": "余厂长", "stop_at": "2026-11-23T08:30", "stop_way": "当面",
        "topic": "illegal_building", "severity": 1, "text": "厂房北侧疑似新搭钢棚，约三十平方米。", "place": "厂房北侧",
    }  # fmt: skip
    fill(page, found)
    send(page, "上报")
    assert "请附影像资料" in says(page)
    assert page.locator("[name=text]").input_value() == found["text"], "what was typed is kept"
    keep(page, "report-refused")
    fill(page, {"files": photo})
    send(page, "上报")
    number = re.search(r"/cases/(\d+)$", page.url)
    assert number, says(page)
    keep(page, "reported")
    case = Case.objects.get(pk=int(number[1]))
    world = town.world
    case = world.press(Verb.ACCEPT, case, "clerk", topic="illegal_building", grade="ordinary")
    case = world.press(Verb.FORWARD, case, "clerk", lead=world.office("zhifa"))
    case = world.press(Verb.SIGN, case, "law", handler=world.law.account_id)
    world.press(Verb.PUBLISH, case, "law", notice="厂房北侧钢棚疑似未经审批，请先停用，三日内说明。")

    law = town.at("law", f"/cases/{case.pk}")
    press(law, "登记整改")
    fill(law, {"note": "企业已自行拆除钢棚。", "files": photo})
    send(law, "登记整改")
    press(law, "复查")
    fill(law, {"passed": "yes", "note": "现场已恢复原状。", "files": photo})
    keep(law, "recheck")
    send(law, "复查")
    assert "等协办单位先办结" in says(law)
    keep(law, "support-waits")
    officer = town.at("officer", f"/cases/{case.pk}", PHONE)
    press(officer, "签收")
    send(officer, "签收")
    press(officer, "办结协办")
    fill(officer, {"result": "已陪同拆除，现场已清。"})
    send(officer, "办结协办")
    law.reload()
    press(law, "办结并反馈企业")
    fill(law, {"outcome": "rectified", "reply": "复查合格，请勿再搭建。", "told_way": "in_person"})
    send(law, "办结并反馈企业")
    hub = town.at("clerk", f"/cases/{case.pk}")
    press(hub, "整理")
    press(hub, "销账")
    assert "待回头看" in says(hub)
    keep(hub, "written-off-with-look-backs")

    town.move_to("2026-12-23 09:00")
    law = town.at("law", "/today")
    assert "回头看 · 应查日12月23日" in says(law)
    keep(law, "look-back-due")
    law.goto(f"/cases/{case.pk}")
    press(law, "回头看")
    fill(law, {"passed": "yes", "note": "未反弹。", "files": photo})
    send(law, "回头看")
    keep(law, "look-back-passed")
    town.move_to("2027-02-22 09:00")
    law = town.at("law", f"/cases/{case.pk}")
    press(law, "回头看")
    fill(law, {"passed": "no", "note": "又搭起来了。", "files": photo})
    send(law, "回头看")
    assert "重新挂账办理" in says(law)
    keep(law, "look-back-failed")
    case.refresh_from_db()
    assert case.state == "in_hand"


@pytest.mark.clause("二(四)-4")
def test_the_notice_of_next_year_settles_the_provisional_limits_and_moves_none_earlier(town: TownInTime) -> None:
    workdays.forget()
    at = town.move_to("2026-12-28 10:00")
    later = town.world.demand(at=at)
    town.world.demand("owner2", at=at, firm="mould", text="另一件，期限也落在明年。")
    owner = town.at("owner", f"/portal/matters/{later.pk}/", PHONE)
    assert "暂定" in owner.content()
    keep(owner, "owner-provisional")
    head = town.at("head", "/calendar/import/")
    keep(head, "notice")
    fill(head, {"text": text([day("2027-01-01"), day("2027-01-04")]), "source": "演示通知"})
    send(head, "看看会改变什么")
    keep(head, "notice-preview")
    assert "1月5日" in says(head)
    send(head, "")
    shown = says(head)
    assert later.number in shown
    assert "1月6日" in shown
    keep(head, "notice-taken")
    owner = town.at("owner", f"/portal/matters/{later.pk}/", PHONE)
    assert "1月6日" in says(owner)
    keep(owner, "owner-redated")
    later.refresh_from_db()
    assert later.due_at > later.first_due_at
    assert not later.due_provisional
    # A second notice that would bring it forward does not.
    head = town.at("head", "/calendar/import/")
    fill(head, {"text": text([day("2027-01-01")]), "source": "演示更正"})
    send(head, "看看会改变什么")
    send(head, "")
    before = later.due_at
    later.refresh_from_db()
    assert later.due_at == before
    workdays.forget()
