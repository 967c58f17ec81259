"""企业问题: the stop notice first, who gets it, what the enterprise is shown, 整改 and 复查, 回头看, sealed complainants."""

import io
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from qinqing.cases import policy
from qinqing.cases.actions.problems import reveal
from qinqing.cases.files import Received, receive
from qinqing.cases.models import LookBack, Problem
from qinqing.cases.reads import sheet as sheets
from qinqing.cases.reads.today import today
from qinqing.cases.words import Verb
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger import reads as ledger
from tests.cases.refusal import refused
from tests.cases.world import NOW, moment

if TYPE_CHECKING:
    from qinqing.cases.models import Case
    from tests.cases.world import World

NO_NOTICE = {"stop_whom": "", "stop_at": None, "stop_way": "", "stop_response": ""}


@pytest.fixture
def photo() -> Received:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#888").save(out, "JPEG")
    return receive("现场.jpg", io.BytesIO(out.getvalue()))


@pytest.mark.clause("二(二)2-问题-网格-告知")
def test_an_officer_reports_only_with_the_stop_notice_or_the_reason_there_is_none(world: "World") -> None:
    for given, code, field in (
        (NO_NOTICE, "stop_notice_missing", "stop_response"),
        (NO_NOTICE | {"stop_response": "impossible"}, "stop_reason_missing", "stop_why_not"),
        ({"stop_whom": ""}, "stop_whom_missing", "stop_whom"),
        ({"stop_at": None}, "stop_at_missing", "stop_at"),
    ):
        with refused(code, field=field):
            world.problem("officer", **given)
    told = world.problem("officer")
    assert ledger.entries_of("case", told.pk).get().facts["stop_notice"] == "已告知演示厂长中止，企业已停止"
    unseen = world.problem("officer", **(NO_NOTICE | {"stop_why_not": "现场无人"}))
    assert Problem.objects.get(case=unseen).stop_response == "impossible"


@pytest.mark.clause("二(二)2-问题-网格-上报")
def test_one_report_makes_the_communitys_task_and_the_hubs_intake(world: "World") -> None:
    case = world.problem("officer")
    task = case.tasks.get()
    assert (case.state, task.office_id, task.state) == ("submitted", world.office("cun01"), "offered")
    assert task.handler_id == world.officer.account_id
    assert case.pk in [line.id for line in today(world.clerk, NOW)]
    assert case.pk in [line.id for line in today(world.officer, NOW)]
    assert ledger.entries_of("case", case.pk).count() == 1
    world.press(Verb.SIGN, case, "village", handler=world.officer.account_id)
    case = world.press(Verb.RECTIFY, case, "officer", note="已清走纸箱。")
    assert case.state == "submitted", "the community's work does not take it off the hub's desk"
    case = world.press(Verb.ACCEPT, case, "clerk", topic="fire", grade="ordinary")
    case = world.press(Verb.FORWARD, case, "clerk", lead=world.office("zhifa"))
    parts = {task.office_id: (task.part, task.state) for task in case.tasks.all()}
    assert parts == {world.office("cun01"): ("support", "working"), world.office("zhifa"): ("lead", "offered")}


@pytest.mark.clause("二(二)2-问题-部门-自行")
def test_a_department_alone_begins_at_once_and_the_hub_is_only_informed(world: "World") -> None:
    case = world.problem("law")
    task = case.tasks.get()
    assert (case.state, case.route, case.lead_office_id) == ("in_hand", "own", world.office("zhifa"))
    assert (task.state, task.handler_id) == ("working", world.law.account_id)
    assert case.pk not in [line.id for line in today(world.clerk, NOW)]
    assert policy.visible_to(world.clerk).filter(pk=case.pk).exists(), "it stands in the one ledger all the same"


@pytest.mark.clause("二(二)2-问题-部门-会商")
def test_several_departments_concerned_go_to_the_hub_which_convenes(world: "World") -> None:
    case = world.problem("law", several_offices=True)
    assert (case.state, case.wants_consultation, case.tasks.count()) == ("submitted", True, 0)
    case = world.press(Verb.ACCEPT, case, "clerk", topic="fire", grade="ordinary")
    offers = sheets.sheet(world.clerk, case.pk, NOW).offers
    assert offers[0].verb is Verb.CONVENE


@pytest.mark.parametrize("who", ["owner", "leader", "supervisor", "sysadmin", "discipline"])
def test_others_report_no_problems(world: "World", who: str) -> None:
    with refused("not_allowed", kind=NotAllowed):
        world.problem(who)


@pytest.mark.clause("二(二)2-问题-范围")
def test_the_enterprise_sees_of_a_problem_what_was_published_and_nothing_else(world: "World") -> None:
    case = world.problem("law", text="有工人电话反映，疑似堵塞通道。")
    assert not policy.visible_to(world.owner).filter(pk=case.pk).exists()
    with refused("missing", field="notice"):
        world.press(Verb.PUBLISH, case, "law", notice="")
    case = world.press(Verb.PUBLISH, case, "law", notice="请清理车间疏散通道（疑似）。")
    world.press(Verb.PROGRESS, case, "law", note="内部：准备抽查。")
    world.press(Verb.PROGRESS, case, "law", note="周五来复查。", told_enterprise=True)
    shown = sheets.sheet(world.owner, case.pk, NOW)
    assert [entry.kind for entry in shown.entries] == ["case.published", "case.progressed"]
    assert shown.entries[1].facts["note"] == "周五来复查。"
    assert (shown.problem, shown.upwards, shown.urges) == (None, [], [])
    assert not policy.visible_to(world.owner2).filter(pk=case.pk).exists()


def _rectified(world: "World", case: "Case") -> "Case":
    case = world.press(Verb.RECTIFY, case, "law", note="已拆除。")
    return world.press(Verb.RECHECK, case, "law", passed="yes", note="现场看过，合格。")


@pytest.mark.clause("二(四)-3")
def test_put_right_needs_a_rectification_and_a_passed_recheck(world: "World") -> None:
    case = world.problem("law")
    done = {"outcome": "rectified", "reply": "已整改。", "told_way": "in_person"}
    with refused("recheck_missing", field="outcome"):
        world.press(Verb.FINISH, case, "law", **done)
    with refused("has_rectification"):
        world.press(Verb.RECHECK, case, "law", passed="yes", note="看过。")
    case = world.press(Verb.RECTIFY, case, "law", note="清走一半。")
    case = world.press(Verb.RECHECK, case, "law", passed="no", note="仍有堆放。")
    assert case.proof == "failed"
    with refused("recheck_missing", field="outcome"):
        world.press(Verb.FINISH, case, "law", **done)
    case = _rectified(world, case)
    case = world.press(Verb.FINISH, case, "law", reference_no="演罚〔2026〕1号", **done)
    assert (case.state, Problem.objects.get().reference_no) == ("answered", "演罚〔2026〕1号")


@pytest.mark.clause("二(四)-2b")
def test_a_problem_has_its_limit_too_and_a_second_later_is_late(world: "World") -> None:
    close = moment("2026-11-30 17:30")
    done = {"outcome": "rectified", "reply": "已整改。", "told_way": "in_person"}
    facts = []
    for at in (close, close.replace(second=1)):
        case = _rectified(world, world.problem("law"))
        assert case.due_at == close
        world.press(Verb.FINISH, case, "law", at, **done)
        facts.append(ledger.entries_of("case", case.pk).last().facts["in_time"])
    assert facts == [True, False]


def test_a_problem_is_not_closed_with_the_outcome_of_a_demand(world: "World") -> None:
    case = world.problem("law")
    with refused("outcome_unknown", field="outcome"):
        world.press(Verb.FINISH, case, "law", outcome="solved", reply="好了。", told_way="phone")


def written_off(world: "World", photo: Received) -> "Case":
    case = world.problem("law", topic="illegal_building", files=[photo], text="疑似新搭钢棚。")
    case = _rectified(world, case)
    case = world.press(Verb.FINISH, case, "law", outcome="rectified", reply="已拆除。", told_way="in_person")
    case = world.press(Verb.REGISTER, case, "clerk")
    return world.press(Verb.WRITE_OFF, case, "clerk")


def test_two_violations_need_a_picture(world: "World") -> None:
    with refused("photo_missing", field="files"):
        world.problem("officer", topic="illegal_building")


@pytest.mark.clause("附2违-(2)")
def test_two_violations_are_looked_back_on_after_thirty_and_ninety_days(world: "World", photo: Received) -> None:
    case = written_off(world, photo)
    assert list(LookBack.objects.order_by("due_on").values_list("due_on", flat=True)) == [
        date(2026, 12, 23), date(2027, 2, 21),
    ]  # fmt: skip
    with refused("look_back_waits"):
        world.press(Verb.LOOK_BACK, case, "law", moment("2026-12-22 23:59"), passed="yes", note="来早了。")
    case = world.press(Verb.LOOK_BACK, case, "law", moment("2026-12-23 00:00"), passed="yes", note="未反弹。")
    assert (case.state, case.look_back_on) == ("written_off", date(2027, 2, 21))
    case = world.press(Verb.LOOK_BACK, case, "law", moment("2027-02-21 10:00"), passed="yes", note="未反弹。")
    assert (case.state, case.look_back_on) == ("written_off", None)


@pytest.mark.clause("附2违-(2)")
def test_a_failed_look_back_puts_the_case_back_on_the_ledger(world: "World", photo: Received) -> None:
    case = written_off(world, photo)
    case = world.press(Verb.LOOK_BACK, case, "law", moment("2026-12-23 09:00"), passed="no", note="又搭上了。")
    assert (case.state, case.round, case.ended_at, case.proof) == ("in_hand", 2, None, "failed")
    assert case.due_at == moment("2026-12-30 17:30")
    assert not LookBack.objects.filter(done_at__isnull=True).exists()
    assert case.tasks.get(round=2).handler_id == world.law.account_id
    with refused("moved_on", kind=TooLate):
        world.press(Verb.LOOK_BACK, case, "law", moment("2027-02-21 09:00"), passed="yes", note="再看。")


def test_other_problems_owe_no_look_back(world: "World") -> None:
    case = _rectified(world, world.problem("law"))
    case = world.press(Verb.FINISH, case, "law", outcome="rectified", reply="已清。", told_way="phone")
    case = world.press(Verb.WRITE_OFF, world.press(Verb.REGISTER, case, "clerk"), "clerk")
    assert (case.look_back_on, LookBack.objects.count()) == (None, 0)


@pytest.mark.clause("三职(六)-7")
def test_who_complained_is_sealed_and_shown_to_the_handling_office_alone_with_an_entry(world: "World") -> None:
    name = "工人示某某，13900000000"
    case = world.problem("social", topic="labour", text="疑似拖欠工资。", complainant=name)
    row = Problem.objects.get(case=case)
    assert case.has_complainant
    assert name not in row.complainant_sealed
    assert all(name not in entry.sentence + str(entry.facts) for entry in ledger.entries_of("case", case.pk))
    for who, kind in (("clerk", NotAllowed), ("village", NotAllowed), ("supervisor", NotAllowed), ("owner", NotFound)):
        before = ledger.entries_of("case", case.pk).count()
        with pytest.raises(kind):
            reveal(case.pk, by=world.who[who], at=NOW)
        assert ledger.entries_of("case", case.pk).count() == before
    assert reveal(case.pk, by=world.social, at=NOW + timedelta(minutes=1)) == name
    last = ledger.entries_of("case", case.pk).last()
    assert (last.verb, last.actor_id) == ("查看投诉人", world.social.account_id)


def test_a_supporting_office_does_not_open_the_seal(world: "World") -> None:
    case = world.problem("social", topic="labour", several_offices=True, complainant="示某")
    case = world.press(Verb.ACCEPT, case, "clerk", topic="labour", grade="ordinary")
    case = world.press(Verb.FORWARD, case, "clerk", lead=world.office("shewu"), supports=[world.office("zhifa")])
    with pytest.raises(Refused) as caught:
        reveal(case.pk, by=world.law, at=NOW)
    assert caught.value.code == "not_the_handling_office"
    assert reveal(case.pk, by=world.social, at=NOW) == "示某"


def test_complainants_are_taken_for_restricted_lines_only(world: "World") -> None:
    with refused("no_complainant_here", field="complainant"):
        world.problem("law", topic="fire", complainant="示某")
