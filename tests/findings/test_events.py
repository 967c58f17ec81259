"""Following a finding: from phones kept whatever they say, at the desk refused where it may not be."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from qinqing.cases.words import Verb
from qinqing.evidence.words import Record
from qinqing.findings import actions, reads
from qinqing.findings.models import FindingEvent, HeldEvent
from qinqing.findings.reads import sheet as sheets
from qinqing.kernel.errors import NotAllowed, NotFound, TooLate
from qinqing.ledger import reads as ledger
from tests.cases.world import NOW
from tests.findings.refusal import refused
from tests.findings.sent import STOP, again, day, event, finding, opened, photo, press, send

if TYPE_CHECKING:
    from tests.cases.world import World

LATER = NOW + timedelta(hours=3)


class TestTheLoop:
    @pytest.mark.clause("附2安-(5)b")
    def test_found_put_right_failed_put_right_again_and_closed(self, world: "World") -> None:
        row = opened(world)
        row = press(world, row, "rectified_claim", "owner", text="修好了。", photos=[photo(world.owner)])
        assert row.state == "claimed"
        assert [line.id for line in reads.waiting(world.officer, NOW)] == [row.pk]
        row = press(world, row, "recheck_fail", "officer", text="还会失灵。", until=day("2026-12-15"))
        assert (row.state, row.deadline, row.first_deadline, row.extensions) == (
            "failed",
            day("2026-12-15"),
            day("2026-12-08"),
            1,
        )
        row = press(world, row, "rectified_claim", "owner", text="换了新的。")
        row = press(world, row, "recheck_pass", "officer", text="试了十次都停机。", photos=[photo(world.officer)])
        assert (row.state, row.version) == ("passed", 4)
        shown = sheets.sheet(world.owner, row.pk, NOW)
        assert [told.kind for told in shown.story] == [
            "rectified_claim",
            "recheck_fail",
            "rectified_claim",
            "recheck_pass",
        ]
        assert (len(shown.after), shown.offers) == (1, [])
        assert [step.state for step in shown.journey] == ["done", "done", "done", "done", "now"]
        kinds = [entry.kind for entry in ledger.entries_of("finding", row.pk)]
        assert kinds == ["finding.found", "finding.claimed", "finding.failed", "finding.claimed", "finding.passed"]

    def test_one_extension_then_the_safety_office(self, world: "World") -> None:
        row = press(world, opened(world), "extended", "officer", until=day("2026-12-20"))
        with refused("extended_once", field="until"):
            press(world, row, "extended", "officer", until=day("2026-12-25"))
        row = press(world, row, "transferred", "officer", text="劝导两次仍未整改。")
        assert (row.state, row.owner_office_id) == ("transferred", world.office("zhifa"))
        with refused("not_his", kind=NotAllowed):
            press(world, row, "recheck_pass", "officer")
        assert press(world, row, "recheck_pass", "law").state == "passed"
        assert reads.get_for(world.officer, row.pk), "whoever found it keeps reading it"

    def test_judged_minor_it_goes_back_to_the_village(self, world: "World") -> None:
        row = opened(world, level="grave", stop=STOP)
        row = press(world, row, "judged", "law", text="不构成重大。", level="minor", until=day("2026-12-01"))
        assert (row.level, row.owner_office_id, row.deadline) == ("minor", world.office("cun01"), day("2026-12-01"))
        assert press(world, row, "recheck_pass", "officer").state == "passed"
        assert reads.get_for(world.law, row.pk), "the safety office keeps reading it"

    def test_a_recheck_is_written_into_the_case_he_works_on(self, world: "World") -> None:
        row = opened(world, is_problem=True, stop=STOP)
        case = row.case
        assert case is not None
        world.press(Verb.SIGN, case, "village", handler=world.officer.account_id)
        press(world, row, "rectified_claim", "owner", text="换了新的光电保护。")
        press(world, row, "recheck_pass", "officer", text="试机正常。")
        case.refresh_from_db()
        assert case.proof == "passed"
        told = {entry.kind: entry for entry in ledger.entries_of("case", case.pk)}
        assert told["case.rectified"].facts["note"] == "换了新的光电保护。"
        assert told["case.rechecked"].facts["note"] == "试机正常。"

    def test_where_the_case_is_not_his_it_is_left_alone(self, world: "World") -> None:
        row = opened(world, is_problem=True, stop=STOP)
        assert press(world, row, "recheck_pass", "officer").state == "passed"
        assert again(row).case.proof == ""  # type: ignore[union-attr]


class TestAtTheDesk:
    @pytest.mark.parametrize(
        ("kind", "given", "code", "field"),
        [
            ("recheck_pass", {"text": " "}, "missing", "text"),
            ("extended", {}, "until_missing", "until"),
            ("extended", {"until": day("2026-11-22")}, "until_past", "until"),
            ("advised", {"text": "长" * 2001}, "too_long", "text"),
        ],
    )
    def test_what_is_missing_is_said_beside_its_field(
        self, world: "World", kind: str, given: dict[str, object], code: str, field: str
    ) -> None:
        row = opened(world)
        with refused(code, field=field):
            press(world, row, kind, "officer", **given)

    @pytest.mark.parametrize(
        ("who", "kind", "error"),
        [
            ("owner", "recheck_pass", NotAllowed),
            ("owner2", "rectified_claim", NotFound),
            ("officer2", "recheck_pass", NotFound),
            ("village2", "advised", NotFound),
            ("law", "recheck_pass", NotAllowed),
            ("build", "recheck_pass", NotFound),
            ("clerk", "closed", NotAllowed),
            ("supervisor", "closed", NotAllowed),
            ("leader", "closed", NotAllowed),
            ("sysadmin", "closed", NotFound),
        ],
    )
    def test_others_are_refused(self, world: "World", who: str, kind: str, error: type[Exception]) -> None:
        row = opened(world)
        before = again(row).version
        with pytest.raises(error):
            press(world, row, kind, who)
        assert again(row).version == before
        assert not FindingEvent.objects.exists()

    def test_the_second_of_two_is_told_who_was_first(self, world: "World") -> None:
        row = opened(world)
        press(world, row, "recheck_fail", "village", base_version=0)
        with refused("moved_on", kind=TooLate) as caught:
            press(world, row, "recheck_pass", "officer", base_version=0)
        assert "示village刚刚登记了“复查不合格”" in caught.value.sentence

    def test_a_press_out_of_step_is_refused(self, world: "World") -> None:
        row = press(world, opened(world), "recheck_pass", "officer")
        with refused("out_of_step", kind=TooLate):
            press(world, row, "rectified_claim", "owner")
        fresh = opened(world)
        with refused("out_of_step", kind=TooLate):
            press(world, fresh, "reopened", "officer")


class TestFromPhones:
    """The field's conflict rules (field protocol)."""

    def test_the_same_event_twice_is_one(self, world: "World") -> None:
        row, given = opened(world), event(opened(world), "rectified_claim")
        given["finding"] = str(row.uid)
        assert send(world, given) == []
        assert send(world, given) == []
        assert again(row).version == 1

    def test_changed_in_the_office_while_the_officer_was_offline(self, world: "World") -> None:
        row = opened(world)
        press(world, row, "recheck_fail", "village", at=NOW)
        flags = send(world, event(row, "recheck_pass", base=0), made_at=NOW - timedelta(hours=2), at=LATER)
        assert [flag.code for flag in flags] == ["parallel"]
        row = again(row)
        assert (row.state, row.is_parallel) == ("passed", True)
        told = ledger.entries_of("finding", row.pk).last()
        assert told is not None
        assert world.village.account_id in told.facts["account_ids"], "both are shown it"
        assert "同时跟进" in told.sentence

    def test_what_is_closed_is_not_undone_by_an_older_event(self, world: "World") -> None:
        row = press(world, opened(world), "recheck_pass", "village", at=NOW)
        flags = send(world, event(row, "recheck_fail", base=0), made_at=NOW - timedelta(hours=2), at=LATER)
        assert [flag.code for flag in flags] == ["parallel", "older_than_closing"]
        assert (again(row).state, again(row).version) == ("passed", 2)
        assert (
            send(world, event(row, "recheck_fail", base=0), made_at=NOW + timedelta(hours=1), at=LATER)[0].code
            == "parallel"
        )
        assert again(row).state == "failed", "a newer one does"

    def test_what_is_not_his_is_kept_without_effect(self, world: "World") -> None:
        row = opened(world, level="grave", stop=STOP)
        flags = send(world, event(row, "recheck_pass"))
        assert [flag.code for flag in flags] == ["not_his"]
        assert "综执安监办" in flags[0].words
        kept = FindingEvent.objects.get(finding=row)
        assert (again(row).state, kept.state_after, kept.objections[0]["code"]) == ("open", "open", "not_his")
        assert sheets.sheet(world.owner, row.pk, NOW).story == []

    @pytest.mark.parametrize("given", [{}, {"id": "x"}, {"kind": "judged"}, {"kind": "seen_again"}])
    def test_what_cannot_be_read_is_flagged(self, world: "World", given: dict[str, object]) -> None:
        raw = event(uuid4(), "advised") | given if given else {}
        assert [flag.code for flag in send(world, raw)] == ["event_unreadable"]
        assert not FindingEvent.objects.exists()

    def test_another_towns_finding_is_not_known_here(self, world: "World") -> None:
        assert [flag.code for flag in send(world, event(uuid4(), "advised"))] == ["finding_not_here"]

    def test_a_record_of_its_own_is_taken_in(self, world: "World") -> None:
        row = opened(world)
        given = event(row, "advised", text="再次劝导。")
        record = Record(uuid4(), "finding_event", world.firms["lamp"], NOW, NOW, None, (), "", world.officer.account_id)
        assert actions.take_in(given, record=record, by=world.officer, at=NOW) == []
        assert FindingEvent.objects.get().record == record.id


class TestHeld:
    def held(self, world: "World", kind: str = "recheck_pass", **more: object) -> tuple[dict[str, object], UUID]:
        uid = uuid4()
        given = event(uid, kind, text="已经修好。", **more)
        flags = send(world, given, enterprise_id=world.firms["lamp"])
        assert [flag.code for flag in flags] == ["finding_not_here"]
        return given, uid

    def test_an_event_before_its_finding_is_applied_when_it_comes(self, world: "World") -> None:
        given, uid = self.held(world)
        assert send(world, given, enterprise_id=world.firms["lamp"]) == [], "the same event is held once"
        row = opened(world, id=str(uid), at=NOW + timedelta(hours=1))
        assert (again(row).state, again(row).version) == ("passed", 1)
        assert HeldEvent.objects.get().state == "taken"
        assert FindingEvent.objects.get().by_id == world.officer.account_id

    def test_after_five_days_it_hangs_on_the_firm_for_the_office(self, world: "World") -> None:
        given, uid = self.held(world)
        assert actions.orphan_held(at=NOW + timedelta(days=4, hours=23)) == 0
        late = NOW + timedelta(days=5)
        assert actions.orphan_held(at=late) == 1
        assert actions.orphan_held(at=late) == 0
        assert [one.text for one in reads.attention(world.village, late).orphans] == ["已经修好。"]
        assert reads.attention(world.village2, late).orphans == []
        key = HeldEvent.objects.get().pk
        with refused("missing", field="text"):
            actions.settle_orphan(held_id=key, note=" ", by=world.village, at=late)
        actions.settle_orphan(held_id=key, note="误传，隐患已另行登记。", by=world.village, at=late)
        assert reads.attention(world.village, late).count == 0
        with refused("settled", kind=TooLate):
            actions.settle_orphan(held_id=key, note="再说一次", by=world.village, at=late)
        assert HeldEvent.objects.get().body["id"] == given["id"]
        assert uid == HeldEvent.objects.get().finding_uid

    def test_a_finding_that_comes_still_later_takes_it_along(self, world: "World") -> None:
        _, uid = self.held(world)
        actions.orphan_held(at=NOW + timedelta(days=6))
        row = opened(world, id=str(uid), at=NOW + timedelta(days=6))
        assert again(row).state == "passed"
        assert reads.attention(world.village, NOW).orphans == []

    def test_others_settle_nothing(self, world: "World") -> None:
        self.held(world)
        actions.orphan_held(at=NOW + timedelta(days=5))
        key = HeldEvent.objects.get().pk
        for who in ("village2", "owner", "leader"):
            with pytest.raises(NotFound):
                actions.settle_orphan(held_id=key, note="x", by=world.who[who], at=NOW)


class TestBundle:
    def test_open_findings_travel_with_version_and_events(self, world: "World") -> None:
        row = opened(world)
        send(world, event(row, "advised", text="再次劝导。"))
        press(world, opened(world), "recheck_pass", "officer")
        found = reads.open_of(world.officer, [world.firms["lamp"], world.firms["mould"]])
        assert list(found) == [world.firms["lamp"]]
        (told,) = found[world.firms["lamp"]]
        assert (told["id"], told["version"], told["state"], told["due"], told["mine"]) == (
            str(row.uid),
            1,
            "open",
            "2026-12-08",
            True,
        )
        assert [one["kind"] for one in told["events"]] == ["advised"]
        assert set(finding()) - {"stop"} <= set(told)
