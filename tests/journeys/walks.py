"""Walking a case through several hands: who sits at which page, what he answers, and a picture of it if one is wanted."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.journeys.conftest import OFFICE_PC, PHONE
from tests.journeys.people import press, send, sign_in

HUB, HUB2, HUB_HEAD = "赵示安", "钱示正", "孙示富"
BUILD, BUILD_HEAD, LAW, LAND, SOCIAL = "郑示富", "吴示正", "陈示正", "蒋示安", "杨示博"
LEADER_OF_BUILD, LEADER_OF_HUB, SUPERVISOR, DISCIPLINE = "尤示富", "秦示正", "何示安", "吕示正"
OFFICER, VILLAGE = "严示富", "曹示正"
OWNER, OWNER2 = "余示安", "元示正"
"""余示安 speaks for 演示车灯有限公司 (示范一村, its officer 严示富), 元示正 for 演示汽配有限公司."""


class Walk:
    """One walk: a window for each person, opened when he is first needed."""

    def __init__(self, window: Callable[..., Any]) -> None:
        self.window = window
        self.pages: dict[str, Any] = {}

    def at(self, name: str, address: str = "", *, phone: bool | None = None) -> Any:
        """Return this person's page, signed in; owners and grid officers sit at a phone."""
        if name not in self.pages:
            small = name in (OWNER, OWNER2, OFFICER) if phone is None else phone
            self.pages[name] = self.window(PHONE if small else OFFICE_PC)
            sign_in(self.pages[name], name)
        if address:
            self.pages[name].goto(address)
        return self.pages[name]

    def submitted(self, said: str, owner: str = OWNER, **answers: Any) -> int:
        """Let an owner submit a demand; return the case."""
        page = self.at(owner, "/portal/submit/")
        fill(page, {"text": said, **answers})
        send(page, "提交")
        found = re.search(r"/portal/matters/(\d+)/", page.url)
        assert found, page.url
        return int(found[1])

    def does(self, name: str, case: int, word: str, answers: Mapping[str, Any] | None = None, *, look: str = "") -> Any:
        """Let somebody press a button of a case's page and answer its form; return his page as it is then."""
        page = self.at(name, f"/cases/{case}")
        more = page.locator("details.more > summary")
        if more.count():
            more.click()
        press(page, word)
        if answers is not None:
            fill(page, answers)
            keep(page, look)
            send(page, word)
        assert page.locator(".field.wrong, .note.error").count() == 0, page.locator("main").inner_text()
        return page

    def in_hand(self, said: str, topic: str = "streetlight", by: str = BUILD, owner: str = OWNER) -> int:
        """Let a demand be submitted, accepted, forwarded and signed for."""
        case = self.submitted(said, owner)
        self.does(HUB, case, "接办", {"topic": topic})
        self.does(HUB, case, "转办", {})
        self.does(by, case, "签收", {})
        return case

    def answered(self, said: str, owner: str = OWNER) -> int:
        """Let a demand be answered by the department."""
        case = self.in_hand(said, owner=owner)
        self.does(
            BUILD, case, "办结并反馈企业", {"outcome": "solved", "reply": "已修好，请看看。", "told_way": "phone"}
        )
        return case


def fill(page: Any, answers: Mapping[str, Any]) -> None:
    """Answer the fields of the page's form by name, each as a person would: write, choose, tick, attach.

    A number means the choice in that place, the first being 1; True ticks a box; of a list its words may be given.
    """
    for name, value in answers.items():
        field = page.locator(f"main [name={name}]")
        kind = field.first.evaluate("field => field.type")
        if kind in ("radio", "checkbox"):
            place = value - 1 if isinstance(value, int) else 0
            named = page.locator(f"main [name={name}][value='{value}']")
            worded = page.locator("main label", has_text=str(value)).locator(f"[name={name}]")
            chosen = field.nth(place) if isinstance(value, int) else named if named.count() else worded.first
            chosen.check()
        elif kind == "select-one":
            if not isinstance(value, int) and field.locator(f"option[value='{value}']").count() == 0:
                value = field.locator("option:not([disabled])", has_text=value).first.get_attribute("value")  # noqa: PLW2901
            field.select_option(**({"index": value} if isinstance(value, int) else {"value": value}))
        elif kind == "file":
            field.set_input_files(value)
        else:
            field.fill(str(value))


def says(page: Any) -> str:
    """Return what stands on a page."""
    text: str = page.locator("main").inner_text()
    return text


def keep(page: Any, name: str) -> None:
    """Keep pictures of a page as a phone and as an office PC show it, where QINQING_PICTURES names a folder."""
    folder = os.environ.get("QINQING_PICTURES", "")
    if not (folder and name):
        return
    before = page.viewport_size
    for width, height in ((1366, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=Path(folder, f"{name}-{width}.png"), full_page=True)
    page.set_viewport_size(before)
