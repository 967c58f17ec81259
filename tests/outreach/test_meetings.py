"""例会: recorded with who came, counted for the firm and for who held it."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from qinqing.kernel.errors import NotAllowed, NotFound, Refused
from qinqing.ledger import reads as ledger
from qinqing.ledger.subjects import number_of
from qinqing.outreach.actions.meetings import correct_attendance, record_meeting
from qinqing.outreach.models import Attendance, Meeting
from qinqing.outreach.reads import meetings
from qinqing.outreach.rules.meetings import progress
from tests.cases.world import NOW, moment
from tests.outreach.phone import codes, ms, record, take_in

if TYPE_CHECKING:
    from tests.cases.world import World

TODAY = NOW.date()


def hold(world: "World", by: str = "officer", held_at: datetime = NOW, **more: Any) -> Meeting:
    given: dict[str, Any] = {
        "meeting_id": uuid4(),
        "topic": "四季度安全生产例会",
        "topics": ["situation", "law"],
        "attendance": {world.firms["lamp"]: (True, "示老板")},
    }
    return record_meeting(**(given | more), held_at=held_at, by=world.who[by], at=NOW)


@pytest.mark.clause("附2安-(4)a")
@pytest.mark.parametrize(
    ("done", "today", "tone"),
    [
        (4, date(2026, 3, 1), "ok"),
        (3, date(2026, 12, 1), "late"),
        (3, date(2026, 10, 10), "calm"),
        (3, date(2027, 1, 4), "late"),
        (0, date(2026, 1, 10), "calm"),
        (0, date(2026, 3, 10), "soon"),
        (0, date(2026, 4, 1), "late"),
        (2, date(2026, 9, 2), "soon"),
        (0, date(2025, 12, 31), "calm"),
    ],
)
def test_four_a_year_at_one_a_quarter(done: int, today: date, tone: str) -> None:
    assert progress(done, 4, year=2026, today=today).tone == tone


@pytest.mark.clause("附2安-(4)a")
class TestProgress:
    def test_counts_for_the_firm_that_came_and_for_who_held_it(self, world: "World") -> None:
        for month in (2, 5, 8):
            hold(world, held_at=moment(f"2026-{month:02}-10 14:00"))
        hold(world, attendance={world.firms["lamp"]: (False, "")}, held_at=moment("2026-11-10 14:00"))
        firm = meetings.firms_progress(world.officer, year=2026, today=date(2026, 12, 1))[0]
        assert (firm.done, firm.lamp.tone, firm.lamp.words) == (3, "late", "3次，差1次")
        own = meetings.own_progress(world.officer, year=2026, today=TODAY)
        assert (own.tone, own.words) == ("ok", "4次，已满")

    def test_a_joint_meeting_counts_for_each_that_came(self, world: "World") -> None:
        hold(
            world,
            by="law",
            attendance={world.firms["lamp"]: (True, ""), world.firms["mould"]: (True, "")},
        )
        done = {one.enterprise: one.done for one in meetings.firms_progress(world.clerk, year=2026, today=TODAY)}
        assert done == {"演示车灯有限公司": 1, "演示模具有限公司": 1}

    def test_officers_are_listed_by_place_not_by_number(self, world: "World") -> None:
        hold(world, by="officer2", attendance={world.firms["mould"]: (True, "")})
        lines = meetings.officers_progress(world.clerk, year=2026, today=TODAY)
        assert [(one.name, one.done) for one in lines] == [("示officer", 0), ("示officer2", 1)]
        assert [one.name for one in meetings.officers_progress(world.village, year=2026, today=TODAY)] == ["示officer"]
        assert meetings.officers_progress(world.officer, year=2026, today=TODAY) == []

    def test_the_duty_of_the_year_follows(self, world: "World") -> None:
        from qinqing.patrol.actions.duties import lay_out
        from qinqing.patrol.models import Duty

        lay_out(by=world.root, at=NOW)
        hold(world)
        duty = Duty.objects.get(kind="meeting", enterprise_id=world.firms["lamp"], period="2026")
        assert duty.got == 1


@pytest.mark.clause("附2安-(4)b")
def test_the_record_says_which_of_the_plans_topics_were_spoken_of(world: "World") -> None:
    meeting = hold(world, topics=["situation", "law", "nonsense"])
    sheet = meetings.sheet(world.officer, meeting.pk)
    told = [name for name, was_told in sheet.topics if was_told]
    assert told == ["通报安全形势", "法律法规政策宣传"]
    assert len(sheet.topics) == len(meetings.topics("demo"))
    entry = ledger.entries_of("meeting", number_of(meeting.pk)).get()
    assert "通报安全形势、法律法规政策宣传" in entry.sentence


class TestRecord:
    def test_the_same_id_is_one_meeting(self, world: "World") -> None:
        key = uuid4()
        hold(world, meeting_id=key)
        hold(world, meeting_id=key, topic="又来一次")
        assert Meeting.objects.get().topic == "四季度安全生产例会"
        assert Attendance.objects.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"topic": ""}, "missing"),
            ({"attendance": {}}, "nobody_asked"),
            ({"attendance": {987_654: (True, "")}}, "not_found"),
            ({"held_at": NOW + timedelta(days=1)}, "held_in_future"),
        ],
    )
    def test_a_refusal_leaves_nothing(self, world: "World", wrong: dict[str, Any], code: str) -> None:
        with pytest.raises(Refused) as refusal:
            hold(world, **wrong)
        assert refusal.value.code == code
        assert not Meeting.objects.exists()

    @pytest.mark.parametrize("who", ["owner", "leader", "supervisor", "sysadmin"])
    def test_posts_without_the_right_record_none(self, world: "World", who: str) -> None:
        with pytest.raises(NotAllowed):
            hold(world, by=who)
        assert not Meeting.objects.exists()


class TestCorrection:
    def test_host_and_head_put_right_who_came_and_say_why(self, world: "World") -> None:
        meeting = hold(world, attendance={world.firms["lamp"]: (False, "")})
        given = {"meeting_id": meeting.pk, "enterprise_id": world.firms["lamp"], "at": NOW}
        correct_attendance(attended=True, reason="签到表上有", by=world.village, **given)  # type: ignore[arg-type]
        line = meetings.sheet(world.officer, meeting.pk).attendances[0]
        assert (line.attended, line.corrected) == (True, "签到表上有")
        assert meetings.firms_progress(world.officer, year=2026, today=TODAY)[0].done == 1
        for by, code in (("clerk", "not_allowed"), ("officer2", "not_found")):
            with pytest.raises(Refused) as refusal:
                correct_attendance(attended=False, reason="x", by=world.who[by], **given)  # type: ignore[arg-type]
            assert refusal.value.code == code
        with pytest.raises(Refused, match="没有变化"):
            correct_attendance(attended=True, reason="x", by=world.officer, **given)  # type: ignore[arg-type]
        assert ledger.entries_of("meeting", number_of(meeting.pk)).count() == 2


class TestWho:
    @pytest.mark.parametrize("who", ["officer", "village", "clerk", "law", "supervisor", "leader", "owner"])
    def test_those_it_concerns_read_it(self, world: "World", who: str) -> None:
        meeting = hold(world)
        assert [line.id for line in meetings.listing(world.who[who])[0]] == [meeting.pk]

    @pytest.mark.parametrize("who", ["officer2", "village2", "build", "owner2", "leader2", "discipline", "sysadmin"])
    def test_nobody_else_does(self, world: "World", who: str) -> None:
        meeting = hold(world)
        assert meetings.listing(world.who[who]) == ([], "")
        with pytest.raises(NotFound):
            meetings.sheet(world.who[who], meeting.pk)

    def test_a_firm_sees_its_own_attendance_only(self, world: "World") -> None:
        both = {world.firms["lamp"]: (True, "示老板"), world.firms["mould"]: (True, "示厂长")}
        meeting = hold(world, by="law", attendance=both)
        lines = meetings.sheet(world.owner, meeting.pk).attendances
        assert [line.enterprise for line in lines] == ["演示车灯有限公司"]


class TestFromThePhone:
    def test_is_recorded_as_it_was(self, world: "World") -> None:
        rec = record("meeting")
        data = {
            "topic": "节前安全",
            "topics": ["law"],
            "held_ms": ms(NOW - timedelta(hours=2)),
            "where": "村会议室",
            "attendance": [{"enterprise": world.firms["lamp"], "attended": True, "name": "示老板"}],
        }
        assert take_in(world, rec, data) == []
        assert take_in(world, rec, data) == []
        meeting = Meeting.objects.get()
        assert (meeting.pk, meeting.topic, meeting.held_at) == (rec.id, "节前安全", NOW - timedelta(hours=2))
        assert Attendance.objects.get().name == "示老板"

    def test_odd_rows_are_left_out_and_flagged(self, world: "World") -> None:
        data = {
            "topics": ["law", "nonsense"],
            "attendance": [{"enterprise": world.firms["lamp"], "attended": "yes"}, {"enterprise": 987_654}, {}],
        }
        flags = take_in(world, record("meeting"), data)
        assert codes(flags) == ["enterprise_unknown", "text_blank", "choice_unknown"]
        assert Meeting.objects.get().topic == "例会"
        assert not Attendance.objects.get().attended

    def test_with_nobody_asked_waits_for_a_person(self, world: "World") -> None:
        with pytest.raises(Refused):
            take_in(world, record("meeting"), {"topic": "例会", "attendance": []})
        with pytest.raises(TypeError):
            take_in(world, record("meeting"), {"topic": "例会", "attendance": "all"})
        assert not Meeting.objects.exists()
