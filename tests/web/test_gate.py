"""The gate: who comes in, what he hears when the answer is no, and what no answer ever shows."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cases.world import World

pytestmark = pytest.mark.urls("tests.web.faulty")
As = Callable[..., Client]
HTMX = {"HX-Request": "true"}


class TestComingIn:
    def test_a_stranger_is_sent_to_sign_in_and_back_afterwards(self, db: None, client: Client) -> None:
        answer = client.get("/ledger?q=x")
        assert answer.status_code == 303
        assert answer.headers["Location"].endswith("/sign-in/?next=%2Fledger%3Fq%3Dx")

    def test_a_view_nobody_opened_is_closed(self, db: None, client: Client, as_: As) -> None:
        assert client.get("/bare").status_code == 303
        assert as_("clerk").get("/bare").content == b"inside"

    def test_htmx_moves_the_whole_page_to_sign_in(self, db: None, client: Client) -> None:
        answer = client.get("/ledger", headers=HTMX)
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in/")

    def test_only_a_post_with_the_right_sees_a_screen(self, as_: As) -> None:
        assert as_("clerk").get("/hub").content.decode() == "示clerk"
        refused = as_("build").get("/hub")
        assert refused.status_code == 403
        assert "没有“接办、退请补充、不予受理、并案”的权限" in refused.content.decode()


class TestAnswersThatSayNo:
    @pytest.mark.parametrize(
        ("way", "status", "words"),
        [
            ("not-found", 404, "没有找到，或不在您的查看范围内。"),
            ("not-allowed", 403, "您的岗位不能做这件事"),
            ("too-late", 409, "最近一笔：示甲（中转站）"),
            ("refused", 422, "现在还不能销账。"),
            ("http404", 404, "这一页不存在"),
            ("denied", 403, "没有这一页的权限"),
            ("fault", 500, "刚才那一步没有保存"),
        ],
    )
    def test_is_a_page_in_chinese_with_a_way_on(self, db: None, way: str, status: int, words: str) -> None:
        answer = Client(raise_request_exception=False).get(f"/fail/{way}")
        page = answer.content.decode()
        assert answer.status_code == status
        assert words in page
        assert 'href="/"' in page
        assert "secret" not in page
        assert "Traceback" not in page

    @pytest.mark.parametrize("way", ["not-found", "not-allowed", "refused", "fault", "http404"])
    def test_is_a_sentence_in_the_live_region_when_htmx_asked(self, db: None, way: str) -> None:
        answer = Client(raise_request_exception=False).get(f"/fail/{way}", headers=HTMX)
        assert answer.status_code >= 400
        assert answer.headers["HX-Retarget"] == "#live"
        assert "<html" not in answer.content.decode()
        assert 'role="alert"' in answer.content.decode()

    def test_a_missing_page_and_one_out_of_sight_look_alike(self, as_: As, world: World) -> None:
        case = world.demand()
        foreign, missing = (
            as_("owner2").get(f"/portal/matters/{case.pk}/"),
            as_("owner2").get("/portal/matters/999999/"),
        )
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert foreign.content == missing.content

    def test_a_form_left_open_too_long_says_so(self, world: World, as_: As) -> None:
        answer = as_("clerk", enforce_csrf_checks=True).post("/echo", {"text": "打了半天的字"})
        assert answer.status_code == 403
        assert "页面停留太久" in answer.content.decode()


class TestHostileAddresses:
    @pytest.mark.parametrize("address", ["/echo?q=%00", "/echo?q=a%00b", "/echo?%00=1", "/echo?q=%ff%fe", "/echo%00"])
    def test_unreadable_ones_get_a_page(self, db: None, client: Client, address: str) -> None:
        answer = client.get(address)
        assert answer.status_code == 400
        assert "这个地址不完整" in answer.content.decode()

    @pytest.mark.parametrize("page", ["-1", "0", "9" * 40, "1e9", "٣", "x", ""])
    def test_page_numbers_are_brought_into_range(self, db: None, client: Client, page: str) -> None:
        assert client.get("/echo", {"page": page}).content == b"1"

    def test_words_are_cleaned_and_cut(self, db: None, client: Client) -> None:
        assert client.get("/echo", {"q": "路\u202e灯" + "长" * 5000}).content.decode() == ("路灯" + "长" * 58 + "1")

    def test_ids_beyond_the_database_are_not_found(self, db: None, client: Client) -> None:
        assert client.get(f"/number/{2**63}").status_code == 404
        assert client.get(f"/number/{2**63 - 1}").status_code == 200

    def test_nul_in_typed_text_is_taken_out(self, db: None, client: Client) -> None:
        assert client.post("/echo", {"text": "路\x00灯"}).content.decode() == "路灯1"

    def test_a_body_too_large_gets_a_page(self, db: None, client: Client) -> None:
        answer = client.post("/echo", {"text": "长" * 1_000_000})
        assert answer.status_code == 413
        assert "提交的内容太大" in answer.content.decode()

    def test_too_many_fields_get_a_page(self, db: None, client: Client) -> None:
        assert client.post("/echo", {f"f{n}": "1" for n in range(1500)}).status_code == 413


class TestHeaders:
    @pytest.mark.parametrize("address", ["/sign-in/", "/fail/not-found", "/fail/fault", "/nowhere"])
    def test_stand_on_every_answer(self, db: None, address: str) -> None:
        answer = Client(raise_request_exception=False).get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]

    def test_a_press_that_succeeded_goes_on_with_see_other(self, db: None, client: Client) -> None:
        answer = client.post("/done", {"press_key": "k" * 32})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
        swapped = client.post("/done", headers=HTMX)
        assert (swapped.status_code, swapped.headers["HX-Redirect"]) == (204, "/")
