"""The ladder by the clock: reminded in time, urged when late, supervised when somebody decides so; nothing twice."""

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from qinqing.cases.models import Urge
from qinqing.cases.reads import orders
from qinqing.cases.words import Ground, UrgeLevel, Verb
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger import reads as ledger
from qinqing.notices import actions as notices
from qinqing.notices.models import Notice
from qinqing.people.words import Role
from qinqing.supervision import reads
from qinqing.supervision.actions import climb, deciding
from qinqing.supervision.models import Proposal, Reminder
from qinqing.supervision.rules import Reached
from tests.cases.world import moment

if TYPE_CHECKING:
    from qinqing.kernel.actor import Actor
    from tests.cases.world import World

# Submitted Monday 23 November 2026, 9:00: due Monday 30 November, 17:30.
TWO_LEFT = moment("2026-11-26 08:05")
ONE_LEFT = moment("2026-11-27 08:05")
ONE_LATE = moment("2026-12-01 08:15")
THREE_LATE = moment("2026-12-03 08:15")


def told(actor: "Actor", kind: str, at: datetime) -> int:
    while notices.pump(at=at):
        pass
    return Notice.objects.filter(account_id=actor.account_id or 0, kind=kind).count()


class TestReminding:
    @pytest.mark.clause("二(二)1-诉求-跟进")
    def test_handler_and_head_hear_of_it_once_a_threshold(self, world: "World") -> None:
        world.in_hand()
        assert climb.remind(at=moment("2026-11-25 08:05")) == 0, "three days are left"
        assert climb.remind(at=TWO_LEFT) == 1
        assert climb.remind(at=moment("2026-11-26 15:00")) == 0, "not twice"
        assert climb.remind(at=ONE_LEFT) == 1
        assert climb.remind(at=moment("2026-11-30 08:05")) == 0, "the last day adds nothing"
        for who, times in (("build", 2), ("build_head", 2), ("clerk", 0), ("law", 0), ("owner", 0)):
            assert told(world.who[who], "supervision.reminded", ONE_LEFT) == times

    def test_nothing_answered_and_nothing_late_is_reminded_of(self, world: "World") -> None:
        world.answered()
        world.in_hand()
        assert climb.remind(at=ONE_LATE) == 0
        assert Reminder.objects.count() == 0

    def test_a_new_limit_is_reminded_of_anew(self, world: "World") -> None:
        case = world.in_hand()
        climb.remind(at=TWO_LEFT)
        world.press(
            Verb.ASK_EXTENSION,
            case,
            "build",
            TWO_LEFT,
            reason="several_offices",
            new_due_on="2026-12-02",
            note="等配件",
        )
        world.press(Verb.GRANT_EXTENSION, case, "head", TWO_LEFT)
        assert climb.remind(at=moment("2026-11-27 08:05")) == 0
        assert climb.remind(at=moment("2026-11-30 08:05")) == 1


class TestUrging:
    @pytest.mark.clause("二(二)1-诉求-跟进")
    def test_the_day_after_the_limit_the_system_urges_for_the_hub(self, world: "World") -> None:
        case = world.in_hand()
        climb.climb(at=moment("2026-11-30 17:31"))
        assert Urge.objects.count() == 0, "late by a minute is not a working day"
        assert climb.climb(at=ONE_LATE) == "自动催办督办 1 件，提请督办 0 件"
        row = Urge.objects.get()
        assert (row.number, row.level, row.ground) == ("催办〔2026〕0001号", "urge", "overdue")
        assert row.office_id == world.office("jianguan")
        assert f"{row.reply_by.astimezone():%m-%d}" == "12-02"
        climb.climb(at=ONE_LATE)
        climb.climb(at=moment("2026-12-02 08:15"))
        assert Urge.objects.count() == 1, "once a round"
        entry = ledger.entries_of("case", case.pk).last()
        assert entry.kind == "case.urged"
        assert entry.actor_id is None
        assert "超期" in entry.sentence

    def test_the_leader_in_charge_gets_a_copy_and_nothing_to_do(self, world: "World") -> None:
        world.in_hand()
        climb.climb(at=ONE_LATE)
        assert told(world.leader, "case.urged", ONE_LATE) == 1
        assert told(world.leader2, "case.urged", ONE_LATE) == 0
        assert not Notice.objects.get(account_id=world.leader.account_id, kind="case.urged").action

    def test_what_still_lies_at_the_hub_is_not_urged_but_proposed_for_supervision(self, world: "World") -> None:
        world.demand()
        climb.climb(at=THREE_LATE)
        assert Urge.objects.count() == 0
        assert [row.level for row in Proposal.objects.all()] == ["supervise"]


class TestProposing:
    @pytest.mark.clause("三要(三)-1")
    def test_supervision_decides_on_what_is_three_days_late(self, world: "World") -> None:
        case = world.in_hand()
        assert climb.climb(at=THREE_LATE) == "自动催办督办 1 件，提请督办 1 件"
        climb.climb(at=THREE_LATE)
        line = reads.proposals(world.supervisor)[0]
        assert (line.level_label, line.detail, line.may_decide) == ("督办一级", "已超期3个工作日", True)
        assert told(world.supervisor, "supervision.proposed", THREE_LATE) == 1
        assert Urge.objects.filter(level="supervise").count() == 0, "no order without a person"
        deciding.issue(line.id, by=world.supervisor, at=THREE_LATE, note="请书面说明。", reply_by="3")
        row = Urge.objects.get(level="supervise")
        assert (row.number, row.ground) == ("督办〔2026〕0001号", "overdue")
        assert reads.proposals(world.supervisor) == []
        with pytest.raises(TooLate):
            deciding.dismiss(line.id, by=world.supervisor, at=THREE_LATE, reason="晚了")
        assert case.pk == row.case_id

    def test_what_is_not_to_be_supervised_is_said_why_and_not_asked_again(self, world: "World") -> None:
        case = world.in_hand()
        climb.climb(at=THREE_LATE)
        line = reads.proposals(world.supervisor)[0]
        with pytest.raises(Refused):
            deciding.dismiss(line.id, by=world.supervisor, at=THREE_LATE, reason=" ")
        assert Proposal.objects.get(pk=line.id).state == "waiting"
        deciding.dismiss(line.id, by=world.supervisor, at=THREE_LATE, reason="等省厅批复，已向企业说明。")
        climb.climb(at=moment("2026-12-04 08:15"))
        assert reads.proposals(world.supervisor) == []
        assert ledger.entries_of("case", case.pk).last().kind == "supervision.dismissed"

    @pytest.mark.parametrize("who", ["clerk", "build", "village", "owner", "discipline", "sysadmin"])
    def test_nobody_else_sees_or_decides(self, world: "World", who: str) -> None:
        world.in_hand()
        climb.climb(at=THREE_LATE)
        row = Proposal.objects.get(level="supervise")
        assert reads.proposals(world.who[who]) == []
        with pytest.raises((NotFound, NotAllowed)):
            deciding.issue(row.pk, by=world.who[who], at=THREE_LATE, note="请说明。", reply_by="3")
        with pytest.raises((NotFound, NotAllowed)):
            deciding.dismiss(row.pk, by=world.who[who], at=THREE_LATE, reason="不必。")
        row.refresh_from_db()
        assert row.state == "waiting"
        assert not Urge.objects.filter(level="supervise").exists()

    def test_an_answered_matter_takes_its_proposal_with_it(self, world: "World") -> None:
        case = world.in_hand()
        climb.climb(at=THREE_LATE)
        world.press(Verb.FINISH, case, "build", THREE_LATE, outcome="solved", reply="修好了。", told_way="phone")
        climb.climb(at=moment("2026-12-04 08:15"))
        assert Proposal.objects.get(level="supervise").state == "lapsed"

    def test_an_order_given_by_hand_is_not_proposed_again(self, world: "World") -> None:
        case = world.in_hand()
        world.press(Verb.SUPERVISE, case, "supervisor", note="请说明。", reply_by="3")
        climb.climb(at=THREE_LATE)
        assert not Proposal.objects.filter(level="supervise").exists()

    def test_five_days_after_level_one_level_two_is_proposed(self, world: "World") -> None:
        case = world.in_hand()
        world.press(Verb.SUPERVISE, case, "supervisor", THREE_LATE, note="请说明。", reply_by="3")
        climb.climb(at=moment("2026-12-10 08:15"))
        assert not Proposal.objects.filter(level="supervise_2").exists(), "the fifth day is not past five"
        climb.climb(at=moment("2026-12-11 08:15"))
        row = Proposal.objects.get(level="supervise_2")
        assert row.detail == "督办一级发出后6个工作日仍未办结"
        world.person("mayor", "lingdao", Role.LEADER)
        at = moment("2026-12-11 09:00")
        deciding.issue(row.pk, by=world.supervisor, at=at, note="请单位负责人到镇说明。", reply_by="2")
        assert told(world.mayor, "case.supervised", at) == 1, "the leader of the whole town"
        assert Urge.objects.get(level="supervise_2").number == "督办〔2026〕0002号"

    def test_dissatisfied_twice_is_proposed(self, world: "World") -> None:
        case = world.answered()
        for number, again in enumerate((world.head, world.leader), start=1):
            world.press(Verb.RATE, case, "owner", solved="no", satisfaction="dissatisfied", comment="没有修好")
            climb.climb(at=moment("2026-11-23 10:00"))
            name = next(name for name, actor in world.who.items() if actor is again)
            case = world.press(Verb.REOPEN, case, name, note="请重办。")
            climb.climb(at=moment("2026-11-23 11:00"))
            assert Proposal.objects.filter(ground="dissatisfied").count() == number - 1
            if number == 1:
                case = world.press(Verb.SIGN, case, "build", handler=world.build.account_id)
                case = world.press(Verb.FINISH, case, "build", outcome="solved", reply="又修了一次。", told_way="phone")
        assert Proposal.objects.get().detail == "企业第2次不满意"

    def test_a_leaders_word_proposes_too(self, world: "World") -> None:
        case = world.in_hand()
        word = Reached(UrgeLevel.SUPERVISE, Ground.INSTRUCTION, "请督查办跟进。")
        row = deciding.propose(case.pk, reached=word, by=world.leader, at=ONE_LEFT)
        assert reads.proposal(world.supervisor, row.pk).ground_label == "领导批示"
        with pytest.raises(Refused):
            deciding.propose(case.pk, reached=word, by=world.leader, at=ONE_LEFT)
        with pytest.raises(NotFound):
            deciding.propose(case.pk, reached=word, by=world.leader2, at=ONE_LEFT)


class TestOrders:
    def test_level_two_needs_level_one_or_a_false_finish(self, world: "World") -> None:
        case = world.in_hand()
        values = {"note": "请说明。", "reply_by": "2", "level": "supervise_2"}
        with pytest.raises(Refused) as refused:
            world.press(Verb.SUPERVISE, case, "supervisor", **values)
        assert refused.value.code == "level_one_first"
        assert Urge.objects.count() == 0
        world.press(Verb.SUPERVISE, case, "supervisor", **values, ground="false_finish")
        assert Urge.objects.get().ground == "false_finish"

    def test_late_ones_come_first_and_the_answered_go_below(self, world: "World") -> None:
        first, second = world.in_hand(), world.in_hand()
        world.press(Verb.SUPERVISE, first, "supervisor", note="五日内说明。", reply_by="5")
        world.press(Verb.SUPERVISE, second, "supervisor", note="一日内说明。", reply_by="1")
        at = moment("2026-11-25 09:00")
        found = orders.waiting(world.supervisor, at)
        assert [(one.case_id, one.state) for one in found] == [(second.pk, "late"), (first.pk, "open")]
        assert orders.waiting(world.law, at) == []
        world.press(Verb.ANSWER_URGE, second, "build", at, note="已安排。")
        assert [one.case_id for one in orders.waiting(world.build, at)] == [first.pk]
        done = orders.settled(world.supervisor, at)
        assert [(one.case_id, one.replied_late) for one in done] == [(second.pk, True)]

    def test_who_gave_it_takes_it_back_and_the_number_stays_used(self, world: "World") -> None:
        case = world.in_hand()
        world.press(Verb.URGE, case, "clerk", note="请抓紧。")
        world.press(Verb.SUPERVISE, case, "supervisor", note="请说明。", reply_by="2")
        urge, order = Urge.objects.order_by("pk")
        for who, row in (("clerk", order), ("supervisor", urge)):
            with pytest.raises(NotAllowed):
                world.press(Verb.CANCEL_ORDER, case, who, order=row.pk, reason="发错了。")
        for who in ("build", "owner", "village"):
            with pytest.raises((NotAllowed, NotFound)):
                world.press(Verb.CANCEL_ORDER, case, who, order=order.pk, reason="发错了。")
        assert not Urge.objects.filter(cancelled_at__isnull=False).exists()
        case = world.press(Verb.CANCEL_ORDER, case, "supervisor", order=order.pk, reason="发错了单位。")
        assert case.urge_waits, "the hub's own still waits"
        case = world.press(Verb.CANCEL_ORDER, case, "head", order=urge.pk, reason="已口头答复。")
        assert not case.urge_waits
        with pytest.raises(Refused):
            world.press(Verb.ANSWER_URGE, case, "build", note="晚了一步。")
        world.press(Verb.SUPERVISE, case, "supervisor", note="请说明。", reply_by="2")
        assert Urge.objects.last().number == "督办〔2026〕0002号"

    def test_the_enterprise_sees_no_order(self, world: "World") -> None:
        case = world.in_hand()
        world.press(Verb.SUPERVISE, case, "supervisor", note="请说明。", reply_by="2")
        at = moment("2026-11-25 09:00")
        assert orders.waiting(world.owner, at) == []
        with pytest.raises(NotFound):
            orders.order(world.owner, Urge.objects.get().pk, at)
