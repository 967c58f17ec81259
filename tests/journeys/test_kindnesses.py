"""What the browser side adds for those who have JavaScript; everything else works without it (see the other journeys)."""

from typing import Any

from tests.journeys.people import sign_in


class TestOwnersPhone:
    def test_typed_text_survives_leaving_the_page_and_goes_once_it_is_sent(self, phone: Any) -> None:
        sign_in(phone, "元示正")
        phone.goto("/portal/submit/")
        phone.fill("[name=text]", "厂门口道路破损，雨天积水进车间。")
        phone.wait_for_timeout(600)
        phone.goto("/portal/")
        phone.goto("/portal/submit/")
        assert phone.input_value("[name=text]") == "厂门口道路破损，雨天积水进车间。"
        assert "已替您找回" in phone.inner_text("form.card")
        phone.click("form .btn.main")
        phone.wait_for_url("**/portal/matters/*/")
        phone.goto("/portal/submit/")
        assert phone.input_value("[name=text]") == ""

    def test_typed_text_survives_the_end_of_the_session(self, phone: Any) -> None:
        sign_in(phone, "卜示富")
        phone.goto("/portal/submit/")
        phone.fill("[name=text]", "想了解稳岗补贴怎么申请。")
        phone.wait_for_timeout(600)
        phone.context.clear_cookies()
        phone.goto("/portal/submit/")
        assert "/sign-in/" in phone.url
        sign_in(phone, "卜示富")
        phone.goto("/portal/submit/")
        assert phone.input_value("[name=text]") == "想了解稳岗补贴怎么申请。"

    def test_what_one_person_typed_is_never_shown_to_the_next(self, phone: Any) -> None:
        sign_in(phone, "顾示博")
        phone.goto("/portal/submit/")
        phone.fill("[name=text]", "只有我该看到。")
        phone.wait_for_timeout(600)
        phone.context.clear_cookies()
        sign_in(phone, "孟示安")
        phone.goto("/portal/submit/")
        assert phone.input_value("[name=text]") == ""

    def test_the_first_mistake_takes_the_cursor_and_is_in_sight(self, phone: Any) -> None:
        sign_in(phone, "元示正")
        phone.goto("/portal/submit/")
        phone.click("form .btn.main")
        phone.wait_for_selector(".field.wrong")
        assert phone.evaluate("document.activeElement.name") == "text"
        assert phone.locator(".field-error").first.inner_text() == "请写一下什么事。"

    def test_counts_what_is_typed(self, phone: Any) -> None:
        sign_in(phone, "元示正")
        phone.goto("/portal/submit/")
        phone.fill("[name=text]", "路灯不亮")
        assert phone.inner_text(".count") == "4 / 10000字"


class TestDesk:
    def test_a_slash_goes_to_the_search(self, office_pc: Any) -> None:
        sign_in(office_pc, "赵示安")
        office_pc.goto("/today")
        office_pc.keyboard.press("/")
        assert office_pc.evaluate("document.activeElement.id") == "search"

    def test_the_phones_sheet_opens_and_closes(self, phone: Any) -> None:
        sign_in(phone, "赵示安")
        phone.goto("/today")
        assert not phone.is_visible(".side")
        phone.click(".bar a:last-child")
        assert phone.is_visible(".side")
        phone.click(".side-shut")
        phone.wait_for_selector(".side", state="hidden")

    def test_the_sheet_works_without_javascript(self, window: Any) -> None:
        from tests.journeys.conftest import PHONE

        page = window(PHONE, javascript=False)
        sign_in(page, "赵示安")
        page.goto("/today")
        page.click(".bar a:last-child")
        page.locator(".side li a", has_text="两张名单").click()
        assert "/lists/" in page.url

    def test_a_form_swapped_in_again_shows_the_refusal(self, office_pc: Any) -> None:
        sign_in(office_pc, "赵示安")
        office_pc.goto("/parts/form/")
        office_pc.fill("[name=title]", "留着")
        office_pc.click("#sample .btn.main")
        office_pc.wait_for_selector("#sample .note.error")
        assert office_pc.input_value("[name=title]") == "留着"
        assert office_pc.evaluate("document.activeElement.name") == "text"

    def test_one_press_is_one_press(self, office_pc: Any) -> None:
        sign_in(office_pc, "元示正")
        office_pc.goto("/portal/submit/")
        office_pc.fill("[name=text]", "两次快按只成一件。")
        office_pc.dblclick("form .btn.main")
        office_pc.wait_for_url("**/portal/matters/*/")
        office_pc.goto("/portal/matters/")
        assert office_pc.locator(".matter-title", has_text="两次快按只成一件").count() == 1
