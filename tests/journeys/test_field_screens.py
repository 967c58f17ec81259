"""Every screen of the phone client at 390 px: nothing overflows, axe finds nothing serious, text and targets are large enough."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.handset import Handset

SMALL = """() => {
  const seen = (node) => { const box = node.getBoundingClientRect(); return box.width > 1 && box.height > 1 && getComputedStyle(node).visibility !== "hidden"; };
  const small = [];
  for (const node of document.querySelectorAll("body *")) {
    const has_text = [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim());
    if (has_text && seen(node) && parseFloat(getComputedStyle(node).fontSize) < 16) small.push("text " + node.className + " " + node.textContent.trim().slice(0, 20));
  }
  for (const node of document.querySelectorAll("a, button, label.switch, input:not([type=file]):not([type=checkbox]), textarea")) {
    const box = node.getBoundingClientRect();
    if (seen(node) && box.height < 47.5) small.push(`target ${Math.round(box.height)}px ${node.tagName} ${node.className} ${node.textContent.trim().slice(0, 20)}`);
  }
  return small;
}"""


@pytest.fixture
def check(accessible: Callable[[Any], None]) -> Callable[[Handset], None]:
    def look(phone: Handset) -> None:
        page = phone.page
        page.wait_for_timeout(250)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide}px too wide"
        assert page.evaluate(SMALL) == [], page.url
        accessible(page)

    return look


def test_screens_of_a_visit(handset: Handset, check: Callable[[Handset], None]) -> None:
    phone = handset
    phone.prepare("殷示安")
    check(phone)
    for screen in ("prepare", "firms", "firm/22", "begin/22"):
        phone.go(screen)
        check(phone)
    visit = phone.begin_visit("演示包装")
    check(phone)
    phone.at("go-on").click()
    check(phone)
    phone.at("more").click()
    check(phone)
    while not phone.at("mark-bad").count():  # an item that asks for a number or a text
        phone.at("next").click()
        phone.page.wait_for_timeout(200)
    phone.at("mark-bad").click()
    phone.at("is-problem").check()
    phone.at("more-place").click()
    check(phone)
    for screen in ("sign", "finish"):
        phone.go(f"visit/{visit}/{screen}")
        check(phone)
    phone.go(f"visit/{visit}/sign")
    phone.at("how-signature").click()
    phone.at("open-pad").click()
    phone.at("pad").wait_for()
    check(phone)


def test_other_screens(handset: Handset, check: Callable[[Handset], None]) -> None:
    phone = handset
    phone.open("/field/")
    phone.at("to-sign-in").wait_for()
    check(phone)
    phone.prepare("罗示正")
    for screen in (
        "sync",
        "more",
        "new/accident",
        "new/demand/24",
        "new/contact",
        "new/meeting",
        "new/facts/24",
        "selftest",
        "nowhere",
    ):
        phone.go(screen)
        check(phone)
    phone.go("more")
    phone.at("leave").click()
    check(phone)


def test_the_self_test_tells_what_this_phone_can_do(handset: Handset) -> None:
    phone = handset
    phone.prepare("郝示博")
    phone.page.goto(phone.site + "/field/selftest")
    told: list[dict[str, Any]] = []
    phone.page.on(
        "request", lambda request: told.append(request.post_data_json) if request.url.endswith("/heartbeat") else None
    )
    phone.at("run").click()
    phone.page.get_by_text("没信号也能打开、能记").wait_for()
    for probe in ("worker", "database", "locks", "digest"):
        assert phone.at(f"probe-{probe}").get_attribute("data-ok") == "true"
    phone.page.wait_for_timeout(1500)
    assert told[-1]["self_test"]["results"]["database"]["ok"] is True
    assert "field-selftest" not in phone.page.evaluate(
        "indexedDB.databases().then((all) => all.map((one) => one.name))"
    )


def test_an_officer_finds_his_phone_page_from_the_desk_and_back(handset: Handset) -> None:
    phone = handset
    phone.sign_in("傅示富")
    assert phone.page.locator("a[href='/field/']").count() >= 1
    phone.page.goto(phone.site + "/field/")
    phone.at("tab-more").click()
    phone.page.locator("a.line[href='/']").wait_for()
