"""企业端: one sentence is enough; it travels in sight; asked, answered, rated, urged, withdrawn; by account, card, number, link."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from qinqing.cases.models import Attachment, Case
from qinqing.cases.reads import find
from qinqing.cases.words import Verb
from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.actions import cards
from qinqing.ledger.models import Entry
from tests.cases.world import NOW, World
from tests.conftest import Clock

As = Callable[..., Client]
KEY = "a" * 32


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def photo() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return SimpleUploadedFile("现场.jpg", out.getvalue(), "image/jpeg")


class TestSaying:
    @pytest.mark.clause("二(二)1-诉求-提交")
    def test_one_sentence_is_enough_and_the_promised_day_is_told(self, as_: As, world: World) -> None:
        owner = as_("owner")
        answer = owner.post("/portal/submit/", {"text": "东门外三盏路灯不亮。请尽快修。", "press_key": KEY})
        case = Case.objects.get()
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/portal/matters/{case.pk}/")
        assert (case.title, case.submitter_id) == ("东门外三盏路灯不亮", world.owner.account_id)
        page = text(owner.get(answer.headers["Location"]))
        assert "收到了，编号 诉〔2026〕0001号。最迟 11月30日（周一）17:30 前答复您。" in page
        assert f'data-done="{KEY}"' in page
        assert case.track_code in page

    def test_asks_for_no_more_than_eight_things(self, as_: As, world: World) -> None:
        page = text(as_("owner").get("/portal/submit/"))
        fields = set(re.findall(r'<(?:input|textarea|select)[^>]*name="(\w+)"', page)) - {
            "csrfmiddlewaretoken",
            "press_key",
        }
        assert fields == {"text", "topic", "files"}

    def test_files_come_along(self, as_: As, world: World) -> None:
        owner = as_("owner")
        owner.post("/portal/submit/", {"text": "路灯不亮", "files": [photo(), photo()]})
        assert list(Attachment.objects.values_list("name", flat=True)) == ["现场.jpg", "现场.jpg"]
        page = text(owner.get(f"/portal/matters/{Case.objects.get().pk}/"))
        assert "现场.jpg" in page

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({"text": ""}, "请写一下什么事。"),
            ({"text": " \u200b\n"}, "请写一下什么事。"),
            ({"text": "字" * 10_001}, "最多10000个字，现在10001个字"),
            ({"text": "路灯不亮", "topic": "nope"}, "请从列表中选择"),
            ({"text": "路灯不亮", "files": SimpleUploadedFile("a.exe", b"MZ")}, "不是可以上传的类型"),
            ({"text": "路灯不亮", "files": SimpleUploadedFile("a.jpg", b"")}, "是空文件"),
        ],
    )
    def test_a_mistake_is_told_beside_the_field_and_nothing_is_lost(
        self, as_: As, world: World, sent: dict[str, object], sentence: str
    ) -> None:
        before = Entry.objects.count()
        answer = as_("owner").post("/portal/submit/", sent | {"press_key": KEY})
        page = text(answer)
        assert answer.status_code == 422
        assert sentence in page
        assert str(sent["text"]).strip("\u200b \n") in page
        assert f'value="{KEY}"' in page
        assert "autofocus" in page
        assert (Case.objects.count(), Entry.objects.count()) == (0, before)

    def test_five_identical_presses_make_one_case(self, as_: As, world: World) -> None:
        owner = as_("owner")
        ways = {
            owner.post("/portal/submit/", {"text": "路灯不亮", "press_key": KEY}).headers["Location"] for _ in range(5)
        }
        assert len(ways) == 1
        assert Case.objects.count() == 1

    def test_typed_html_stays_text(self, as_: As, world: World) -> None:
        owner = as_("owner")
        owner.post("/portal/submit/", {"text": "<script>alert(1)</script>路灯"})
        case = Case.objects.get()
        for address in ("/portal/", f"/portal/matters/{case.pk}/", "/portal/matters/"):
            assert "<script>alert" not in text(owner.get(address))


class TestTravelling:
    @pytest.mark.clause("二(二)1-诉求-跟进")
    def test_the_owner_sees_where_it_is_by_when_and_what_was_told_him(self, as_: As, world: World) -> None:
        case = world.in_hand()
        world.press(Verb.PROGRESS, case, "build", note="电缆被挖断，配件明日到。", told_enterprise=True)
        world.press(Verb.PROGRESS, case, "build", note="内部：施工方是某某。", told_enterprise=False)
        page = text(as_("owner").get(f"/portal/matters/{case.pk}/"))
        assert '最迟 <span class="num">11月30日 17:30</span> 答复您' in page
        assert "电缆被挖断，配件明日到。" in page
        assert "内部" not in page
        assert "为什么是这一天" in page
        home = text(as_("owner").get("/portal/"))
        assert "建管办" in home
        assert "今天有新进展" in home

    def test_a_broken_promise_is_red_and_said(self, as_: As, world: World, clock: Clock) -> None:
        world.in_hand()
        clock.at("2026-12-01 09:00")
        assert '<span class="lamp late">超 1 个工作日</span>' in text(as_("owner").get("/portal/"))

    def test_another_firm_sees_nothing_of_it(self, as_: As, world: World) -> None:
        case = world.answered()
        stranger = as_("owner2")
        for address in ("", "supply/", "rate/", "urge/", "withdraw/"):
            assert stranger.get(f"/portal/matters/{case.pk}/{address}").status_code == 404
            assert stranger.post(f"/portal/matters/{case.pk}/{address}", {"reason": "x"}).status_code == 404
        assert case.title not in text(stranger.get("/portal/")) + text(stranger.get("/portal/matters/"))

    @pytest.mark.parametrize("name", ["clerk", "build", "officer", "leader", "sysadmin"])
    def test_officials_have_pages_of_their_own(self, as_: As, world: World, name: str) -> None:
        assert as_(name).get("/portal/").status_code == 403
        assert as_(name).post("/portal/submit/", {"text": "x"}).status_code == 403

    def test_a_problem_shows_only_what_was_published(self, as_: As, world: World) -> None:
        case = world.problem("officer")
        assert as_("owner").get(f"/portal/matters/{case.pk}/").status_code == 404

    def test_the_officer_is_one_press_away(self, as_: As, world: World) -> None:
        assert "您的网格员" in text(as_("owner").get("/portal/"))


class TestAnswering:
    def test_a_question_stands_on_the_first_page_and_is_answered_there(self, as_: As, world: World) -> None:
        case = world.demand()
        world.press(Verb.ASK, case, "clerk", question="请补充路灯在哪一段。")
        owner = as_("owner")
        home = text(owner.get("/portal/"))
        assert "请补充路灯在哪一段。" in home
        assert "请您补充" in home
        assert "请补充路灯在哪一段。" in text(owner.get(f"/portal/matters/{case.pk}/supply/"))
        refused = owner.post(f"/portal/matters/{case.pk}/supply/", {"answer": ""})
        assert (refused.status_code, "请填写补充内容。" in text(refused)) == (422, True)
        assert owner.post(f"/portal/matters/{case.pk}/supply/", {"answer": "东门到公交站。"}).status_code == 303
        case.refresh_from_db()
        assert case.state == "submitted"
        assert "东门到公交站。" in world_story(case)

    @pytest.mark.clause("三要(四)-5")
    def test_rating_takes_one_page_and_is_not_shown_to_the_handler_yet(self, as_: As, world: World) -> None:
        case = world.answered()
        owner = as_("owner")
        home = text(owner.get("/portal/"))
        assert "三盏灯都已修好。" in home
        assert "没有解决" in home
        form = text(owner.get(f"/portal/matters/{case.pk}/rate/?solved=no"))
        assert re.search(r'value="no"[^>]*checked', form)
        sent = {"solved": "no", "satisfaction": "dissatisfied", "comment": "第二天又灭了"}
        assert owner.post(f"/portal/matters/{case.pk}/rate/", sent).status_code == 303
        assert "第二天又灭了" in text(owner.get(f"/portal/matters/{case.pk}/"))
        assert "第二天又灭了" not in text(as_("build").get(f"/cases/{case.pk}"))
        again = owner.post(f"/portal/matters/{case.pk}/rate/", sent)
        assert (again.status_code, "评价已提交" in text(again)) == (422, True)

    def test_urging_works_once_a_stage(self, as_: As, world: World) -> None:
        case = world.in_hand()
        owner = as_("owner")
        assert owner.post(f"/portal/matters/{case.pk}/urge/", {"note": "请尽快"}).status_code == 303
        second = owner.get(f"/portal/matters/{case.pk}/urge/")
        assert (second.status_code, "已经催过一次" in text(second)) == (422, True)

    def test_withdrawing_ends_it(self, as_: As, world: World) -> None:
        case = world.demand()
        owner = as_("owner")
        assert owner.post(f"/portal/matters/{case.pk}/withdraw/", {"reason": "自己修好了"}).status_code == 303
        assert "企业撤回" in text(owner.get(f"/portal/matters/{case.pk}/"))
        assert case.title in text(owner.get("/portal/matters/?over=1"))
        assert case.title not in text(owner.get("/portal/matters/"))
        late = owner.post(f"/portal/matters/{case.pk}/withdraw/", {"reason": "再来"})
        assert (late.status_code, "再来" in text(late)) == (409, True)

    @pytest.mark.parametrize("verb", ["accept", "finish", "write_off", "reveal", "nonsense"])
    def test_other_presses_are_not_there(self, as_: As, world: World, verb: str) -> None:
        case = world.demand()
        assert as_("owner").post(f"/portal/matters/{case.pk}/{verb}/", {}).status_code == 404


def world_story(case: Case) -> str:
    return "".join(
        entry.sentence + str(entry.facts) for entry in Entry.objects.filter(subject_id=case.pk, subject_kind="case")
    )


class TestList:
    def test_goes_on_page_by_page(self, as_: As, world: World) -> None:
        for number in range(22):
            world.demand(text=f"第{number:02d}件事")
        owner = as_("owner")
        first = text(owner.get("/portal/matters/"))
        assert first.count('class="matter"') == 20
        onward = re.search(r'rel="next" href="([^"]+)"', first)
        assert onward
        rest = text(owner.get(onward[1]))
        assert rest.count('class="matter"') == 2
        assert "第00件事" in rest

    def test_costs_no_more_for_more_matters(
        self, as_: As, world: World, django_assert_max_num_queries: Callable[[int], object]
    ) -> None:
        for number in range(7):
            world.demand(text=f"第{number}件事")
        owner = as_("owner")
        owner.get("/portal/")
        with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
            owner.get("/portal/")


class TestCard:
    @pytest.fixture
    def token(self, world: World) -> str:
        cards.issue_card(enterprise_id=world.firms["lamp"], by=world.clerk, at=NOW)
        return enterprises.card_token(world.clerk, world.firms["lamp"])

    def test_whoever_scans_it_speaks_for_the_firm(self, client: Client, world: World, token: str) -> None:
        assert client.get(f"/q/{token}").headers["Location"] == "/portal/"
        assert "演示车灯有限公司，您好" in text(client.get("/portal/"))
        missing = client.post("/portal/submit/", {"text": "路灯不亮"})
        assert (missing.status_code, "怎么称呼" in text(missing)) == (422, True)
        client.post("/portal/submit/", {"text": "路灯不亮", "submitter_name": "老王"})
        case = Case.objects.get()
        assert (case.source, case.submitter_id, case.enterprise_id) == ("card", None, world.firms["lamp"])
        assert case.submitter_name.endswith("·老王")

    def test_sees_demands_but_never_what_was_found_against_the_firm(
        self, client: Client, world: World, token: str
    ) -> None:
        demand, problem = world.demand(), world.problem("officer")
        problem = world.press(Verb.SIGN, problem, "officer", handler=world.officer.account_id)
        world.press(Verb.PUBLISH, problem, "officer", notice="请清理疏散通道。")
        client.get(f"/q/{token}")
        assert client.get(f"/portal/matters/{demand.pk}/").status_code == 200
        assert client.get(f"/portal/matters/{problem.pk}/").status_code == 404
        assert "打电话" not in text(client.get("/portal/"))

    def test_opens_no_page_of_officials(self, client: Client, world: World, token: str) -> None:
        client.get(f"/q/{token}")
        for address in ("/ledger", "/intake", "/people/", "/enterprises/", "/lists/", "/cases/submit"):
            assert client.get(address).status_code in (303, 403), address

    def test_an_ended_card_opens_nothing_more(self, client: Client, world: World, token: str) -> None:
        client.get(f"/q/{token}")
        cards.revoke_card(enterprise_id=world.firms["lamp"], reason="遗失", by=world.clerk, at=NOW)
        assert client.get("/portal/").status_code == 303
        again = Client().get(f"/q/{token}")
        assert (again.status_code, "企业码已停用" in text(again)) == (404, True)

    def test_lasts_a_few_hours(self, client: Client, world: World, token: str, clock: Clock) -> None:
        client.get(f"/q/{token}")
        clock.move(hours=4, minutes=1)
        assert client.get("/portal/").status_code == 303

    def test_can_be_let_go(self, client: Client, world: World, token: str) -> None:
        client.get(f"/q/{token}")
        client.post("/portal/leave/")
        assert client.get("/portal/").status_code == 303

    def test_who_is_signed_in_stays_who_he_is(self, as_: As, world: World, token: str) -> None:
        other = as_("owner2")
        other.get(f"/q/{token}")
        assert "演示模具有限公司，您好" in text(other.get("/portal/"))


class TestTracking:
    @pytest.mark.parametrize("typed", ["诉〔2026〕0001号", "2026 1", "诉[2026]0001", " 2026-0001 ", "诉2026第1号"])
    def test_number_and_code_show_how_far_it_is(self, client: Client, world: World, typed: str) -> None:
        case = world.answered()
        answer = client.post("/track/", {"number": typed, "code": case.track_code.lower()})
        page = text(answer)
        assert answer.status_code == 200
        assert case.title in page
        assert "三盏灯都已修好。" in page

    def test_shows_no_person_and_no_text(self, client: Client, world: World) -> None:
        case = world.answered(text="路灯不亮。联系人手机10000000001。")
        page = text(client.post("/track/", {"number": case.number, "code": case.track_code}))
        assert "10000000001" not in page
        assert "示owner" not in page
        assert "示build" not in page

    @pytest.mark.parametrize(
        ("number", "code"), [("诉〔2026〕0001号", "WRONGCOD"), ("诉〔2026〕0009号", ""), ("' OR 1=1", "x")]
    )
    def test_a_wrong_pair_tells_nothing(self, client: Client, world: World, number: str, code: str) -> None:
        world.demand()
        answer = client.post("/track/", {"number": number, "code": code})
        assert answer.status_code == 422
        assert "路灯" not in text(answer)

    def test_guessing_is_slowed_down(self, client: Client, world: World) -> None:
        from django.core.cache import cache

        cache.clear()
        answers = [client.post("/track/", {"number": "2026 1", "code": f"GUESS{n:03d}"}).status_code for n in range(31)]
        assert answers == [422] * 30 + [429]
        cache.clear()


class TestRatingLink:
    def test_rates_one_round_without_an_account(self, client: Client, world: World) -> None:
        case = world.answered()
        link = f"/rate/{find.rate_token(case)}/"
        assert "三盏灯都已修好。" in text(client.get(link))
        empty = client.post(link, {})
        assert (empty.status_code, "请选择满意吗。" in text(empty)) == (422, True)
        assert "谢谢您的评价" in text(client.post(link, {"solved": "yes", "satisfaction": "satisfied"}))
        assert "已经评价过" in text(client.get(link))
        case.refresh_from_db()
        assert (case.rated_round, case.satisfaction) == (1, "satisfied")

    def test_a_forged_or_old_link_opens_nothing(self, client: Client, world: World, clock: Clock) -> None:
        case = world.answered()
        token = find.rate_token(case)
        assert client.get(f"/rate/{token}x/").status_code == 404
        clock.at("2026-12-20 09:00")
        assert client.get(f"/rate/{token}/").status_code == 404

    def test_opens_nothing_else(self, client: Client, world: World) -> None:
        case = world.answered()
        client.get(f"/rate/{find.rate_token(case)}/")
        assert client.get(f"/portal/matters/{case.pk}/").status_code == 303
