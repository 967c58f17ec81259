"""Importing: looked at first, written in one piece, told once, repeatable."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qinqing.enterprises import queues, reads
from qinqing.enterprises.actions import files, imports
from qinqing.enterprises.models import Contact, Enterprise, ImportRun
from qinqing.kernel.errors import NotAllowed, NotFound, Refused, TooLate
from qinqing.ledger import reads as ledger
from tests.enterprises.lists import SHARED, csv, look, messy, take
from tests.enterprises.town import Town, code, entries, make_town
from tests.people.world import NOW

Run = Callable[..., tuple[int, str, str]]
GOOD = ("演示甲厂", code(1), "示范一村", "演示厂长", "13800000000")
WAITING = ("演示乙厂", code(2), "严桥村", "", "")
BAD = ("演示丙厂", "123", "示范一村", "", "")


class TestPreview:
    def test_writes_no_firm(self, town: Town) -> None:
        run, result = imports.prepare(filename="名单.csv", content=csv(GOOD, WAITING, BAD), by=town.clerk, at=NOW)
        assert result.counts() == {
            "read": 3, "created": 2, "updated": 0, "unchanged": 0, "unassigned": 1, "rejected_rows": 1,
        }  # fmt: skip
        assert run.report["problems"] == [
            [4, "统一社会信用代码", "应为18位统一社会信用代码或15位原注册号，现为3位", "123"]
        ]
        assert not Enterprise.objects.exists()

    def test_keeps_the_upload_sealed_and_only_until_the_word(self, town: Town) -> None:
        run, _ = imports.prepare(filename="名单.csv", content=csv(GOOD), by=town.clerk, at=NOW)
        stored = bytes(ImportRun.objects.get().upload or b"")
        assert stored
        assert b"13800000000" not in stored
        assert "13800000000" not in str(run.report)
        imports.drop(run_id=run.pk, by=town.clerk, at=NOW)
        assert ImportRun.objects.get().upload is None
        assert not Enterprise.objects.exists()

    @pytest.mark.parametrize("who", ["v1_head", "handler", "leader", "supervisor", "discipline"])
    def test_only_the_hub(self, town: Town, who: str) -> None:
        with pytest.raises(NotAllowed):
            imports.prepare(filename="名单.csv", content=csv(GOOD), by=town.who[who], at=NOW)
        assert not ImportRun.objects.exists()


class TestWriting:
    def test_good_rows_first(self, town: Town) -> None:
        take(town, csv(GOOD, WAITING, BAD))
        assert set(Enterprise.objects.values_list("name", "is_unassigned")) == {("演示甲厂", False), ("演示乙厂", True)}
        firm = Enterprise.objects.get(name="演示甲厂")
        assert (firm.initials, firm.name_key, firm.source) == (
            "ysjc",
            "演示甲厂",
            f"导入#{ImportRun.objects.get().pk} 名单.csv",
        )
        assert [line.phone_mask for line in reads.contacts_of(firm.pk)] == ["138****0000"]
        assert [firm.name for firm in queues.unassigned(town.clerk)] == ["演示乙厂"]

    def test_all_or_nothing(self, town: Town) -> None:
        with pytest.raises(Refused, match="1行有错"):
            take(town, csv(GOOD, BAD), choice="all")
        assert not Enterprise.objects.exists()
        assert not Contact.objects.exists()

    def test_one_entry_tells_of_all(self, town: Town) -> None:
        take(town, csv(GOOD, WAITING, BAD))
        run = ImportRun.objects.get()
        prepared, imported = ledger.entries_of("import", run.pk)
        assert (prepared.kind, imported.kind) == ("enterprise.import_prepared", "enterprise.imported")
        assert imported.facts["created_numbers"] == [code(1), code(2)]
        assert imported.facts["digest"] == run.digest
        assert "新增2户（其中待归属1户）" in imported.sentence
        assert "13800000000" not in imported.sentence + str(imported.facts)

    def test_stopping_in_the_middle_undoes_everything(self, town: Town) -> None:
        rows = [(f"演示{n}厂", code(n), "示范一村", "", "") for n in range(1200)]
        run, _ = imports.prepare(filename="名单.csv", content=csv(*rows), by=town.clerk, at=NOW)
        doing = imports.steps(run_id=run.pk, choice="good", by=town.clerk, at=NOW)
        assert next(doing) == (500, 1200)
        assert next(doing) == (1000, 1200)
        doing.close()
        assert not Enterprise.objects.exists()
        run.refresh_from_db()
        assert run.state == "ready"

    def test_twice_is_told(self, town: Town) -> None:
        run, _ = imports.prepare(filename="名单.csv", content=csv(GOOD), by=town.clerk, at=NOW)
        imports.carry_out(run_id=run.pk, choice="good", by=town.clerk, at=NOW)
        with pytest.raises(TooLate, match="已导入"):
            imports.carry_out(run_id=run.pk, choice="good", by=town.clerk, at=NOW)
        with pytest.raises(TooLate):
            imports.drop(run_id=run.pk, by=town.clerk, at=NOW)

    def test_somebody_elses_town(self, town: Town) -> None:
        run, _ = imports.prepare(filename="名单.csv", content=csv(GOOD), by=town.clerk, at=NOW)
        with pytest.raises(NotFound):
            imports.carry_out(run_id=run.pk, choice="good", by=make_town("other").clerk, at=NOW)
        assert not Enterprise.objects.exists()

    def test_a_file_opened_since_the_preview_is_updated(self, town: Town) -> None:
        run, seen = imports.prepare(filename="名单.csv", content=csv(GOOD), by=town.clerk, at=NOW)
        town.firm("演示别名厂", uscc=code(1))
        _, result = imports.carry_out(run_id=run.pk, choice="good", by=town.clerk, at=NOW)
        assert seen.counts()["created"] == 1
        assert (result.counts()["created"], result.counts()["updated"]) == (0, 1)

    def test_nothing_good(self, town: Town) -> None:
        with pytest.raises(Refused, match="没有可以新增或更新"):
            take(town, csv(BAD))


class TestAgain:
    def test_the_same_list_changes_nothing(self, town: Town) -> None:
        take(town, csv(GOOD, WAITING))
        before = list(Enterprise.objects.order_by("pk").values())
        assert look(town, csv(GOOD, WAITING)).counts()["unchanged"] == 2
        assert list(Enterprise.objects.order_by("pk").values()) == before

    def test_updates_by_code(self, town: Town) -> None:
        take(town, csv(GOOD, WAITING))
        content = csv(
            ("演示甲灯具厂", code(1), ""), ("演示乙厂", code(2), "示范二村"), headings=("企业名称", "代码", "属地")
        )
        counts = take(town, content).counts()
        assert (counts["updated"], counts["created"]) == (2, 0)
        firm = Enterprise.objects.get(uscc=code(1))
        assert (firm.name, firm.name_key, firm.community_id) == ("演示甲灯具厂", "演示甲灯具厂", town.office("v1"))
        assert Enterprise.objects.get(uscc=code(2)).is_unassigned is False

    def test_an_empty_cell_wipes_nothing(self, town: Town) -> None:
        firm = town.firm("演示甲厂", uscc=code(1), workers=50, note="老厂")
        content = csv(("演示甲厂", code(1), "", ""), headings=("企业名称", "代码", "从业人数", "备注"))
        assert look(town, content).counts()["unchanged"] == 1
        firm.refresh_from_db()
        assert firm.workers == 50

    def test_by_exact_name_when_there_is_no_code(self, town: Town) -> None:
        town.firm("演示（常州）甲厂", uscc=code(1))
        content = csv(("演示(常州)甲厂", "", "30"), headings=("企业名称", "代码", "从业人数"))
        assert take(town, content).counts()["updated"] == 1
        assert Enterprise.objects.get().workers == 30

    def test_a_new_code_replaces_the_old_number_of_the_same_name(self, town: Town) -> None:
        town.firm("演示甲厂", uscc="320407000006814")
        take(town, csv(("演示甲厂", code(1)), headings=("企业名称", "代码")))
        firm = Enterprise.objects.get()
        assert (firm.number_kind, firm.uscc, firm.old_number) == ("uscc", code(1), "320407000006814")

    def test_the_same_name_with_another_code_is_another_firm_and_said(self, town: Town) -> None:
        town.firm("演示甲厂", uscc=code(1))
        result = take(town, csv(("演示甲厂", code(2)), headings=("企业名称", "代码")))
        assert result.counts()["created"] == 1
        assert "已有同名企业" in result.remarks[0].reason

    def test_a_known_contact_is_not_dismissed_by_a_list(self, town: Town) -> None:
        take(town, csv(GOOD))
        result = look(town, csv(("演示甲厂", code(1), "示范一村", "演示别人", "13900000000")))
        assert result.rows[0].decision == "same"
        assert "未改动" in result.remarks[0].reason
        assert Contact.objects.get().name == "演示厂长"

    def test_another_firms_old_number(self, town: Town) -> None:
        town.firm("演示甲厂", uscc=code(1), old_number="320407000006814")
        headings = ("企业名称", "代码", "注册号")
        result = look(town, csv(("演示乙厂", code(2), "320407000006814"), headings=headings))
        assert "演示甲厂" in result.problems[0].reason


def _seconds(town: Town, content: bytes) -> float:
    start = time.perf_counter()
    result = take(town, content)
    assert result.problems == []
    return time.perf_counter() - start


class TestReal:
    def test_a_register_of_five_thousand_rows(self, town: Town) -> None:
        assert _seconds(town, messy(5215)) < 20
        assert Enterprise.objects.count() == 5215
        assert look(town, messy(5215)).counts()["unchanged"] == 5215

    @pytest.mark.skipif(not SHARED.exists(), reason="shared data is not beside this checkout")
    def test_the_shared_registers_as_they_are(self, town: Town) -> None:
        first = take(town, (SHARED / "enterprises-menghe.csv").read_bytes())
        assert first.counts() == {
            "read": 91, "created": 91, "updated": 0, "unchanged": 0, "unassigned": 91, "rejected_rows": 0,
        }  # fmt: skip
        assert first.ignored == first.problems == []
        again = look(town, (SHARED / "enterprises-menghe-gb18030.csv").read_bytes())
        assert again.counts()["unchanged"] == 91
        assert _seconds(town, (SHARED / "enterprises-changzhou.csv").read_bytes()) < 20
        assert Enterprise.objects.filter(number_kind="old", uscc__isnull=True).count() == 148
        assert Enterprise.objects.count() == 5216

    @pytest.mark.clause("一-1")
    def test_those_waiting_are_assigned_many_at_once(self, town: Town) -> None:
        take(town, messy(60))
        waiting = queues.unassigned(town.clerk)
        ids = [one.id for one in waiting if one.suggested == "示范一村"]
        assert len(ids) == 15
        files.assign_community(enterprise_ids=ids, community_id=town.office("v1"), by=town.clerk, at=NOW)
        assert Enterprise.objects.filter(is_unassigned=True).count() == 45
        assert entries(Enterprise.objects.get(pk=ids[0])) == ["enterprise.assigned"]


class TestCommand:
    @pytest.fixture
    def file(self, town: Town, tmp_path: Path) -> str:
        path = tmp_path / "名单.csv"
        path.write_bytes(csv(GOOD, WAITING, BAD))
        return str(path)

    def test_json(self, file: str, qinqing: Run) -> None:
        code_, out, err = qinqing("enterprises", "import", file, "--town", "demo", "--json")
        said = json.loads(out)
        assert code_ == 0
        assert {name: said[name] for name in ("read", "created", "updated", "unassigned")} == {
            "read": 3, "created": 2, "updated": 0, "unassigned": 1,
        }  # fmt: skip
        assert [(one["row"], one["column"]) for one in said["rejected"]] == [(4, "统一社会信用代码")]
        assert "写入 2/2" in err

    def test_dry_run_writes_nothing(self, file: str, qinqing: Run) -> None:
        code_, out, _ = qinqing("enterprises", "import", file, "--town", "demo", "--dry-run")
        assert code_ == 0
        assert "没有写入" in out
        assert not ImportRun.objects.exists()
        assert not Enterprise.objects.exists()

    @pytest.mark.parametrize(
        ("more", "told"),
        [(("--all-or-nothing",), "没有导入任何一行"), (("--town", "nowhere"), "没有代码为")],
    )
    def test_refusals_end_with_one(self, file: str, qinqing: Run, more: tuple[str, ...], told: str) -> None:
        code_, _, err = qinqing("enterprises", "import", file, "--town", "demo", *more)
        assert code_ == 1
        assert told in err
        assert not Enterprise.objects.exists()

    def test_no_such_file(self, town: Town, qinqing: Run) -> None:
        code_, _, err = qinqing("enterprises", "import", "/nowhere.csv", "--town", "demo")
        assert (code_, "读不到文件" in err) == (1, True)
