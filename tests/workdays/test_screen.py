"""The calendar's pages: the year, trying out a limit, taking in a notice in two presses."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qinqing.cases.models import Case
from qinqing.people.models import Account, Town
from qinqing.workdays import reads
from qinqing.workdays.models import CalendarDay, Notice
from tests.cases.world import World, make_world, moment
from tests.conftest import Clock
from tests.workdays.test_notice import day, text

Page = Callable[..., tuple[int, str]]


@pytest.fixture
def world(db: None, clock: Clock) -> World:
    reads.forget()
    return make_world()


@pytest.fixture
def as_(world: World) -> Callable[[str], Client]:
    """Return a browser in which this person is signed in."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(pk=world.who[name].account_id))
        return client

    return sign_in


def seen(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


class TestYear:
    @pytest.mark.parametrize(
        ("name", "status"),
        [("clerk", 200), ("head", 200), ("build", 200), ("officer", 200), ("leader", 200), ("sysadmin", 200), ("owner", 403)],
    )  # fmt: skip
    def test_opens_for_everybody_who_works_by_it(self, as_: Any, name: str, status: int) -> None:
        assert as_(name).get("/calendar/").status_code == status

    def test_shows_every_day_in_words_too(self, as_: Any) -> None:
        page = as_("clerk").get("/calendar/")
        words = seen(page)
        assert "2026年工作日历" in words
        assert "全年 248 个工作日" in words
        assert "2月15日至23日（9天）" in words
        assert page.content.decode().count('class="calendar-day ') == 365 + 4
        assert words.count("春节调休上班") == 2

    def test_says_that_next_year_is_missing_and_who_imports_it(self, as_: Any) -> None:
        clerk, head = as_("clerk"), as_("head")
        assert "2027年放假通知还没有导入" in seen(clerk.get("/calendar/"))
        assert "该导入了" in seen(clerk.get("/calendar/"))
        assert "由中转站负责人导入通知" in seen(clerk.get("/calendar/?year=2027"))
        assert "/calendar/import/" not in clerk.get("/calendar/").content.decode()
        assert "/calendar/import/" in head.get("/calendar/").content.decode()

    def test_a_year_without_notice_is_provisional(self, as_: Any) -> None:
        words = seen(as_("clerk").get("/calendar/?year=2027"))
        assert "暂定：尚无通知" in words
        assert "2月5日至8日（4天）" in words

    @pytest.mark.parametrize("asked", ["1", "9999", "-1", "x", "2" * 400, "", "2031", "%00"])
    def test_a_year_that_is_not_there_is_this_year(self, as_: Any, asked: str) -> None:
        page = as_("clerk").get(f"/calendar/?year={asked}")
        assert page.status_code in (200, 400)
        if page.status_code == 200:
            assert "2026年工作日历" in seen(page)

    def test_lists_cases_with_a_provisional_limit_to_those_who_may_see_them(
        self, world: World, as_: Any, clock: Clock
    ) -> None:
        clock.at("2026-12-28 10:00")
        case = world.demand(at=moment("2026-12-28 10:00"))
        assert case.number in seen(as_("clerk").get("/calendar/"))
        assert case.number in seen(as_("village").get("/calendar/"))
        assert case.number not in seen(as_("village2").get("/calendar/"))
        assert case.number not in seen(as_("law").get("/calendar/"))

    def test_costs_few_queries_however_many_cases(
        self, world: World, as_: Any, clock: Clock, django_assert_max_num_queries: Any
    ) -> None:
        clock.at("2026-12-28 10:00")
        for n in range(3):
            world.demand(at=moment("2026-12-28 10:00"), text=f"第{n}件演示诉求，路灯不亮影响夜班工人下班。")
        client = as_("clerk")
        client.get("/calendar/")
        with django_assert_max_num_queries(20):
            client.get("/calendar/")


class TestTryingOut:
    def test_explains_a_limit(self, as_: Any) -> None:
        words = seen(as_("clerk").get("/calendar/?moment=2026-02-13T16:00&days=5"))
        assert "2月27日 周五 17:30" in words
        assert "15日至23日春节放假不计。" in words

    @pytest.mark.parametrize(
        ("query", "says"),
        [
            ("moment=&days=5", "请选择收到时间。"),
            ("moment=x&days=5", "收到时间写得不对"),
            ("moment=2026-02-13T16:00&days=0", "工作日数不能小于1"),
            ("moment=2026-02-13T16:00&days=9999", "工作日数不能大于1000"),
            ("moment=1900-02-13T16:00&days=5", "时间应在2008年至2099年之间。"),
            ("moment=0001-01-01T00:00&days=5", ""),
            ("moment=9999-12-31T23:59&days=5", ""),
        ],
    )
    def test_a_mistake_is_told_beside_its_field(self, as_: Any, query: str, says: str) -> None:
        page = as_("clerk").get(f"/calendar/?{query}")
        assert page.status_code == 200
        assert says in seen(page)


class TestTakingIn:
    NOTICE = text([day("2027-01-01"), day("2027-01-04")])

    @pytest.mark.parametrize("name", ["clerk", "build", "officer", "leader", "sysadmin", "owner"])
    def test_is_the_hubs_heads_alone(self, as_: Any, name: str) -> None:
        client = as_(name)
        assert client.get("/calendar/import/").status_code == 403
        assert client.post("/calendar/import/", {"text": self.NOTICE, "sure": "yes"}).status_code == 403
        assert not Notice.objects.filter(year=2027).exists()

    def test_the_first_press_shows_what_would_change_and_writes_nothing(
        self, world: World, as_: Any, clock: Clock
    ) -> None:
        clock.at("2026-12-28 10:00")
        case = world.demand(at=moment("2026-12-28 10:00"))
        page = as_("head").post("/calendar/import/", {"text": self.NOTICE, "source": "演示通知"})
        words = seen(page)
        assert page.status_code == 200
        assert "2027年1月4日 周一 原为 工作日 ，改为 元旦放假" in words
        assert "没有列出国庆节" in words
        assert case.number in words
        assert 'name="sure" value="yes"' in page.content.decode()
        assert not Notice.objects.filter(year=2027).exists()
        assert Case.objects.get(pk=case.pk).due_at == case.due_at

    def test_the_second_press_takes_it_in_and_lists_the_cases(self, world: World, as_: Any, clock: Clock) -> None:
        clock.at("2026-12-28 10:00")
        case = world.demand(at=moment("2026-12-28 10:00"))
        head = as_("head")
        given = {"text": self.NOTICE, "source": "演示通知", "year": "", "sure": "yes"}
        words = seen(head.post("/calendar/import/", given))
        assert f"{case.number} 1月5日 周二 17:30 1月6日 周三 17:30 顺延" in words
        assert Case.objects.get(pk=case.pk).due_at == moment("2027-01-06 17:30")
        notice = Notice.objects.get(year=2027)
        assert notice.confirmed_by.endswith(" · 示head")
        assert "2027年放假通知还没有导入" not in seen(head.get("/calendar/"))
        again = seen(head.post("/calendar/import/", given))
        assert "这份通知已经录入过" in again
        assert Notice.objects.filter(year=2027).count() == 1

    def test_cases_of_other_towns_are_settled_but_not_shown(self, world: World, as_: Any, clock: Clock) -> None:
        clock.at("2026-12-28 10:00")
        case = world.demand(at=moment("2026-12-28 10:00"))
        other = Town.objects.create(code="other", name="另一演示镇", is_demo=True)
        Case.objects.filter(pk=case.pk).update(town=other)
        words = seen(as_("head").post("/calendar/import/", {"text": self.NOTICE, "sure": "yes"}))
        assert "另有1件在您的查看范围之外" in words
        assert case.number not in words
        assert Case.objects.get(pk=case.pk).due_at == moment("2027-01-06 17:30")

    def test_going_back_keeps_what_was_typed(self, as_: Any) -> None:
        page = as_("head").post(
            "/calendar/import/", {"text": self.NOTICE, "source": "演示通知", "sure": "yes", "edit": "yes"}
        )
        assert page.status_code == 200
        assert "演示通知" in page.content.decode()
        assert not Notice.objects.filter(year=2027).exists()

    def test_a_file_is_as_good_as_text(self, as_: Any) -> None:
        raw = "日期,节日,类型\n2027-01-01,元旦,放假\n".encode("gb18030")
        page = as_("head").post("/calendar/import/", {"file": SimpleUploadedFile("2027.csv", raw)})
        assert "核对2027年放假安排" in seen(page)
        assert "2027-01-01,元旦,放假" in page.content.decode()

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({}, "没有内容，请粘贴通知的数据或选择文件。"),
            ({"text": "第一行不是日期1"}, "第1行：日期“第一行不是日期1”不对"),
            ({"text": text([])}, "没有任何日期"),
            ({"text": text([day("2027-02-10", off=False)])}, "本来就是工作日"),
            ({"text": "<script>alert(1)</script>"}, "第1行：日期“&lt;script&gt;"),
            ({"text": "2027-01-01,元旦,放假", "year": "20270"}, "年份不能大于2099"),
            ({"text": "2027-01-01,元旦,放假", "year": "x"}, "年份写得不对"),
            ({"text": "x" * 100_001}, "最多100000个字"),
            ({"file": SimpleUploadedFile("a.json", b"\xff\xfe\x00\x01")}, "不是文本"),
            ({"file": SimpleUploadedFile("a.json", b"9" * 1_000_001)}, "超过1 MB"),
            ({"file": SimpleUploadedFile("a.json", b"")}, ""),
        ],
    )  # fmt: skip
    def test_a_bad_notice_is_told_at_the_field_and_changes_nothing(
        self, as_: Any, given: dict[str, Any], says: str
    ) -> None:
        before = list(CalendarDay.objects.values())
        for sure in ({}, {"sure": "yes"}):
            files = {
                key: SimpleUploadedFile(one.name, one.file.getvalue()) for key, one in given.items() if key == "file"
            }
            page = as_("head").post("/calendar/import/", {**given, **files, **sure})
            assert page.status_code == 422
            assert says in page.content.decode()
        assert list(CalendarDay.objects.values()) == before

    def test_what_was_typed_stays_beside_the_mistake(self, as_: Any) -> None:
        page = as_("head").post("/calendar/import/", {"text": "2027-13-01,元旦,放假", "source": "演示通知"})
        assert "2027-13-01,元旦,放假" in page.content.decode()
        assert 'value="演示通知"' in page.content.decode()
