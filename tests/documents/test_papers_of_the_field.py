"""消防巡查书面记录, 走访巡查记录, 整改告知书, 劝导告知单: drawn up of visits and findings, numbered, opened as an office would."""

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qinqing.documents import actions, reads
from qinqing.documents.drafts.findings import KINDS
from qinqing.documents.models import Issue
from qinqing.documents.words import PaperKind, Subject
from qinqing.findings import actions as findings
from qinqing.kernel.errors import NotAllowed, NotFound
from qinqing.ledger.models import Entry
from qinqing.ledger.subjects import number_of
from tests.cases.world import NOW, moment
from tests.documents.looking import needs_office, opened, text_of
from tests.findings.sent import STOP, finding
from tests.findings.sent import opened as found

if TYPE_CHECKING:
    from qinqing.patrol.models import Visit
    from tests.patrol.world import Rounds


def issue(rounds: "Rounds", kind: PaperKind, visit: "Visit", by: str = "officer", at=NOW) -> Issue:
    return actions.issue(kind=kind, subject=Subject.VISIT, key=str(visit.uid), by=rounds.world.who[by], at=at)


def hazards(rounds: "Rounds", visit: "Visit", *texts: str) -> None:
    for text in texts:
        findings.open_from_visit(
            finding(text=text, category="fire"),
            visit_id=visit.uid,
            enterprise_id=visit.enterprise_id,
            made_at=NOW,
            by=rounds.officer,
            at=NOW,
        )


class TestTheWrittenRecord:
    @pytest.mark.clause("附2安-(2)c")
    def test_a_fire_patrol_gives_a_written_record_with_every_answer(self, rounds: "Rounds") -> None:
        visit = rounds.visit()
        row = issue(rounds, PaperKind.PATROL, visit)
        text = text_of(row)
        answers = list(visit.runs.get(code="F7").answers.all())
        assert answers
        assert [one.item_text for one in answers if one.item_text not in text] == []
        for needed in (
            "消防巡查书面记录",
            "巡查人：",
            "企业陪同人：",
            "厂长外出",
            "草案清单",
            "不属于行政检查",
            row.digest[:16],
        ):
            assert needed in text
        assert row.number == "消巡〔2026〕0001号"
        assert row.title == "消防巡查书面记录"

    def test_its_own_words_never_call_a_patrol_an_inspection(self, rounds: "Rounds") -> None:
        visit = rounds.visit(codes=("F6", "F7"))
        for kind in (PaperKind.PATROL, PaperKind.VISIT):
            paper = reads.paper_of(issue(rounds, kind, visit))
            assert not [word for word in ("检查", "执法", "责令", "罚款") if word in paper.title + paper.head]

    def test_a_visit_without_the_fire_list_gives_the_general_record_only(self, rounds: "Rounds") -> None:
        visit = rounds.visit(codes=("F6",))
        with pytest.raises(NotFound):
            issue(rounds, PaperKind.PATROL, visit)
        assert not Issue.objects.exists()
        assert "走访巡查记录" in text_of(issue(rounds, PaperKind.VISIT, visit))

    def test_who_would_not_sign_stands_there_with_his_reason(self, rounds: "Rounds") -> None:
        told = {"how": "refused", "name": "演示厂长", "reason": "对第三项有意见", "attachment": None}
        text = text_of(issue(rounds, PaperKind.PATROL, rounds.visit(acknowledgement=told)))
        assert "演示厂长在场，未签字。原因：对第三项有意见。" in text

    def test_it_lies_on_the_visits_page_of_the_ledger(self, rounds: "Rounds") -> None:
        visit = rounds.visit()
        row = issue(rounds, PaperKind.PATROL, visit)
        entry = Entry.objects.get(book=row.book, seq=row.seq)
        assert (entry.subject_kind, entry.subject_id) == ("visit", number_of(visit.uid))

    def test_the_same_again_keeps_its_number_an_amended_one_gets_a_new_one(self, rounds: "Rounds") -> None:
        from qinqing.patrol.actions.visits import amend

        visit = rounds.visit()
        first = issue(rounds, PaperKind.PATROL, visit)
        assert issue(rounds, PaperKind.PATROL, visit, at=moment("2026-11-24 09:00")).pk == first.pk
        amend(uid=visit.uid, reason="漏记", text="灭火器共八具。", by=rounds.officer, at=NOW)
        again = issue(rounds, PaperKind.PATROL, visit)
        assert (again.pk != first.pk, again.number) == (True, "消巡〔2026〕0002号")
        assert "灭火器共八具。" in text_of(again)


class TestNotices:
    @pytest.mark.clause("附2安-(5)b")
    def test_the_notice_names_every_hazard_of_the_visit(self, rounds: "Rounds") -> None:
        visit = rounds.visit()
        with pytest.raises(NotFound):
            issue(rounds, PaperKind.RECTIFY, visit)
        hazards(rounds, visit, "灭火器过期。", "通道堆物。")
        text = text_of(issue(rounds, PaperKind.RECTIFY, visit))
        for needed in (
            "隐患整改告知书",
            "灭火器过期。",
            "通道堆物。",
            "隐〔2026〕0001号",
            "不作为行政处罚依据",
            "企业签收人",
        ):
            assert needed in text

    @pytest.mark.clause("附2安-(5)a")
    def test_the_paper_of_advice_says_who_was_told_and_what_it_is_not(self, rounds: "Rounds") -> None:
        row = found(rounds.world, level="grave", stop=STOP)
        made = actions.issue(kind=PaperKind.ADVICE, subject=Subject.FINDING, key=str(row.pk), by=rounds.officer, at=NOW)
        text = text_of(made)
        for needed in ("劝导告知单", row.number, "企业已停止", "请停用并报修。", "不作为行政处罚依据", "立即处置"):
            assert needed in text
        assert made.enterprise_id == rounds.world.firms["lamp"]


class TestWhoMay:
    def test_out_of_sight_is_not_found_and_leaves_nothing(self, rounds: "Rounds") -> None:
        visit = rounds.visit()
        for key in (str(visit.uid).upper(), "nonsense", str(uuid4())):
            with pytest.raises(NotFound):
                actions.issue(kind=PaperKind.VISIT, subject=Subject.VISIT, key=key, by=rounds.officer, at=NOW)
        with pytest.raises(NotFound):
            issue(rounds, PaperKind.VISIT, visit, by="officer2")
        with pytest.raises(NotAllowed):
            issue(rounds, PaperKind.VISIT, visit, by="owner")
        assert not Issue.objects.exists()
        assert not Entry.objects.filter(kind="document.issued").exists()

    def test_another_village_and_the_firm_read_none(self, rounds: "Rounds") -> None:
        row = issue(rounds, PaperKind.VISIT, rounds.visit())
        for who in ("officer2", "village2", "owner"):
            with pytest.raises(NotFound):
                reads.issue_for(rounds.world.who[who], row.pk)
        for who in ("officer", "village", "clerk", "supervisor"):
            assert reads.issue_for(rounds.world.who[who], row.pk).pk == row.pk

    def test_what_stands_beside_a_thing_costs_one_query(self, rounds: "Rounds") -> None:
        row = found(rounds.world)
        key = str(row.pk)
        actions.issue(kind=PaperKind.ADVICE, subject=Subject.FINDING, key=key, by=rounds.officer, at=NOW)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            beside = reads.beside(rounds.clerk, Subject.FINDING, key, KINDS)
        assert [one.kind for one in beside.issued] == [PaperKind.ADVICE]
        assert len(asked) == 1


@needs_office
class TestOpenedByAnOfficeProgram:
    def test_the_fire_record(self, rounds: "Rounds") -> None:
        visit = rounds.visit(checklists=[rounds.answers("F7", bad=("F7-06", "F7-19"))])
        hazards(rounds, visit, "东侧灭火器过期两具。", "消防车道堆放托盘。")
        row = issue(rounds, PaperKind.PATROL, visit)
        opened(row, pages=2, words=("消防巡查书面记录", "东侧灭火器过期两具。", "企业陪同人", row.number))

    def test_the_general_record(self, rounds: "Rounds") -> None:
        visit = rounds.visit(summary="与厂长谈了用工和融资。")
        row = issue(rounds, PaperKind.VISIT, visit)
        opened(row, pages=1, words=("走访巡查记录", "与厂长谈了用工和融资。", "未发现问题"))

    def test_the_notice_and_the_advice(self, rounds: "Rounds") -> None:
        visit = rounds.visit()
        hazards(rounds, visit, "灭火器过期。", "通道堆物。")
        row = issue(rounds, PaperKind.RECTIFY, visit)
        opened(row, pages=1, words=("隐患整改告知书", "灭火器过期。", row.number))
        one = found(rounds.world, level="grave", stop=STOP)
        made = actions.issue(kind=PaperKind.ADVICE, subject=Subject.FINDING, key=str(one.pk), by=rounds.officer, at=NOW)
        opened(made, pages=1, words=("劝导告知单", "企业签收人"))
