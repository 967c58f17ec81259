"""The pages of the checklists, through the client: what each shows, presses and refuses, without JavaScript."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qinqing.checklists import actions, reads, sheets
from qinqing.people.models import Account
from qinqing.people.words import Role
from tests.cases.world import World
from tests.checklists.drafts import LATER, prepared, state
from tests.checklists.papers import plain, sheet

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django.fixtures import DjangoAssertNumQueries

    from tests.conftest import Clock

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def here(clock: "Clock") -> None:
    clock.at("2026-12-01 10:00")


def browser(world: World, who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=world.who[who].account_id))
    return client


@pytest.fixture
def head(lists: World) -> Client:
    return browser(lists, "head")


def text(page: "HttpResponse | Any") -> str:
    return page.content.decode()


def upload(content: bytes, name: str = "清单.xlsx", **more: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content), **more}


def changed_sheet(world: World, code: str = "GAS") -> bytes:
    """Return the sheet in use as the page exports it, with one cell changed by hand."""
    out = BytesIO()
    sheets.write(out, reads.current(world.town.pk)[code], maker="示", made_at=LATER)
    book = openpyxl.load_workbook(BytesIO(out.getvalue()))
    cells = book["清单"]
    assert cells["A4"].value == f"{code}-01"
    cells["D4"] = "用气类型、用途、供气协议（看原件）"
    changed = BytesIO()
    book.save(changed)
    return changed.getvalue()


class TestLists:
    @pytest.mark.clause("附2安-(3)a")
    def test_shows_each_list_as_a_draft_and_who_needs_it(self, lists: World) -> None:
        page = text(browser(lists, "officer").get(reverse("checklists")))
        assert "8张清单用的是系统自带的草案" in page
        assert page.count('<span class="chip soon">草案<') == 8
        for words in ("附件4", "重点行业领域企业", "F5、F7", "每季度1次", "春节前后"):
            assert words in page

    def test_costs_few_queries(self, head: Client, django_assert_max_num_queries: "DjangoAssertNumQueries") -> None:
        head.get(reverse("checklists"))  # what a process reads once
        with django_assert_max_num_queries(10):
            head.get(reverse("checklists"))

    def test_an_empty_town_is_told_how_to_begin(self, world: World) -> None:
        assert "还没有清单" in text(browser(world, "clerk").get(reverse("checklists")))

    @pytest.mark.parametrize("who", ["sysadmin", "discipline", "owner"])
    def test_is_for_who_works_with_them(self, lists: World, who: str) -> None:
        assert browser(lists, who).get(reverse("checklists")).status_code == 403


class TestVersion:
    def test_shows_items_in_walking_order_marked_as_a_draft(self, lists: World) -> None:
        page = browser(lists, "officer").get(reverse("checklist", args=["F4"]), follow=True)
        said = text(page)
        assert page.status_code == 200
        assert "工业企业安全生产网格化巡查清单（重点行业领域企业）（草案）" in said
        assert '<div class="checklist-mark" aria-hidden="true">草案</div>' in said
        assert said.index("1. 基础管理") < said.index("F4-01") < said.index("2. 粉尘涉爆") < said.index("F4-11")
        assert "安全生产法第5、21、22条（2026-11-01文本，待核）" in said
        assert "导入新的一版" not in said, "only who keeps the list"

    def test_costs_few_queries(self, head: Client, django_assert_max_num_queries: "DjangoAssertNumQueries") -> None:
        head.get(reverse("checklist_version", args=["F4", 1]))  # what a process reads once
        with django_assert_max_num_queries(10):
            head.get(reverse("checklist_version", args=["F4", 1]))

    def test_what_is_not_there(self, head: Client) -> None:
        assert head.get(reverse("checklist", args=["X9"])).status_code == 404
        assert head.get(reverse("checklist_version", args=["F4", 9])).status_code == 404
        assert head.get("/checklists/f4-x/1/").status_code == 404

    def test_an_official_version_carries_no_mark(self, lists: World, head: Client) -> None:
        prepared(lists)
        actions.publish(code="F4", number=2, by=lists.head, at=LATER)
        said = text(head.get(reverse("checklist_version", args=["F4", 2])))
        assert "checklist-mark" not in said
        assert "（草案）" not in said.split("各版")[0]
        older = text(head.get(reverse("checklist_version", args=["F4", 1])))
        assert "已停用" in older
        assert "现在使用的是" in older

    def test_gives_a_sheet_that_reads_back(self, lists: World, head: Client) -> None:
        given = head.get(reverse("checklist_export", args=["F4", 1]))
        assert "F4-" in given["Content-Disposition"] or "filename*" in given["Content-Disposition"]
        book = openpyxl.load_workbook(BytesIO(given.content))
        assert book.sheetnames == ["清单", "填写说明"]
        assert "（草案）" in str(book["清单"]["A1"].value)
        content = sheets.read("x.xlsx", given.content).content
        assert content == reads.current(lists.town.pk)["F4"].content


class TestImport:
    def url(self, code: str = "GAS") -> str:
        return reverse("checklist_import", args=[code])

    def test_look_then_keep_then_publish(self, lists: World, head: Client) -> None:
        before = state(lists)
        seen = head.post(self.url(), upload(changed_sheet(lists), source="演示文件2号", is_official="on"))
        assert seen.status_code == 200
        assert "改动1项" in text(seen)
        assert "看原件" in text(seen)
        assert state(lists) == before, "nothing is written by looking"
        form = {"sure": "yes", "text": seen.context["found"].text, "source": "演示文件2号", "is_official": "on"}
        kept = head.post(self.url(), form, follow=True)
        assert "第2版已存为待发布" in text(kept)
        assert "新增" not in text(kept).split("改了什么")[1].split("各版")[0]
        asked = head.get(reverse("checklist_publish", args=["GAS", 2]))
        assert "发布后不能再改" in text(asked)
        done = head.post(reverse("checklist_publish", args=["GAS", 2]), {"sure": "yes"}, follow=True)
        assert "第2版已发布，今天起使用。" in text(done)
        now = reads.current(lists.town.pk)["GAS"]
        assert (now.number, now.is_draft_text, now.source) == (2, False, "演示文件2号")

    def test_bad_cells_are_named_and_nothing_is_written(self, lists: World, head: Client) -> None:
        before = state(lists)
        rows = [plain("GAS-02", level="特大"), plain("GAS-02", text="")]
        page = head.post(self.url(), upload(sheet(rows)))
        assert page.status_code == 422
        said = text(page)
        for words in (
            "有3处要修正。什么都没有写入",
            "I2",
            "A3",
            "D3",
            "特大",
            "编号 GAS-02 与前面的一项重复",
            "请填写巡查内容",
        ):
            assert words in said
        assert 'name="sure"' not in said
        assert state(lists) == before

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({}, "请选择文件"),
            (upload(b"\x89PNG\r\n\x1a\n00000000"), "不是巡查清单"),
            (upload(b"PK\x03\x04 broken"), "读不出来"),
            (upload(b"a,b\n1,2\n", "x.csv"), "没有找到清单的表头"),
            (upload(b"x" * 5_000_001, "x.csv"), "不会超过5MB"),
        ],
    )
    def test_what_is_no_checklist(self, lists: World, head: Client, given: dict[str, Any], words: str) -> None:
        before = state(lists)
        page = head.post(self.url(), given)
        assert page.status_code == 422
        assert words in text(page)
        assert state(lists) == before

    @pytest.mark.parametrize("said", ["", "{}", "null", '{"sections":[],"items":[]}', "[" * 3000])
    def test_a_forged_second_step_is_refused(self, lists: World, head: Client, said: str) -> None:
        before = state(lists)
        page = head.post(self.url(), {"sure": "yes", "text": said, "source": "记得我"})
        assert page.status_code == 422
        assert "没有完整送到" in text(page) or "一项也没有" in text(page)
        assert "记得我" in text(page), "what was typed stays"
        assert state(lists) == before

    @pytest.mark.parametrize("who", ["clerk", "law", "officer", "village"])
    def test_is_for_who_keeps_the_list(self, lists: World, who: str) -> None:
        client, before = browser(lists, who), state(lists)
        for name in ("checklist_import",):
            assert client.get(reverse(name, args=["F4"])).status_code == 403
        for name in ("checklist_publish", "checklist_drop", "checklist_retire"):
            page = client.post(reverse(name, args=["F4", 1]), {"sure": "yes", "reason": "试"})
            assert page.status_code == 403
        assert state(lists) == before

    def test_a_head_keeps_the_lists_of_his_line_only(self, lists: World) -> None:
        lists.person("law_head", "zhifa", Role.OFFICE_HEAD)
        client = browser(lists, "law_head")
        assert client.get(self.url("F4")).status_code == 200
        assert client.get(self.url("GAS")).status_code == 403

    def test_text_of_others_is_shown_as_text(self, lists: World, head: Client) -> None:
        evil = "<script>alert(1)</script>"
        page = head.post(self.url("F6"), upload(sheet([plain("F6-99", text=evil, hint=evil)])))
        assert page.status_code == 200
        assert evil not in text(page)
        assert "&lt;script&gt;" in text(page)


class TestPresses:
    def test_drop(self, lists: World, head: Client) -> None:
        prepared(lists)
        url = reverse("checklist_drop", args=["F4", 2])
        assert "它还没有发布，放弃后就没有了" in text(head.get(url))
        assert len(reads.versions("F4", by=lists.head)) == 2, "asking does nothing"
        assert "待发布的第2版已放弃。" in text(head.post(url, {"sure": "yes"}, follow=True))
        assert len(reads.versions("F4", by=lists.head)) == 1

    def test_retire_needs_a_reason(self, lists: World, head: Client) -> None:
        url, before = reverse("checklist_retire", args=["GAS", 1]), state(lists)
        refused = head.post(url, {"reason": ""})
        assert refused.status_code == 422
        assert "请填写停用理由" in text(refused)
        assert state(lists) == before
        assert "第1版已停用" in text(head.post(url, {"reason": "并入消防"}, follow=True))
        assert "没有在用" in text(head.get(reverse("checklists")))

    def test_somebody_else_was_faster(self, lists: World, head: Client) -> None:
        prepared(lists)
        actions.publish(code="F4", number=2, by=lists.head, at=LATER)
        page = head.post(reverse("checklist_publish", args=["F4", 2]), {"sure": "yes"})
        assert page.status_code == 409
        assert "现在是“使用中”" in text(page)
        assert head.get(reverse("checklist_publish", args=["F4", 2])).status_code == 409


class TestCompare:
    def test_two_versions(self, lists: World, head: Client) -> None:
        prepared(lists)
        said = text(head.get(reverse("checklist_compare", args=["F4"])))
        for words in ("新增1项，删去1项，改动1项", "F4-99", "<del>主要负责人、安全管理人员", "（查看任命文件）</ins>"):
            assert words in said

    @pytest.mark.parametrize("query", ["?old=1&new=1", "?old=99&new=-3", "?old=x&new=y", ""])
    def test_any_question(self, head: Client, query: str) -> None:
        page = head.get(reverse("checklist_compare", args=["F4"]) + query)
        assert page.status_code == 200
        assert "没有可以对照的" in text(page)
