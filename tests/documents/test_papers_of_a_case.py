"""交办单 转办单 反馈单 催办 督办 会商纪要: drawn up, numbered, in the ledger, made again from it, opened as an office would."""

import io
import shutil

import docx
import pypdfium2
import pytest

from qinqing.cases.words import Verb
from qinqing.documents import actions, reads
from qinqing.documents.models import Issue, Series
from qinqing.documents.words import PaperKind, Subject
from qinqing.documents.writing import docx as as_docx
from qinqing.documents.writing import pdf as as_pdf
from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.ledger.models import Entry
from qinqing.ledger.verify import verify
from qinqing.people.words import Role
from tests.cases.world import NOW, World, moment

pytestmark = pytest.mark.django_db


def issue(world: World, case_id: int, kind: PaperKind, by: str = "clerk", at=NOW) -> Issue:
    return actions.issue(kind=kind, subject=Subject.CASE, key=str(case_id), by=world.who[by], at=at)


def words_of(raw: bytes) -> str:
    """Return every word of a .docx, as an office program finds it."""
    page = docx.Document(io.BytesIO(raw))
    boxes = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    feet = [line.text for section in page.sections for line in section.footer.paragraphs]
    return "\n".join([*(line.text for line in page.paragraphs), *boxes, *feet])


class TestDrawingUp:
    def test_a_forwarded_demand_gives_its_form_with_number_limit_and_receipt(self, world: World) -> None:
        case = world.in_hand()
        row = issue(world, case.pk, PaperKind.FORWARD)
        text = words_of(as_docx.write(reads.paper_of(row)))
        assert row.number == "转办〔2026〕0001号"
        for needed in (
            case.number,
            "企业诉求转办单",
            case.text,
            "5个工作日",
            "签收人",
            "企业评价",
            row.number,
            row.digest[:16],
        ):
            assert needed in text

    def test_what_a_case_does_not_give_yet_is_not_offered_and_refused(self, world: World) -> None:
        case = world.demand()
        assert reads.of_case(world.clerk, case.pk, NOW).kinds == []
        with pytest.raises(NotFound):
            issue(world, case.pk, PaperKind.FEEDBACK)
        assert not Issue.objects.exists()
        assert not Series.objects.exists()
        assert not Entry.objects.filter(kind="document.issued").exists()

    def test_the_same_paper_is_not_numbered_twice_but_a_changed_one_is(self, world: World) -> None:
        case = world.press(Verb.FORWARD, world.accepted(), "clerk", lead=world.office("jianguan"))
        first = issue(world, case.pk, PaperKind.FORWARD)
        assert issue(world, case.pk, PaperKind.FORWARD, at=moment("2026-11-24 10:00")).pk == first.pk
        task = case.tasks.get()
        world.press(Verb.SIGN, case, "build", task_id=task.pk, handler=world.build.account_id)
        again = issue(world, case.pk, PaperKind.FORWARD, at=moment("2026-11-24 10:00"))
        assert (again.pk != first.pk, again.number) == (True, "转办〔2026〕0002号")

    def test_the_answer_gives_the_feedback_form(self, world: World) -> None:
        case = world.answered()
        text = words_of(as_docx.write(reads.paper_of(issue(world, case.pk, PaperKind.FEEDBACK))))
        assert "企业诉求办结反馈单" in text
        assert case.feedbacks.get().reply in text

    def test_an_order_keeps_the_number_of_its_press_and_names_the_limit(self, world: World) -> None:
        case = world.in_hand()
        world.press(Verb.SUPERVISE, case, "supervisor", note="请三个工作日内说明情况。", reply_by="3")
        row = issue(world, case.pk, PaperKind.SUPERVISE, by="supervisor")
        assert row.number == case.urges.get().number
        assert "请三个工作日内说明情况。" in words_of(as_docx.write(reads.paper_of(row)))


class TestTheLedgerHoldsIt:
    def test_a_paper_is_made_again_from_its_entry_to_the_last_byte(self, world: World) -> None:
        case = world.in_hand()
        row = issue(world, case.pk, PaperKind.FORWARD)
        first = as_docx.write(reads.paper_of(row))
        world.press(Verb.URGE, case, "clerk", note="请抓紧。")
        assert as_docx.write(reads.paper_of(Issue.objects.get(pk=row.pk))) == first
        assert verify(book=world.town.code).ok

    def test_a_register_that_names_another_digest_is_refused(self, world: World) -> None:
        row = issue(world, world.in_hand().pk, PaperKind.FORWARD)
        row.digest = "0" * 64
        with pytest.raises(Refused, match="不一致"):
            reads.paper_of(row)


class TestWhoMay:
    def test_an_owner_draws_up_and_sees_none(self, world: World) -> None:
        case = world.in_hand()
        issue(world, case.pk, PaperKind.FORWARD)
        with pytest.raises(NotAllowed):
            issue(world, case.pk, PaperKind.FORWARD, by="owner")
        assert reads.register(world.owner) == []

    def test_another_office_neither_sees_nor_draws_up(self, world: World) -> None:
        case = world.in_hand()
        row = issue(world, case.pk, PaperKind.FORWARD)
        outsider = world.person("outsider", "shewu", Role.HANDLER)
        with pytest.raises(NotFound):
            reads.issue_for(outsider, row.pk)
        with pytest.raises(NotFound):
            issue(world, case.pk, PaperKind.FORWARD, by="outsider")
        assert reads.register(outsider) == []
        assert [one.pk for one in reads.register(world.build)] == [row.pk]


class TestMinutes:
    def test_minutes_wait_for_their_number_as_a_draft(self, world: World) -> None:
        case = world.accepted()
        world.press(
            Verb.CONVENE,
            case,
            "clerk",
            participants=[world.office("jianguan"), world.office("zhifa")],
            place="镇政府三楼会议室",
            held_at=moment("2026-11-24 09:00"),
            agenda="路灯恢复",
        )
        world.press(
            Verb.RECORD_OPINION,
            case,
            "clerk",
            at=moment("2026-11-24 11:00"),
            opinion="先装临时灯。",
            items=[{"office": world.office("jianguan"), "what": "装临时灯", "days": 2}],
        )
        row = issue(world, case.pk, PaperKind.MINUTES, at=moment("2026-11-24 12:00"))
        assert row.is_draft
        assert "送审稿" in words_of(as_docx.write(reads.paper_of(row)))
        kept = actions.enter_number(
            issue_id=row.pk, number="演会纪〔2026〕3号", by=world.clerk, at=moment("2026-11-24 12:10")
        )
        text = words_of(as_docx.write(reads.paper_of(kept)))
        assert "演会纪〔2026〕3号" in text
        assert "送审稿" not in text
        with pytest.raises(Refused, match="已登记"):
            actions.enter_number(issue_id=row.pk, number="另一号", by=world.clerk, at=moment("2026-11-24 12:20"))


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice on this machine: the gate installs one")
class TestOpenedByAnOfficeProgram:
    def test_pages_and_words_survive_libreoffice(self, world: World) -> None:
        row = issue(world, world.in_hand().pk, PaperKind.FORWARD)
        raw = as_pdf.write(as_docx.write(reads.paper_of(row)))
        with pypdfium2.PdfDocument(raw) as paper:
            pages = len(paper)
            text = "".join(page.get_textpage().get_text_range() for page in paper).replace("\n", "").replace(" ", "")
        assert pages == 1
        assert "企业诉求转办单" in text
        assert "\ufffd" not in text
