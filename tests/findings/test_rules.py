"""What an event does, who may make it, and how late and simultaneous ones are settled: pure decisions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing.findings.rules.deadlines import default_deadline, lamp
from qinqing.findings.rules.events import STARTS, judge, may, offers
from qinqing.findings.rules.registers import building_lamp, building_steps, illegal_steps, remedy_due
from qinqing.findings.rules.shape import read_event, read_finding
from qinqing.findings.rules.sight import Effect, Happening, Sight
from qinqing.findings.words import (
    SAFETY_ONLY,
    UNSETTLED,
    BuildingState,
    BuildingStep,
    EventKind,
    Grade,
    IllegalState,
    IllegalStep,
    Level,
    Standing,
    State,
)
from tests.cases.world import NOW

TODAY = NOW.date()
OFFICER, SAFETY, FIRM = frozenset({Standing.OFFICER}), frozenset({Standing.SAFETY}), frozenset({Standing.FIRM})


def sight(**more: object) -> Sight:
    given_ = {"level": Level.MINOR, "state": State.OPEN, "deadline": TODAY + timedelta(days=5), "version": 3}
    return Sight(**{**given_, **more})  # type: ignore[arg-type]


def done(
    before: Sight, kind: EventKind, who: frozenset[Standing] = OFFICER, later: object = (), **more: object
) -> Effect:
    given_ = Happening(kind, **{"made_at": NOW, **more})  # type: ignore[arg-type]
    return judge(before, given_, who, later, today=TODAY, longest=15)  # type: ignore[arg-type]


def closed(**more: object) -> Sight:
    return sight(state=State.PASSED, closed_made_at=NOW, closed_version=3, **more)


class TestWhoMay:
    @pytest.mark.clause("附2安-(5)b")
    @pytest.mark.parametrize("level", sorted(SAFETY_ONLY))
    def test_what_is_grave_only_the_safety_office_rechecks_and_closes(self, level: Level) -> None:
        grave = sight(level=level)
        for kind in (EventKind.PASS, EventKind.FAIL, EventKind.CLOSE, EventKind.EXTEND, EventKind.REOPEN):
            assert may(kind, grave, SAFETY)
            assert not may(kind, grave, OFFICER)
            assert not may(kind, grave, frozenset({Standing.FINDER, Standing.HUB, Standing.FIRM}))

    def test_an_officer_rechecks_what_is_minor_until_he_hands_it_over(self) -> None:
        assert may(EventKind.PASS, sight(), OFFICER)
        assert not may(EventKind.PASS, sight(is_transferred=True), OFFICER)
        assert may(EventKind.PASS, sight(is_transferred=True), SAFETY)

    def test_a_firm_says_that_it_is_done_and_nothing_else(self) -> None:
        for one in (sight(), sight(level=Level.GRAVE), sight(is_transferred=True)):
            assert {kind for kind in EventKind if may(kind, one, FIRM)} == {EventKind.CLAIM}

    def test_nobody_without_a_standing_may_anything(self) -> None:
        assert not [kind for kind in EventKind if may(kind, sight(), frozenset({Standing.HUB}))]

    def test_buttons_are_what_may_be_pressed_now(self) -> None:
        assert offers(sight(state=State.CLAIMED), OFFICER)[0] is EventKind.PASS
        assert offers(sight(level=Level.GRAVE), SAFETY)[0] is EventKind.JUDGE
        assert EventKind.EXTEND not in offers(sight(extensions=1), OFFICER)
        assert EventKind.EXTEND not in offers(sight(level=Level.GRAVE, deadline=None), SAFETY)
        assert offers(closed(), OFFICER) == [EventKind.REOPEN]
        assert offers(closed(), FIRM) == []


class TestOrder:
    """The field's conflict rules: the later in the server's order, but what is closed is never undone by an older event."""

    def test_an_older_event_does_not_undo_the_closing(self) -> None:
        effect = done(closed(version=4), EventKind.FAIL, base_version=1, made_at=NOW - timedelta(hours=1))
        assert effect.after.state is State.PASSED
        assert [one.code for one in effect.objections] == ["older_than_closing"]
        assert effect.after.version == 5, "it stays in the story all the same"

    def test_a_newer_event_does(self) -> None:
        effect = done(closed(version=4), EventKind.FAIL, base_version=1, made_at=NOW + timedelta(hours=1))
        assert effect.after.state is State.FAILED
        assert effect.after.closed_made_at is None

    def test_so_does_one_whose_author_had_seen_the_closing(self) -> None:
        effect = done(closed(), EventKind.REOPEN, base_version=3, made_at=NOW - timedelta(hours=1))
        assert effect.after.state is State.REOPENED

    def test_the_later_in_the_servers_order_decides(self) -> None:
        failed = done(sight(state=State.CLAIMED), EventKind.FAIL, base_version=1, made_at=NOW - timedelta(days=2))
        assert failed.after.state is State.FAILED

    def test_unseen_events_about_the_same_are_parallel(self) -> None:
        assert done(sight(), EventKind.CLAIM, later=[(2, EventKind.FAIL)], base_version=1).is_parallel
        assert not done(sight(), EventKind.CLAIM, later=[(2, EventKind.EXTEND)], base_version=1).is_parallel
        assert done(
            sight(), EventKind.EXTEND, later=[(2, EventKind.FAIL)], base_version=1, until=TODAY + timedelta(days=9)
        ).is_parallel
        assert not done(sight(), EventKind.CLAIM, later=[(2, EventKind.FAIL)], base_version=2).is_parallel
        assert not done(sight(), EventKind.CLAIM, later=[(2, EventKind.FAIL)]).is_parallel

    @given(
        kinds=st.lists(
            st.tuples(
                st.sampled_from(sorted(EventKind)),
                st.integers(-72, 72),
                st.integers(0, 12),
                st.sampled_from([OFFICER, SAFETY, FIRM]),
            ),
            max_size=12,
        )
    )
    def test_any_story_keeps_its_promises(self, kinds: list[tuple[EventKind, int, int, frozenset[Standing]]]) -> None:
        now, story = sight(version=0), []
        for kind, hours, base, who in kinds:
            before = now
            effect = done(
                now,
                kind,
                who,
                story,
                base_version=base,
                made_at=NOW + timedelta(hours=hours),
                until=TODAY + timedelta(days=7),
                level=Level.MAJOR,
            )
            now = effect.after
            story.append((now.version, kind))
            assert now.version == before.version + 1
            assert (now.state is State.PASSED) == (now.closed_made_at is not None)
            assert now.extensions <= 1
            if before.state is State.PASSED and now.state is not State.PASSED:
                assert base >= before.closed_version or NOW + timedelta(hours=hours) >= before.closed_made_at  # type: ignore[operator]
            if before.is_safetys and now.state is State.PASSED and before.state is not State.PASSED:
                assert who == SAFETY
            if effect.objections:
                assert (now.state, now.deadline, now.level) == (before.state, before.deadline, before.level)


class TestDeadlines:
    def test_fifteen_days_for_what_is_minor_none_for_what_is_grave(self) -> None:
        assert default_deadline(Level.MINOR, date(2026, 11, 23), 15) == date(2026, 12, 8)
        assert default_deadline(Level.GRAVE, date(2026, 11, 23), 15) is None

    def test_one_extension_then_it_is_handed_over(self) -> None:
        once = done(sight(), EventKind.EXTEND, until=TODAY + timedelta(days=9)).after
        assert (once.deadline, once.extensions) == (TODAY + timedelta(days=9), 1)
        again = done(once, EventKind.EXTEND, until=TODAY + timedelta(days=12))
        assert [one.code for one in again.objections] == ["extended_once"]
        assert again.after.deadline == once.deadline
        assert done(once, EventKind.TRANSFER).after.is_transferred

    @pytest.mark.parametrize(
        ("until", "code"),
        [
            (None, "until_missing"),
            (TODAY, "until_past"),
            (TODAY + timedelta(days=5), "until_past"),
            (TODAY + timedelta(days=21), "until_too_far"),
        ],
    )
    def test_an_extension_is_later_than_before_and_not_too_far(self, until: date | None, code: str) -> None:
        assert [one.code for one in done(sight(), EventKind.EXTEND, until=until).objections] == [code]

    def test_overdue_is_computed_and_only_while_the_firm_owes_it(self) -> None:
        late = sight(deadline=TODAY - timedelta(days=1))
        assert late.is_overdue(TODAY)
        assert lamp(late, TODAY).words == "超期1天"
        assert not sight(deadline=TODAY).is_overdue(TODAY)
        for state in (State.CLAIMED, State.TRANSFERRED):
            assert not sight(deadline=TODAY - timedelta(days=1), state=state).is_overdue(TODAY)


class TestJudging:
    def test_the_safety_office_judges_what_is_grave(self) -> None:
        grave = sight(level=Level.GRAVE, deadline=None)
        major = done(grave, EventKind.JUDGE, SAFETY, level=Level.MAJOR, until=TODAY + timedelta(days=3)).after
        assert (major.level, major.deadline, major.is_safetys) == (Level.MAJOR, TODAY + timedelta(days=3), True)
        back = done(grave, EventKind.JUDGE, SAFETY, level=Level.MINOR).after
        assert (back.level, back.is_safetys) == (Level.MINOR, False)
        assert [one.code for one in done(grave, EventKind.JUDGE, SAFETY).objections] == ["level_missing"]

    def test_a_hazard_seen_again_is_not_done(self) -> None:
        assert done(sight(state=State.CLAIMED), EventKind.SEEN_AGAIN).after.state is State.FAILED
        assert done(sight(), EventKind.SEEN_AGAIN).after.state is State.OPEN


class TestReading:
    @pytest.mark.parametrize("raw", [None, 7, "x", [], {}, {"id": "no"}, {"id": 3}])
    def test_what_is_no_finding_is_flagged_never_raised(self, raw: object) -> None:
        found, flags = read_finding(raw, made_at=NOW)
        assert found is None
        assert [flag.code for flag in flags] == ["finding_unreadable"]

    @given(
        raw=st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "text",
                    "level",
                    "category",
                    "photos",
                    "stop",
                    "deadline",
                    "repeat_of",
                    "fixed_on_spot",
                    "advice",
                ]
            ),
            st.one_of(
                st.none(),
                st.booleans(),
                st.integers(),
                st.text(max_size=40),
                st.lists(st.text(max_size=8)),
                st.dictionaries(st.text(max_size=9), st.integers()),
            ),
        )
    )
    def test_nothing_a_phone_sends_breaks_the_reading(self, raw: dict[str, object]) -> None:
        read_finding(raw, made_at=NOW)
        read_finding({**raw, "id": "3f0e7f8c-9a63-4b9f-8d2d-5f3a1f7c0001"}, made_at=NOW)
        read_event(raw, made_at=NOW)
        read_event(
            {
                **raw,
                "id": "3f0e7f8c-9a63-4b9f-8d2d-5f3a1f7c0001",
                "finding": "3f0e7f8c-9a63-4b9f-8d2d-5f3a1f7c0002",
                "kind": "recheck_fail",
            },
            made_at=NOW,
        )

    def test_a_moment_of_the_phone_is_never_later_than_the_record(self) -> None:
        raw = {
            "id": "3f0e7f8c-9a63-4b9f-8d2d-5f3a1f7c0001",
            "level": "grave",
            "text": "x",
            "stop": {"told_name": "甲", "told_at_ms": 9e15, "result": "stopped"},
        }
        found, _ = read_finding(raw, made_at=NOW)
        assert found is not None
        assert found.stop is not None
        assert found.stop.at == NOW


class TestRegisters:
    @pytest.mark.clause("附3房-(2)")
    def test_grade_c_and_d_without_a_remedy_within_the_limit_are_red(self) -> None:
        due = remedy_due(Grade.C, TODAY - timedelta(days=31), 30)
        assert building_lamp(BuildingState.APPRAISED, due, TODAY).tone == "late"
        assert building_lamp(BuildingState.REMEDIED, due, TODAY).tone != "late"
        assert remedy_due(Grade.B, TODAY, 30) is None

    def test_steps_follow_the_way_and_leave_the_closing_to_offices(self) -> None:
        assert building_steps(BuildingState.FOUND, is_officer=True)[0] is BuildingStep.TELL
        assert BuildingStep.CLOSE not in building_steps(BuildingState.REMEDIED, is_officer=True)
        assert BuildingStep.CLOSE in building_steps(BuildingState.REMEDIED, is_officer=False)
        assert illegal_steps(IllegalState.CLOSED, owes_look_back=True, is_officer=True)[0] is IllegalStep.LOOK_BACK
        assert IllegalStep.LOOK_BACK not in illegal_steps(IllegalState.CLOSED, owes_look_back=False, is_officer=True)


def test_every_kind_of_event_says_where_it_may_start() -> None:
    assert set(STARTS) == set(EventKind)
    assert all(STARTS[kind] <= UNSETTLED for kind in EventKind if kind is not EventKind.REOPEN)
