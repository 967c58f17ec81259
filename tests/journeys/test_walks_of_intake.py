"""What can become of a demand beside being handled: a question, a refusal with a way on, two that are one, a change of mind; and pressing for it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.people import press, send
from tests.journeys.walks import BUILD, HUB, OFFICER, OWNER, OWNER2, SUPERVISOR, Walk, fill, keep, says

Window = Callable[..., Any]


@pytest.mark.clause("附1-内容-1")
def test_the_hub_asks_and_the_owner_supplies_on_his_phone(window: Window, tmp_path: Any) -> None:
    walk = Walk(window)
    case = walk.submitted("设备检修要停电一天，请帮忙协调。")
    walk.does(HUB, case, "退请补充", {"question": "请说明停电的具体日期和范围。"}, look="ask")
    owner = walk.at(OWNER, "/portal/")
    assert "请说明停电的具体日期和范围" in owner.content()
    keep(owner, "owner-asked")
    owner.goto(f"/portal/matters/{case}/")
    press(owner, "补充说明")
    fill(owner, {"answer": "十二月五日，厂区东片。"})
    keep(owner, "owner-supplies")
    send(owner, "")
    assert "补充已交上去" in owner.content()
    keep(owner, "owner-supplied")
    hub = walk.at(HUB, f"/cases/{case}")
    assert "十二月五日，厂区东片" in says(hub)
    keep(hub, "supplied")


@pytest.mark.clause("二(四)-3")
def test_what_is_not_the_towns_is_declined_with_the_way_to_go(window: Window) -> None:
    walk = Walk(window)
    case = walk.submitted("和外地客户的货款纠纷，请政府帮我们判一下。")
    page = walk.does(
        HUB,
        case,
        "不予受理",
        {"reason": 1, "reply": "合同纠纷请向区人民法院起诉，或先到镇司法所申请调解。"},
        look="decline",
    )
    keep(page, "declined")
    owner = walk.at(OWNER, f"/portal/matters/{case}/")
    assert "镇司法所" in says(owner)
    keep(owner, "owner-declined")


def test_two_that_are_one_go_on_as_one_and_both_submitters_read_on(window: Window) -> None:
    walk = Walk(window)
    first = walk.submitted("厂门口减速带坏了，车辆颠簸。")
    officer = walk.at(OFFICER, "/cases/submit")
    fill(officer, {"firm": "演示车灯有限公司", "text": "企业反映门口减速带损坏。", "source": "visit"})
    keep(officer, "officer-submits")
    send(officer, "提交中转站")
    second = int(officer.url.rsplit("/", 1)[1])
    number = walk.at(HUB, f"/cases/{first}").title().split(" ")[0]
    page = walk.does(HUB, second, "并案", {"into": number}, look="merge")
    assert "并案" in says(page)
    keep(page, "merged")
    assert number in says(walk.at(OFFICER, f"/cases/{second}"))
    keep(walk.at(OWNER, f"/portal/matters/{second}/"), "owner-merged")


def test_an_owner_changes_his_mind(window: Window) -> None:
    walk = Walk(window)
    case = walk.submitted("想要一份惠企政策的汇编。", OWNER2)
    owner = walk.at(OWNER2, f"/portal/matters/{case}/")
    press(owner, "不用办了，撤回")
    fill(owner, {"reason": "已经在官网找到了。"})
    keep(owner, "withdraw")
    press(owner, "确认撤回")
    assert "已撤回" in owner.content()
    keep(owner, "withdrawn")
    hub = walk.at(HUB, f"/cases/{case}")
    assert "企业撤回" in says(hub)
    keep(hub, "withdrawn-hub")


@pytest.mark.clause("二(二)1-诉求-跟进", "三要(三)-1")
def test_owner_hub_and_supervision_press_for_it_and_each_gets_his_answer(window: Window) -> None:
    walk = Walk(window)
    case = walk.in_hand("门口下水道堵了，一下雨就积水。")
    owner = walk.at(OWNER, f"/portal/matters/{case}/")
    press(owner, "催一催")
    fill(owner, {"note": "明天又要下雨了，能先疏通吗？"})
    keep(owner, "owner-urges")
    send(owner, "")
    assert "已替您催办" in owner.content()
    assert owner.get_by_role("link", name="催一催").count() == 0, "once a stage"
    walk.does(HUB, case, "催办", {"note": "请今天答复企业。"}, look="urge")
    page = walk.does(SUPERVISOR, case, "督办", {"note": "请说明进度和完成时间。", "reply_by": "2"}, look="supervise")
    keep(page, "supervised")
    build = walk.at(BUILD, "/today")
    assert "有催办" in says(build)
    keep(build, "office-urged")
    page = walk.does(
        BUILD,
        case,
        "回复催办督办",
        {"note": "疏通车已派，今晚完成。", "to_enterprise": "今晚先疏通，明天再看一遍。"},
        look="urge-answer",
    )
    keep(page, "urge-answered")
    owner.goto(f"/portal/matters/{case}/")
    assert "今晚先疏通" in says(owner)
    assert "督办" not in says(owner)
    keep(owner, "owner-urge-answered")
    assert "疏通车已派" in says(walk.at(SUPERVISOR, f"/cases/{case}"))
