"""The pages of the enterprise file through the client: what each shows, presses and refuses, without JavaScript."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qinqing.enterprises import reads
from qinqing.enterprises.actions import contacts, files, proposals
from qinqing.enterprises.imports import headings, tables
from qinqing.enterprises.models import Card, Contact, Enterprise, Proposal
from qinqing.kernel.actor import Actor
from qinqing.people.models import Account
from qinqing.web.enterprises.forms import EditForm
from tests.enterprises.lists import csv
from tests.enterprises.town import Town, code, entries, state
from tests.people.world import GOOD, NOW, TODAY

pytestmark = pytest.mark.usefixtures("clock")


def signed_in(by: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=by.account_id))
    return client


@pytest.fixture
def hub(town: Town) -> Client:
    return signed_in(town.clerk)


@pytest.fixture
def firm(town: Town) -> Enterprise:
    found = town.firm("演示车灯有限公司", workers=10, note="内部备注")
    contacts.add_contact(
        enterprise_id=found.pk,
        name="演示厂长",
        duty="contact",
        phone="13800000000",
        starts_on=TODAY,
        by=town.clerk,
        at=NOW,
    )
    return found


def page(client: Client, name: str, *args: int, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def form_of(firm: Enterprise, **changed: str) -> dict[str, object]:
    """Return what a browser sends when the edit page is saved with these fields changed."""
    shown = EditForm.shown(firm)
    sent = {name: "" if value in (None, False) else value for name, value in shown.items()}
    return sent | changed


class TestList:
    def test_shows_scope_and_masks(self, town: Town, firm: Enterprise, hub: Client) -> None:
        town.firm("演示外村厂", "v2")
        text = page(hub, "enterprises")
        assert "138****0000" in text
        assert "13800000000" not in text
        assert "演示外村厂" in text
        assert "演示外村厂" not in page(signed_in(town.v1_head), "enterprises")

    def test_htmx_gets_the_rows_only(self, firm: Enterprise, hub: Client) -> None:
        answer = hub.get(reverse("enterprises"), {"q": "yscd"}, headers={"HX-Request": "true"})
        text = answer.content.decode()
        assert "<html" not in text
        assert "演示车灯有限公司" in text
        assert "找到 <b" in text

    @pytest.mark.parametrize(
        "query",
        [
            {"q": "'\"<script>", "after": "x", "community": "-1", "park": "9" * 30},
            {"status": "flying", "scale": "??", "gap": "everything", "after": "99999999999999999999"},
            {"q": "字" * 5000},
        ],
    )
    def test_nonsense_is_no_fault(self, firm: Enterprise, hub: Client, query: dict[str, str]) -> None:
        assert "<script>" not in page(hub, "enterprises", **query).split("<main", 1)[1]

    @pytest.mark.parametrize("who", ["discipline"])
    def test_others_have_no_list(self, town: Town, who: str) -> None:
        assert signed_in(town.who[who]).get(reverse("enterprises")).status_code == 403

    def test_costs_few_queries_whatever_its_length(self, town: Town, firm: Enterprise, hub: Client) -> None:
        page(hub, "enterprises")  # the first page of a session writes down its limits
        for _ in range(12):
            town.firm()
        with CaptureQueriesContext(connection) as many:
            page(hub, "enterprises")
        assert len(many) <= 16


class TestSheet:
    def test_tells_everything_in_one_place(self, town: Town, firm: Enterprise) -> None:
        officer = town.officer("甲", firm)
        text = page(signed_in(officer), "enterprise_sheet", firm.pk)
        for words in ("演示车灯有限公司", "示范一村", "演示厂长", "138****0000", "演示甲", "内部备注", "建档"):
            assert words in text
        assert "13800000000" not in text

    def test_of_a_foreign_firm_is_not_there(self, town: Town, firm: Enterprise) -> None:
        client = signed_in(town.v2_head)
        for name in (
            "enterprise_sheet",
            "enterprise_edit",
            "enterprise_status",
            "enterprise_card",
            "enterprise_contact_new",
        ):
            assert client.get(reverse(name, args=[firm.pk])).status_code == 404

    def test_of_the_firm_itself_leaves_the_officials_notes_out(self, town: Town, firm: Enterprise) -> None:
        contacts.open_account(
            contact_id=Contact.objects.get().pk, username="owner", password=GOOD, by=town.clerk, at=NOW
        )
        Account.objects.update(must_change_password=False)
        client = Client()
        client.force_login(Account.objects.get(username="owner"))
        text = page(client, "enterprise_sheet", firm.pk)
        assert "演示车灯有限公司" in text
        assert "内部备注" not in text
        assert "内部备注" not in page(client, "enterprise_edit", firm.pk)
        assert client.get(reverse("enterprise_sheet", args=[town.firm().pk])).status_code == 404

    def test_phone_shows_after_a_press_that_is_written_down(self, town: Town, firm: Enterprise, hub: Client) -> None:
        address = reverse("enterprise_contact_phone", args=[Contact.objects.get().pk])
        assert hub.get(address).status_code == 405
        assert "13800000000" in hub.post(address).content.decode()
        assert "tel:13800000000" in hub.post(address, headers={"HX-Request": "true"}).content.decode()
        assert entries(firm).count("enterprise.phone_revealed") == 2
        assert signed_in(town.v2_head).post(address).status_code == 404

    def test_verify_and_status(self, town: Town, firm: Enterprise) -> None:
        client = signed_in(town.v1_head)
        assert client.post(reverse("enterprise_verify", args=[firm.pk])).status_code == 303
        client.post(reverse("enterprise_status", args=[firm.pk]), {"status": "halted", "note": "设备检修"})
        firm.refresh_from_db()
        assert (firm.status, firm.last_verified_by) == ("halted", "演示demo-v1_head（单位负责人）")
        again = client.post(reverse("enterprise_status", args=[firm.pk]), {"status": "halted"})
        assert again.status_code == 422
        assert "没有变化" in again.content.decode()


class TestEdit:
    @pytest.mark.clause("附1-(2)b")
    def test_officer_writes_some_and_proposes_the_rest(self, town: Town, firm: Enterprise) -> None:
        client = signed_in(town.officer("甲", firm))
        assert "改后须中转站审核才生效" in page(client, "enterprise_edit", firm.pk)
        answer = client.post(
            reverse("enterprise_edit", args=[firm.pk]),
            form_of(firm, name="演示车灯股份有限公司", workers="66", reason="换照"),
            follow=True,
        )
        assert "已更新从业人数。另有1项已提请中转站审核" in answer.content.decode()
        firm.refresh_from_db()
        assert (firm.name, firm.workers, firm.initials) == ("演示车灯有限公司", 66, "yscdyxgs")
        assert list(Proposal.objects.get().changes) == ["name"]

    def test_everything_wrong_is_shown_at_once_and_kept(self, firm: Enterprise, hub: Client) -> None:
        before = state(firm)
        sent = form_of(firm, name="", uscc="123", workers="很多", registered_on="昨天", industry="9999")
        answer = hub.post(reverse("enterprise_edit", args=[firm.pk]), sent)
        text = answer.content.decode()
        assert answer.status_code == 422
        for words in ("请填写企业名称", "现为3位", "应填整数", "不是日期", "GB/T 4754", 'value="很多"', "有5处需要改"):
            assert words in text
        assert state(firm) == before

    def test_saving_over_somebody_is_told(self, town: Town, firm: Enterprise, hub: Client) -> None:
        sent = form_of(firm, short="车灯")
        files.update(enterprise_id=firm.pk, raw={"short": "灯"}, by=town.v1_head, at=NOW)
        Enterprise.objects.filter(pk=firm.pk).update(updated_at=NOW.replace(hour=10))
        answer = hub.post(reverse("enterprise_edit", args=[firm.pk]), sent)
        assert answer.status_code == 409
        assert "演示demo-v1_head刚刚“更新”" in answer.content.decode()

    def test_new_file(self, town: Town, hub: Client) -> None:
        sent = {"name": "演示新厂", "uscc": code(9), "community_id": town.office("v1"), "status": "operating"}
        answer = hub.post(reverse("enterprise_new"), sent)
        assert answer.status_code == 303
        assert Enterprise.objects.get().community_id == town.office("v1")
        again = hub.post(reverse("enterprise_new"), sent)
        assert again.status_code == 422
        assert "演示新厂" in again.content.decode()
        assert signed_in(town.v1_head).get(reverse("enterprise_new")).status_code == 403

    @pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\u202e反", "🏭" * 30, "甲" * 100_000])
    def test_any_text_in_any_field_is_no_fault(self, firm: Enterprise, hub: Client, text: str) -> None:
        for name in ("name", "uscc", "short", "note", "business_scope", "landlord", "seen", "park_id", "scale"):
            answer = hub.post(reverse("enterprise_edit", args=[firm.pk]), form_of(firm, **{name: text}))
            assert answer.status_code in (303, 409, 422)
            firm.refresh_from_db()
        assert "<script>alert" not in page(hub, "enterprise_sheet", firm.pk)


class TestContacts:
    def test_add_change_end(self, town: Town, firm: Enterprise, hub: Client) -> None:
        answer = hub.post(
            reverse("enterprise_contact_new", args=[firm.pk]), {"name": "演示二", "duty": "contact", "phone": "1"}
        )
        assert answer.status_code == 422
        hub.post(
            reverse("enterprise_contact_new", args=[firm.pk]),
            {"name": "演示二", "duty": "deputy", "phone": "13900000000"},
        )
        second = Contact.objects.get(name="演示二")
        hub.post(reverse("enterprise_contact", args=[second.pk]), {"name": "演示二号", "duty": "safety", "phone": ""})
        second.refresh_from_db()
        assert (second.name, second.duty, second.phone_mask) == ("演示二号", "safety", "139****0000")
        hub.post(reverse("enterprise_contact_end", args=[second.pk]), {"ends_on": TODAY.isoformat()})
        assert [line.name for line in reads.contacts_of(firm.pk)] == ["演示厂长"]

    def test_an_account_shows_its_password_once(self, town: Town, firm: Enterprise, hub: Client) -> None:
        address = reverse("enterprise_contact_account", args=[Contact.objects.get().pk])
        text = hub.post(address, {"username": "owner"}).content.decode()
        assert "只显示这一次" in text
        assert Account.objects.get(username="owner").must_change_password
        assert hub.post(address, {"username": "owner2"}).status_code == 422
        assert signed_in(town.v1_head).get(address).status_code == 403


class TestCard:
    @pytest.mark.clause("一-1")
    def test_is_made_printed_replaced_revoked(self, firm: Enterprise, hub: Client) -> None:
        address = reverse("enterprise_card", args=[firm.pk])
        assert "还没有企业码" in page(hub, "enterprise_card", firm.pk)
        hub.post(address)
        text = page(hub, "enterprise_card", firm.pk)
        assert "微信扫一扫" in text
        assert re.search(r'<svg[^>]*class="segno"', text)
        assert "换发企业码" in hub.post(address).content.decode()
        assert Card.objects.count() == 1
        hub.post(address, {"sure": "yes"})
        assert Card.objects.filter(revoked_at__isnull=True).count() == 1
        hub.post(reverse("enterprise_card_revoke", args=[firm.pk]), {"reason": "遗失"})
        assert not Card.objects.filter(revoked_at__isnull=True).exists()


class TestQueues:
    def test_a_proposal_is_judged(self, town: Town, firm: Enterprise, hub: Client) -> None:
        proposal = proposals.propose(enterprise_id=firm.pk, raw={"name": "演示新名厂"}, by=town.v1_head, at=NOW)
        assert "演示新名厂" in page(hub, "enterprise_proposals")
        address = reverse("enterprise_proposal", args=[proposal.pk])
        silent = hub.post(address, {"word": "reject"})
        assert silent.status_code == 422
        assert "请写明不通过的理由" in silent.content.decode()
        hub.post(address, {"word": "approve"})
        firm.refresh_from_db()
        assert firm.name == "演示新名厂"
        late = hub.post(address, {"word": "reject", "note": "晚了"})
        assert late.status_code == 409
        assert "已经审核过" in late.content.decode()
        assert signed_in(town.v1_head).post(address, {"word": "approve"}).status_code == 403

    @pytest.mark.clause("一-1")
    def test_those_waiting_are_grouped_by_what_their_address_says(self, town: Town, hub: Client) -> None:
        rows = [(f"演示{n}厂", code(n), "示范一村88号" if n % 2 else "无名路") for n in range(6)]
        _import(hub, csv(*rows, headings=("企业名称", "代码", "地址")))
        text = page(hub, "enterprise_unassigned")
        assert "地址写着示范一村" in text
        ids = list(Enterprise.objects.filter(registered_address="示范一村88号").values_list("pk", flat=True))
        address = reverse("enterprise_unassigned")
        assert hub.post(address, {"community": town.office("v1")}).status_code == 422
        assert hub.post(address, {"firm": ids, "community": ""}).status_code == 422
        assert hub.post(address, {"firm": ids, "community": town.office("build")}).status_code == 422
        done = hub.post(address, {"firm": ids, "community": town.office("v1")}, follow=True)
        assert "已归属3家企业" in done.content.decode()
        assert Enterprise.objects.filter(is_unassigned=True).count() == 3


def _upload(client: Client, content: bytes, name: str = "名单.csv") -> str:
    answer = client.post(reverse("enterprise_import"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer.headers["Location"])


def _import(client: Client, content: bytes, choice: str = "good") -> str:
    answer = client.post(_upload(client, content), {"choice": choice})
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


class TestImport:
    ROWS = (("演示甲厂", code(1), "示范一村"), ("演示乙厂", "123", "示范一村"))
    HEADINGS = ("企业名称", "代码", "属地")

    def test_preview_then_go(self, town: Town, hub: Client) -> None:
        address = _upload(hub, csv(*self.ROWS, headings=self.HEADINGS))
        text = hub.get(address).content.decode()
        for words in ("待确认", "好的先导入", "全部无误才导入", "现为3位", "演示甲厂"):
            assert words in text
        assert not Enterprise.objects.exists()
        answer = hub.post(address, {"choice": "good"})
        told = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
        assert told.index("正在导入") < told.index("已写入") < told.index("导入完毕") < told.index("</html>")
        assert [firm.name for firm in Enterprise.objects.all()] == ["演示甲厂"]
        assert "已导入" in hub.get(address).content.decode()
        assert hub.post(address, {"choice": "good"}).status_code == 409

    def test_a_browser_that_leaves_undoes_everything(self, town: Town, hub: Client) -> None:
        rows = [(f"演示{n}厂", code(n), "示范一村") for n in range(1200)]
        answer = hub.post(_upload(hub, csv(*rows, headings=self.HEADINGS)), {"choice": "all"})
        growing = iter(answer.streaming_content)  # type: ignore[attr-defined]
        for _ in range(3):
            next(growing)
        answer._resource_closers[0]()  # what the server does; response.close() would also close the test's connection
        assert not Enterprise.objects.exists()

    def test_all_or_nothing_is_refused_in_words(self, hub: Client) -> None:
        answer = hub.post(_upload(hub, csv(*self.ROWS, headings=self.HEADINGS)), {"choice": "all"})
        assert answer.status_code == 422
        assert "没有导入任何一行" in answer.content.decode()
        assert not Enterprise.objects.exists()

    def test_dropping(self, hub: Client) -> None:
        address = _upload(hub, csv(*self.ROWS, headings=self.HEADINGS))
        hub.post(f"{address}drop/")
        assert "未导入" in hub.get(address).content.decode()
        assert hub.post(address, {"choice": "good"}).status_code == 409

    @pytest.mark.parametrize(
        ("name", "content", "told"),
        [
            ("名单.xls", b"<html><table></table></html>", "网页"),
            ("名单.xlsx", b"PK\x03\x04broken", "损坏"),
            ("名单.csv", b"a,b\n1,2", "没有找到表头"),
            ("../../../etc/passwd", b"%PDF-1.4", "PDF"),
        ],
    )
    def test_what_is_no_list_is_said_beside_the_field(self, hub: Client, name: str, content: bytes, told: str) -> None:
        answer = hub.post(reverse("enterprise_import"), {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422
        assert told in answer.content.decode()

    def test_no_file_and_an_empty_one(self, hub: Client) -> None:
        assert "请选择文件" in hub.post(reverse("enterprise_import")).content.decode()
        empty = hub.post(reverse("enterprise_import"), {"file": SimpleUploadedFile("a.csv", b"")})
        assert "空的" in empty.content.decode()

    def test_sheets_to_take_along(self, town: Town, hub: Client) -> None:
        address = _upload(hub, csv(*self.ROWS, headings=self.HEADINGS))
        problems = tables.read("a.xlsx", hub.get(f"{address}problems.xlsx").content)[0].rows
        assert any("现为3位" in cell for row in problems for cell in row)
        template = tables.read("a.xlsx", hub.get(reverse("enterprise_import_template")).content)[0]
        assert all(headings.field_of(cell) is not None for cell in template.rows[0])
        assert signed_in(town.v1_head).get(reverse("enterprise_import_template")).status_code == 403
