"""Forms: messages in 中文 about this very field, text cleaned, what was typed kept, the cursor where it is wrong."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import Client
from django.utils.datastructures import MultiValueDict

from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotAllowed, Refused, TooLate
from qinqing.web import forms, respond
from qinqing.web.gallery.gallery import SampleForm

GOOD = {
    "title": "路灯不亮", "text": "东门外三盏", "topic": "lamp", "solved": "no", "offices": ["1", "3"], "days": "5",
    "held_on": "2026-11-30", "told_at": "2026-11-23T09:12", "is_key": "on",
}  # fmt: skip


def bound(**changes: object) -> SampleForm:
    data: MultiValueDict[str, object] = MultiValueDict()
    for name, value in (GOOD | changes).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return SampleForm(data, MultiValueDict())


def page(form: forms.Form) -> str:
    return str(engines["django"].from_string("{% fields form %}").render({"form": form}))


class TestValues:
    def test_come_out_clean_and_typed(self) -> None:
        form = bound(title="  路灯\u202e\n不亮\x07 ", text="\r\n三盏\u200b\r\n全灭 ")
        assert form.is_valid()
        assert form.cleaned_data == {
            "title": "路灯 不亮",
            "text": "三盏\n全灭",
            "topic": "lamp",
            "solved": "no",
            "offices": ["1", "3"],
            "days": 5,
            "held_on": date(2026, 11, 30),
            "told_at": datetime(2026, 11, 23, 9, 12, tzinfo=SHANGHAI),
            "is_key": True,
            "papers": [],
        }

    @pytest.mark.parametrize("typed", ["2026-11-30", "2026/11/30", "2026.11.30", "2026年11月30日"])
    def test_a_day_may_be_written_as_people_write_it(self, typed: str) -> None:
        form = bound(held_on=typed)
        assert form.is_valid()
        assert form.cleaned_data["held_on"] == date(2026, 11, 30)


class TestMessages:
    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            ({"title": ""}, "title", "请填写一句话说清楚。"),
            ({"title": " \u200b "}, "title", "请填写一句话说清楚。"),
            ({"title": "长" * 41}, "title", "一句话说清楚最多40个字，现在41个字。"),
            ({"text": "😀" * 201}, "text", "具体情况最多200个字，现在201个字。"),
            ({"text": "字" * 100_000}, "text", "具体情况最多200个字，现在100000个字。"),
            ({"topic": ""}, "topic", "请选择类别。"),
            ({"topic": "<b>"}, "topic", "类别请从列表中选择。"),
            ({"solved": ""}, "solved", "请选择问题解决了吗。"),
            ({"offices": []}, "offices", "请选择协办单位。"),
            ({"offices": ["1", "9"]}, "offices", "协办单位请从列表中选择。"),
            ({"days": "0"}, "days", "几个工作日不能小于1。"),
            ({"days": "9" * 60}, "days", "几个工作日不能大于10。"),
            ({"days": "五"}, "days", "几个工作日写得不对，请核对。"),
            ({"held_on": "明天"}, "held_on", "哪一天写得不对，请核对。"),
            ({"held_on": ""}, "held_on", "请选择哪一天。"),
            ({"told_at": "2026-02-30T09:00"}, "told_at", "几点告知的写得不对，请核对。"),
        ],
    )
    def test_name_the_field_and_what_to_do(self, changes: dict[str, object], field: str, sentence: str) -> None:
        form = bound(**changes)
        assert form.errors == {field: [sentence]}

    def test_of_its_own_stand_before_ours(self) -> None:
        class Own(forms.Form):
            text = forms.Long("内容", error_messages={"required": "请写一下什么事。"})

        assert Own({}).errors == {"text": ["请写一下什么事。"]}

    def test_too_many_files(self) -> None:
        files = MultiValueDict({"papers": [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(10)]})
        data: MultiValueDict[str, object] = MultiValueDict()
        for name, value in GOOD.items():
            data.setlist(name, value if isinstance(value, list) else [value])
        assert SampleForm(data, files).errors == {"papers": ["一次最多9个文件，现在10个。"]}


class TestDrawing:
    def test_keeps_what_was_typed_and_puts_the_cursor_on_the_first_mistake(self) -> None:
        shown = page(bound(title="", text="我打的字", topic="nope"))
        assert "我打的字" in shown
        assert shown.count("autofocus") == 1
        assert shown.index('name="title"') < shown.index("autofocus") < shown.index('name="text"')
        assert 'aria-invalid="true"' in shown
        assert 'aria-describedby="id_title_helptext id_title_error"' in shown
        assert "有2处需要改" in shown

    def test_does_not_let_the_browser_cut_or_speak(self) -> None:
        shown = page(SampleForm())
        assert "maxlength" not in shown
        assert " required" not in shown

    def test_says_which_fields_may_stay_empty(self) -> None:
        shown = page(SampleForm())
        assert shown.count("可不填") == 2  # told_at, papers; a box to tick needs no word

    def test_says_that_chosen_files_must_be_chosen_again(self) -> None:
        files = MultiValueDict({"papers": [SimpleUploadedFile("现场.jpg", b"x")]})
        assert "现场.jpg）没有保存，请重新选择" in page(SampleForm({"title": ""}, files))

    def test_typed_html_stays_text(self) -> None:
        shown = page(bound(title='"><script>alert(1)</script>', text="</textarea><script>", topic=""))
        assert "<script>" not in shown


class TestTried:
    def test_a_refusal_stands_beside_its_field(self) -> None:
        form = bound()
        assert respond.tried(form, lambda: _raise(Refused("x", "太长了。", field="title"))) is None
        assert form.errors["title"] == ["太长了。"]
        assert respond.status_of(form) == 422

    def test_a_refusal_of_no_field_stands_on_top(self) -> None:
        form = bound()
        respond.tried(form, lambda: _raise(Refused("x", "现在不行。", field="elsewhere")))
        assert form.non_field_errors() == ["现在不行。"]

    def test_who_came_second_gets_409_and_keeps_his_text(self) -> None:
        form = bound()
        respond.tried(form, lambda: _raise(TooLate("x", "已由示甲办理。")))
        assert respond.status_of(form) == 409
        assert "已由示甲办理。" in page(form)
        assert "路灯不亮" in page(form)

    def test_what_is_not_his_to_do_is_a_page_of_its_own(self) -> None:
        with pytest.raises(NotAllowed):
            respond.tried(bound(), lambda: _raise(NotAllowed()))

    def test_nothing_is_done_with_a_form_that_is_wrong(self) -> None:
        assert respond.tried(bound(title=""), lambda: pytest.fail("must not be called")) is None


class TestScreens:
    def test_a_fragment_only_for_htmx_and_told_to_caches(self, as_: Callable[..., Client]) -> None:
        desk = as_("clerk")
        whole, part = desk.get("/parts/form/"), desk.get("/parts/form/", headers={"HX-Request": "true"})
        boosted = desk.get("/parts/form/", headers={"HX-Request": "true", "HX-Boosted": "true"})
        assert "HX-Request" in part.headers["Vary"]
        assert "<html" in whole.content.decode()
        assert part.content.decode().lstrip().startswith("<form")
        assert "<html" in boosted.content.decode()

    def test_a_refusal_swaps_the_form_in_again(self, as_: Callable[..., Client]) -> None:
        answer = as_("clerk").post("/parts/form/", GOOD, headers={"HX-Request": "true"})
        assert answer.status_code == 422
        assert "这里什么也不收" in answer.content.decode()
        assert "HX-Retarget" not in answer.headers


def _raise(fault: Exception) -> None:
    raise fault
