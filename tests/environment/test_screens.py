"""The pages of environment files: one card, short forms, lists of what is missing; the owner sees his own."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from qinqing.enterprises.actions import files
from qinqing.environment.models import Monitoring, Paper, Profile, SentReport, Stage
from qinqing.people.models import Account
from tests.cases.world import NOW

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tests.cases.world import World
    from tests.conftest import Clock


def browser(world: "World", who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=world.who[who].account_id or 0))
    return client


@pytest.fixture(autouse=True)
def _morning(clock: "Clock") -> None:
    clock.at("2026-11-23 09:30")


def test_an_officer_keeps_the_whole_file_by_short_forms(world: "World") -> None:
    files.update(
        enterprise_id=world.firms["lamp"], raw={"tags": ["emission", "hazardous_waste"]}, by=world.clerk, at=NOW
    )
    client, here = browser(world, "officer"), f"/enterprises/{world.firms['lamp']}/environment/"
    card = {
        "permit_class": "key",
        "drainage": "apart",
        "process": "注塑",
        "is_quarterly": "on",
        "reports_since": "2026-01-01",
    }
    assert client.post(f"{here}edit/", card).status_code == 303
    assert client.post(f"{here}stages/new/", {"name": "喷漆房", "facility": "活性炭"}).status_code == 303
    paper = {"kind": "hazardous", "whom": "演示固废", "ends_on": "2027-01-10"}
    assert client.post(f"{here}papers/new/", paper).status_code == 303
    assert client.post(f"{here}monitoring/", {"done_on": "2026-06-01", "result": "met"}).status_code == 303
    assert client.post(f"{here}reports/", {"period": "2026Q1", "sent_on": "2026-04-10"}).status_code == 303
    page = client.get(here).content.decode()
    for words in ("喷漆房", "危险废物处置协议", "48天后到期", "2026年已监测1次", "2026年第1季度季报", "04-10 已上传"):
        assert words in page
    stage, kept = Stage.objects.get(), Paper.objects.get()
    assert client.post(f"{here}stages/{stage.pk}/end/").status_code == 303
    assert client.post(f"{here}papers/{kept.pk}/end/", {"reason": "解除"}).status_code == 303
    assert "有危废，没有有效的处置协议" in client.get(here).content.decode()
    assert (Profile.objects.count(), Monitoring.objects.count(), SentReport.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("form", "data", "words"),
    [
        ("edit/", {"permit_class": "key", "drainage": "apart", "yearly_by": "13-45"}, "应为月-日"),
        ("stages/new/", {"name": ""}, "请填写产污环节"),
        ("papers/new/", {"kind": "hazardous", "whom": "演示固废"}, "处置协议请填写到期日"),
        ("monitoring/", {"done_on": "2026-12-31", "result": "met"}, "日期不能晚于今天"),
        ("reports/", {"period": "2026Q1", "sent_on": "2026-04-10"}, "请从列表中选择"),
    ],
)
def test_a_wrong_form_says_what_beside_the_field(world: "World", form: str, data: dict[str, str], words: str) -> None:
    answer = browser(world, "officer").post(f"/enterprises/{world.firms['lamp']}/environment/{form}", data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Profile.objects.exists()
    assert not Paper.objects.exists()


def test_who_only_reads_is_offered_no_button_and_refused_the_press(world: "World") -> None:
    client, here = browser(world, "build"), f"/enterprises/{world.firms['lamp']}/environment/"
    page = client.get(here).content.decode()
    assert "更新档案" not in page
    assert client.post(f"{here}edit/", {"permit_class": "key", "drainage": "apart"}).status_code == 403
    assert browser(world, "officer2").get(here).status_code == 404


@pytest.mark.clause("附2环-(1)", "附2环-(6)a")
def test_the_lists_say_what_is_missing_and_lead_to_the_file(world: "World") -> None:
    files.update(
        enterprise_id=world.firms["lamp"], raw={"tags": ["emission", "hazardous_waste"]}, by=world.clerk, at=NOW
    )
    client = browser(world, "law")
    for name, words in (("agreements", "没有有效协议"), ("monitoring", "2026年还差1次")):
        page = client.get(f"/environment/?list={name}").content.decode()
        assert words in page
        assert f"/enterprises/{world.firms['lamp']}/environment/" in page
    for name in ("papers", "reports", "cards", "nonsense"):
        assert client.get(f"/environment/?list={name}&after=99999999999999999999").status_code == 200


def test_the_owner_sees_his_own_card(world: "World") -> None:
    page = browser(world, "owner").get("/portal/environment/").content.decode()
    assert "环保档案" in page
    assert "停用" not in page
    assert browser(world, "owner").get(f"/enterprises/{world.firms['mould']}/environment/").status_code in (403, 404)


def test_pages_ask_a_handful_of_queries(
    world: "World", django_assert_max_num_queries: "DjangoAssertNumQueries"
) -> None:
    client = browser(world, "clerk")
    client.get("/environment/")
    with django_assert_max_num_queries(12):
        client.get("/environment/")
    with django_assert_max_num_queries(22):
        client.get(f"/enterprises/{world.firms['lamp']}/environment/")
