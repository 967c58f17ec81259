"""The parts: each is on the gallery in every tone, fails loudly when misused, and lets nobody write HTML into a page."""

import re

import pytest
from django.template import TemplateSyntaxError, engines
from django.test import Client

from qinqing.kernel import clock
from qinqing.web.gallery.gallery import SampleForm, doc_of
from qinqing.web.gallery.samples import samples, things
from qinqing.web.parts.drawings import DRAWINGS
from qinqing.web.parts.tones import Part
from qinqing.web.templatetags.parts import register

EVIL = "<script>alert(1)</script>\"'"


def render(source: str, **given: object) -> str:
    return str(engines["django"].from_string(source).render(given))


class TestGallery:
    def test_shows_every_part_there_is(self) -> None:
        assert set(samples()) == set(register.tags)

    def test_every_part_says_what_it_is_for(self) -> None:
        assert [name for name in register.tags if not doc_of(name)] == []

    @pytest.mark.parametrize("name", sorted(samples()))
    def test_every_sample_can_be_drawn(self, db: None, name: str) -> None:
        given = things(clock.now()) | {"form": SampleForm()}
        for source in samples()[name]:
            shown = render(source, **given)
            assert " style=" not in shown
            assert " onclick=" not in shown

    def test_is_for_staff(self, db: None, client: Client) -> None:
        assert client.get("/parts/").status_code == 303


class TestMisuse:
    @pytest.mark.parametrize(
        "source",
        [
            '{% lamp "ok" %}',
            '{% card titel="x" %}{% endcard %}',
            "{% btn %}",
            '{% stat "x" %}',
            "{% journey %}",
            '{% pill "x" %}',
            '{% nothing "x" %}',
            '{% banner "late" %}',
        ],
    )
    def test_fails_when_the_template_is_loaded(self, source: str) -> None:
        with pytest.raises(TemplateSyntaxError):
            engines["django"].from_string(source)

    @pytest.mark.parametrize(
        "source", ['{% lamp "red" "x" %}', '{% chip "x" "loud" %}', '{% btn "x" tone="big" %}', '{% icon "nothing" %}']
    )
    def test_a_tone_that_is_not_there_is_a_fault(self, source: str) -> None:
        with pytest.raises(Part):
            render(source)

    def test_a_journey_knows_three_states(self) -> None:
        from types import SimpleNamespace

        with pytest.raises(Part):
            render("{% journey steps %}", steps=[SimpleNamespace(label="x", note="", state="maybe")])


class TestEscaping:
    @pytest.mark.parametrize(
        "source",
        [
            '{% lamp "ok" x %}', "{% chip x %}", "{% clause_chip x %}", '{% clause_chip "二(四)-4" word=x note=x %}',
            "{% btn x href=x note=x %}", "{% btn x name=x value=x form=x action=x %}",
            "{% card x note=x id=x %}{{ x }}{% endcard %}", '{% banner "late" title=x %}{{ x }}{% endbanner %}',
            "{% kv %}{% pair x %}{{ x }}{% endpair %}{% endkv %}", "{% stats %}{% stat x x note=x url=x %}{% endstats %}",
            "{% filters x %}{% pill x x %}{% endfilters %}", "{% rows x %}{{ x }}{% endrows %}",
            "{% nothing x x url=x press=x %}", "{% pager previous=x next=x note=x %}", "{% phone x reveal=x %}",
            '{% icon "phone" label=x %}', "{% file_list files empty=x %}",
        ],
    )  # fmt: skip
    def test_no_part_lets_html_through(self, source: str) -> None:
        files = [{"name": EVIL, "url": EVIL, "size": 1, "is_image": False}]
        shown = render(source, x=EVIL, files=files)
        assert "<script>" not in shown
        assert not re.search(r'="[^"]*<', shown)


class TestSigns:
    def test_a_lamp_is_colour_and_words(self) -> None:
        assert render('{% lamp "late" "超 1 个工作日" %}') == '<span class="lamp late">超 1 个工作日</span>'

    def test_a_clause_chip_carries_the_plans_own_words(self) -> None:
        shown = render('{% clause_chip "二(四)-4" %}')
        assert 'title="一般诉求应在5个工作日内办结并反馈意见"' in shown
        assert ">二（四）<" in shown

    def test_a_phone_is_masked_unless_it_is_shown(self) -> None:
        assert "13800000000" not in render('{% phone "13800000000" reveal="/x" %}')
        assert 'href="tel:13800000000"' in render('{% phone "13800000000" is_clear=True %}')

    def test_drawings_are_shapes_and_nothing_else(self) -> None:
        assert [
            name
            for name, drawing in DRAWINGS.items()
            if not re.fullmatch(r'(<path d="[-\dMmLlHhVvCcSsAaZz .,]+"/>)+', drawing)
        ] == []


class TestJourney:
    def test_says_to_the_eye_and_to_the_ear_where_it_stands(self, db: None) -> None:
        shown = render("{% journey steps %}", **things(clock.now()))
        assert shown.count("，已完成") == 4
        assert shown.count('aria-current="step"') == 1
        assert "现在 <b>办理</b> · 建管办" in shown
        assert "下一步 反馈 11-30 前" in shown


class TestDueDays:
    def test_every_day_says_how_it_counts(self, db: None) -> None:
        shown = render("{% due_days due %}", **things(clock.now()))
        assert "11月23日 周一，收到当日，不计入" in shown
        assert "11月28日 周六，周末，不计" in shown
        assert "11月30日 周一，第5个工作日，截止" in shown
        assert "11月23日 09:12 收到，当日不计入" in shown

    def test_make_up_days_and_holidays_are_told_apart(self, db: None) -> None:
        shown = render("{% due_days long %}", **things(clock.now()))
        assert "10月10日 周六，第6个工作日（调休上班）" in shown
        assert "10月1日 周四，国庆节，不计" in shown
        assert 'class="from4"' in shown
