"""The two lists handed over by a village, and a list of enterprises taken in by the hub: both by hand, in a browser."""

import re
from collections.abc import Callable
from typing import Any

from tests.journeys.conftest import OFFICE_PC
from tests.journeys.people import send, sign_in

Window = Callable[..., Any]
LIST = """企业名称,统一社会信用代码,属地
演示旅程一号厂,,示范一村
演示旅程二号厂,91320411XXXXXX,示范一村
"""


def test_the_hub_sees_what_a_list_would_do_before_it_is_taken_in(window: Window, tmp_path: Any) -> None:
    page = window(OFFICE_PC)
    sign_in(page, "赵示安")
    page.goto("/enterprises/import/")
    path = tmp_path / "名单.csv"
    path.write_text(LIST, encoding="utf-8")
    page.locator("main input[type=file]").set_input_files(path)
    send(page, "")
    page.get_by_text(re.compile("统一社会信用代码|统一代码")).first.wait_for()


def test_a_village_hands_its_enterprises_to_another_officer(window: Window) -> None:
    page = window(OFFICE_PC)
    sign_in(page, "曹示正")
    page.goto("/lists/")
    page.locator("main input[type=checkbox][name=ids], main td input[type=checkbox]").first.check()
    send(page, "办理交接")
    assert "交接" in page.locator("main h1").inner_text()
