"""Opening a firm's file, keeping it right, moving its standing and its community."""

import pytest
from django.db import IntegrityError, transaction

from qinqing.enterprises import reads
from qinqing.enterprises.actions import files
from qinqing.enterprises.models import Enterprise
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger import reads as ledger
from tests.enterprises.town import Town, code, entries, state
from tests.people.world import NOW, days


class TestCreate:
    @pytest.mark.clause("一-1")
    def test_opens_a_file_with_its_community(self, town: Town) -> None:
        firm = town.firm("演示车灯有限公司", uscc="91320411ma0fake01m", workers="50人", tags="喷涂")
        assert (firm.uscc, firm.number_kind, firm.kind, firm.workers) == ("91320411MA0FAKE01M", "uscc", "company", 50)
        assert firm.community is not None
        assert firm.community.code == "v1"
        assert firm.initials == "yscdyxgs"
        entry = ledger.entries_of("enterprise", firm.pk)[0]
        assert (entry.kind, entry.label, entry.clause) == ("enterprise.created", "演示车灯有限公司", "一-1")
        assert "属地示范一村" in entry.sentence

    @pytest.mark.clause("一-1")
    def test_refuses_an_active_firm_without_community(self, town: Town) -> None:
        with pytest.raises(Refused) as refusal:
            files.create(raw={"name": "演示厂", "uscc": code(1)}, community_id=None, by=town.clerk, at=NOW)
        assert (refusal.value.code, refusal.value.field) == ("community_missing", "community_id")
        assert not Enterprise.objects.exists()

    @pytest.mark.clause("一-1")
    def test_the_database_refuses_it_too(self, town: Town) -> None:
        firm = town.firm()
        with pytest.raises(IntegrityError), transaction.atomic():
            Enterprise.objects.filter(pk=firm.pk).update(community=None)

    def test_a_firm_that_is_gone_needs_none(self, town: Town) -> None:
        firm = files.create(
            raw={"name": "演示老厂", "uscc": code(1)}, community_id=None, status="deregistered", by=town.clerk, at=NOW
        )
        assert (firm.community_id, firm.is_unassigned) == (None, False)

    def test_the_code_tells_the_kind_unless_somebody_says_it(self, town: Town) -> None:
        assert town.firm(uscc="92320411MA0FAKE0H4").kind == "sole"
        assert town.firm(uscc="93320411MA0FAKE03M", kind="企业").kind == "company"
        assert town.firm(uscc="N2320411MF000000AE").kind == "collective"

    def test_an_old_number_is_kept_as_such_wherever_it_is_typed(self, town: Town) -> None:
        firm = town.firm(uscc="320407000006814")
        assert (firm.number_kind, firm.uscc, firm.old_number) == ("old", None, "320407000006814")

    def test_without_any_number_it_needs_the_reason(self, town: Town) -> None:
        with pytest.raises(Refused, match="写明原因"):
            town.firm(uscc="")
        firm = town.firm(uscc="", no_code_reason="无照小作坊", kind="workshop")
        assert (firm.number_kind, firm.no_code_reason) == ("none", "无照小作坊")

    def test_one_number_once_per_town(self, town: Town) -> None:
        first = town.firm("演示甲厂", uscc=code(7))
        with pytest.raises(Refused, match="演示甲厂") as refusal:
            town.firm("演示乙厂", uscc=code(7))
        assert (refusal.value.code, refusal.value.field) == ("code_taken", "uscc")
        assert list(Enterprise.objects.values_list("pk", flat=True)) == [first.pk]

    @pytest.mark.parametrize("who", ["handler", "v1_head", "leader", "supervisor"])
    def test_only_the_hub_opens_files(self, town: Town, who: str) -> None:
        with pytest.raises(NotAllowed):
            files.create(
                raw={"name": "演示厂", "uscc": code(1)}, community_id=town.office("v1"), by=town.who[who], at=NOW
            )
        assert not Enterprise.objects.exists()

    @pytest.mark.parametrize("office", ["hub", "build"])
    def test_a_department_is_no_community(self, town: Town, office: str) -> None:
        with pytest.raises(Refused, match="村（社区）"):
            town.firm(village=office)

    @pytest.mark.parametrize("name", ["", "  ", "=1+1", "<b>厂</b>", "长" * 121])
    def test_refuses_a_name_that_is_none(self, town: Town, name: str) -> None:
        with pytest.raises(Refused) as refusal:
            files.create(raw={"name": name, "uscc": code(1)}, community_id=town.office("v1"), by=town.clerk, at=NOW)
        assert refusal.value.field == "name"


class TestUpdate:
    def test_tells_what_was_and_what_is(self, town: Town) -> None:
        firm = town.firm(short="旧名")
        files.update(
            enterprise_id=firm.pk,
            raw={"short": "新名", "tags": ["dust"], "workers": "", "industry": "C3670"},
            by=town.clerk,
            at=NOW,
        )
        firm.refresh_from_db()
        assert (firm.short, firm.tags, firm.industry) == ("新名", ["dust"], "3670")
        sentence = ledger.entries_of("enterprise", firm.pk)[1].sentence
        assert "简称由“旧名”改为“新名”" in sentence
        assert "由“空”改为“粉尘涉爆”" in sentence
        assert "汽车零部件" in sentence

    def test_a_new_name_gets_new_pinyin_unless_set_by_hand(self, town: Town) -> None:
        firm = town.firm("解氏模具厂")
        files.update(enterprise_id=firm.pk, raw={"initials": "XSMJC"}, by=town.clerk, at=NOW)
        files.update(enterprise_id=firm.pk, raw={"name": "解氏模具有限公司"}, by=town.clerk, at=NOW)
        firm.refresh_from_db()
        assert firm.initials == "xsmjc"
        files.update(enterprise_id=firm.pk, raw={"initials": ""}, by=town.clerk, at=NOW)
        firm.refresh_from_db()
        assert firm.initials == "jsmjyxgs"

    def test_refuses_when_nothing_changes(self, town: Town) -> None:
        firm = town.firm()
        before = state(firm)
        with pytest.raises(Refused, match="没有改动"):
            files.update(enterprise_id=firm.pk, raw={"name": firm.name, "workers": ""}, by=town.clerk, at=NOW)
        assert state(firm) == before

    def test_refuses_an_unknown_field(self, town: Town) -> None:
        with pytest.raises(Refused, match="没有这个字段"):
            files.update(enterprise_id=town.firm().pk, raw={"is_demo": "1"}, by=town.clerk, at=NOW)

    @pytest.mark.clause("附1-(2)b")
    def test_refuses_what_needs_the_hub(self, town: Town) -> None:
        firm = town.firm()
        before = state(firm)
        with pytest.raises(Refused) as refusal:
            files.update(enterprise_id=firm.pk, raw={"name": "别名厂", "short": "别"}, by=town.v1_head, at=NOW)
        assert (refusal.value.code, refusal.value.field) == ("needs_hub", "name")
        assert state(firm) == before

    def test_whoever_saw_an_older_state_is_told_who_was_first(self, town: Town) -> None:
        firm = town.firm()
        seen = reads.version(firm)
        files.update(enterprise_id=firm.pk, raw={"short": "甲"}, by=town.v1_head, at=NOW + days(1), seen=seen)
        before = state(firm)
        with pytest.raises(TooLate, match=town.v1_head.name):
            files.update(enterprise_id=firm.pk, raw={"short": "乙"}, by=town.clerk, at=NOW + days(1), seen=seen)
        assert state(firm) == before

    @pytest.mark.parametrize("who", ["leader", "supervisor"])
    def test_who_only_reads_does_not_write(self, town: Town, who: str) -> None:
        firm = town.firm()
        before = state(firm)
        with pytest.raises(NotAllowed):
            files.update(enterprise_id=firm.pk, raw={"short": "甲"}, by=town.who[who], at=NOW)
        assert state(firm) == before

    def test_another_villages_firm_is_not_there(self, town: Town) -> None:
        firm = town.firm()
        with pytest.raises(NotFound):
            files.update(enterprise_id=firm.pk, raw={"short": "甲"}, by=town.v2_head, at=NOW)


class TestStatus:
    @pytest.mark.clause("附1-(2)a")
    def test_change_writes_history(self, town: Town) -> None:
        firm = town.firm()
        officer = town.officer("甲", firm)
        for status in ("partly", "halted", "operating"):
            files.change_status(enterprise_id=firm.pk, status=status, note="订单少", by=officer, at=NOW)
        told = [e.sentence for e in ledger.entries_of("enterprise", firm.pk) if e.kind == "enterprise.status_changed"]
        assert len(told) == 3
        assert "由“在营”变更为“半停产”，说明：订单少" in told[0]

    def test_refuses_no_change_and_unknown_words(self, town: Town) -> None:
        firm = town.firm()
        before = state(firm)
        for status in ("operating", "flying", ""):
            with pytest.raises(Refused):
                files.change_status(enterprise_id=firm.pk, status=status, by=town.clerk, at=NOW)
        assert state(firm) == before

    def test_only_the_hub_brings_a_deregistered_firm_back(self, town: Town) -> None:
        firm = town.firm()
        files.change_status(enterprise_id=firm.pk, status="deregistered", by=town.v1_head, at=NOW)
        with pytest.raises(Refused, match="中转站"):
            files.change_status(enterprise_id=firm.pk, status="operating", by=town.v1_head, at=NOW)
        files.change_status(enterprise_id=firm.pk, status="operating", by=town.clerk, at=NOW)

    def test_a_firm_that_comes_back_without_community_waits_for_one(self, town: Town) -> None:
        firm = files.create(
            raw={"name": "演示老厂", "uscc": code(1)}, community_id=None, status="moved", by=town.clerk, at=NOW
        )
        firm = files.change_status(enterprise_id=firm.pk, status="operating", by=town.clerk, at=NOW)
        assert firm.is_unassigned

    @pytest.mark.parametrize("who", ["handler", "leader", "supervisor"])
    def test_departments_do_not_move_it(self, town: Town, who: str) -> None:
        firm = town.firm()
        with pytest.raises(NotAllowed):
            files.change_status(enterprise_id=firm.pk, status="halted", by=town.who[who], at=NOW)


class TestAssign:
    @pytest.mark.clause("一-1")
    def test_many_at_once_each_with_its_entry(self, town: Town) -> None:
        firms = [town.firm() for _ in range(3)]
        moved = files.assign_community(
            enterprise_ids=[firm.pk for firm in firms], community_id=town.office("v2"), by=town.clerk, at=NOW
        )
        assert len(moved) == 3
        assert "属地由示范一村改为示范二村" in ledger.entries_of("enterprise", firms[0].pk)[1].sentence
        again = files.assign_community(
            enterprise_ids=[firm.pk for firm in firms], community_id=town.office("v2"), by=town.clerk, at=NOW
        )
        assert again == []
        assert entries(firms[0]) == ["enterprise.created", "enterprise.assigned"]

    def test_all_or_none(self, town: Town) -> None:
        firm = town.firm()
        before = state(firm)
        with pytest.raises(NotFound):
            files.assign_community(
                enterprise_ids=[firm.pk, 999_999], community_id=town.office("v2"), by=town.clerk, at=NOW
            )
        assert state(firm) == before

    def test_only_the_hub(self, town: Town) -> None:
        firm = town.firm()
        with pytest.raises(NotAllowed):
            files.assign_community(enterprise_ids=[firm.pk], community_id=town.office("v2"), by=town.v1_head, at=NOW)


@pytest.mark.clause("附1-(2)b")
def test_confirming_keeps_who_and_when(town: Town) -> None:
    firm = town.firm()
    officer = town.officer("甲", firm)
    firm = files.confirm_verified(enterprise_id=firm.pk, by=officer, at=NOW)
    assert (firm.last_verified_at, firm.last_verified_by) == (NOW, "演示甲（网格员）")
    assert entries(firm)[-1] == "enterprise.verified"
