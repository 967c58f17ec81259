"""Other ways in and out: a complaint whose sender stays hidden, files of every kind, the card at the gate, kept filters."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.journeys.conftest import OFFICE_PC, PHONE
from tests.journeys.people import press, send
from tests.journeys.walks import HUB, OWNER, OWNER2, SOCIAL, SUPERVISOR, Walk, fill, keep, says

Window = Callable[..., Any]
PLACE = 0x8825
"""Where EXIF keeps the place."""


@pytest.mark.clause("三职(六)-7")
def test_who_complained_is_shown_to_the_handling_office_alone_and_each_look_is_entered(window: Window) -> None:
    walk = Walk(window)
    page = walk.at(SOCIAL, "/cases/report")
    hidden = "演示工人某某 10000000999"
    fill(page, {
        "firm": "演示车灯有限公司", "topic": "labour", "severity": 1, "text": "有工人反映疑似拖欠十月份工资。", "complainant": hidden,
    })  # fmt: skip
    keep(page, "labour-report")
    send(page, "上报")
    case = int(page.url.rsplit("/", 1)[1])
    assert hidden not in page.content()
    more = page.locator("details.more > summary")
    if more.count():
        more.click()
    press(page, "查看投诉人")
    keep(page, "reveal-asked")
    press(page, "查看")
    assert hidden in says(page)
    keep(page, "revealed")
    page.goto(f"/cases/{case}")
    assert "查看了投诉人信息" in says(page)
    for name in (HUB, SUPERVISOR):
        other = walk.at(name, f"/cases/{case}")
        assert "疑似拖欠" in says(other)
        assert hidden not in other.content()
        assert (
            other.get_by_role("link", name="查看投诉人").count()
            == other.get_by_role("button", name="查看投诉人").count()
            == 0
        )
        assert other.goto(f"/cases/{case}/reveal").status in (403, 404)
    owner = walk.at(OWNER, "/portal/matters/")
    assert "拖欠" not in owner.content()


def _files(folder: Path) -> list[str]:
    """Make one file of every kind that is taken; the pictures say where they were taken."""
    place = Image.Exif()
    place.get_ifd(PLACE).update({1: "N", 2: (31.0, 58.0, 12.0), 3: "E", 4: (119.0, 49.0, 30.0)})
    place[0x010F] = "演示手机"
    for ending, form in (("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")):
        Image.new("RGB", (320, 240), "#3a7").save(folder / f"现场.{ending}", form, exif=place.tobytes())
    (folder / "说明.pdf").write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    for name, part in (("情况.docx", "word/document.xml"), ("清单.xlsx", "xl/workbook.xml")):
        with zipfile.ZipFile(folder / name, "w") as packed:
            packed.writestr("[Content_Types].xml", "<Types/>")
            packed.writestr(part, "<a/>")
    return [str(path) for path in sorted(folder.iterdir())]


def test_files_of_every_kind_come_without_their_place_and_reach_only_whom_they_concern(
    window: Window, tmp_path: Path
) -> None:
    walk = Walk(window)
    owner = walk.at(OWNER, "/portal/submit/")
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "图.svg").write_text("<svg onload=alert(1)>")
    fill(owner, {"text": "附上现场照片和材料，请看。", "files": [str(bad / "图.svg")]})
    send(owner, "提交")
    assert "不是可以上传的类型" in owner.content()
    assert owner.locator("[name=text]").input_value() == "附上现场照片和材料，请看。"
    keep(owner, "file-refused")
    good = tmp_path / "good"
    good.mkdir()
    fill(owner, {"files": _files(good)})
    send(owner, "提交")
    found = re.search(r"/portal/matters/(\d+)/", owner.url)
    assert found, owner.url
    keep(owner, "files-owner")
    links = sorted(set(re.findall(r'href="(/files/\d+)"', owner.content())))
    assert len(links) == 6
    hub = walk.at(HUB, f"/cases/{found[1]}")
    keep(hub, "files-hub")
    for link in links:
        answer = hub.request.get(link)
        assert answer.status == 200
        assert answer.headers["x-content-type-options"] == "nosniff"
        if answer.headers["content-type"].startswith("image/"):
            assert "inline" in answer.headers["content-disposition"]
            with Image.open(io.BytesIO(answer.body())) as picture:
                assert not picture.getexif(), f"{link}: the picture still says where it was taken"
            assert "演示手机".encode() not in answer.body()
        else:
            assert "attachment" in answer.headers["content-disposition"]
        assert walk.at(OWNER2).request.get(link).status == 404
    stranger = window(PHONE)
    assert "/sign-in/" in stranger.request.get(links[0]).url


def test_whoever_scans_the_card_at_the_gate_is_heard_without_an_account(
    window: Window, accessible: Callable[[Any], None]
) -> None:
    walk = Walk(window)
    hub = walk.at(HUB, "/enterprises/?q=演示车灯")
    hub.locator("main a", has_text="演示车灯有限公司").first.click()
    firm = hub.url
    hub.goto(f"{firm}card/")
    if hub.locator("button", has_text="制发企业码").count():
        send(hub, "制发企业码")
    keep(hub, "card")
    assert hub.locator(".qr svg").count() == 1
    address = hub.locator(".qr-address span").inner_text()
    stranger = window(PHONE)
    stranger.goto(re.sub(r"^https?://[^/]+", "", address))
    assert "演示车灯" in stranger.content()
    accessible(stranger)
    keep(stranger, "card-scanned")
    stranger.goto("/portal/submit/")
    fill(stranger, {"text": "食堂门口的地砖松了，请帮忙看看。", "submitter_name": "示师傅"})
    keep(stranger, "card-submit")
    send(stranger, "提交")
    number = re.search(r"诉〔\d{4}〕\d{4}号", stranger.content())
    assert number
    keep(stranger, "card-submitted")
    code = stranger.locator(".code").first.inner_text()
    elsewhere = window(OFFICE_PC)
    elsewhere.goto("/track/")
    fill(elsewhere, {"number": number[0], "code": code})
    elsewhere.locator("main form .btn.main, main form button.main").last.click()
    elsewhere.wait_for_load_state()
    assert "食堂门口的地砖" in elsewhere.content() or number[0] in elsewhere.content()
    keep(elsewhere, "tracked")


def test_a_kept_filter_is_one_press_away_and_goes_when_it_is_dropped(window: Window) -> None:
    walk = Walk(window)
    page = walk.at(HUB, "/ledger?stand=all&topic=streetlight")
    page.locator("[name=name]").fill("路灯<全部>")
    press(page, "存")
    star = page.locator(".pill", has_text="★ 路灯<全部>")
    assert star.count() == 1
    keep(page, "view-kept")
    page.goto("/ledger")
    page.locator(".pill", has_text="★ 路灯<全部>").click()
    page.wait_for_load_state()
    assert "topic=streetlight" in page.url
    press(page, "删除“路灯<全部>”")
    assert page.locator(".pill", has_text="★ 路灯<全部>").count() == 0
