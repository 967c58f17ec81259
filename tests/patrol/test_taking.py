"""Taking in visits: what is written, what is questionable, what is never refused, and that nothing is doubled."""

from datetime import timedelta
from uuid import uuid4

import pytest

from qinqing.checklists import actions as checklists
from qinqing.checklists import reads as lists
from qinqing.enterprises.actions import files
from qinqing.enterprises.models import Enterprise
from qinqing.evidence.words import Place, Sent
from qinqing.findings.models import Finding
from qinqing.grids.actions import handover
from qinqing.ledger import reads as ledger
from qinqing.ledger.subjects import number_of
from qinqing.patrol.models import Answer, Visit
from tests.patrol.world import NOW, Rounds, at, codes_of


class TestWhatIsWritten:
    @pytest.mark.clause("附2安-(2)a")
    @pytest.mark.parametrize("nature", ["routine", "spot"])
    def test_a_visit_with_its_lists_and_answers(self, rounds: Rounds, nature: str) -> None:
        visit = rounds.visit(nature=nature, summary="总体有序")
        assert (visit.nature, visit.officer_name, visit.office_id) == (nature, "示officer", rounds.officer.office_id)
        assert [(run.code, run.bad, run.blank) for run in visit.runs.all()] == [("F6", 0, 0), ("F7", 0, 0)]
        assert (
            visit.runs.get(code="F6").ok == Answer.objects.filter(run__visit=visit, run__code="F6", value="ok").count()
        )
        answer = Answer.objects.filter(run__visit=visit, item_key="F6-03").get()
        assert answer.item_text == lists.current(rounds.world.town.pk)["F6"].content.by_key["F6-03"].text
        assert (answer.shown, codes_of(visit), visit.to_review) == ("符合", [], False)

    def test_one_entry_tells_it_all(self, rounds: Rounds) -> None:
        visit = rounds.visit(checklists=[rounds.answers("F7", bad=("F7-01", "F7-02"))])
        (entry,) = ledger.entries_of("visit", number_of(visit.uid))
        assert entry.kind == "visit.taken"
        assert "到演示车灯有限公司日常巡查，对照《" in entry.sentence
        assert "发现2项存在问题；企业代表无人在场" in entry.sentence
        assert entry.facts["runs"][0]["bad"] == 2

    def test_the_same_record_again_changes_nothing(self, rounds: Rounds) -> None:
        record = rounds.record(NOW, rounds.world.firms["lamp"], rounds.officer)
        data = rounds.body(NOW, "F6", nature="odd")
        first, second = (rounds.send(data, record, rounds.officer) for _ in range(2))
        assert first == second
        assert Visit.objects.count() == 1
        assert ledger.entries_of("visit", number_of(record.id)).count() == 1

    def test_moments_are_corrected_by_the_phones_own_offset(self, rounds: Rounds) -> None:
        """A phone three days fast: its visit lies where it was, and its raw clock is kept."""
        wrong = NOW + timedelta(days=3)
        record = rounds.record(NOW, rounds.world.firms["lamp"], rounds.officer, wall_at=wrong, offset_ms=3 * 86_400_000)
        rounds.send(rounds.body(wrong, "F6"), record, rounds.officer)
        visit = Visit.objects.get()
        assert (visit.started_at, visit.made_on) == (NOW - timedelta(minutes=40), NOW.date())
        assert (visit.wall_at, visit.offset_ms) == (wrong, 3 * 86_400_000)
        assert codes_of(visit) == ["clock_skew"]
        assert "快3天" in visit.flags[0]["words"]

    def test_a_joint_visit_is_one_record_of_several_offices(self, rounds: Rounds) -> None:
        offices = [rounds.world.office("zhifa"), rounds.world.office("cun01"), 987_654]
        visit = rounds.visit(joint_with=offices)
        assert list(visit.joint_with.values_list("code", flat=True)) == ["zhifa"]
        assert "示范一村、综执安监办" in ledger.entries_of("visit", number_of(visit.uid)).get().sentence

    def test_signature_refusal_and_absence_are_kept_alike(self, rounds: Rounds) -> None:
        for how, reason in (("signature", ""), ("refused", "不愿签字"), ("absent", "无人在场")):
            said = {"how": how, "name": "示厂长", "reason": reason, "attachment": None}
            visit = rounds.visit(at("2026-11-16 09:00") + timedelta(days=len(how)), acknowledgement=said)
            assert (visit.acknowledgement, visit.why_unsigned) == (how, reason)

    @pytest.mark.clause("附1-(2)a")
    def test_a_changed_standing_goes_into_the_firms_file(self, rounds: Rounds) -> None:
        firm = rounds.world.firms["lamp"]
        visit = rounds.visit(status="partly", facts={"workers": "35", "name": "演示车灯新名有限公司"})
        assert Enterprise.objects.get(pk=firm).status == "partly"
        assert Enterprise.objects.get(pk=firm).workers == 35
        told = [entry.kind for entry in ledger.entries_of("enterprise", firm)]
        assert told[-3:] == ["enterprise.status_changed", "enterprise.updated", "enterprise.proposed"]
        assert codes_of(visit) == []

    def test_facts_that_cannot_be_taken_become_a_flag(self, rounds: Rounds) -> None:
        visit = rounds.visit(facts={"workers": "很多"}, status="deregistered")
        assert codes_of(visit) == ["facts_not_taken"]
        assert Enterprise.objects.get(pk=rounds.world.firms["lamp"]).status == "deregistered"

    def test_findings_are_passed_on_with_the_items_words(self, rounds: Rounds) -> None:
        found = {
            "id": str(uuid4()), "checklist": "F7", "item": "F7-01", "category": "fire", "level": "minor", "text": "通道堆放纸箱",
            "photos": [], "advice": "请清理", "deadline": None, "fixed_on_spot": False, "repeat_of": None, "is_problem": False,
            "stop": None, "place_text": "一车间",
        }  # fmt: skip
        visit = rounds.visit(checklists=[rounds.answers("F7", bad=("F7-01",))], findings=[found])
        row = Finding.objects.get()
        assert (str(row.uid), row.visit, visit.findings) == (found["id"], visit.uid, 1)
        assert row.item_text == lists.current(rounds.world.town.pk)["F7"].content.by_key["F7-01"].text


class TestWhatIsQuestionable:
    def test_a_required_item_left_blank(self, rounds: Rounds) -> None:
        visit = rounds.visit(checklists=[rounds.answers("F6", F6_01="", F6_02="")])
        assert codes_of(visit) == ["item_blank"]
        assert visit.runs.get().blank == 2
        assert visit.to_review

    @pytest.mark.clause("附2违-(1)a")
    def test_evidence_of_illegal_building_without_a_picture(self, rounds: Rounds) -> None:
        files.update(
            enterprise_id=rounds.world.firms["lamp"], raw={"tags": ["illegal_building"]}, by=rounds.clerk, at=NOW
        )
        photo = Sent(uuid4(), "a" * 64, 10, "image/jpeg", "photo", NOW)
        visit = rounds.visit(checklists=[rounds.answers("LW", bad=("LW-05",))])
        assert codes_of(visit) == ["photo_missing"]
        shown = rounds.answers("LW", bad=("LW-05",))
        next(one for one in shown["answers"] if one["item"] == "LW-05")["photos"] = [str(photo.id)]
        visit = rounds.visit(NOW + timedelta(days=1), checklists=[shown], attachments=(photo,))
        assert codes_of(visit) == []
        assert Answer.objects.get(run__visit=visit, item_key="LW-05").photos == [str(photo.id)]

    def test_a_photo_that_is_not_on_the_manifest(self, rounds: Rounds) -> None:
        run = rounds.answers("F6")
        run["answers"][0]["photos"] = [str(uuid4())]
        assert codes_of(rounds.visit(checklists=[run])) == ["attachment_unknown"]

    def test_an_item_the_version_does_not_have(self, rounds: Rounds) -> None:
        run = rounds.answers("F6")
        run["answers"].append(
            {"item": "X-99", "value": "bad", "note": "", "text": "不明项目", "photos": [], "repeat": 0}
        )
        visit = rounds.visit(checklists=[run])
        assert codes_of(visit) == ["item_unknown"]
        assert Answer.objects.get(item_key="X-99").item_text == "不明项目"

    def test_a_list_retired_while_the_phone_was_away(self, rounds: Rounds) -> None:
        run = rounds.answers("F6")
        (old,) = [one for one in lists.current(rounds.world.town.pk).values() if one.code == "F6"]
        checklists.retire(code="F6", number=old.number, reason="换新版", by=rounds.head, at=NOW)
        visit = rounds.visit(checklists=[run])
        assert codes_of(visit) == ["checklist_retired"]
        assert visit.runs.get().sha256 == old.sha256

    def test_a_version_nobody_knows(self, rounds: Rounds) -> None:
        run = rounds.answers("F6") | {"sha256": "0" * 64}
        visit = rounds.visit(checklists=[run])
        assert codes_of(visit) == ["checklist_unknown"]
        assert (visit.runs.get().ok, visit.runs.get().other) == (20, 3)

    def test_a_list_the_firms_class_does_not_ask_for(self, rounds: Rounds) -> None:
        assert codes_of(rounds.visit(codes=("F4", "F7"))) == ["checklist_unsuited"]

    def test_a_firm_handed_to_another_officer_meanwhile(self, rounds: Rounds) -> None:
        firm = rounds.world.firms["lamp"]
        second = rounds.world.person("officer3", "cun01", rounds.world.who["officer"].post)  # type: ignore[arg-type]
        from qinqing.grids.actions import officers
        from qinqing.grids.models import Grid

        grid = Grid.objects.get(community_id=rounds.world.office("cun01"))
        officers.name_officer(
            community_id=rounds.world.office("cun01"), account_id=second.account_id, grid_ids=[grid.pk],
            by=rounds.village, at=NOW,
        )  # fmt: skip
        handover.hand_over(
            enterprise_ids=[firm], to_officer_id=second.account_id or 0, reason="岗位调整",
            effective_on=NOW.date() + timedelta(days=1), by=rounds.village, at=NOW,
        )  # fmt: skip
        later = NOW + timedelta(days=2)
        assert codes_of(rounds.visit(later)) == ["enterprise_reassigned"]

    def test_a_firm_of_another_village(self, rounds: Rounds) -> None:
        assert codes_of(rounds.visit(firm="mould")) == ["not_own"]
        assert codes_of(rounds.visit(firm="mould", by="village", at=NOW + timedelta(days=1))) == ["not_own"]
        assert codes_of(rounds.visit(firm="mould", by="law", at=NOW + timedelta(days=2))) == []

    def test_a_firm_that_is_closed_and_one_that_nobody_knows(self, rounds: Rounds) -> None:
        files.change_status(enterprise_id=rounds.world.firms["lamp"], status="moved", by=rounds.clerk, at=NOW)
        assert codes_of(rounds.visit()) == ["enterprise_closed"]
        visit = rounds.visit(firm=987_654_321)
        assert (codes_of(visit), visit.enterprise) == (["enterprise_unknown"], None)

    def test_two_on_one_day(self, rounds: Rounds) -> None:
        rounds.visit()
        assert codes_of(rounds.visit(NOW + timedelta(hours=4), by="law")) == ["repeated"]

    def test_quiet_days_ask_for_a_reason(self, rounds: Rounds) -> None:
        quiet = at("2026-12-02 10:00")
        assert codes_of(rounds.visit(quiet)) == ["quiet_day"]
        assert codes_of(rounds.visit(quiet + timedelta(days=1), exception="举报核查")) == []
        assert codes_of(rounds.visit(at("2026-12-01 10:00"), nature="invited")) == []

    def test_place_is_never_demanded_of_a_list_that_does_not_ask(self, rounds: Rounds) -> None:
        visit = rounds.visit(place=Place(31.9, 119.8, 30.0, "gps", 5))
        assert visit.place == {"lat": 31.9, "lng": 119.8, "accuracy_m": 30.0, "source": "gps", "age_s": 5}
        assert codes_of(rounds.visit(NOW + timedelta(days=1))) == []


class TestNothingIsRefused:
    @pytest.mark.parametrize(
        "data",
        [None, [], "visit", {}, {"nature": "routine", "checklists": "F6"}],
    )
    def test_what_is_no_visit_is_flagged_unreadable(self, rounds: Rounds, data: object) -> None:
        record = rounds.record(NOW, rounds.world.firms["lamp"], rounds.officer)
        assert [flag.code for flag in rounds.send(data, record, rounds.officer)] == ["unreadable"]  # type: ignore[arg-type]
        assert not Visit.objects.exists()

    @pytest.mark.parametrize(
        "odd",
        [
            {"nature": 7},
            {"started_ms": "soon", "finished_ms": None},
            {"started_ms": 10**30},
            {"checklists": [{"code": ["F6"], "sha256": {}, "answers": {"a": 1}}]},
            {"checklists": [{"code": "F6"}, {"code": "F6"}, 5, None]},
            {
                "checklists": [
                    {"code": "F6", "sha256": "x", "answers": [{"item": "A", "repeat": -4, "value": {"b": 1}}] * 3}
                ]
            },
            {"acknowledgement": ["signature"], "summary": {"a": 1}, "facts": [], "joint_with": "all"},
            {"acknowledgement": {"how": "thumb", "attachment": "no-uuid"}},
            {"summary": "长" * 5000 + "\x00\u202e"},
            {"findings": [{"id": "x"}, 3], "events": [{"kind": "closed"}]},
            {"status": "exploded", "facts": {"nonsense": 1}},
        ],
    )
    def test_what_is_odd_is_taken_with_a_flag(self, rounds: Rounds, odd: dict[str, object]) -> None:
        visit = rounds.visit(**odd)
        assert len(visit.summary) <= 2000
        assert "\x00" not in visit.summary
