"""Every role's pages on a phone and on an office PC: nothing overflows, axe finds nothing serious, no fault in the console."""

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
    ),
    "郑示富": ("/today", "/ledger", "/cases/2"),
    "曹示正": ("/today", "/ledger", "/lists/", "/calendar/", "/parts/"),
    "严示富": ("/today", "/cases/report", "/cases/submit"),
    "秦示正": ("/today", "/ledger"),
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
