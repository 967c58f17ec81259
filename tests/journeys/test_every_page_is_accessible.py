"""Every role's pages on a phone and on an office PC: nothing overflows, axe finds nothing serious, no fault in the console."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.conftest import OFFICE_PC, PHONE
from tests.journeys.people import sign_in

PAGES = {
    "余示安": ("/portal/", "/portal/submit/", "/portal/matters/", "/portal/help/", "/notices"),
    "赵示安": (
        "/today", "/intake", "/ledger", "/ledger?stand=all", "/ledger/balance", "/ledger?q=路灯", "/cases/1", "/cases/8", "/cases/submit", "/cases/report",
        "/consultations", "/enterprises/", "/enterprises/1/", "/enterprises/import/", "/enterprises/unassigned/", "/notices", "/plan/", "/entries/", "/seals/",
        "/cockpit/", "/cockpit/?wall=1", "/cockpit/map/", "/campaigns/", "/campaigns/new/", "/campaigns/1/", "/campaigns/2/",
    ),
    "郑示富": ("/today", "/ledger", "/cases/2"),
    "曹示正": ("/today", "/ledger", "/lists/", "/calendar/", "/parts/"),
    "严示富": ("/today", "/cases/report", "/cases/submit", "/campaigns/", "/campaigns/2/"),
    "秦示正": ("/today", "/ledger", "/cockpit/"),
    "孙示富": ("/today", "/intake", "/ledger/balance", "/calendar/", "/calendar/import/", "/consultations"),
    "吴示正": ("/today", "/ledger", "/consultations", "/notices"),
    "吕示正": ("/today", "/cases/submit", "/notices", "/account/"),
    "张示博": ("/people/", "/people/2/", "/account/", "/today"),
    "何示安": ("/today", "/ledger", "/consultations"),
    "孔示安": ("/people/sign-ins/", "/entries/"),
    "施示富": ("/people/", "/account/"),
    "-": ("/sign-in/", "/demo/", "/track/"),
}  # fmt: skip
"""Who looks at what; "-" is somebody who is not signed in."""


@pytest.mark.parametrize("device", [PHONE, OFFICE_PC], ids=["phone", "office PC"])
@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_and_are_accessible(
    window: Callable[..., Any], accessible: Callable[[Any], None], name: str, device: dict[str, Any]
) -> None:
    page = window(device)
    if name != "-":
        sign_in(page, name)
    for address in PAGES[name]:
        answer = page.goto(address)
        assert answer.status == 200, (address, answer.status)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide}px too wide"
        accessible(page)


PRESSERS = {
    "赵示安": ("/intake", "a[href^='/cases/']"),
    "孙示富": ("/today", "#rows a[href^='/cases/']"),
    "郑示富": ("/today", "#rows a[href^='/cases/']"),
    "曹示正": ("/ledger?stand=open", "#rows a[href^='/cases/']"),
    "尤示富": ("/ledger?stand=open", "#rows a[href^='/cases/']"),
    "何示安": ("/ledger?stand=open", "#rows a[href^='/cases/']"),
    "元示正": ("/portal/matters/", "a[href^='/portal/matters/']"),
}
"""Who presses, and where he finds his matters: a list, and the links to its matters."""
MATTERS = 6


@pytest.mark.parametrize("device", [PHONE, OFFICE_PC], ids=["phone", "office PC"])
@pytest.mark.parametrize("name", PRESSERS)
def test_press_forms_fit_and_are_accessible(
    window: Callable[..., Any], accessible: Callable[[Any], None], name: str, device: dict[str, Any]
) -> None:
    page = window(device)
    sign_in(page, name)
    where, links = PRESSERS[name]
    page.goto(where)
    forms: dict[str, str] = {}
    sheets = dict.fromkeys(
        found[0] for link in _links(page, links) if (found := re.match(r"/(?:cases|portal/matters)/\d+/?", link))
    )
    for sheet in list(sheets)[:MATTERS]:
        page.goto(sheet)
        for link in _links(page, "main a[href]"):
            if found := re.fullmatch(r"/(?:cases|portal/matters)/\d+/([a-z_]+)/?(?:\?.*)?", link):
                forms.setdefault(found[1], link)
    forms.pop("verify", None)
    assert forms, f"{name} finds nothing to press"
    for address in forms.values():
        answer = page.goto(address)
        assert answer.status == 200, (address, answer.status)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide}px too wide"
        accessible(page)


def _links(page: Any, where: str) -> list[str]:
    found: list[str] = page.locator(where).evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return found
