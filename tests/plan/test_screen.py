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
from qinqing.plan.models import PlanVersion
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


PARTS = ("limits", "offices", "topics", "reasons", "places", "annex", "patrol", "versions")


def _text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return page.content.decode()


class TestInForce:
    @pytest.mark.parametrize(
        ("path", "words"),
        [
            ("/plan/", ["关于进一步建立健全企业联系服务机制的方案", "30、90天", "暂定", "08:30—12:00"]),
            ("/plan/limits/", ["镇里可调", "方案原文"]),
            ("/plan/offices/", ["牵头指导企业燃气安全工作", "派驻机构", "负责建立健全网格员队伍", "本单位"]),
            ("/plan/topics/", ["路灯", "转办部门后上报上级", "投诉人保密", "销账后回头看"]),
            ("/plan/reasons/", ["非本单位职责", "须写依据", "请向镇信访工作机构"]),
            ("/plan/places/", ["通江工业园区", "小黄山村", "所在村（社区）未写明"]),
            ("/plan/annex/", ["网格员应督促涉气类企业每年定期开展自主监测"]),
            ("/plan/patrol/", ["每年例会", "方案原文", "春节前后", "月初宁静日", "服务走访", "待镇里填写", "镇安委办"]),
            ("/plan/versions/", ["首次启用", "系统·安装"]),
        ],
    )
    def test_shows_each_part(self, town: Town, path: str, words: list[str]) -> None:
        text = _text(_client(town, "jianguan", Role.HANDLER), path)
        assert not [word for word in words if word not in text]

    def test_the_whole_digest_is_there_to_compare(self, town: Town) -> None:
        text = _text(_client(town, "jianguan", Role.HANDLER), "/plan/versions/")
        assert f"<code>{reads.versions('menghe')[0].digest}</code>" in text

    def test_names_the_clause_with_the_plans_words(self, town: Town) -> None:
        text = _text(_client(town, "jingke", Role.HUB_CLERK), "/plan/topics/")
        assert 'title="负责市政道路、路灯和绿化管理">三（三）</abbr>' in text

    def test_an_office_sees_which_topics_are_its_own(self, town: Town) -> None:
        assert '<b class="num">6</b>类' in _text(_client(town, "jianguan", Role.HANDLER), "/plan/topics/")
        assert '<b class="num">3</b>类' in _text(_client(town, "mengcheng", Role.GRID_OFFICER), "/plan/topics/")
        assert "默认由您所在单位承办" not in _text(_client(town, "ducha", Role.SUPERVISOR), "/plan/topics/")

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

    @pytest.mark.parametrize("part", PARTS)
    def test_asks_few_questions_of_the_database(
        self, town: Town, part: str, django_assert_max_num_queries: object
    ) -> None:
        client = _client(town, "jianguan", Role.HANDLER)
        client.get("/plan/")
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            client.get(f"/plan/{part}/")


class TestVersions:
    def test_an_earlier_one_says_that_it_is_and_stays_while_one_reads_on(self, town: Town) -> None:
        _second(town)
        client = _client(town, "jianguan", Role.HANDLER)
        old, new = _text(client, "/plan/limits/?v=1"), _text(client, "/plan/limits/?v=2")
        assert "您看的是第1版" in old
        assert 'href="/plan/topics/?v=1"' in old
        assert "您看的是" not in new
        assert 'href="/plan/topics/"' in new
        assert "签收并定人由1个工作日改为2个工作日" in _text(client, "/plan/versions/")

    @pytest.mark.parametrize(
        "path",
        ["/plan/?v=3", "/plan/?v=0", "/plan/?v=-1", "/plan/?v=99999999999999999999", "/plan/?v=x%00", "/plan/nothing/"],
    )
    def test_what_is_not_there(self, town: Town, path: str) -> None:
        assert _client(town, "jianguan", Role.HANDLER).get(path).status_code in {400, 404}

    def test_a_town_without_a_plan_is_told_whom_to_ask(self, town: Town) -> None:
        client = _client(town, "jianguan", Role.HANDLER)
        PlanVersion.objects.all().delete()
        page = client.get("/plan/")
        assert page.status_code == 404
        assert "本镇还没有载入方案" in page.content.decode()
