"""What becomes of the case comes back to the finding and to the register; everybody concerned is told."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from qinqing.cases.models import Case
from qinqing.cases.words import Verb
from qinqing.findings import actions
from qinqing.findings.models import Cursor, Finding, FindingEvent, IllegalBuilding
from qinqing.notices import actions as notices
from qinqing.notices import reads as inbox
from tests.cases.world import NOW
from tests.findings.sent import STOP, again, opened, photo, press

if TYPE_CHECKING:
    from datetime import datetime

    from tests.cases.world import World


def to_the_end(world: "World", case: Case, by: str = "officer", at: "datetime" = NOW) -> Case:
    """Let the village put a case right, answer it, and the hub write it off."""
    head = "village" if by == "officer" else by
    if case.tasks.get(state__in=["offered", "working"]).state == "offered":
        world.press(Verb.SIGN, case, head, at, handler=world.who[by].account_id)
    case = world.press(Verb.ACCEPT, case, "clerk", at, topic=case.topic, grade="ordinary")
    case = world.press(Verb.HAND, case, "clerk", at, community=case.community_id, handler=world.who[by].account_id)
    live = case.tasks.filter(part="lead", state="offered").first()
    if live is not None:
        world.press(Verb.SIGN, case, head, at, handler=world.who[by].account_id)
    world.press(Verb.RECTIFY, case, by, at, note="已拆除。")
    world.press(Verb.RECHECK, case, by, at, passed="yes", note="看过，已拆除。")
    case = world.press(Verb.FINISH, case, by, at, outcome="rectified", reply="已整改。", told_way="in_person")
    world.press(Verb.REGISTER, case, "clerk", at)
    return world.press(Verb.WRITE_OFF, case, "clerk", at)


def illegal(world: "World") -> IllegalBuilding:
    return actions.register_illegal(
        enterprise_id=world.firms["lamp"],
        text="厂区北侧搭棚，疑似未办手续。",
        kind="building",
        location="厂区北侧",
        photos=[photo(world.officer)],
        stop=_stop(),
        by=world.officer,
        at=NOW,
    )


def _stop() -> object:
    from qinqing.findings.rules.shape import Stop

    return Stop(whom="演示厂长", at=NOW, way="当面", response="stopped")


class TestFollowing:
    @pytest.mark.clause("附2违-(2)")
    def test_a_failed_look_back_of_the_case_reopens_finding_and_register(self, world: "World") -> None:
        line = illegal(world)
        finding, case = Finding.objects.get(pk=line.finding_id), Case.objects.get(pk=line.case_id)
        for step in ("transfer", "clear", "close"):
            given = {"photos": [photo(world.village)]} if step == "clear" else {}
            actions.step_illegal(
                illegal_id=line.pk, step=step, text="已办。", to_office="综执安监办", by=world.village, at=NOW, **given
            )
        case = to_the_end(world, case)
        actions.follow(at=NOW)
        assert again(finding).state == "passed"
        line.refresh_from_db()
        assert (line.state, line.look_backs_due) == ("closed", ["2026-12-23", "2027-02-21"])
        then = NOW + timedelta(days=30)
        world.press(Verb.LOOK_BACK, case, "village", then, passed="no", note="又搭了起来。")
        assert actions.follow(at=then) > 0
        row = again(finding)
        assert (row.state, row.closed_made_at) == ("reopened", None)
        last = FindingEvent.objects.filter(finding=row).last()
        assert last is not None
        assert (last.by_name, "又搭了起来" in last.text) == ("系统·跟随企业问题", True)
        line.refresh_from_db()
        assert (line.state, line.look_backs_due) == ("found", [])
        assert actions.follow(at=then) >= 0
        assert FindingEvent.objects.filter(finding=row, kind="reopened").count() == 1

    @pytest.mark.clause("附2违-(2)")
    def test_a_look_back_pressed_on_the_register_is_pressed_on_the_case_too_and_noted_once(
        self, world: "World"
    ) -> None:
        line = illegal(world)
        for step in ("transfer", "clear", "close"):
            given = {"photos": [photo(world.village)]} if step == "clear" else {}
            actions.step_illegal(
                illegal_id=line.pk, step=step, text="已办。", to_office="综执安监办", by=world.village, at=NOW, **given
            )
        case = to_the_end(world, Case.objects.get(pk=line.case_id))
        then = NOW + timedelta(days=30)
        actions.step_illegal(
            illegal_id=line.pk, step="look_back", text="没有反弹。", passed=True, by=world.village, at=then
        )
        actions.follow(at=then)
        case.refresh_from_db()
        line.refresh_from_db()
        assert case.look_backs.get(done_at__isnull=False).passed is True
        assert line.look_backs_due == ["2027-02-21"]
        assert line.story.filter(step="look_back").count() == 1

    def test_a_case_written_off_closes_what_is_minor(self, world: "World") -> None:
        row = opened(world, is_problem=True, stop=STOP)
        to_the_end(world, row.case)  # type: ignore[arg-type]
        actions.follow(at=NOW)
        assert again(row).state == "passed"

    @pytest.mark.clause("附2安-(5)b")
    def test_but_never_what_is_grave_when_another_office_answered_for_it(self, world: "World") -> None:
        row = opened(world, level="grave", stop=STOP)
        to_the_end(world, row.case)  # type: ignore[arg-type]
        actions.follow(at=NOW)
        assert again(row).state == "open"

    def test_a_worker_that_reads_again_does_nothing_twice(self, world: "World") -> None:
        row = opened(world, is_problem=True, stop=STOP)
        to_the_end(world, row.case)  # type: ignore[arg-type]
        actions.follow(at=NOW)
        Cursor.objects.update(seq=0)
        actions.follow(at=NOW)
        assert FindingEvent.objects.filter(finding=row, kind="closed").count() == 1


class TestNotices:
    def heard(self, world: "World", name: str) -> list[str]:
        notices.pump(at=NOW)
        told = [notice for notice in inbox.inbox(world.who[name]) if notice.about.startswith("finding")]
        return [notice.heading.split(" · ")[0] for notice in reversed(told)]

    @pytest.mark.clause("附2安-(5)b")
    def test_the_safety_office_hears_of_what_is_grave_and_has_something_to_do(self, world: "World") -> None:
        opened(world, level="grave", stop=STOP)
        assert self.heard(world, "law") == ["上报疑似重大隐患"]
        assert inbox.inbox(world.law)[0].action
        assert self.heard(world, "clerk") == ["上报疑似重大隐患"]
        assert self.heard(world, "owner") == ["上报疑似重大隐患"]
        assert self.heard(world, "officer") == [], "never the one who did it"

    def test_the_officer_hears_of_the_firms_answer_and_the_firm_of_the_recheck(self, world: "World") -> None:
        row = opened(world)
        press(world, row, "rectified_claim", "owner")
        press(world, row, "recheck_pass", "officer")
        assert self.heard(world, "owner") == ["登记隐患", "复查合格"]
        assert self.heard(world, "officer") == ["整改上报"]
        assert self.heard(world, "owner2") == []
