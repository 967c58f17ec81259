"""The page 方案: everything in force, readable by those who work by it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from qinqing.kernel.actor import Actor
from qinqing.people import reads as people
from qinqing.people.actions import accounts, posts, towns
from qinqing.people.models import Account, Town
from qinqing.people.words import Role
from qinqing.plan import actions, loader, reads
from tests.plan.files import MENGHE

AT = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
pytestmark = pytest.mark.django_db


@pytest.fixture
def town(clock: object) -> Town:
    plan = loader.read(MENGHE).plan
    root = Actor.system("安装", town_id=0, book="menghe")
    town = towns.install_town(plan, by=root, at=AT)
    towns.install_offices(plan, town=town, by=root, at=AT)
    actions.load(MENGHE, book="menghe", by=_root(town), at=AT)
    return town


def _root(town: Town) -> Actor:
    return Actor.system("安装", town_id=town.pk, book="menghe")


def _second(town: Town) -> None:
    plan = reads.current("menghe")
    limit = plan.limits.sign.model_copy(update={"value": 2})
    new = plan.model_copy(update={"limits": plan.limits.model_copy(update={"sign": limit})})
    actions.load(new, book="menghe", by=_root(town), at=AT)


def _client(town: Town, office: str, role: Role) -> Client:
    by = _root(town)
    account: Account = accounts.add_account(username=f"{office}1", name="赵示安", password=None, by=by, at=AT)
    posts.name_post(
        account_id=account.pk,
        office_id=people.office_by_code(town.pk, office).pk,
        role=role,
        starts_on=AT.date(),
        by=by,
        at=AT,
    )
    client = Client()
    client.force_login(account)
    return client


class TestInForce:
    def test_shows_limits_offices_topics_and_versions(self, town: Town) -> None:
        page = _client(town, "jianguan", Role.HANDLER).get("/plan/")
        text = page.content.decode()
        assert page.status_code == 200
        for words in (
            "关于进一步建立健全企业联系服务机制的方案",
            reads.versions("menghe")[0].digest,
            "30、90天",
            "牵头指导企业燃气安全工作",
            "路灯",
            "非本单位职责",
            "通江工业园区",
            "网格员应督促涉气类企业每年定期开展自主监测",
        ):
            assert words in text
        assert text.count("暂定") >= 2, "the limit the plan does not give, and the office hours"

    def test_names_the_clause_with_the_plans_words(self, town: Town) -> None:
        text = _client(town, "jingke", Role.HUB_CLERK).get("/plan/").content.decode()
        assert 'title="负责市政道路、路灯和绿化管理">三（三）</abbr>' in text

    @pytest.mark.parametrize(
        ("office", "role"),
        [
            ("mengcheng", Role.GRID_OFFICER),
            ("lingdao", Role.LEADER),
            ("ducha", Role.SUPERVISOR),
            ("xitong", Role.SYSTEM_ADMIN),
        ],
    )
    def test_is_for_all_who_work_by_it(self, town: Town, office: str, role: Role) -> None:
        assert _client(town, office, role).get("/plan/").status_code == 200

    def test_is_not_for_the_auditor_nor_for_strangers(self, town: Town) -> None:
        assert _client(town, "xitong", Role.AUDITOR).get("/plan/").status_code == 403
        assert Client().get("/plan/")["Location"].startswith("/sign-in/?next=")

    def test_asks_few_questions_of_the_database(self, town: Town, django_assert_max_num_queries: object) -> None:
        client = _client(town, "jianguan", Role.HANDLER)
        client.get("/plan/")
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            client.get("/plan/")


class TestVersions:
    def test_an_earlier_one_says_that_it_is(self, town: Town) -> None:
        _second(town)
        client = _client(town, "jianguan", Role.HANDLER)
        old, new = (client.get(f"/plan/{number}/").content.decode() for number in (1, 2))
        assert "您看的是第1版" in old
        assert "您看的是" not in new
        assert "签收并定人由1个工作日改为2个工作日" in new

    @pytest.mark.parametrize("number", ["3", "0", "99999999999999999999"])
    def test_one_that_is_none(self, town: Town, number: str) -> None:
        assert _client(town, "jianguan", Role.HANDLER).get(f"/plan/{number}/").status_code == 404
