"""定人定岗定责表, 两张名单, the two registers and 一本账月报: drawn up as the reader sees them, opened as an office would."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from qinqing.documents import actions, reads
from qinqing.documents.drafts import registers
from qinqing.documents.models import Issue
from qinqing.documents.words import PaperKind, Subject
from qinqing.findings import actions as findings
from qinqing.kernel.errors import NotFound, Refused
from qinqing.people.models import Account
from tests.cases.world import NOW
from tests.documents.looking import needs_office, opened, text_of

if TYPE_CHECKING:
    from tests.cases.world import World


def issue(world: "World", kind: PaperKind, subject: Subject, key: str, by: str = "clerk") -> Issue:
    return actions.issue(kind=kind, subject=subject, key=key, by=world.who[by], at=NOW)


def building(world: "World", name: str = "三号车间") -> None:
    findings.register_building(
        enterprise_id=world.firms["lamp"],
        details={"name": name, "owner": "演示房东", "user": "演示车灯有限公司", "hazard": "东墙斜裂缝约两米。"},
        finding_id=None,
        photos=(),
        by=world.village,
        at=NOW,
    )


class TestListsOfACommunity:
    @pytest.mark.clause("二(一)-2")
    def test_both_lists_stand_on_one_paper_with_masked_phones(self, world: "World") -> None:
        row = issue(world, PaperKind.LISTS, Subject.COMMUNITY, str(world.office("cun01")), by="village")
        text = text_of(row)
        for needed in ("名单一　网格员名单", "名单二　联系企业名单", "演示车灯有限公司", "示officer", "单位（盖章）"):
            assert needed in text
        assert "10000000" not in text

    def test_posts_and_duties_are_the_plans_own_words(self, world: "World") -> None:
        text = text_of(issue(world, PaperKind.POSTS, Subject.COMMUNITY, str(world.office("cun01")), by="village"))
        assert "网格员定人定岗定责表" in text
        assert "“点对点”沟通渠道" in text

    def test_an_officer_draws_up_his_own_lines_only_and_the_paper_says_so(self, world: "World") -> None:
        row = issue(world, PaperKind.LISTS, Subject.COMMUNITY, str(world.office("cun01")), by="officer")
        assert "仅含本人联系的企业" in text_of(row)

    def test_another_village_and_nonsense_are_not_found(self, world: "World") -> None:
        for who, key in (("village2", str(world.office("cun01"))), ("clerk", "x"), ("clerk", "0"), ("clerk", "999999")):
            with pytest.raises(NotFound):
                issue(world, PaperKind.LISTS, Subject.COMMUNITY, key, by=who)
        assert not Issue.objects.exists()


class TestRegisters:
    @pytest.mark.clause("附3房-内容")
    def test_the_building_register_shows_how_far_each_has_come(self, world: "World") -> None:
        building(world)
        text = text_of(issue(world, PaperKind.BUILDINGS, Subject.TOWN, "open", by="village"))
        for needed in ("企业房屋安全登记册（未销号）", "三号车间", "东墙斜裂缝约两米。", "未告知", "未鉴定", "未整治"):
            assert needed in text

    def test_two_offices_get_papers_of_their_own_sight(self, world: "World") -> None:
        building(world)
        mine = issue(world, PaperKind.BUILDINGS, Subject.TOWN, "open", by="village")
        other = issue(world, PaperKind.BUILDINGS, Subject.TOWN, "open", by="village2")
        assert (mine.pk != other.pk, "三号车间" in text_of(other)) == (True, False)
        with pytest.raises(NotFound):
            reads.issue_for(world.who["village2"], mine.pk)

    def test_an_unknown_filter_and_too_many_lines_are_refused_in_words(
        self, world: "World", monkeypatch: pytest.MonkeyPatch
    ) -> None:
        building(world)
        building(world, "四号车间")
        with pytest.raises(NotFound):
            issue(world, PaperKind.BUILDINGS, Subject.TOWN, "nonsense")
        monkeypatch.setattr(registers, "MOST", 1)
        with pytest.raises(Refused, match="导出 Excel"):
            issue(world, PaperKind.BUILDINGS, Subject.TOWN, "open")
        assert not Issue.objects.exists()


class TestTheMonth:
    @pytest.mark.clause("二(四)-2c")
    def test_the_months_summary_balances(self, world: "World") -> None:
        world.in_hand()
        world.answered()
        text = text_of(issue(world, PaperKind.BOOK, Subject.TOWN, "2026-11"))
        for needed in ("2026年11月企业服务一本账月报", "共收到2件，已反馈1件，其中按时反馈1件", "月末在账"):
            assert needed in text

    def test_a_month_to_come_is_not_found(self, world: "World") -> None:
        for key in ("2026-12", "2026-13", "2026"):
            with pytest.raises(NotFound):
                issue(world, PaperKind.BOOK, Subject.TOWN, key)


def test_a_paper_that_lacks_a_field_is_a_clear_sentence(world: "World") -> None:
    """An entry written by another version of the program, or by hand, is never a half-drawn paper."""
    row = issue(world, PaperKind.BOOK, Subject.TOWN, "2026-11")
    row.seq = 1  # an entry that holds no paper
    with pytest.raises(Refused, match="先校验账本"):
        reads.paper_of(row)


class TestReachedByOnePress:
    def test_each_page_offers_its_paper_and_the_press_leads_to_it(self, world: "World", clock: object) -> None:
        building(world)
        world.in_hand()
        client = Client()
        client.force_login(Account.objects.get(pk=world.village.account_id))
        here = world.office("cun01")
        for page, press in (
            (reverse("grids_page", args=[here]), ("community", "lists", here)),
            (reverse("grids_page", args=[here]), ("community", "posts", here)),
            (reverse("buildings"), ("town", "buildings", "open")),
            (reverse("cases_balance"), ("town", "book", "2026-11")),
        ):
            url = reverse("papers_issue", args=press)
            assert url in client.get(page).content.decode()
            sheet = client.post(url, follow=True)
            assert sheet.status_code == 200
            assert Issue.objects.first().number in sheet.content.decode()  # type: ignore[union-attr]
        assert Issue.objects.count() == 4
        assert "房屋登记册" in client.get(reverse("papers")).content.decode()


@needs_office
class TestOpenedByAnOfficeProgram:
    def test_every_paper_of_the_town(self, world: "World") -> None:
        building(world)
        world.in_hand()
        here = str(world.office("cun01"))
        opened(issue(world, PaperKind.LISTS, Subject.COMMUNITY, here), pages=1, words=("名单二", "演示车灯有限公司"))
        opened(issue(world, PaperKind.POSTS, Subject.COMMUNITY, here), pages=2, words=("定人定岗定责表", "定责"))
        opened(issue(world, PaperKind.BUILDINGS, Subject.TOWN, "open"), pages=1, words=("三号车间", "未鉴定"))
        opened(issue(world, PaperKind.ILLEGAL, Subject.TOWN, "all"), pages=1, words=("没有这样的登记",))
        opened(issue(world, PaperKind.BOOK, Subject.TOWN, "2026-11"), pages=1, words=("月末在账", "共收到1件"))
