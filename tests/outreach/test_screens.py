"""The pages of 联系企业, on the desk and on the enterprise's side: every press by a plain form."""

import re
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from qinqing.cases.models import Attachment, Case
from qinqing.outreach.actions import alerts, contacts, errands, meetings, messages, publicity
from qinqing.outreach.models import (
    Alert,
    AlertFirm,
    Attendance,
    Batch,
    ContactNote,
    Errand,
    Material,
    Meeting,
    Message,
    Receipt,
    Share,
)
from qinqing.outreach.reads.targets import Target
from qinqing.people.models import Account
from tests.cases.world import NOW
from tests.outreach.phone import record, sent, tag, take_in

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


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (20, 20), "#888").save(out, "JPEG")
    return SimpleUploadedFile("签到表.jpg", out.getvalue(), "image/jpeg")


class TestMeetings:
    @pytest.mark.clause("附2安-(4)a", "附2安-(4)b")
    def test_an_officer_records_one_with_who_came_and_it_prints(self, world: "World") -> None:
        client, firm = browser(world, "officer"), world.firms["lamp"]
        page = client.get("/outreach/meetings/new/").content.decode()
        key = re.search(r'name="key" value="([^"]+)"', page)
        assert key
        assert "演示模具有限公司" not in page
        given = {
            "topic": "节前安全", "held_at": "2026-11-23T08:00", "topics": ["law", "situation"], "key": key[1],
            f"came_{firm}": "on", f"who_{firm}": "示老板", "files": picture(),
        }  # fmt: skip
        answer = client.post("/outreach/meetings/new/", given)
        assert answer.status_code == 303
        meeting = Meeting.objects.get()
        assert answer["Location"].endswith(f"/outreach/meetings/{key[1]}/")
        assert (meeting.topics, len(meeting.attachments)) == (["law", "situation"], 1)
        sheet = client.get(f"/outreach/meetings/{meeting.pk}/").content.decode()
        for words in ("通报安全形势", "（未讲）", "示老板", "召集人签字"):
            assert words in sheet
        assert "1次，差3次" in client.get("/outreach/meetings/").content.decode()

    def test_nobody_ticked_is_said_and_nothing_kept(self, world: "World") -> None:
        answer = browser(world, "officer").post(
            "/outreach/meetings/new/", {"topic": "节前安全", "held_at": "2026-11-23T08:00"}
        )
        assert answer.status_code == 422
        assert "请勾选应到、到会的企业" in answer.content.decode()
        assert not Meeting.objects.exists()

    def test_the_year_names_firms_short_of_four(self, world: "World") -> None:
        page = browser(world, "clerk").get("/outreach/meetings/year/?late=1").content.decode()
        assert "演示车灯有限公司" in page
        assert "0次，差4次" in page
        assert "不作排名" in page

    def test_attendance_is_put_right_with_a_reason(self, world: "World") -> None:
        meeting = meetings.record_meeting(
            meeting_id=record("meeting").id, topic="例会", held_at=NOW, attendance={world.firms["lamp"]: (False, "")},
            by=world.officer, at=NOW,
        )  # fmt: skip
        here = f"/outreach/meetings/{meeting.pk}/correct/{world.firms['lamp']}/"
        assert browser(world, "officer").post(here, {"attended": "yes", "reason": ""}).status_code == 422
        assert browser(world, "officer").post(here, {"attended": "yes", "reason": "签到表"}).status_code == 303
        assert Attendance.objects.get().attended
        page = browser(world, "owner").get(f"/portal/meetings/{meeting.pk}/").content.decode()
        assert "到会" in page
        assert "签到表" not in page, "the reason of a correction is the office's own note"


class TestPublicity:
    @pytest.mark.clause("附2安-(1)")
    def test_library_batch_receipt_and_coverage_by_plain_forms(self, world: "World") -> None:
        client = browser(world, "law")
        given: dict[str, Any] = {
            "title": "须知",
            "kind": "leaflet",
            "line": "safety",
            "text": "人走断电",
            "files": picture(),
        }
        assert client.post("/outreach/materials/new/", given).status_code == 303
        material = Material.objects.get()
        choose = {"materials": [material.pk], "due_on": "2026-12-01"}
        counted = client.post("/outreach/publicity/new/", choose | {"count": "1"}).content.decode()
        assert re.search(r'符合条件的在营企业 <b class="num">2</b> 家', counted)
        assert not Batch.objects.exists()
        assert client.post("/outreach/publicity/new/", choose).status_code == 303
        batch = Batch.objects.get()
        note = {"enterprise": [world.firms["lamp"]], "way": "handed", "name": "示老板"}
        assert browser(world, "officer").post(f"/outreach/publicity/{batch.pk}/receipts/", note).status_code == 303
        page = client.get(f"/outreach/publicity/{batch.pk}/").content.decode()
        assert "50%" in page
        assert "当面送达" in page
        assert client.post(f"/outreach/publicity/{batch.pk}/close/").status_code == 303

    def test_the_owner_reads_the_file_and_confirms(self, world: "World") -> None:
        law = browser(world, "law")
        law.post(
            "/outreach/materials/new/", {"title": "须知", "kind": "law", "line": "environment", "files": picture()}
        )
        material = Material.objects.get()
        batch = publicity.send_batch(
            material_ids=[material.pk], target=Target(community_id=world.office("cun01")), by=world.law, at=NOW
        )
        owner = browser(world, "owner")
        assert "请阅读确认" in owner.get("/portal/").content.decode()
        page = owner.get(f"/portal/publicity/{batch.pk}/").content.decode()
        link = re.search(r'href="(/outreach/materials/[^"]+)"', page)
        assert link
        assert owner.get(link[1])["Content-Type"] == "image/jpeg"
        assert browser(world, "owner2").get(link[1]).status_code == 404
        assert owner.post(f"/portal/publicity/{batch.pk}/").status_code == 303
        assert Receipt.objects.get().way == "read"
        assert "请阅读确认" not in owner.get("/portal/").content.decode()

    def test_an_empty_library_says_how_to_begin(self, world: "World") -> None:
        assert "先放入一份" in browser(world, "law").get("/outreach/publicity/new/").content.decode()


class TestAlerts:
    def start(self, world: "World") -> Alert:
        tag(world, "emission_list")
        tag(world, "emission_list", firm="mould")
        return alerts.start_alert(level="red", measures="停产", starts_at=NOW, by=world.law, at=NOW)

    @pytest.mark.clause("附2环-(5)")
    def test_started_called_confirmed_and_lifted_by_plain_forms(self, world: "World", clock: "Clock") -> None:
        tag(world, "emission_list")
        law, officer, owner = (browser(world, name) for name in ("law", "officer", "owner"))
        given = {"level": "orange", "measures": "停用溶剂型涂料", "starts_at": "2026-11-23T09:00"}
        assert law.post("/outreach/alerts/new/", given).status_code == 303
        alert = Alert.objects.get()
        assert "还没通知到" in officer.get("/today").content.decode()
        clock.move(hours=2)
        law, officer, owner = (browser(world, name) for name in ("law", "officer", "owner"))
        page = officer.get(f"/outreach/alerts/{alert.pk}/").content.decode()
        assert "超过时限" in page
        assert "100****0001" in page
        note = {"enterprise": world.firms["lamp"], "state": "told"}
        assert officer.post(f"/outreach/alerts/{alert.pk}/reply/", note).status_code == 303
        assert "请落实" in owner.get("/portal/town/").content.decode()
        assert owner.post(f"/portal/alerts/{alert.pk}/", {"state": "in_place", "note": "已停线"}).status_code == 303
        assert AlertFirm.objects.get().state == "in_place"
        assert "已落实" in law.get(f"/outreach/alerts/{alert.pk}/").content.decode()
        assert law.post(f"/outreach/alerts/{alert.pk}/lift/", {}).status_code == 303
        assert owner.post(f"/portal/alerts/{alert.pk}/", {"state": "told"}).status_code == 409

    def test_those_not_told_stand_before_the_others(self, world: "World") -> None:
        alert = self.start(world)
        alerts.reply(
            alert_id=alert.pk, replies=[alerts.Reply(world.firms["lamp"], "told", NOW)], by=world.officer, at=NOW
        )
        page = browser(world, "law").get(f"/outreach/alerts/{alert.pk}/").content.decode()
        assert page.index("演示模具有限公司") < page.index("演示车灯有限公司")

    def test_nobody_on_the_list_is_said_on_the_form(self, world: "World") -> None:
        given = {"level": "red", "measures": "停产", "starts_at": "2026-11-23T09:00"}
        answer = browser(world, "law").post("/outreach/alerts/new/", given)
        assert answer.status_code == 422
        assert "应急减排清单" in answer.content.decode()

    @pytest.mark.parametrize("bad", ["x", "", "99999999999999999999", "-1"])
    def test_nonsense_for_a_firm_is_not_there(self, world: "World", bad: str) -> None:
        alert = self.start(world)
        answer = browser(world, "officer").post(
            f"/outreach/alerts/{alert.pk}/reply/", {"enterprise": bad, "state": "told"}
        )
        assert answer.status_code == 404


class TestErrands:
    @pytest.mark.clause("附2安-(7)", "附3房-(3)")
    def test_given_done_and_ticked_by_plain_forms(self, world: "World") -> None:
        build, officer = browser(world, "build"), browser(world, "officer")
        given = {
            "title": "高层消防专项", "line": "building", "due_at": "2026-12-01T17:30", "external": "房屋安全APP",
            "whom": "communities", "community_ids": [world.office("cun01")],
        }  # fmt: skip
        assert build.post("/outreach/errands/new/", given).status_code == 303
        errand = Errand.objects.get()
        assert "高层消防专项" in officer.get("/today").content.decode()
        here = f"/outreach/errands/{errand.pk}/"
        answer = officer.post(f"{here}done/", {"note": ""})
        assert answer.status_code == 422
        assert "房屋安全APP" in answer.content.decode()
        assert officer.post(f"{here}done/", {"external_done": "on", "files": picture()}).status_code == 303
        share = Share.objects.get()
        assert share.external_done
        assert len(share.attachments) == 1
        assert "已操作" in build.get(here).content.decode()

    def test_cancelled_with_a_reason(self, world: "World") -> None:
        errand = errands.give_errand(title="清点", due_at=NOW + timedelta(days=1), by=world.law, at=NOW)
        client = browser(world, "law")
        assert client.post(f"/outreach/errands/{errand.pk}/cancel/", {"reason": ""}).status_code == 422
        assert client.post(f"/outreach/errands/{errand.pk}/cancel/", {"reason": "合并"}).status_code == 303


class TestContacts:
    @pytest.mark.clause("附1-(1)a", "附1-(3)a")
    def test_noted_and_turned_into_a_demand_in_one_press(self, world: "World") -> None:
        client = browser(world, "officer")
        given = {"firm": "演示车灯有限公司", "way": "phone", "text": "厂外路灯不亮"}
        assert client.post("/outreach/contacts/new/", given).status_code == 303
        note = ContactNote.objects.get()
        page = client.get("/outreach/contacts/").content.decode()
        assert "转为诉求" in page
        answer = client.post(f"/outreach/contacts/{note.pk}/turn/")
        assert answer["Location"] == f"/cases/{Case.objects.get().pk}"
        assert Case.objects.get().number in client.get("/outreach/contacts/").content.decode()
        assert client.post(f"/outreach/contacts/{note.pk}/turn/").status_code == 409

    def test_with_the_tick_it_is_a_demand_at_once(self, world: "World") -> None:
        given = {"firm": "演示车灯", "way": "wechat", "text": "招工", "wants_demand": "on"}
        assert browser(world, "officer").post("/outreach/contacts/new/", given).status_code == 303
        assert Case.objects.get().first_asked_id == world.officer.account_id

    def test_a_photo_still_on_the_phone_is_said_to_be_so(self, world: "World") -> None:
        photo = sent(9)
        rec = record("demand", enterprise=world.firms["lamp"], attachments=(photo,))
        take_in(world, rec, {"text": "路灯", "photos": [str(photo.id)]})
        answer = browser(world, "clerk").get(reverse("cases_file", args=[Attachment.objects.get().pk]))
        assert answer.status_code == 404
        assert "没有传完" in answer.content.decode()


class TestMessages:
    @pytest.mark.clause("附1-(1)a")
    def test_both_sides_write_and_the_first_page_counts_the_unread(self, world: "World") -> None:
        owner, officer = browser(world, "owner"), browser(world, "officer")
        assert owner.post("/portal/messages/", {"text": "电压不稳"}).status_code == 303
        assert "1条" in officer.get("/today").content.decode()
        page = officer.get(f"/outreach/threads/{world.firms['lamp']}/").content.decode()
        assert "电压不稳" in page
        answer = officer.post(f"/outreach/threads/{world.firms['lamp']}/", {"text": "已报供电所"})
        assert answer.status_code == 303
        assert "1条未读" in owner.get("/portal/").content.decode()
        assert "已报供电所" in owner.get("/portal/messages/").content.decode()
        assert "未读" not in owner.get("/portal/").content.decode()
        assert browser(world, "village").get(f"/outreach/threads/{world.firms['lamp']}/").status_code == 403
        assert browser(world, "officer2").get(f"/outreach/threads/{world.firms['lamp']}/").status_code == 404

    def test_hostile_words_are_only_words(self, world: "World") -> None:
        messages.send_message(
            enterprise_id=world.firms["lamp"], text="<script>alert(1)</script>\u202e", by=world.owner, at=NOW
        )
        page = browser(world, "officer").get(f"/outreach/threads/{world.firms['lamp']}/").content.decode()
        assert "<script>alert" not in page
        assert Message.objects.get().text == "<script>alert(1)</script>"


def test_lists_ask_as_many_queries_for_many_rows_as_for_few(
    world: "World", django_assert_max_num_queries: "DjangoAssertNumQueries"
) -> None:
    tag(world, "emission_list")
    for number in range(5):
        alerts.start_alert(level="red", measures="停产", starts_at=NOW, by=world.law, at=NOW)
        errands.give_errand(title=f"任务{number}", due_at=NOW + timedelta(days=1), by=world.law, at=NOW)
        contacts.note_contact(
            note_id=record("contact").id, enterprise_id=world.firms["lamp"], text="x", by=world.officer, at=NOW
        )
        meetings.record_meeting(
            meeting_id=record("meeting").id, topic="例会", held_at=NOW, attendance={world.firms["lamp"]: (True, "")},
            by=world.officer, at=NOW,
        )  # fmt: skip
    for who in ("clerk", "law", "officer"):
        client = browser(world, who)
        client.get("/outreach/meetings/")
        for page in ("meetings", "publicity", "alerts", "errands", "contacts"):
            with django_assert_max_num_queries(20):
                assert client.get(f"/outreach/{page}/").status_code == 200
