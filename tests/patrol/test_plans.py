"""Announcing visits: the guard, the notice and the firm's answer, one visit instead of two, references to 行政检查."""

from datetime import date, timedelta
from typing import Any

import pytest

from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger import reads as ledger
from qinqing.notices import actions as notices
from qinqing.notices import reads as inbox
from qinqing.patrol.actions.answers import answer_plan
from qinqing.patrol.actions.inspections import register_inspection, strike_inspection
from qinqing.patrol.actions.plans import cancel, join, move, plan_visit
from qinqing.patrol.models import InspectionReference, PlannedVisit, Visit
from qinqing.patrol.reads import guard, plans
from tests.patrol.refusal import refused
from tests.patrol.world import NOW, Rounds, at

TODAY = NOW.date()
SOON = date(2026, 11, 26)


def announced(rounds: Rounds, by: str = "officer", on: date = SOON, firm: str = "lamp", **more: Any) -> PlannedVisit:
    given = {"nature": "routine", "purpose": "了解生产情况，看消防通道", "basis": "方案附件", **more}
    return plan_visit(enterprise_id=rounds.world.firms[firm], on=on, by=rounds.world.who[by], at=NOW, **given)


class TestGuard:
    @pytest.mark.clause("三要(四)-3")
    def test_counts_days_of_all_offices_and_warns(self, rounds: Rounds) -> None:
        firm = rounds.world.firms["lamp"]
        found = guard(rounds.officer, firm, TODAY, "routine")
        assert (found.is_clear, found.often.in_365) == (True, 0)
        rounds.visit(NOW - timedelta(days=3), by="law", codes=())
        rounds.visit(NOW - timedelta(days=40), codes=())
        rounds.visit(NOW - timedelta(days=5), codes=(), nature="invited")
        found = guard(rounds.officer, firm, TODAY, "routine")
        assert (found.often.in_30, found.often.in_90, found.warning) == (1, 2, "")
        rounds.visit(NOW - timedelta(days=10), codes=())
        found = guard(rounds.officer, firm, TODAY, "routine")
        assert "近30天已走访2次" in found.warning
        assert (found.last[0].on, found.last[0].office) == (TODAY - timedelta(days=3), "综执安监办")
        assert guard(rounds.officer, firm, TODAY, "invited").warning == ""

    def test_quiet_days_are_named(self, rounds: Rounds) -> None:
        firm = rounds.world.firms["lamp"]
        assert guard(rounds.officer, firm, date(2026, 12, 2), "routine").quiet == "月初宁静日"
        assert guard(rounds.officer, firm, date(2026, 12, 4), "routine").quiet == ""
        assert guard(rounds.officer, firm, date(2026, 12, 2), "invited").quiet == ""

    def test_others_nearby_in_working_days_are_offered(self, rounds: Rounds) -> None:
        near = announced(rounds, by="law", on=date(2026, 11, 30))
        announced(rounds, by="land", on=date(2027, 1, 20))
        own = announced(rounds, on=date(2026, 11, 27))
        found = guard(rounds.officer, rounds.world.firms["lamp"], TODAY, "routine")
        assert [offer.planned_id for offer in found.offers] == [near.pk]
        assert [offer.planned_id for offer in found.own] == [own.pk]

    def test_only_of_firms_one_may_see(self, rounds: Rounds) -> None:
        with pytest.raises(NotFound):
            guard(rounds.officer, rounds.world.firms["mould"], TODAY, "routine")


class TestNotice:
    @pytest.mark.clause("三要(四)-3")
    def test_the_firm_reads_who_why_and_when_and_confirms(self, rounds: Rounds) -> None:
        planned = announced(rounds, hours="上午", codes=["F7", "F6"])
        assert (planned.people, planned.checklists) == ("示officer", ["F6", "F7"])
        notices.pump(at=NOW)
        told = next(one for one in inbox.inbox(rounds.owner) if one.kind == "planned_visit.announced")
        assert "示范一村村委会拟于2026年11月26日上午到演示车灯有限公司日常巡查：了解生产情况" in told.sentence
        assert (told.about, told.action) == (f"planned:{planned.pk}", True)
        answer_plan(planned_id=planned.pk, answer="confirm", by=rounds.owner, at=NOW)
        line = plans.line_of(plans.get_for(rounds.officer, planned.pk))
        assert (line.state_label, line.answered_by) == ("企业已确认", "示owner")
        notices.pump(at=NOW)
        assert inbox.inbox(rounds.officer)[0].kind == "planned_visit.answered"

    def test_an_ordinary_visit_may_be_declined_with_a_reason_a_special_one_moved(self, rounds: Rounds) -> None:
        special = announced(rounds, nature="special", on=SOON + timedelta(days=1))
        planned = announced(rounds)
        with refused("not_declinable", field="answer"):
            answer_plan(planned_id=special.pk, answer="decline", note="忙", by=rounds.owner, at=NOW)
        with refused("note_missing", field="note"):
            answer_plan(planned_id=planned.pk, answer="decline", by=rounds.owner, at=NOW)
        answer_plan(planned_id=planned.pk, answer="decline", note="当天检修停机", by=rounds.owner, at=NOW)
        wanted = SOON + timedelta(days=5)
        answer_plan(planned_id=special.pk, answer="move", wanted_on=wanted, by=rounds.owner, at=NOW)
        states = dict(PlannedVisit.objects.values_list("pk", "state"))
        assert (states[planned.pk], states[special.pk]) == ("declined", "moved")
        with refused("plan_is_over", kind=TooLate):
            answer_plan(planned_id=planned.pk, answer="confirm", by=rounds.owner, at=NOW)

    @pytest.mark.parametrize(
        ("answer", "more", "code", "field"),
        [
            ("", {}, "answer_missing", "answer"),
            ("explode", {}, "answer_missing", "answer"),
            ("move", {}, "day_missing", "wanted_on"),
            ("move", {"wanted_on": SOON}, "same_day", "wanted_on"),
            ("move", {"wanted_on": TODAY - timedelta(days=1)}, "day_is_past", "wanted_on"),
            ("move", {"wanted_on": SOON, "note": "长" * 201}, "note_too_long", "note"),
        ],
    )
    def test_answers_that_are_none(
        self, rounds: Rounds, answer: str, more: dict[str, Any], code: str, field: str
    ) -> None:
        planned = announced(rounds)
        with refused(code, field=field):
            answer_plan(planned_id=planned.pk, answer=answer, by=rounds.owner, at=NOW, **more)

    def test_only_the_firm_itself_answers(self, rounds: Rounds) -> None:
        planned = announced(rounds)
        with refused("not_allowed", kind=NotAllowed):
            answer_plan(planned_id=planned.pk, answer="confirm", by=rounds.officer, at=NOW)
        with refused("not_found", kind=NotFound):
            answer_plan(planned_id=planned.pk, answer="confirm", by=rounds.owner2, at=NOW)

    @pytest.mark.parametrize(
        ("more", "code", "field"),
        [
            ({"on": TODAY - timedelta(days=1)}, "day_is_past", "on"),
            ({"on": TODAY + timedelta(days=400)}, "day_too_far", "on"),
            ({"purpose": "  "}, "purpose_missing", "purpose"),
            ({"nature": "inspection"}, "nature_unknown", "nature"),
            ({"on": date(2026, 12, 1)}, "quiet_day", "exception"),
            ({"codes": ["F4"]}, "checklist_unsuited", "codes"),
        ],
    )
    def test_what_cannot_be_announced(self, rounds: Rounds, more: dict[str, Any], code: str, field: str) -> None:
        with refused(code, field=field):
            announced(rounds, **more)

    def test_on_a_quiet_day_with_a_reason_or_by_invitation(self, rounds: Rounds) -> None:
        assert announced(rounds, on=date(2026, 12, 1), exception="举报核查").exception == "举报核查"
        assert announced(rounds, on=date(2026, 12, 1), nature="invited").state == "planned"

    def test_who_may_announce_to_whom(self, rounds: Rounds) -> None:
        with refused("not_found", kind=NotFound):
            announced(rounds, firm="mould")
        for name in ("owner", "leader", "supervisor", "discipline", "sysadmin"):
            with refused("not_allowed", kind=NotAllowed):
                announced(rounds, by=name)

    def test_moving_asks_the_firm_again_and_cancelling_says_why(self, rounds: Rounds) -> None:
        planned = announced(rounds)
        answer_plan(planned_id=planned.pk, answer="confirm", by=rounds.owner, at=NOW)
        move(planned_id=planned.pk, on=SOON + timedelta(days=1), hours="下午", by=rounds.officer, at=NOW)
        planned.refresh_from_db()
        assert (planned.state, planned.on) == ("planned", SOON + timedelta(days=1))
        with refused("not_allowed", kind=NotAllowed):
            cancel(planned_id=planned.pk, reason="不去了", by=rounds.law, at=NOW)
        with refused("reason_missing", field="reason"):
            cancel(planned_id=planned.pk, reason="", by=rounds.officer, at=NOW)
        cancel(planned_id=planned.pk, reason="企业放假", by=rounds.village, at=NOW)
        assert [entry.verb for entry in ledger.entries_of("planned_visit", planned.pk)] == [
            "走访告知", "企业答复", "走访改期", "取消走访",
        ]  # fmt: skip
        with refused("plan_is_over", kind=TooLate):
            move(planned_id=planned.pk, on=SOON, by=rounds.officer, at=NOW)


class TestOneVisitInsteadOfTwo:
    def test_an_office_goes_along_with_its_own_list(self, rounds: Rounds) -> None:
        """综合查一次: one announcement, one record, the lists of both."""
        host = announced(rounds, codes=["F6"])
        own = announced(rounds, by="law", on=SOON + timedelta(days=4), codes=["F7"])
        join(planned_id=host.pk, instead_of=own.pk, by=rounds.law, at=NOW)
        host.refresh_from_db()
        own.refresh_from_db()
        assert (host.checklists, own.state, own.merged_into_id) == (["F6", "F7"], "merged", host.pk)
        assert [office.code for office in host.joint_with.all()] == ["zhifa"]
        with refused("goes_already", kind=TooLate):
            join(planned_id=host.pk, by=rounds.law, at=NOW)
        visit = rounds.visit(at("2026-11-26 10:00"), joint_with=[rounds.world.office("zhifa")])
        host.refresh_from_db()
        assert (visit.planned_id, host.state) == (host.pk, "done")
        assert Visit.objects.count() == 1

    def test_nobody_goes_along_where_he_may_not_see_the_firm_or_it_is_another(self, rounds: Rounds) -> None:
        host = announced(rounds)
        other = announced(rounds, by="law", firm="mould")
        with refused("not_found", kind=NotFound):
            join(planned_id=host.pk, by=rounds.village2, at=NOW)
        with refused("another_firm", field="instead_of"):
            join(planned_id=host.pk, instead_of=other.pk, by=rounds.law, at=NOW)
        with refused("not_found", kind=NotFound):
            join(planned_id=987_654, by=rounds.law, at=NOW)


class TestInspections:
    def given(self, rounds: Rounds, **more: Any) -> dict[str, Any]:
        return {
            "enterprise_id": rounds.world.firms["lamp"], "authority": "演示区应急管理局", "item": "工贸安全", "number": "检〔2026〕12号",
            "on": TODAY, "by": rounds.law, "at": NOW, **more,
        }  # fmt: skip

    def test_only_the_reference_is_kept(self, rounds: Rounds) -> None:
        row = register_inspection(**self.given(rounds, result="见国家系统"))
        assert {field.name for field in InspectionReference._meta.fields} == {
            "id", "town", "enterprise", "authority", "item", "number", "on", "result", "registered_by", "office",
            "registered_at", "struck_at", "struck_reason",
        }  # fmt: skip
        assert [one.pk for one in plans.inspections(rounds.owner).rows] == [row.pk]
        assert plans.inspections(rounds.owner2).rows == []
        assert guard(rounds.officer, rounds.world.firms["lamp"], TODAY, "routine").inspections == 1
        (entry,) = ledger.entries_of("inspection", row.pk)
        assert "行政检查（工贸安全），检查码或文书号检〔2026〕12号" in entry.sentence

    def test_one_number_once_until_it_is_struck(self, rounds: Rounds) -> None:
        row = register_inspection(**self.given(rounds))
        with refused("number_taken", field="number"):
            register_inspection(**self.given(rounds))
        with refused("not_allowed", kind=NotAllowed):
            strike_inspection(inspection_id=row.pk, reason="录错", by=rounds.land, at=NOW)
        strike_inspection(inspection_id=row.pk, reason="录错", by=rounds.law, at=NOW)
        with refused("struck_already", kind=TooLate):
            strike_inspection(inspection_id=row.pk, reason="录错", by=rounds.clerk, at=NOW)
        assert register_inspection(**self.given(rounds)).pk != row.pk

    @pytest.mark.parametrize(
        ("more", "code", "field"),
        [
            ({"authority": ""}, "authority_missing", "authority"),
            ({"number": " "}, "number_missing", "number"),
            ({"on": TODAY + timedelta(days=1)}, "day_is_ahead", "on"),
            ({"on": date(2020, 1, 1)}, "day_too_old", "on"),
        ],
    )
    def test_what_cannot_be_noted(self, rounds: Rounds, more: dict[str, Any], code: str, field: str) -> None:
        with refused(code, field=field):
            register_inspection(**self.given(rounds, **more))

    def test_who_may_note_it(self, rounds: Rounds) -> None:
        for name in ("owner", "leader", "supervisor", "discipline"):
            with refused("not_allowed", kind=NotAllowed):
                register_inspection(**self.given(rounds, by=rounds.world.who[name]))
        with pytest.raises(Refused):
            register_inspection(**self.given(rounds, by=rounds.officer2))
