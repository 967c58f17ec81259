"""Who reads which visits, who adds to them, who looks at what is questionable. domain §1.14, row 巡查/隐患."""

from datetime import timedelta
from uuid import uuid4

import pytest

from qinqing.enterprises.actions import files
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed, NotFound, TooLate
from qinqing.ledger import reads as ledger
from qinqing.ledger.subjects import number_of
from qinqing.patrol.actions.visits import amend, decide_late, note_city, review
from qinqing.patrol.models import Amendment, Visit
from qinqing.patrol.reads import duties, visits
from qinqing.patrol.reads.duties import Narrow
from qinqing.patrol.reads.visits import Filters
from qinqing.patrol.rules.periods import quarter_of
from qinqing.people.words import Role
from tests.patrol.refusal import refused
from tests.patrol.world import NOW, Rounds

READS = {
    # who: of [officer at lamp, officer2 at mould, law at lamp (fire), land at mould with nothing of its line]
    "clerk": "1234", "head": "1234", "supervisor": "1234", "officer": "13", "officer2": "24", "village": "13", "village2": "24",
    "law": "123", "land": "4", "build": "", "social": "", "leader": "13", "leader2": "24", "discipline": "", "sysadmin": "",
    "owner": "13", "owner2": "24",
}  # fmt: skip


@pytest.fixture
def four(rounds: Rounds) -> dict[str, Visit]:
    day = timedelta(days=1)
    return {
        "1": rounds.visit(NOW - 4 * day),
        "2": rounds.visit(NOW - 3 * day, "mould", "officer2"),
        "3": rounds.visit(NOW - 2 * day, "lamp", "law", ("F7",)),
        "4": rounds.visit(NOW - day, "mould", "land", ()),
    }


class TestReading:
    @pytest.mark.parametrize("who", sorted(READS))
    def test_everybody_reads_what_the_matrix_gives_him(self, rounds: Rounds, four: dict[str, Visit], who: str) -> None:
        by = rounds.world.who[who]
        seen = {line.uid for line in visits.find(by).rows}
        assert {number for number, visit in four.items() if visit.uid in seen} == set(READS[who])
        for number, visit in four.items():
            if number in READS[who]:
                assert visits.sheet(by, visit.uid).visit == visit
            else:
                with pytest.raises(NotFound):
                    visits.sheet(by, visit.uid)

    def test_the_bearer_of_a_card_reads_none(self, rounds: Rounds, four: dict[str, Visit]) -> None:
        owner = rounds.owner
        card = Actor(
            None, "扫码", Role.CARD.value, "企业码", owner.town_id, owner.book, enterprise_id=owner.enterprise_id
        )
        assert visits.find(card).rows == []

    def test_a_department_that_was_not_there_reads_its_own_lines_lists(self, rounds: Rounds) -> None:
        files.update(enterprise_id=rounds.world.firms["lamp"], raw={"tags": ["old_building"]}, by=rounds.clerk, at=NOW)
        visit = rounds.visit(codes=("F6", "F7", "BLD"))
        assert [run.code for run in visits.sheet(rounds.build, visit.uid).runs] == ["BLD"]
        assert [run.code for run in visits.sheet(rounds.law, visit.uid).runs] == ["F6", "F7"]
        assert len(visits.sheet(rounds.officer, visit.uid).runs) == 3
        joint = rounds.visit(NOW + timedelta(days=1), codes=("F6", "BLD"), joint_with=[rounds.world.office("jianguan")])
        assert len(visits.sheet(rounds.build, joint.uid).runs) == 2

    def test_a_firm_that_moved_stays_readable_where_it_was(self, rounds: Rounds) -> None:
        visit = rounds.visit()
        files.assign_community(
            enterprise_ids=[rounds.world.firms["lamp"]],
            community_id=rounds.world.office("cun02"),
            by=rounds.clerk,
            at=NOW,
        )
        for who in ("village", "village2"):
            assert [line.uid for line in visits.find(rounds.world.who[who]).rows] == [visit.uid]

    def test_duties_are_seen_like_the_firms_and_by_departments_as_far_as_their_line_goes(self, rounds: Rounds) -> None:
        rounds.owe()
        span = quarter_of(NOW.date())
        found = {
            who: duties.totals(rounds.world.who[who], span, Narrow(), on=NOW.date()).owed
            for who in ("clerk", "supervisor", "law", "build", "village", "officer2", "leader", "owner", "discipline")
        }
        assert found == {
            "clerk": 2, "supervisor": 2, "law": 2, "build": 0, "village": 1, "officer2": 1, "leader": 1, "owner": 0, "discipline": 0,
        }  # fmt: skip


class TestFilters:
    def test_each_narrows_and_pages_go_on(self, rounds: Rounds, four: dict[str, Visit]) -> None:
        def shown(**wanted: object) -> str:
            rows = visits.find(rounds.clerk, Filters(**wanted)).rows  # type: ignore[arg-type]
            return "".join(number for number, visit in four.items() if visit.uid in {row.uid for row in rows})

        assert shown(community_id=rounds.world.office("cun01")) == "13"
        assert shown(nature="spot") == ""
        assert shown(words="车灯") == "13"
        assert shown(city=True) == "123"
        assert shown(since=(NOW - timedelta(days=2)).date()) == "34"
        page = visits.find(rounds.clerk, size=3)
        assert len(page.rows) == 3
        rest = visits.find(rounds.clerk, size=3, before=page.before)
        assert [row.uid for row in rest.rows] == [four["1"].uid]
        assert (rest.before, visits.find(rounds.clerk, before=10**9).rows[0].uid) == (0, four["4"].uid)


class TestAdding:
    @pytest.mark.clause("附2安-(2)b")
    def test_the_citys_system_is_noted_by_those_who_made_the_visit(self, rounds: Rounds) -> None:
        visit = rounds.visit()
        assert [row.uid for row in visits.find(rounds.officer, Filters(city=True)).rows] == [visit.uid]
        for who, kind in (("clerk", NotAllowed), ("law", NotAllowed), ("officer2", NotFound), ("owner", NotFound)):
            with refused("not_allowed" if kind is NotAllowed else "not_found", kind=kind):
                note_city(uid=visit.uid, on=NOW.date(), by=rounds.world.who[who], at=NOW)
        with refused("before_the_visit", field="on"):
            note_city(uid=visit.uid, on=NOW.date() - timedelta(days=1), by=rounds.officer, at=NOW)
        note_city(uid=visit.uid, on=NOW.date(), number="CZ-2026-118", by=rounds.officer, at=NOW)
        visit.refresh_from_db()
        assert (visit.city_on, visit.city_number, visit.city_by) == (
            NOW.date(),
            "CZ-2026-118",
            "示范一村村委会 示officer",
        )
        assert visits.find(rounds.officer, Filters(city=True)).rows == []

    def test_a_visit_without_safety_lists_is_none_of_the_citys(self, rounds: Rounds) -> None:
        assert not rounds.visit(codes=()).needs_city

    def test_an_amendment_stands_beside_the_record(self, rounds: Rounds) -> None:
        visit = rounds.visit()
        uid = uuid4()
        for _ in range(2):
            amend(uid=visit.uid, reason="记错", text="人数应为35人", by=rounds.officer, at=NOW, amendment_id=uid)
        assert Amendment.objects.get().text == "人数应为35人"
        with refused("reason_missing", field="reason"):
            amend(uid=visit.uid, reason="", text="x", by=rounds.officer, at=NOW)
        with refused("text_missing", field="text"):
            amend(uid=visit.uid, reason="记错", text=" \u200b", by=rounds.officer, at=NOW)
        with refused("not_allowed", kind=NotAllowed):
            amend(uid=visit.uid, reason="记错", text="x", by=rounds.law, at=NOW)
        assert [entry.verb for entry in ledger.entries_of("visit", number_of(visit.uid))] == ["走访巡查", "更正"]


class TestReviewing:
    def test_by_the_communitys_head_and_by_nobody_else(self, rounds: Rounds) -> None:
        visit = rounds.visit(codes=("F4",))
        for who in ("officer", "law", "clerk", "supervisor"):
            with refused("not_allowed", kind=NotAllowed):
                review(uid=visit.uid, note="看过", by=rounds.world.who[who], at=NOW)
        with refused("note_missing", field="note"):
            review(uid=visit.uid, note=" ", by=rounds.village, at=NOW)
        review(uid=visit.uid, note="规模已调整，清单无误", by=rounds.village, at=NOW)
        with refused("already_reviewed", kind=TooLate):
            review(uid=visit.uid, note="再看", by=rounds.village, at=NOW)
        assert visits.find(rounds.village, Filters(flagged=True)).rows == []

    def test_the_hub_where_there_is_no_head(self, rounds: Rounds) -> None:
        firm = rounds.firm("演示三村厂", village="cun03")
        visit = rounds.visit(firm=firm, by="law", codes=("F4",))
        review(uid=visit.uid, note="看过", by=rounds.clerk, at=NOW)

    def test_a_late_record_is_decided_not_merely_looked_at(self, rounds: Rounds) -> None:
        visit = rounds.visit(NOW - timedelta(days=80), received=NOW)
        with refused("late_waits", field="decision"):
            review(uid=visit.uid, note="看过", by=rounds.village, at=NOW)
        decide_late(uid=visit.uid, accepted=True, note="属实", by=rounds.village, at=NOW)
        with refused("not_waiting", kind=TooLate):
            decide_late(uid=visit.uid, accepted=False, note="不属实", by=rounds.village, at=NOW)
