"""What is owed to each firm, and how it stands: laid out from the plan, fulfilled by visits, excused, late."""

from datetime import timedelta

import pytest

from qinqing.enterprises.actions import files
from qinqing.ledger import reads as ledger
from qinqing.patrol import actions
from qinqing.patrol.actions.counting import meetings_attended
from qinqing.patrol.actions.visits import decide_late
from qinqing.patrol.models import Duty
from tests.patrol.world import NOW, Rounds, at, codes_of

CLASSES = (
    ({"is_key": True}, ["F4", "F7"]),
    ({"scale": "above"}, ["F5", "F7"]),
    ({"scale": "below"}, ["F6", "F7"]),
    ({"scale": "small"}, ["F6", "F7"]),
    ({"scale": "above", "is_key": True}, ["F4", "F7"]),
    ({"tags": ["emission"], "scale": "below"}, ["F6", "F7", "ENV"]),
    ({"tags": ["illegal_building"], "scale": "below"}, ["F6", "F7", "LW"]),
    ({"tags": ["old_building"], "scale": "below"}, ["BLD", "F6", "F7"]),
)


class TestLayingOut:
    @pytest.mark.clause("附2安-(3)a")
    @pytest.mark.clause("附2安-(3)c")
    @pytest.mark.parametrize(("raw", "codes"), CLASSES)
    def test_the_class_decides_the_lists(self, rounds: Rounds, raw: dict[str, object], codes: list[str]) -> None:
        firm = rounds.firm("演示新厂", **raw)
        rounds.owe()
        assert sorted(rounds.duties(firm, kind="checklist")) == sorted(f"{code} 2026Q4" for code in codes)

    @pytest.mark.clause("附2安-(3)b")
    @pytest.mark.clause("附2安-(3)d")
    @pytest.mark.parametrize("raw", [{"is_key": True}, {"scale": "above"}, {"scale": "below"}])
    def test_once_a_quarter_for_every_class(self, rounds: Rounds, raw: dict[str, object]) -> None:
        firm = rounds.firm("演示新厂", **raw)
        for day in ("2026-01-05 08:00", "2026-04-01 08:00", "2026-08-20 08:00", "2026-11-23 08:00"):
            rounds.owe(at(day))
            rounds.owe(at(day) + timedelta(days=1))
        periods = Duty.objects.filter(enterprise_id=firm, kind="checklist", code="F7").values_list("period", flat=True)
        assert list(periods.order_by("due_on")) == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]

    @pytest.mark.clause("附2安-(3)b")
    def test_more_in_special_periods_as_the_plan_has_them(self, rounds: Rounds) -> None:
        """国庆前后 asks one more of every class; 全国两会 of the key firms alone; both only when they draw near."""
        key = rounds.firm("演示重点厂", is_key=True)
        rounds.owe(at("2026-03-02 08:00"))
        assert rounds.duties(key, kind="period") == {"F4 two_sessions-2026-03-01": "open", "F7 two_sessions-2026-03-01": "open"} | rounds.duties(key, kind="period", period__startswith="spring")  # fmt: skip
        assert not [one for one in rounds.duties("lamp", kind="period") if "two_sessions" in one]
        rounds.owe(at("2026-08-01 08:00"))
        assert not rounds.duties("lamp", kind="period", period__startswith="national")
        rounds.owe(at("2026-09-21 08:00"))
        assert len(rounds.duties("lamp", kind="period", period__startswith="national")) == 2

    @pytest.mark.clause("附2安-(4)a")
    def test_four_meetings_a_year(self, rounds: Rounds) -> None:
        rounds.owe()
        firm = rounds.world.firms["lamp"]
        duty = Duty.objects.get(enterprise_id=firm, kind="meeting")
        assert (duty.need, duty.got, duty.period) == (4, 0, "2026")
        for number in (3, 3, 4, 2):
            meetings_attended({firm: number}, year=2026, note="参加企业例会", on=NOW.date(), by=rounds.officer, at=NOW)
            duty.refresh_from_db()
            assert (duty.got, duty.state) == (number, "done" if number == 4 else "open")

    def test_a_second_run_changes_nothing_and_tells_nothing(self, rounds: Rounds) -> None:
        rounds.owe()
        before = list(Duty.objects.order_by("pk").values())
        rounds.owe(NOW + timedelta(hours=1))
        assert list(Duty.objects.order_by("pk").values()) == before
        entries = ledger.entries_of("duties", rounds.world.town.pk)
        assert [entry.sentence for entry in entries] == ["按方案排出应查应办：新增应办6项。"]

    def test_a_standstill_excuses_and_a_new_start_resumes(self, rounds: Rounds) -> None:
        rounds.owe()
        firm = rounds.world.firms["lamp"]
        files.change_status(enterprise_id=firm, status="halted", by=rounds.clerk, at=NOW)
        rounds.owe()
        assert set(rounds.duties().values()) == {"excused"}
        assert set(Duty.objects.filter(enterprise_id=firm).values_list("excused_reason", flat=True)) == {"企业停产"}
        files.change_status(enterprise_id=firm, status="operating", by=rounds.clerk, at=NOW)
        rounds.owe()
        assert set(rounds.duties().values()) == {"open"}

    def test_a_standstill_seen_on_the_spot_excuses_at_once(self, rounds: Rounds) -> None:
        rounds.owe()
        rounds.visit(codes=(), status="halted")
        assert set(rounds.duties().values()) == {"excused"}

    def test_a_changed_class_gets_the_other_list(self, rounds: Rounds) -> None:
        rounds.owe()
        rounds.visit(codes=("F7",))
        files.update(enterprise_id=rounds.world.firms["lamp"], raw={"is_key": True}, by=rounds.clerk, at=NOW)
        rounds.owe()
        assert rounds.duties(kind="checklist") == {"F6 2026Q4": "excused", "F4 2026Q4": "open", "F7 2026Q4": "done"}

    def test_visits_made_before_anything_was_laid_out_count(self, rounds: Rounds) -> None:
        rounds.visit(codes=("F6",))
        rounds.owe()
        assert rounds.duties(kind="checklist") == {"F6 2026Q4": "done", "F7 2026Q4": "open"}

    def test_a_quarter_that_is_over_leaves_what_was_missed(self, rounds: Rounds) -> None:
        rounds.owe(at("2026-09-29 08:00"))
        rounds.owe(at("2026-10-05 08:00"))
        assert rounds.duties(period="2026Q3") == {"F6 2026Q3": "open", "F7 2026Q3": "open"}
        rounds.owe(at("2026-10-06 08:00"))
        assert set(rounds.duties(period="2026Q3").values()) == {"late"}
        assert set(rounds.duties(period="2026Q4").values()) == {"open"}


class TestFulfilling:
    @pytest.mark.clause("附3房-(1)")
    @pytest.mark.clause("附2违-(1)a")
    def test_one_visit_serves_every_list_it_went_through(self, rounds: Rounds) -> None:
        firm = rounds.world.firms["lamp"]
        files.update(enterprise_id=firm, raw={"tags": ["old_building", "illegal_building"]}, by=rounds.clerk, at=NOW)
        rounds.owe()
        visit = rounds.visit(codes=("F6", "F7", "BLD"))
        assert rounds.duties(kind="checklist") == {
            "BLD 2026Q4": "done", "F6 2026Q4": "done", "F7 2026Q4": "done", "LW 2026Q4": "open",
        }  # fmt: skip
        assert set(Duty.objects.filter(state="done").values_list("fulfilled_by", "fulfilled_on")) == {
            (visit.pk, visit.made_on)
        }

    def test_a_list_nobody_answered_fulfils_nothing(self, rounds: Rounds) -> None:
        rounds.owe()
        rounds.visit(checklists=[rounds.answers("F6") | {"answers": []}])
        assert rounds.duties(kind="checklist")["F6 2026Q4"] == "open"

    def test_a_look_back_fulfils_nothing(self, rounds: Rounds) -> None:
        rounds.owe()
        rounds.visit(nature="look_back")
        assert rounds.duties(kind="checklist")["F6 2026Q4"] == "open"

    @pytest.mark.clause("附2安-(3)b")
    def test_two_visits_of_a_quarter_count_once_and_the_earlier_one_counts(self, rounds: Rounds) -> None:
        rounds.owe()
        later = rounds.visit(NOW)
        duty = Duty.objects.get(code="F6", enterprise_id=rounds.world.firms["lamp"])
        assert (duty.fulfilled_by_id, duty.got) == (later.pk, 1)
        earlier = rounds.visit(NOW - timedelta(days=3), received=NOW + timedelta(days=1))
        duty.refresh_from_db()
        assert (duty.fulfilled_by_id, duty.got, duty.state) == (earlier.pk, 1, "done")

    def test_the_moment_it_was_made_counts_not_the_moment_it_came(self, rounds: Rounds) -> None:
        rounds.owe(at("2026-09-29 08:00"))
        rounds.owe(at("2026-10-02 08:00"))
        rounds.visit(at("2026-09-30 16:00"), received=at("2026-10-04 09:00"))
        assert set(rounds.duties(period="2026Q3").values()) == {"done"}
        assert set(rounds.duties(period="2026Q4", kind="checklist").values()) == {"open"}
        assert Duty.objects.filter(period="2026Q3", late_received=True).count() == 2

    def test_long_after_the_quarter_the_community_decides(self, rounds: Rounds) -> None:
        rounds.owe(at("2026-09-29 08:00"))
        rounds.owe(at("2026-10-08 08:00"))
        visit = rounds.visit(at("2026-09-30 16:00"), received=at("2026-10-20 09:00"))
        assert "late" in codes_of(visit)
        assert set(rounds.duties(period="2026Q3").values()) == {"late"}
        decide_late(uid=visit.uid, accepted=True, note="当日手机损坏，情况属实", by=rounds.village, at=NOW)
        assert set(rounds.duties(period="2026Q3").values()) == {"done"}
        visit.refresh_from_db()
        assert (visit.lateness, visit.to_review, visit.reviewed_by) == ("accepted", False, "示范一村村委会 示village")

    def test_or_does_not_accept_it(self, rounds: Rounds) -> None:
        rounds.owe(at("2026-09-29 08:00"))
        visit = rounds.visit(at("2026-09-30 16:00"), received=at("2026-10-20 09:00"))
        decide_late(uid=visit.uid, accepted=False, note="当日未到企业", by=rounds.village, at=NOW)
        assert "done" not in rounds.duties(period="2026Q3").values()

    def test_the_worker_lays_out_on_its_rounds(self, rounds: Rounds) -> None:
        from qinqing.ops.commands.work import CHORES

        said = CHORES["duties"][1](NOW)
        assert "新增应办6项" in said
        assert actions.open_duties(at=NOW) == "演示镇：没有变化。"
