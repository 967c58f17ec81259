"""A finding comes to be: kept whatever a phone says, a case of the spine where it is a problem, at the safety office where grave."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from qinqing.cases.models import Problem
from qinqing.enterprises.actions import contacts  # noqa: F401  the town's own actions
from qinqing.enterprises.models import Enterprise
from qinqing.evidence.actions import chunks
from qinqing.evidence.models import Attachment
from qinqing.evidence.words import Sent
from qinqing.findings import actions, reads
from qinqing.findings.models import Finding, FindingEvent, IllegalBuilding, Unreported
from qinqing.findings.rules.shape import Stop
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.ledger import reads as ledger
from tests.cases.world import NOW
from tests.findings import sent
from tests.findings.refusal import refused
from tests.findings.sent import STOP, again, finding, opened, photo

if TYPE_CHECKING:
    from tests.cases.world import World

TOLD = Stop(whom="演示厂长", at=NOW, way="当面", response="stopped")


def take(world: "World", given: dict[str, object], firm: str = "lamp", by: str = "officer") -> list[str]:
    flags = actions.open_from_visit(
        given, visit_id=uuid4(), enterprise_id=world.firms[firm], made_at=NOW, by=world.who[by], at=NOW
    )
    return [flag.code for flag in flags]


class TestFromAPhone:
    @pytest.mark.clause("附2安-(5)a", "附2安-(5)b")
    def test_a_minor_hazard_is_advised_numbered_and_given_fifteen_days(self, world: "World") -> None:
        row = opened(world)
        assert (row.number, row.state, row.deadline) == ("隐〔2026〕0001号", "open", sent.day("2026-12-08"))
        assert (row.owner_office_id, row.line_office_id) == (world.office("cun01"), world.office("zhifa"))
        assert (row.case_id, row.safety_office_id) == (None, None)
        entry = ledger.entries_of("finding", row.pk).get()
        assert entry.kind == "finding.found"
        assert "冲床光电保护疑似失灵" in entry.sentence
        assert "请停用并报修" in entry.sentence

    def test_the_same_record_twice_is_one_finding(self, world: "World") -> None:
        given = finding(level="grave", stop=STOP)
        assert take(world, given) == []
        assert take(world, given) == []
        row = Finding.objects.get()
        assert row.case is not None
        assert Problem.objects.count() == 1
        assert ledger.entries_of("finding", row.pk).count() == 1

    @pytest.mark.clause("附2安-(5)b")
    def test_what_looks_grave_stands_at_the_safety_office_in_the_same_request(self, world: "World") -> None:
        row = opened(world, level="grave", stop=STOP)
        assert (row.owner_office_id, row.safety_office_id, row.deadline) == (
            world.office("zhifa"),
            world.office("zhifa"),
            None,
        )
        assert [line.id for line in reads.grave_here(world.law, NOW)] == [row.pk]
        assert [line.id for line in reads.waiting(world.law, NOW)] == [row.pk]
        assert ledger.entries_of("finding", row.pk).get().kind == "finding.grave"
        with pytest.raises(NotAllowed):
            sent.press(world, row, "recheck_pass", "officer")
        assert sent.press(world, row, "recheck_pass", "law").state == "passed"

    @pytest.mark.clause("附2安-(5)b")
    def test_a_problem_becomes_a_case_with_its_stop_notice(self, world: "World") -> None:
        row = opened(world, is_problem=True, stop=STOP)
        assert row.case is not None
        problem = Problem.objects.get(case=row.case)
        assert (problem.stop_whom, problem.stop_response, problem.severity, problem.place) == (
            "演示厂长",
            "stopped",
            "general",
            "冲压车间",
        )
        assert (row.case.topic, row.case.source, row.case.first_asked_id) == (
            "safety",
            "officer",
            world.officer.account_id,
        )
        assert row.number in row.case.text
        assert row.case.tasks.get().office_id == world.office("cun01")
        assert opened(world, level="grave", stop=STOP).case.problem.severity == "major"  # type: ignore[union-attr]

    def test_what_the_spine_refuses_is_kept_flagged_and_reported_by_one_press(self, world: "World") -> None:
        given = finding(is_problem=True)
        assert take(world, given) == ["not_reported"]
        row = Finding.objects.get()
        waiting = Unreported.objects.get(finding=row)
        assert (row.case_id, waiting.code, row.flags) == (None, "stop_notice_missing", [])
        assert [one.line.id for one in reads.attention(world.village, NOW).unsent] == [row.pk]
        assert reads.attention(world.village2, NOW).count == 0
        with refused("stop_notice_missing", field="stop_response"):
            actions.retry_report(finding_id=row.pk, by=world.village, at=NOW)
        actions.retry_report(finding_id=row.pk, by=world.village, at=NOW, stop=TOLD)
        row = again(row)
        assert row.case is not None
        assert reads.attention(world.village, NOW).count == 0
        assert [entry.kind for entry in ledger.entries_of("finding", row.pk)] == ["finding.found", "finding.reported"]
        with refused("nothing_to_report"):
            actions.retry_report(finding_id=row.pk, by=world.village, at=NOW, stop=TOLD)

    def test_the_hub_reports_on_the_officers_behalf_and_it_stays_the_officers(self, world: "World") -> None:
        row = opened(world, is_problem=True)
        actions.retry_report(finding_id=row.pk, by=world.clerk, at=NOW, stop=TOLD)
        case = again(row).case
        assert case is not None
        assert (case.source, case.first_asked_id, case.state) == ("officer", world.officer.account_id, "submitted")
        last = ledger.entries_of("finding", row.pk).last()
        assert last is not None
        assert last.actor_id == world.clerk.account_id

    @pytest.mark.parametrize("who", ["officer2", "build", "leader", "owner", "supervisor"])
    def test_others_report_nothing(self, world: "World", who: str) -> None:
        row = opened(world, is_problem=True)
        with pytest.raises((NotFound, NotAllowed)):
            actions.retry_report(finding_id=row.pk, by=world.who[who], at=NOW, stop=TOLD)
        assert again(row).case_id is None

    def test_questionable_ones_are_kept_and_flagged(self, world: "World") -> None:
        Enterprise.objects.filter(pk=world.firms["lamp"]).update(status="deregistered")
        codes = take(
            world,
            finding(category="nonsense", level="terrible", text="", deadline="soon", repeat_of=str(uuid4())),
        )
        assert set(codes) == {
            "text_missing",
            "level_unreadable",
            "day_unreadable",
            "enterprise_closed",
            "category_unknown",
            "repeat_unknown",
        }
        row = Finding.objects.get()
        assert (row.category, row.level, row.deadline) == ("other", "minor", sent.day("2026-12-08"))
        assert {flag["code"] for flag in row.flags} == set(codes)
        assert [one.pk for one in reads.attention(world.officer, NOW).doubtful] == [row.pk]
        actions.check(finding_id=row.pk, text="已电话核实。", by=world.officer, at=NOW)
        assert again(row).flags == []

    def test_what_cannot_be_read_or_whose_firm_is_unknown_is_only_flagged(self, world: "World") -> None:
        assert take(world, {"id": "nonsense"}) == ["finding_unreadable"]
        flags = actions.open_from_visit(
            finding(), visit_id=uuid4(), enterprise_id=987_654, made_at=NOW, by=world.officer, at=NOW
        )
        assert [flag.code for flag in flags] == ["enterprise_unknown"]
        assert not Finding.objects.exists()

    def test_fixed_on_the_spot_is_closed_unless_it_is_grave(self, world: "World") -> None:
        minor = opened(world, fixed_on_spot=True)
        assert (minor.state, minor.deadline) == ("passed", None)
        assert opened(world, fixed_on_spot=True, level="grave", stop=STOP).state == "claimed"

    def test_a_complaint_about_labour_is_not_shown_to_the_firm(self, world: "World") -> None:
        row = opened(world, category="labour")
        assert row.is_shared is False
        with pytest.raises(NotFound):
            reads.get_for(world.owner, row.pk)
        assert ledger.entries_of("finding", row.pk).get().facts["enterprise_ids"] == []


class TestRepeats:
    def test_a_hazard_still_there_is_added_to_the_open_finding(self, world: "World") -> None:
        first = opened(world)
        sent.press(world, first, "rectified_claim", "owner")
        given = finding(repeat_of=str(first.uid), text="还是没有修。")
        assert take(world, given) == []
        assert Finding.objects.count() == 1
        event = FindingEvent.objects.get(pk=UUID(str(given["id"])))
        assert (event.kind, again(first).state) == ("seen_again", "failed")
        assert take(world, given) == []
        assert sent.send(world, sent.event(str(given["id"]), "advised", base=2)) == [], (
            "its new name leads to it as well"
        )
        assert FindingEvent.objects.filter(finding=first, kind="advised").count() == 1

    def test_a_graver_look_makes_it_grave(self, world: "World") -> None:
        first = opened(world)
        take(world, finding(repeat_of=str(first.uid), level="grave", stop=STOP))
        row = again(first)
        assert (row.level, row.owner_office_id) == ("grave", world.office("zhifa"))
        assert row.case is not None

    def test_one_that_was_closed_begins_anew_and_names_the_old(self, world: "World") -> None:
        first = opened(world)
        sent.press(world, first, "recheck_pass", "officer")
        take(world, finding(repeat_of=str(first.uid)))
        assert Finding.objects.get(repeat_of=first).number == "隐〔2026〕0002号"


class TestIllegalBuilding:
    """两违: pictures are evidence, and on the phone they arrive after the words."""

    def coming(self, world: "World", content: bytes = b"\xff\xd8\xff") -> str:
        import hashlib

        key = uuid4()
        chunks.expect(
            uuid4(),
            [Sent(key, hashlib.sha256(content).hexdigest(), len(content), "image/jpeg", "photo", NOW)],
            enterprise_id=world.firms["lamp"],
            by=world.officer,
            at=NOW,
        )
        return str(key)

    @pytest.mark.clause("附2违-(1)b")
    def test_it_waits_for_its_photos_and_is_then_reported_by_itself(self, world: "World") -> None:
        key = self.coming(world)
        row = opened(world, category="illegal_building", is_problem=True, stop=STOP, photos=[key])
        assert Unreported.objects.get(finding=row).code == "photos_coming"
        assert actions.settle_reports(at=NOW) == 0
        found = Attachment.objects.get(pk=key)
        chunks.note(chunks.write(found, 0, b"\xff\xd8\xff"), at=NOW)
        assert actions.settle_reports(at=NOW) == 1
        row = again(row)
        assert row.case is not None
        assert row.case.first_asked_id == world.officer.account_id
        assert row.case.attachments.get().digest == found.sha256
        line = IllegalBuilding.objects.get(finding=row)
        assert (line.case_id, line.state, line.number) == (row.case_id, "stopped", "违〔2026〕0001号")
        assert actions.settle_reports(at=NOW) == 0

    def test_without_a_photo_it_is_kept_and_the_office_adds_one(self, world: "World") -> None:
        row = opened(world, category="illegal_building", is_problem=True, stop=STOP)
        assert Unreported.objects.get(finding=row).code == "photo_missing"
        actions.retry_report(finding_id=row.pk, by=world.village, at=NOW, photos=[photo(world.village)])
        assert again(row).case is not None


class TestAtTheDesk:
    def register(self, world: "World", by: str = "officer", **more: object) -> Finding:
        given = {
            "enterprise_id": world.firms["lamp"],
            "category": "fire",
            "text": "灭火器过期。",
            "by": world.who[by],
            "at": NOW,
        }
        return actions.register(**{**given, **more})  # type: ignore[arg-type]

    def test_the_same_press_is_one_finding(self, world: "World") -> None:
        key = uuid4().hex
        assert self.register(world, press_key=key).pk == self.register(world, press_key=key).pk
        assert Finding.objects.count() == 1

    def test_a_firm_that_is_gone_has_no_hazards(self, world: "World") -> None:
        Enterprise.objects.filter(pk=world.firms["lamp"]).update(status="moved")
        with refused("enterprise_closed", field="firm") as caught:
            self.register(world)
        assert "演示车灯有限公司已登记为搬迁" in caught.value.sentence

    @pytest.mark.parametrize(
        ("given", "code", "field"),
        [
            ({"text": "  "}, "missing", "text"),
            ({"text": "长" * 10_001}, "too_long", "text"),
            ({"category": "nonsense"}, "category_unknown", "category"),
            ({"deadline": NOW.date() - timedelta(days=1)}, "deadline_unusable", "deadline"),
            ({"deadline": NOW.date() + timedelta(days=400)}, "deadline_unusable", "deadline"),
            ({"is_problem": True}, "stop_notice_missing", "stop_response"),
            ({"level": "grave", "stop": Stop(response="stopped", at=NOW)}, "stop_whom_missing", "stop_whom"),
            ({"category": "illegal_building", "is_problem": True, "stop": TOLD}, "photo_missing", "files"),
        ],
    )
    def test_what_is_wrong_is_refused_beside_its_field(
        self, world: "World", given: dict[str, object], code: str, field: str
    ) -> None:
        with refused(code, field=field):
            self.register(world, **given)

    @pytest.mark.parametrize("who", ["leader", "supervisor", "owner", "sysadmin", "discipline"])
    def test_others_write_none_down(self, world: "World", who: str) -> None:
        with refused("not_allowed", kind=NotAllowed):
            self.register(world, by=who)

    def test_a_firm_out_of_sight_is_not_there(self, world: "World") -> None:
        with pytest.raises(NotFound):
            self.register(world, by="officer2")

    def test_a_department_follows_its_own_findings(self, world: "World") -> None:
        row = self.register(world, by="build", category="building")
        assert row.owner_office_id == world.office("jianguan")
        assert sent.press(world, row, "recheck_pass", "build").state == "passed"

    def test_photos_of_others_are_not_taken_along(self, world: "World") -> None:
        row = self.register(world, photos=[photo(world.officer), photo(world.officer2)])
        assert len(row.photos) == 1


def test_numbers_count_on_by_town_and_year(world: "World") -> None:
    assert [opened(world).number for _ in range(3)] == ["隐〔2026〕0001号", "隐〔2026〕0002号", "隐〔2026〕0003号"]
    later = NOW.replace(year=2027)
    assert opened(world, at=later).number == "隐〔2027〕0001号"


def test_refusals_of_the_desk_are_refusals(world: "World") -> None:
    with pytest.raises(Refused):
        actions.register(enterprise_id=world.firms["lamp"], category="fire", text="", by=world.officer, at=NOW)
