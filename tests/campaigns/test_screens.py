"""The pages of special campaigns: every press by a plain form, every figure to its rows."""

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from qinqing.campaigns.models import Campaign
from qinqing.people.models import Account
from tests.campaigns.test_campaigns import LAST, TODAY, start
from tests.patrol.world import NOW

if TYPE_CHECKING:
    from tests.conftest import Clock
    from tests.patrol.world import Rounds


@pytest.fixture(autouse=True)
def _morning(clock: "Clock") -> None:
    clock.at("2026-11-23 09:30")


def browser(rounds: "Rounds", who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=rounds.world.who[who].account_id or 0))
    return client


def form(**more: str) -> dict[str, str]:
    return {"name": "消防通道专项", "basis": "镇安委办通知", "starts_on": str(TODAY), "ends_on": str(LAST)} | more


def test_the_hub_counts_opens_and_sums_up(rounds: "Rounds") -> None:
    client = browser(rounds, "clerk")
    assert "还没有专项行动" in client.get("/campaigns/").content.decode()
    counted = client.post("/campaigns/new/", {"count": "1"})
    assert '<b class="num">2</b> 家' in counted.content.decode()
    assert not Campaign.objects.exists()
    answer = client.post("/campaigns/new/", form())
    campaign = Campaign.objects.get()
    assert answer.headers["Location"] == f"/campaigns/{campaign.pk}/"
    empty = client.post(f"/campaigns/{campaign.pk}/close/", {"summary": ""})
    assert empty.status_code == 422
    assert "请填写总结" in empty.content.decode()
    assert client.post(f"/campaigns/{campaign.pk}/close/", {"summary": "都走访了。"}).status_code == 303
    page = client.get(f"/campaigns/{campaign.pk}/").content.decode()
    assert "都走访了。" in page
    assert "/close/" not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"industry": "99999"}, "行业"),
        ({"industry": "ab"}, "没有这个代码"),
        ({"ends_on": "2026-11-01"}, "早于"),
        ({"tag": "ammonia"}, "请放宽条件"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_opens(rounds: "Rounds", wrong: Any, said: str) -> None:
    answer = browser(rounds, "clerk").post("/campaigns/new/", form(**wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "消防通道专项" in answer.content.decode()
    assert not Campaign.objects.exists()


def test_figures_lead_to_as_many_rows_and_the_sheet_has_them_all(
    rounds: "Rounds", django_assert_max_num_queries: Any
) -> None:
    campaign = start(rounds)
    rounds.visit(at=NOW)
    client = browser(rounds, "clerk")
    here = f"/campaigns/{campaign.pk}/"
    client.get(here)
    with django_assert_max_num_queries(20):
        page = client.get(here).content.decode()
    for progress, firms in (("", 2), ("done", 1), ("left", 1)):
        address = f"{here}?progress={progress}" if progress else here
        assert f'href="{address}"' in page
        assert len(re.findall(r'class="t" href="/enterprises/', client.get(address).content.decode())) == firms
    visits = re.search(r'href="(/patrol/\?[^"]*since[^"]*)"', page)
    assert visits
    assert "演示车灯有限公司" in client.get(visits[1].replace("&amp;", "&")).content.decode()
    book = load_workbook(BytesIO(client.get(f"{here}export/").content))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=4, max_row=5)]  # type: ignore[union-attr]
    assert [(row[0], row[5]) for row in cells] == [("演示车灯有限公司", "已走访"), ("演示模具有限公司", "未走访")]


def test_an_officer_reads_his_own_and_a_village_cannot_open(rounds: "Rounds") -> None:
    campaign = start(rounds)
    page = browser(rounds, "officer").get(f"/campaigns/{campaign.pk}/").content.decode()
    assert "演示车灯有限公司" in page
    assert "演示模具有限公司" not in page
    assert "/close/" not in page
    assert browser(rounds, "village").get("/campaigns/new/").status_code == 403
    assert browser(rounds, "owner").get(f"/campaigns/{campaign.pk}/").status_code in (303, 403, 404)
