"""房屋登记册 and 两违登记册: the whole way of each, and what is refused on it."""

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from qinqing.findings import actions
from qinqing.findings.models import Building, Finding
from qinqing.findings.reads import registers
from qinqing.kernel.errors import NotAllowed, NotFound, TooLate
from qinqing.ledger import reads as ledger
from tests.cases.world import NOW
from tests.findings.refusal import refused
from tests.findings.sent import opened, photo
from tests.findings.test_following import _stop, illegal

if TYPE_CHECKING:
    from tests.cases.world import World

DETAILS = {
    "name": "三号车间",
    "owner": "演示村集体资产",
    "user": "演示车灯有限公司",
    "structure": "masonry",
    "land_type": "collective",
    "floors": 2,
    "area_m2": Decimal("860.50"),
    "hazard": "东墙斜裂缝约两米。",
}


def building(world: "World", by: str = "officer", **more: object) -> Building:
    return actions.register_building(
        enterprise_id=world.firms["lamp"], details={**DETAILS, **more}, by=world.who[by], at=NOW
    )


def told(world: "World") -> Building:
    row = building(world)
    return actions.tell_building(
        building_id=row.pk, text="当面告知。", owner_at=NOW, user_at=NOW, by=world.officer, at=NOW
    )


class TestBuildings:
    @pytest.mark.clause("附3房-(2)", "附3房-内容")
    def test_told_appraised_made_safe_and_closed(self, world: "World") -> None:
        row = building(world)
        assert (row.number, row.state) == ("房〔2026〕0001号", "found")
        with refused("moved_on", kind=TooLate):
            actions.appraise_building(
                building_id=row.pk, grade="C", on=NOW.date(), appraiser="甲", report_no="1", by=world.village, at=NOW
            )
        row = actions.tell_building(building_id=row.pk, text="电话告知。", owner_at=NOW, by=world.officer, at=NOW)
        assert row.state == "found", "owner and user both have to be told"
        row = actions.tell_building(building_id=row.pk, text="当面告知。", user_at=NOW, by=world.officer, at=NOW)
        assert row.state == "told"
        row = actions.appraise_building(
            building_id=row.pk,
            grade="C",
            on=NOW.date(),
            appraiser="演示鉴定机构",
            report_no="演鉴1号",
            by=world.village,
            at=NOW,
        )
        assert (row.state, row.remedy_due_on) == ("appraised", NOW.date() + timedelta(days=30))
        late = NOW + timedelta(days=31)
        assert registers.building(world.village, row.pk, late).lamp.tone == "late"
        assert [line.row.pk for line in registers.buildings(world.village, "late", late).lines] == [row.pk]
        row = actions.remedy_building(
            building_id=row.pk, remedy="reinforce", on=late.date(), text="已加固。", by=world.officer, at=late
        )
        assert registers.buildings(world.village, "late", late).lines == []
        with refused("not_allowed", kind=NotAllowed):
            actions.close_building(building_id=row.pk, text="安全。", by=world.officer, at=late)
        row = actions.close_building(building_id=row.pk, text="复核安全。", by=world.village, at=late)
        assert row.state == "closed"
        kinds = [entry.kind for entry in ledger.entries_of("building", row.pk)]
        assert kinds == [
            "building.registered",
            "building.told",
            "building.told",
            "building.appraised",
            "building.remedied",
            "building.closed",
        ]
        row = actions.reopen_building(building_id=row.pk, text="又有裂缝。", by=world.village, at=late)
        assert (row.state, row.grade, row.owner_told_at) == ("found", "", None)

    def test_grades_a_and_b_need_no_remedy(self, world: "World") -> None:
        row = actions.appraise_building(
            building_id=told(world).pk,
            grade="B",
            on=NOW.date(),
            appraiser="演示鉴定机构",
            report_no="2",
            by=world.build,
            at=NOW,
        )
        assert (row.state, row.remedy_due_on) == ("remedied", None)

    def test_an_appraisal_may_be_needless_with_a_reason(self, world: "World") -> None:
        row = actions.skip_appraisal(building_id=told(world).pk, text="仅抹灰脱落。", by=world.village, at=NOW)
        assert row.state == "appraised"

    def test_it_comes_out_of_a_finding_with_its_photos(self, world: "World") -> None:
        finding = opened(world, category="building", text="东墙裂缝。")
        row = actions.register_building(
            enterprise_id=world.firms["lamp"], details=DETAILS, finding_id=finding.pk, by=world.officer, at=NOW
        )
        assert row.finding_id == finding.pk
        with pytest.raises(NotFound):
            actions.register_building(
                enterprise_id=world.firms["mould"], details=DETAILS, finding_id=finding.pk, by=world.build, at=NOW
            )

    @pytest.mark.parametrize(
        ("name", "value"), [("owner", ""), ("name", "长" * 61), ("hazard", " "), ("structure", "straw")]
    )
    def test_what_is_missing_is_said_beside_its_field(self, world: "World", name: str, value: str) -> None:
        code = {"": "missing", " ": "missing", "straw": "unknown"}.get(value, "too_long")
        with refused(code, field=name):
            building(world, **{name: value})

    def test_dates_to_come_are_refused(self, world: "World") -> None:
        row = building(world)
        with refused("told_in_future", field="user_at"):
            actions.tell_building(
                building_id=row.pk, text="告知。", user_at=NOW + timedelta(hours=1), by=world.officer, at=NOW
            )
        with refused("nobody_told", field="owner_at"):
            actions.tell_building(building_id=row.pk, text="告知。", by=world.officer, at=NOW)

    @pytest.mark.parametrize(
        ("who", "error"),
        [
            ("officer2", NotFound),
            ("village2", NotFound),
            ("owner", NotAllowed),
            ("clerk", NotAllowed),
            ("leader", NotAllowed),
            ("supervisor", NotAllowed),
            ("sysadmin", NotFound),
        ],
    )
    def test_others_keep_no_register(self, world: "World", who: str, error: type[Exception]) -> None:
        with pytest.raises(error):
            building(world, by=who)
        assert not Building.objects.exists()

    def test_edits_name_what_changed(self, world: "World") -> None:
        row = building(world)
        with refused("nothing_changed"):
            actions.edit_building(building_id=row.pk, details=DETAILS, by=world.officer, at=NOW)
        actions.edit_building(building_id=row.pk, details={"owner": "演示二村"}, by=world.officer, at=NOW)
        last = ledger.entries_of("building", row.pk).last()
        assert last is not None
        assert last.facts["changed"] == ["产权人"]


class TestIllegalBuildings:
    @pytest.mark.clause("附2违-(1)b", "附2违-(1)c", "附2违-内容")
    def test_known_by_a_petition_stopped_handed_over_taken_down_and_looked_at_again(self, world: "World") -> None:
        line = actions.register_illegal(
            enterprise_id=world.firms["lamp"],
            text="厂区北侧搭棚，疑似未办手续。",
            kind="building",
            location="厂区北侧",
            area_m2=Decimal(120),
            stage="frame",
            source="petition",
            source_no="信2026-12",
            photos=[photo(world.village)],
            stop=_stop(),  # type: ignore[arg-type]
            by=world.village,
            at=NOW,
        )
        assert (line.state, line.source, line.area_m2, len(line.photos)) == ("stopped", "petition", Decimal(120), 1)
        assert line.case is not None
        assert line.case.topic == "illegal_building"
        assert Finding.objects.get(pk=line.finding_id).case_id == line.case_id

        def step(name: str, **more: object) -> None:
            actions.step_illegal(
                illegal_id=line.pk,
                step=name,
                text="已办。",
                by=world.village,
                at=NOW,
                **more,  # type: ignore[arg-type]
            )

        with refused("missing", field="to_office"):
            step("transfer")
        step("transfer", to_office="镇综执安监办", transfer_no="演移1号")
        step("assist", photos=[photo(world.village)])
        with refused("photo_missing", field="files"):
            step("clear")
        step("clear", photos=[photo(world.village)])
        with refused("not_allowed", kind=NotAllowed):
            actions.step_illegal(illegal_id=line.pk, step="close", text="完。", by=world.officer, at=NOW)
        step("close")
        sheet = registers.illegal(world.village, line.pk, NOW)
        assert [day.isoformat() for day in sheet.look_backs] == ["2026-12-23", "2027-02-21"]
        with refused("passed_missing", field="passed"):
            step("look_back")
        step("look_back", passed=True)
        step("look_back", passed=False)
        sheet = registers.illegal(world.village, line.pk, NOW)
        assert (sheet.row.state, sheet.look_backs) == ("found", [])
        assert [one.label for one in sheet.story] == [
            "登记",
            "移送主管部门",
            "配合拆除",
            "拆除或整改到位",
            "销号",
            "回头看",
            "回头看",
        ]
        kinds = [entry.clause for entry in ledger.entries_of("illegal_building", line.pk)]
        assert kinds[2] == "附2违-(1)c"

    @pytest.mark.clause("附2违-(1)b")
    def test_without_a_picture_nothing_is_registered(self, world: "World") -> None:
        with refused("photo_missing", field="files"):
            actions.register_illegal(
                enterprise_id=world.firms["lamp"],
                text="厂区北侧搭棚。",
                kind="building",
                location="厂区北侧",
                stop=_stop(),  # type: ignore[arg-type]
                by=world.officer,
                at=NOW,
            )

    @pytest.mark.parametrize(
        ("name", "value"), [("kind", "castle"), ("source", "rumour"), ("stage", "roof"), ("location", "")]
    )
    def test_what_is_not_usable_is_refused(self, world: "World", name: str, value: str) -> None:
        line = illegal(world)
        given = {"kind": "building", "source": "tip", "location": "厂区北侧", name: value}
        with refused("missing" if name == "location" else "unknown", field=name):
            actions.edit_illegal(illegal_id=line.pk, by=world.officer, at=NOW, **given)

    def test_steps_out_of_order_are_refused(self, world: "World") -> None:
        line = illegal(world)
        for step in ("assist", "close", "look_back", "stop"):
            with refused("moved_on", kind=TooLate):
                actions.step_illegal(illegal_id=line.pk, step=step, text="已办。", by=world.village, at=NOW)
