"""Sittings: who must be called, what offices answer, another time, who came; and who reads of it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from qinqing.cases.lifecycle import BY_VERB
from qinqing.cases.models import Case
from qinqing.cases.options import asking, initial_for
from qinqing.cases.words import Verb
from qinqing.consultations import ics
from qinqing.consultations.actions import sittings
from qinqing.consultations.actions.sittings import Came
from qinqing.consultations.models import Invitation, Session, Sitting
from qinqing.consultations.reads import sittings as reads
from qinqing.kernel.errors import NotAllowed, NotFound, TooLate
from qinqing.ledger import reads as ledger
from qinqing.notices import actions as notices
from qinqing.notices.models import Notice
from qinqing.people.actions import leaves
from qinqing.people.models import Account
from tests.cases.world import NOW
from tests.consultations.test_sessions import TOMORROW, agree, convene, refused

if TYPE_CHECKING:
    from tests.cases.world import World
    from tests.conftest import Clock

HELD = TOMORROW + timedelta(hours=1)


def sitting_of(case: Case) -> Sitting:
    return Session.objects.filter(case=case).latest("id").sitting


def browser(world: "World", who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=world.who[who].account_id or 0))
    return client


def everybody(world: "World", *codes: str, **other: Came) -> dict[int, Came]:
    return {world.office(code): other.get(code, Came("came")) for code in codes}


class TestWhoIsCalled:
    @pytest.mark.clause("二(三)-2")
    def test_the_office_whose_duty_it_is_is_called_or_the_hub_says_why_not(self, world: "World") -> None:
        case = world.accepted()
        with refused("office_left_out", field="left_out") as caught:
            convene(world, case, offices=("zhifa", "cun01"))
        assert "建设" in caught.value.sentence
        convene(world, case, offices=("zhifa", "cun01"), left_out="已书面答复，不需到会")
        session = Session.objects.get()
        assert session.left_out.endswith("：已书面答复，不需到会")
        assert "建设" in session.left_out
        assert list(ledger.entries_of("case", case.pk))[-1].facts["left_out"].startswith("未请")

    def test_an_office_that_gave_the_case_back_is_called_too(self, world: "World") -> None:
        case = world.accepted()
        world.press(Verb.FORWARD, case, "clerk", lead=world.office("ziran"))
        world.press(Verb.RETURN, case, "land", reason="not_ours", basis="三（三）", note="不属本单位。")
        case = world.press(Verb.ACCEPT_RETURN, case, "clerk")
        need = next(one for one in BY_VERB[Verb.CONVENE].needs if one.name == "participants")
        assert initial_for(Verb.CONVENE, need, asking(case, None, world.clerk, NOW)) == [
            world.office("jianguan"),
            world.office("ziran"),
        ]
        with refused("office_left_out", field="left_out"):
            convene(world, case, offices=("jianguan", "zhifa"))
        convene(world, case, offices=("jianguan", "ziran"), left_out="多写的一句")
        assert Session.objects.get().left_out == "", "nobody was left out, so there is no reason to keep"

    def test_matters_called_to_one_place_and_time_are_one_sitting(self, world: "World") -> None:
        first, second = world.accepted(), world.accepted(text="第二件：绿化带挡住视线。")
        convene(world, first)
        convene(world, second, offices=("jianguan", "ziran"))
        sitting = Sitting.objects.get()
        assert {row.office.code for row in sitting.invitations.all()} == {"jianguan", "zhifa", "cun01", "ziran"}
        seen = reads.sheet(world.land, sitting.pk, NOW)
        assert [session.case_id for session in seen.sessions] == [second.pk], (
            "what it is not called for it does not read"
        )
        assert len(reads.sheet(world.build, sitting.pk, NOW).sessions) == 2


class TestAnswers:
    @pytest.mark.clause("三职(三)-1", "三职(四)-1")
    def test_offices_answer_each_for_itself_and_the_hub_hears(self, world: "World") -> None:
        sitting = sitting_of(convene(world, world.accepted()))
        sittings.answer(sitting.pk, answer="attend", by=world.build, at=NOW)
        sittings.answer(sitting.pk, answer="delegate", who="示副队长", by=world.law, at=NOW)
        sittings.answer(sitting.pk, answer="cannot", reason="同日防汛演练", by=world.village, at=NOW)
        found = {
            one.office_id: (one.answer, one.who, one.reason)
            for one in reads.sheet(world.clerk, sitting.pk, NOW).offices
        }
        assert found == {
            world.office("jianguan"): ("attend", "", ""),
            world.office("zhifa"): ("delegate", "示副队长", ""),
            world.office("cun01"): ("cannot", "", "同日防汛演练"),
        }
        notices.pump(at=NOW)
        told = Notice.objects.filter(account_id=world.clerk.account_id or 0, kind="consultation.answered")
        assert [notice.about for notice in told] == [f"sitting:{sitting.pk}"] * 3
        assert any("同日防汛演练" in notice.sentence for notice in told)

    def test_an_answer_may_be_changed_until_the_sitting_begins(self, world: "World") -> None:
        sitting = sitting_of(convene(world, world.accepted()))
        sittings.answer(sitting.pk, answer="cannot", reason="出差", by=world.build, at=NOW)
        sittings.answer(sitting.pk, answer="attend", by=world.build_head, at=NOW)
        row = Invitation.objects.get(sitting=sitting, office_id=world.office("jianguan"))
        assert (row.answer, row.reason, row.answered_by_name) == ("attend", "", world.build_head.name)
        with refused("sitting_begun", kind=TooLate):
            sittings.answer(sitting.pk, answer="attend", by=world.build, at=TOMORROW)

    @pytest.mark.parametrize(
        ("given", "code", "field"),
        [
            ({"answer": "delegate"}, "missing", "who"),
            ({"answer": "cannot", "reason": " \u200b"}, "missing", "reason"),
            ({"answer": "maybe"}, "answer_unknown", "answer"),
            ({"answer": "waiting"}, "answer_unknown", "answer"),
            ({"answer": "attend", "who": "名" * 61}, "too_long", "who"),
        ],
    )
    def test_half_an_answer_is_none(self, world: "World", given: dict[str, Any], code: str, field: str) -> None:
        sitting = sitting_of(convene(world, world.accepted()))
        with refused(code, field=field):
            sittings.answer(sitting.pk, by=world.build, at=NOW, **given)

    def test_nobody_answers_for_others(self, world: "World") -> None:
        sitting = sitting_of(convene(world, world.accepted()))
        for who in ("clerk", "officer", "supervisor"):
            with refused("not_allowed", kind=NotAllowed):
                sittings.answer(sitting.pk, answer="attend", by=world.who[who], at=NOW)
        for who in ("land", "owner", "leader2"):
            with refused("not_found", kind=NotFound):
                sittings.answer(sitting.pk, answer="attend", by=world.who[who], at=NOW)


class TestMoving:
    @pytest.mark.clause("三职(二)-2")
    def test_a_sitting_put_off_asks_every_office_again(self, world: "World") -> None:
        sitting = sitting_of(convene(world, world.accepted()))
        sittings.answer(sitting.pk, answer="attend", by=world.build, at=NOW)
        later = TOMORROW + timedelta(days=1)
        sittings.move(sitting.pk, held_at=later, place="二楼", reason="会议室占用", by=world.clerk, at=NOW)
        sitting.refresh_from_db()
        assert (sitting.held_at, sitting.place, sitting.moves) == (later, "二楼", 1)
        assert set(sitting.invitations.values_list("answer", flat=True)) == {"waiting"}
        notices.pump(at=NOW)
        told = Notice.objects.get(account_id=world.build.account_id or 0, kind="consultation.moved")
        assert told.action
        assert "会议室占用" in told.sentence

    @pytest.mark.parametrize(
        ("given", "code", "field"),
        [
            ({"held_at": NOW - timedelta(minutes=1)}, "held_in_past", "held_at"),
            ({"held_at": TOMORROW}, "nothing_changed", "held_at"),
            ({"reason": ""}, "missing", "reason"),
            ({"place": ""}, "missing", "place"),
        ],
    )
    def test_a_sitting_is_not_moved_for_nothing(
        self, world: "World", given: dict[str, Any], code: str, field: str
    ) -> None:
        sitting = sitting_of(convene(world, world.accepted()))
        values = {"held_at": HELD, "place": "镇政府三楼", "reason": "占用"} | given
        with refused(code, field=field):
            sittings.move(sitting.pk, by=world.clerk, at=NOW, **values)

    def test_it_is_not_moved_onto_another_nor_by_others_nor_once_held(self, world: "World") -> None:
        first = sitting_of(convene(world, world.accepted()))
        second = sitting_of(convene(world, world.accepted(), held_at=HELD))
        with refused("sitting_there", field="held_at"):
            sittings.move(second.pk, held_at=TOMORROW, place=first.place, reason="合并", by=world.clerk, at=NOW)
        with refused("not_allowed", kind=NotAllowed):
            sittings.move(first.pk, held_at=HELD, place="二楼", reason="忙", by=world.build, at=NOW)
        came = everybody(world, "jianguan", "zhifa", "cun01")
        sittings.attend(first.pk, offices=came, by=world.clerk, at=HELD)
        with refused("sitting_over", kind=TooLate):
            sittings.move(
                first.pk, held_at=HELD + timedelta(days=1), place="二楼", reason="忙", by=world.clerk, at=HELD
            )


class TestAttendance:
    @pytest.mark.clause("三职(二)-2")
    def test_who_came_who_was_sent_who_was_absent_and_what_was_left_over(self, world: "World") -> None:
        case = convene(world, world.accepted())
        sitting = sitting_of(case)
        came = everybody(
            world, "jianguan", "zhifa", "cun01",
            zhifa=Came("deputy", who="示副队长"), cun01=Came("absent", note="防汛值守"),
        )  # fmt: skip
        sittings.attend(sitting.pk, offices=came, left_over="红线图待县局确认", by=world.clerk, at=HELD)
        entry = list(ledger.entries_of("sitting", sitting.pk))[-1]
        assert "派员代会：" in entry.sentence
        assert "防汛值守" in entry.sentence
        assert "红线图待县局确认" in entry.sentence
        seen = reads.sheet(world.build, sitting.pk, HELD)
        assert [one.presence for one in seen.offices] == ["came", "deputy", "absent"]
        assert not seen.may_answer

    def test_it_may_be_put_right_and_the_ledger_keeps_both(self, world: "World") -> None:
        sitting = sitting_of(convene(world, world.accepted()))
        offices = ("jianguan", "zhifa", "cun01")
        sittings.attend(sitting.pk, offices=everybody(world, *offices), by=world.clerk, at=HELD)
        late = everybody(world, *offices, cun01=Came("absent", note="中途未到"))
        sittings.attend(sitting.pk, offices=late, by=world.clerk, at=HELD)
        assert Invitation.objects.get(sitting=sitting, office_id=world.office("cun01")).presence == "absent"
        assert len(list(ledger.entries_of("sitting", sitting.pk))) == 2

    def test_half_an_attendance_is_not_kept(self, world: "World") -> None:
        sitting = sitting_of(convene(world, world.accepted()))
        offices, village = ("jianguan", "zhifa", "cun01"), world.office("cun01")
        for came in (None, Came(""), Came("maybe"), Came("deputy"), Came("absent", note=" ")):
            given = everybody(world, *offices) | {village: came}
            code = "missing" if came and came.presence in ("deputy", "absent") else "presence_missing"
            with refused(code, field=f"presence_{village}"):
                sittings.attend(sitting.pk, offices=given, by=world.clerk, at=HELD)  # type: ignore[arg-type]
        with refused("not_held_yet"):
            sittings.attend(sitting.pk, offices=everybody(world, *offices), by=world.clerk, at=NOW)
        with refused("not_allowed", kind=NotAllowed):
            sittings.attend(sitting.pk, offices=everybody(world, *offices), by=world.build, at=HELD)


class TestTroubles:
    def test_leave_a_day_off_and_another_sitting_are_said(self, world: "World") -> None:
        first = sitting_of(convene(world, world.accepted()))
        second = sitting_of(convene(world, world.accepted(), offices=("jianguan", "ziran"), place="二楼", held_at=HELD))
        leaves.register_leave(
            account_id=world.build.account_id or 0,
            deputy_id=world.build_head.account_id or 0,
            starts_on=TOMORROW.date(),
            ends_on=TOMORROW.date(),
            by=world.build,
            at=NOW,
        )
        said = "".join(reads.sheet(world.clerk, first.pk, NOW).troubles)
        assert f"{world.build.name}请假到11月24日" in said
        assert "同时还有一场会商（二楼）" in said
        assert "不是工作日" not in said
        sittings.move(second.pk, held_at=NOW + timedelta(days=5), place="二楼", reason="错开", by=world.clerk, at=NOW)
        assert "同时还有" not in "".join(reads.sheet(world.clerk, first.pk, NOW).troubles)
        assert reads.sheet(world.clerk, second.pk, NOW).troubles == ["这一天不是工作日。"]


class TestCalendarFiles:
    def test_a_file_says_when_and_where_and_nothing_of_the_matter(self, world: "World", clock: "Clock") -> None:
        clock.at("2026-11-23 09:30")
        case = convene(world, world.accepted(), place="镇政府三楼，东侧；会议室")
        page = browser(world, "build").get("/consultations/mine.ics")
        assert page["Content-Type"].startswith("text/calendar")
        text = page.content.decode()
        assert "DTSTART:20261124T010000Z" in text
        assert "\r\nEND:VCALENDAR\r\n" in text
        assert case.enterprise_name not in text
        assert case.title not in text
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        other = browser(world, "land").get("/consultations/mine.ics").content.decode()
        assert "VEVENT" not in other

    def test_marks_are_escaped_and_long_lines_folded_between_characters(self) -> None:
        event = ics.Event("a@b", 2, TOMORROW, "楼" * 60 + ",;\\", "http://x/")
        text = ics.write([event], at=NOW)
        unfolded = text.replace("\r\n ", "")
        assert "楼" * 60 + "\\,\\;\\\\" in unfolded
        assert "SEQUENCE:2" in unfolded
        assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


class TestPages:
    def test_an_office_answers_and_the_hub_notes_who_came(self, world: "World", clock: "Clock") -> None:
        clock.at("2026-11-23 09:30")
        case = convene(world, world.accepted())
        here = f"/consultations/{sitting_of(case).pk}/"
        build = browser(world, "build")
        assert "本单位答复" in build.get(here).content.decode()
        wrong = build.post(f"{here}answer/", {"answer": "delegate"})
        assert wrong.status_code == 422
        assert "请填写到会人" in wrong.content.decode()
        assert build.post(f"{here}answer/", {"answer": "attend"}).status_code == 303
        clock.at("2026-11-24 11:00")
        hub = browser(world, "clerk")
        assert "登记到会" in hub.get(here).content.decode()
        values = {f"presence_{world.office(code)}": "came" for code in ("jianguan", "zhifa")}
        village = world.office("cun01")
        refused_ = hub.post(f"{here}attend/", {**values, f"presence_{village}": "absent"})
        assert refused_.status_code == 422
        done = hub.post(f"{here}attend/", {**values, f"presence_{village}": "absent", f"word_{village}": "值守"})
        assert done.status_code == 303
        text = hub.get(here).content.decode()
        assert "值守" in text
        assert "更正到会" in text

    def test_the_month_shows_the_sittings_and_my_own_leave(self, world: "World", clock: "Clock") -> None:
        clock.at("2026-11-23 09:30")
        convene(world, world.accepted(), place="镇政府三楼")
        leaves.register_leave(
            account_id=world.build.account_id or 0, deputy_id=world.build_head.account_id or 0,
            starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 25), by=world.build, at=NOW,
        )  # fmt: skip
        text = browser(world, "build").get("/consultations/calendar/").content.decode()
        assert "镇政府三楼" in text
        assert "我请假" in text
        assert "镇政府三楼" not in browser(world, "land").get("/consultations/calendar/").content.decode()
        assert browser(world, "clerk").get("/consultations/calendar/?month=nonsense").status_code == 200
        assert (
            "这个月没有会商"
            in browser(world, "clerk").get("/consultations/calendar/?month=2026-12-01").content.decode()
        )

    def test_pages_ask_no_more_for_many(
        self, world: "World", clock: "Clock", django_assert_max_num_queries: Any
    ) -> None:
        clock.at("2026-11-23 09:30")
        for hours in range(4):
            agree(world, convene(world, world.accepted(), held_at=TOMORROW + timedelta(hours=hours)))
            convene(world, world.accepted(), held_at=TOMORROW + timedelta(hours=hours))
        hub, here = browser(world, "clerk"), f"/consultations/{Sitting.objects.order_by('pk')[0].pk}/"
        for page, most in ((here, 24), ("/consultations/calendar/", 20), ("/consultations", 24)):
            hub.get(page)
            with django_assert_max_num_queries(most):
                hub.get(page)
