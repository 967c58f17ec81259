"""The pages, through the client: what each shows, presses and refuses, without JavaScript; how often they ask the database."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from qinqing.enterprises.models import Enterprise
from qinqing.findings import actions
from qinqing.findings.models import Building, Finding, FindingEvent, HeldEvent, IllegalBuilding, Unreported
from qinqing.people.models import Account
from tests.cases.world import NOW
from tests.findings.refusal import everything
from tests.findings.sent import STOP, again, event, opened, photo, press, send
from tests.findings.test_following import illegal
from tests.findings.test_registers import building

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.cases.world import World
    from tests.conftest import Clock

As = Callable[[str], Client]
MOST_QUERIES = 18


@pytest.fixture(autouse=True)
def _monday(clock: "Clock") -> None:
    clock.at("2026-11-23 09:00")


@pytest.fixture
def as_(world: "World") -> As:
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(pk=world.who[name].account_id))
        return client

    return signed_in


def jpeg(name: str = "现场.jpg") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (50, 40), "#789").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def text(answer: "HttpResponse") -> str:
    return answer.content.decode()


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


class TestList:
    @pytest.mark.clause("附2安-(5)b")
    def test_what_is_grave_is_on_top_for_the_safety_office(self, world: "World", as_: As) -> None:
        opened(world, level="grave", stop=STOP, text="粉尘积得厚。")
        opened(world, text="灭火器过期。")
        page = text(as_("law").get(reverse("findings")))
        assert page.index("疑似重大，请即处置") < page.index("粉尘积得厚")
        assert "疑似重大，请即处置" not in text(as_("village").get(reverse("findings")))
        today = text(as_("law").get(reverse("cases_today")))
        assert "粉尘积得厚" in today

    def test_filters_and_pages(self, world: "World", as_: As) -> None:
        for place in range(33):
            opened(world, text=f"第{place}处疑似隐患。", category="fire" if place % 2 else "gas")
        client = as_("village")
        first = text(client.get(reverse("findings")))
        assert "第32处" in first
        assert "第0处" not in first
        before = first.split("before=")[1].split('"')[0].replace("&amp;", "&")
        assert "第0处" in text(client.get(f"{reverse('findings')}?before={before}"))
        gas = text(client.get(f"{reverse('findings')}?category=gas"))
        assert "第2处" in gas
        assert "第3处" not in gas
        assert "没有符合条件的隐患" in text(client.get(f"{reverse('findings')}?stand=passed"))
        assert "第7处" in text(client.get(f"{reverse('findings')}?q=第7处"))

    def test_overdue_is_red_and_counted(self, world: "World", as_: As, clock: "Clock") -> None:
        opened(world)
        clock.at("2026-12-10 09:00")
        page = text(as_("officer").get(f"{reverse('findings')}?stand=overdue"))
        assert "超期2天" in page
        assert "冲床" in text(as_("officer").get(reverse("cases_today")))

    def test_an_empty_list_says_how_to_begin(self, as_: As) -> None:
        assert "登记隐患" in text(as_("officer").get(reverse("findings")))

    @pytest.mark.parametrize("who", ["owner", "sysadmin", "discipline"])
    def test_others_are_turned_away(self, as_: As, who: str) -> None:
        assert as_(who).get(reverse("findings")).status_code == 403

    def test_export_holds_what_the_reader_sees(self, world: "World", as_: As) -> None:
        opened(world, text="=HYPERLINK(1)")
        opened(world, firm="mould", by="officer2", text="别村的。")
        answer = as_("village").get(f"{reverse('findings_export')}?stand=all")
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
        cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
        assert "=HYPERLINK(1)" in cells
        assert "别村的。" not in cells

    def test_pages_ask_a_fixed_number_of_questions(self, world: "World", as_: As) -> None:
        rows = [opened(world, text=f"第{n}处。") for n in range(4)]
        few = asked(as_("village"), reverse("findings"))
        for n in range(12):
            opened(world, text=f"又{n}处。", level="grave", stop=STOP)
        assert asked(as_("village"), reverse("findings")) <= few + 1, "the session may be noted as seen"
        assert few <= MOST_QUERIES
        for who in ("law", "village"):
            assert asked(as_(who), reverse("findings")) <= MOST_QUERIES
        assert asked(as_("village"), reverse("finding", args=[rows[0].pk])) <= MOST_QUERIES
        assert asked(as_("owner"), reverse("portal_findings")) <= MOST_QUERIES
        assert asked(as_("owner"), reverse("portal_finding", args=[rows[0].pk])) <= MOST_QUERIES
        assert asked(as_("village"), reverse("findings_attention")) <= MOST_QUERIES


class TestSheet:
    def test_shows_only_the_buttons_one_may_press(self, world: "World", as_: As) -> None:
        row = press(world, opened(world), "rectified_claim", "owner")
        address = reverse("finding", args=[row.pk])
        assert "复查合格，销号" in text(as_("officer").get(address))
        assert "暂时不需要您办理" in text(as_("supervisor").get(address))
        grave = opened(world, level="grave", stop=STOP)
        address = reverse("finding", args=[grave.pk])
        assert "复查合格" not in text(as_("officer").get(address))
        assert "判定是否重大" in text(as_("law").get(address))

    def test_photos_before_and_after_stand_side_by_side(self, world: "World", as_: As) -> None:
        row = actions.register(
            enterprise_id=world.firms["lamp"],
            category="fire",
            text="通道堆物。",
            photos=[photo(world.officer)],
            by=world.officer,
            at=NOW,
        )
        press(world, row, "rectified_claim", "owner", photos=[photo(world.owner)])
        page = text(as_("officer").get(reverse("finding", args=[row.pk])))
        before, after = again(row).photos[0], FindingEvent.objects.get(finding=row).photos[0]
        assert page.index(before) < page.index("整改后") < page.index(after)
        for name, status in (
            ("officer", 200),
            ("owner", 200),
            ("law", 200),
            ("officer2", 404),
            ("owner2", 404),
            ("sysadmin", 404),
        ):
            for key in (before, after):
                answer = as_(name).get(reverse("findings_photo", args=[key]) + "?small=1")
                assert answer.status_code == status, name

    def test_a_press_goes_through_its_page(self, world: "World", as_: As) -> None:
        row = opened(world)
        client = as_("officer")
        address = reverse("finding_follow", args=[row.pk, "recheck_pass"])
        assert client.get(address).status_code == 200
        wrong = client.post(address, {"text": "", "version": "0"})
        assert wrong.status_code == 422
        assert "请填写复查看到的情况" in text(wrong)
        done = client.post(address, {"text": "看过，修好了。", "version": "0", "files": jpeg()}, follow=True)
        assert "复查合格：已登记" in text(done)
        assert again(row).state == "passed"
        assert client.get(address).status_code == 403

    def test_the_second_of_two_keeps_what_he_typed(self, world: "World", as_: As) -> None:
        row = opened(world)
        press(world, row, "recheck_fail", "village")
        answer = as_("officer").post(
            reverse("finding_follow", args=[row.pk, "recheck_pass"]), {"text": "我看过了。", "version": "0"}
        )
        assert answer.status_code == 409
        assert "我看过了。" in text(answer)
        assert "示village刚刚登记了" in text(answer)

    def test_unknown_verbs_and_foreign_rows_are_not_there(self, world: "World", as_: As) -> None:
        row = opened(world)
        for verb in ("seen_again", "nonsense"):
            assert as_("officer").get(reverse("finding_follow", args=[row.pk, verb])).status_code == 404
        for name in ("officer2", "village2", "build"):
            assert as_(name).get(reverse("finding", args=[row.pk])).status_code == 404
            before = everything()
            as_(name).post(reverse("finding_follow", args=[row.pk, "closed"]), {"text": "x"})
            assert everything() == before


class TestNew:
    GIVEN = {"firm": "演示车灯有限公司", "category": "fire", "level": "minor", "text": "灭火器过期。"}

    def test_registers_with_a_photo(self, world: "World", as_: As) -> None:
        done = as_("officer").post(
            reverse("findings_new"), {**self.GIVEN, "files": jpeg(), "press_key": uuid4().hex}, follow=True
        )
        assert "隐〔2026〕0001号 已登记" in text(done)
        assert len(Finding.objects.get().photos) == 1

    def test_a_grave_one_asks_for_the_stop_notice_and_keeps_what_was_typed(self, as_: As, world: "World") -> None:
        client = as_("officer")
        wrong = client.post(reverse("findings_new"), {**self.GIVEN, "level": "grave"})
        assert wrong.status_code == 422
        assert "请先告知企业中止" in text(wrong)
        assert "灭火器过期。" in text(wrong)
        assert not Finding.objects.exists()
        stop = {"stop_response": "stopped", "stop_whom": "厂长", "stop_at": "2026-11-23T08:50", "stop_way": "当面"}
        done = client.post(reverse("findings_new"), {**self.GIVEN, "level": "grave", **stop}, follow=True)
        assert "已作为企业问题上报" in text(done)

    def test_a_firm_that_is_gone_gets_a_clear_sentence(self, world: "World", as_: As) -> None:
        Enterprise.objects.filter(pk=world.firms["lamp"]).update(status="deregistered")
        wrong = as_("officer").post(reverse("findings_new"), self.GIVEN)
        assert wrong.status_code == 422
        assert "已登记为注销，不能再登记隐患" in text(wrong)

    def test_the_level_is_never_preselected(self, as_: As) -> None:
        wrong = as_("officer").post(reverse("findings_new"), {**self.GIVEN, "level": ""})
        assert "请选择看起来多严重" in text(wrong)


class TestAttention:
    def test_a_refused_report_is_completed_and_pressed(self, world: "World", as_: As) -> None:
        row = opened(world, is_problem=True)
        client = as_("village")
        page = text(client.get(reverse("findings_attention")))
        assert "补齐并上报" in page
        assert "要处理" in text(client.get(reverse("findings")))
        address = reverse("finding_report", args=[row.pk])
        wrong = client.post(address, {"stop_response": "impossible"})
        assert wrong.status_code == 422
        assert "请写明原因" in text(wrong)
        given = {"stop_response": "stopped", "stop_whom": "厂长", "stop_at": "2026-11-23T08:50", "stop_way": "当面"}
        done = client.post(address, given, follow=True)
        assert "已作为企业问题上报" in text(done)
        assert "没有要处理的" in text(client.get(reverse("findings_attention")))

    def test_with_nothing_missing_it_is_one_press(self, world: "World", as_: As) -> None:
        row = opened(world, is_problem=True, stop=STOP, firm="lamp")
        Finding.objects.filter(pk=row.pk).update(case=None)
        Unreported.objects.create(finding=row, code="busy", words="刚才没有报成。", at=NOW)
        client = as_("village")
        assert "再次上报" in text(client.get(reverse("findings_attention")))
        assert client.post(reverse("finding_report", args=[row.pk])).status_code == 303
        assert again(row).case_id is not None

    def test_an_event_without_a_finding_is_settled_with_a_word(self, world: "World", as_: As) -> None:
        send(world, event(uuid4(), "recheck_pass", text="修好了。"), enterprise_id=world.firms["lamp"])
        actions.orphan_held(at=NOW + timedelta(days=5))
        client = as_("village")
        address = reverse("findings_attention")
        assert "没有对应隐患的跟进" in text(client.get(address))
        key = str(HeldEvent.objects.get().pk)
        wrong = client.post(address, {"held": key, "text": ""})
        assert wrong.status_code == 422
        assert client.post(address, {"held": "x", "text": "x"}).status_code == 404
        assert "已登记处理情况" in text(client.post(address, {"held": key, "text": "误传。"}, follow=True))

    def test_doubts_are_looked_at(self, world: "World", as_: As) -> None:
        row = opened(world, category="nonsense")
        client = as_("village")
        assert "类别不在方案里" in text(client.get(reverse("findings_attention")))
        client.post(reverse("finding_check", args=[row.pk]), {"text": "已核对。"})
        assert again(row).flags == []


class TestPortal:
    def test_the_owner_sees_his_own_and_answers_with_a_photo(self, world: "World", as_: As) -> None:
        row = opened(world)
        opened(world, firm="mould", by="officer2", text="别家的。")
        client = as_("owner")
        page = text(client.get(reverse("portal_findings")))
        assert "冲床" in page
        assert "别家的" not in page
        assert "1条要整改" in text(client.get(reverse("portal_home")))
        sheet = text(client.get(reverse("portal_finding", args=[row.pk])))
        assert "整改好了，说一声" in sheet
        assert "不作为行政处罚依据" in sheet
        address = reverse("portal_finding_answer", args=[row.pk])
        done = client.post(address, {"text": "换了新的。", "files": jpeg()}, follow=True)
        assert "收到了，网格员会来复查" in text(done)
        assert again(row).state == "claimed"
        assert client.get(address).status_code == 403

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("IMG_1.HEIC", b"\x00\x00\x00\x18ftypheic" + b"0" * 64, "HEIC"),
            ("big.jpg", b"\xff\xd8\xff" + b"0" * (40 * 1024 * 1024), "超过20兆"),
            ("broken.jpg", b"\xff\xd8\xff not a picture", "打不开"),
            ("empty.jpg", b"", "空"),
            ("page.svg", b"<svg/>", "不是可以上传的类型"),
        ],
    )
    def test_a_bad_picture_is_refused_in_words_and_what_was_typed_is_kept(
        self, world: "World", as_: As, name: str, content: bytes, said: str
    ) -> None:
        row = opened(world)
        answer = as_("owner").post(
            reverse("portal_finding_answer", args=[row.pk]),
            {"text": "换了新的光电保护。", "files": SimpleUploadedFile(name, content, "image/jpeg")},
        )
        assert answer.status_code == 422
        assert said in text(answer)
        assert "换了新的光电保护。" in text(answer)
        assert again(row).version == 0

    def test_others_firms_and_the_desk_are_not_his(self, world: "World", as_: As) -> None:
        row = opened(world)
        assert as_("owner2").get(reverse("portal_finding", args=[row.pk])).status_code == 404
        before = everything()
        as_("owner2").post(reverse("portal_finding_answer", args=[row.pk]), {"text": "x"})
        assert everything() == before
        assert as_("owner").get(reverse("finding", args=[row.pk])).status_code == 403
        assert as_("officer").get(reverse("portal_findings")).status_code == 403

    def test_hostile_words_are_shown_as_words(self, world: "World", as_: As) -> None:
        row = opened(world, text="<script>alert(1)</script>\u202e疑似")
        press(world, row, "rectified_claim", "owner", text="<b onclick=x>修好</b>")
        for client, address in (
            (as_("officer"), reverse("finding", args=[row.pk])),
            (as_("owner"), reverse("portal_finding", args=[row.pk])),
        ):
            page = text(client.get(address))
            assert "<script>alert" not in page
            assert "<b onclick" not in page


class TestRegisters:
    @pytest.mark.clause("附3房-(2)")
    def test_a_building_goes_its_way_by_hand(self, world: "World", as_: As) -> None:
        client = as_("officer")
        given = {
            "firm": "演示车灯有限公司",
            "name": "三号车间",
            "owner": "演示村集体",
            "user": "演示车灯",
            "hazard": "墙裂。",
        }
        wrong = client.post(reverse("building_new"), {**given, "owner": ""})
        assert wrong.status_code == 422
        assert "请填写产权人" in text(wrong)
        client.post(reverse("building_new"), {**given, "files": jpeg()})
        row = Building.objects.get()

        def do(step: str, **more: str) -> "HttpResponse":
            return client.post(reverse("building_step", args=[row.pk, step]), more, follow=True)  # type: ignore[return-value]

        assert client.get(reverse("building_step", args=[row.pk, "appraise"])).status_code == 404
        do("tell", owner_at="2026-11-23T08:00", user_at="2026-11-23T08:10", text="当面告知。")
        do("appraise", grade="D", on="2026-11-22", appraiser="演示鉴定机构", report_no="1")
        page = text(client.get(reverse("building", args=[row.pk])))
        assert "D级（整幢危险）" in page
        do("remedy", remedy="stop_use", on="2026-11-23", text="已停用，封门。")
        row.refresh_from_db()
        assert (row.state, row.remedy) == ("remedied", "stop_use")
        assert "停用" in text(client.get(reverse("buildings")))

    @pytest.mark.clause("附2违-(1)b")
    def test_a_suspected_illegal_building_needs_its_picture(self, world: "World", as_: As) -> None:
        client = as_("officer")
        given = {
            "firm": "演示车灯有限公司", "kind": "building", "source": "tip", "location": "厂区北侧", "text": "搭棚，疑似未办手续。",
            "stop_response": "stopped", "stop_whom": "厂长", "stop_at": "2026-11-23T08:50", "stop_way": "当面",
        }  # fmt: skip
        wrong = client.post(reverse("illegal_new"), given)
        assert wrong.status_code == 422
        assert "请附影像资料" in text(wrong)
        assert not IllegalBuilding.objects.exists()
        done = client.post(reverse("illegal_new"), {**given, "files": jpeg()}, follow=True)
        assert "已列入登记册" in text(done)
        row = IllegalBuilding.objects.get()
        client.post(reverse("illegal_step", args=[row.pk, "transfer"]), {"to_office": "镇综执安监办", "text": "移送。"})
        row.refresh_from_db()
        assert row.state == "transferred"
        wrong = client.post(reverse("illegal_step", args=[row.pk, "clear"]), {"text": "拆了。"})
        assert "请附拆除或整改到位后的影像资料" in text(wrong)
        edited = client.post(
            reverse("illegal_step", args=[row.pk, "edit"]),
            {"kind": "land", "source": "tip", "location": "厂区北侧", "area_m2": "88.5"},
            follow=True,
        )
        assert "88.50平方米" in text(edited)

    @pytest.mark.clause("附2违-(1)b")
    def test_registers_are_exported(self, world: "World", as_: As) -> None:
        illegal(world)
        building(world)
        for name, word in (("illegal_export", "厂区北侧"), ("buildings_export", "三号车间")):
            answer = as_("village").get(reverse(name))
            sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
            assert word in [cell.value for row in sheet.iter_rows() for cell in row]
        assert as_("owner").get(reverse("illegal_export")).status_code == 403

    def test_pages_ask_few_questions(self, world: "World", as_: As) -> None:
        line, row = illegal(world), building(world)
        for address in (
            reverse("buildings"),
            reverse("building", args=[row.pk]),
            reverse("illegal_buildings"),
            reverse("illegal_building", args=[line.pk]),
        ):
            assert asked(as_("village"), address) <= MOST_QUERIES
