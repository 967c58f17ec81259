"""The two lists handed over by a village, and a list of enterprises taken in by the hub: both by hand, in a browser."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from qinqing.kernel.clock import SHANGHAI
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
    page.get_by_text("应为18位统一社会信用代码").first.wait_for()
    page.get_by_label(re.compile("好的先导入")).check()
    send(page, "开始导入")
    for _ in range(20):  # a worker takes it in
        page.goto("/enterprises/?q=演示旅程")
        text = page.locator("main").inner_text()
        if "演示旅程一号厂" in text:
            break
        page.wait_for_timeout(500)
    assert "演示旅程一号厂" in text
    assert "演示旅程二号厂" not in text


def test_a_village_hands_its_enterprises_to_another_officer(window: Window) -> None:
    page = window(OFFICE_PC)
    sign_in(page, "曹示正")
    page.goto("/lists/")
    page.locator("main input[type=checkbox][name=ids], main td input[type=checkbox]").first.check()
    send(page, "办理交接")
    assert "交接" in page.locator("main h1").inner_text()
    # A day ahead, so that today's officer stays who he is for the other journeys.
    page.get_by_label("网格员").select_option(index=1)
    page.get_by_label("从哪天起").fill(f"{datetime.now(SHANGHAI) + timedelta(days=2):%Y-%m-%d}")
    page.get_by_label("原因").fill("岗位调整")
    send(page, "确认交接")
    assert "待交接" in page.locator("main").inner_text()
