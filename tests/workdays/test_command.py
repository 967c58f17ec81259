"""`qinqing workdays`: the administrator's words."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qinqing.workdays import reads
from qinqing.workdays.models import CalendarDay, Notice
from tests.workdays.test_due import WORKED
from tests.workdays.test_import import SPRING
from tests.workdays.test_notice import text

pytestmark = pytest.mark.django_db

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _read_anew() -> None:
    reads.forget()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Put bytes on standard input."""

    def put(raw: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))

    return put


class TestDue:
    def test_says_moment_and_reasons(self, qinqing: Run) -> None:
        code, out, err = qinqing("workdays", "due", "2026-02-13T16:00", 5)
        assert (code, err) == (0, "")
        assert out.splitlines() == [
            "2026-02-27 周五 17:30",
            "2月13日 16:00 收到，当日不计入；14日起第5个工作日为2月27日，下班时间17:30截止。",
            "15日至23日春节放假不计。",
            "14日（周六）因春节调休上班，计入。",
        ]

    def test_marks_what_is_provisional(self, qinqing: Run) -> None:
        code, out, _ = qinqing("workdays", "due", "2026-12-28T10:00", 5)
        assert (code, out.splitlines()[0]) == (0, "2027-01-05 周二 17:30（暂定）")
        assert "2027年放假安排尚未录入" in out

    def test_as_json(self, qinqing: Run) -> None:
        code, out, _ = qinqing("workdays", "due", "2026-02-13T20:00", 5, "--policy", "B", "--json")
        told = json.loads(out)
        assert code == 0
        assert (told["due"], told["policy"], told["days"]) == ("2026-02-28T17:30:00+08:00", "B", 5)
        assert told["provisional"] is False
        assert told["each_day"][-1] == {"on": "2026-02-28", "number": 5, "kind": "makeup", "label": "春节"}

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (["昨天", "5"], "时间“昨天”不对"),
            (["2026-02-30T10:00", "5"], "不对"),
            (["2026-02-13T16:00"], "还要写工作日数"),
            (["2026-02-13T16:00", "五"], "工作日数“五”不对"),
            (["2026-02-13T16:00", "0"], "1至1000"),
            (["2026-02-13T16:00", "99999999"], "1至1000"),
            (["1900-02-13T16:00", "5"], "2008年至2099年"),
        ],
    )
    def test_a_mistake_is_one_chinese_sentence_and_exit_code_1(self, qinqing: Run, words: list[str], says: str) -> None:
        code, out, err = qinqing("workdays", "due", *words)
        assert (code, out) == (1, "")
        assert says in err

    def test_an_unknown_policy_is_wrong_usage(self, qinqing: Run) -> None:
        assert qinqing("workdays", "due", "2026-02-13T16:00", "5", "--policy", "C")[0] == 2


class TestLines:
    def test_all_worked_cases_in_one_run(self, qinqing: Run, typed: Any) -> None:
        asked = [(case, policy, days) for case in WORKED for policy in "AB" for days in (5, 10)]
        typed("".join(f"{case['received_at']} {days} {policy}\n" for case, policy, days in asked).encode())
        code, out, _ = qinqing("workdays", "due")
        told = [json.loads(line) for line in out.splitlines()]
        assert code == 0
        assert [one["due"][:10] for one in told] == [case[f"{policy}{days}"] for case, policy, days in asked]
        assert [one["provisional"] for one in told] == [one["due"] >= "2027" for one in told]

    def test_without_policy_the_plans_own_is_used(self, qinqing: Run, typed: Any) -> None:
        typed(b"2026-03-14T10:00 5\n")
        assert json.loads(qinqing("workdays", "due")[1])["policy"] == "A"

    def test_a_bad_line_is_answered_in_its_place_and_tells_at_the_end(self, qinqing: Run, typed: Any) -> None:
        typed(b"2026-03-14T10:00 5 b\n\nnonsense\n\xff\xfe 5\n2026-03-14T10:00 x A\n" + b"9" * 5000 + b" 5\n"
              b"2026-03-14T10:00+08:00 10\n")  # fmt: skip
        code, out, _ = qinqing("workdays", "due")
        told = [json.loads(line) for line in out.splitlines()]
        assert code == 1
        assert ["error" in one for one in told] == [False, True, True, True, True, False]
        assert told[0]["due"] == "2026-03-23T17:30:00+08:00"
        assert told[1]["error"] == "每行应为“时间 天数 [口径]”，例如：2026-02-13T16:00 5 A。"
        assert told[-1]["due"] == "2026-03-27T17:30:00+08:00"

    def test_no_line_no_answer(self, qinqing: Run, typed: Any) -> None:
        typed(b"")
        assert qinqing("workdays", "due") == (0, "", "")


class TestImport:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        path = tmp_path / "2027.json"
        path.write_text(text(SPRING), encoding="utf-8")
        return path

    def test_takes_in_and_tells(self, qinqing: Run, file: Path) -> None:
        code, out, err = qinqing("workdays", "import", file)
        assert code == 0
        assert out.startswith("已录入2027年放假安排，共11天。\n日历变化：\n")
        assert "2027-02-09  周二  工作日  →  春节放假" in out
        assert "请核对：没有列出国庆节" in err
        assert 2027 in reads.confirmed_years()
        assert Notice.objects.get(year=2027).confirmed_by.startswith("系统·命令行（")

    def test_as_json(self, qinqing: Run, file: Path) -> None:
        told = json.loads(qinqing("workdays", "import", file, "--json")[1])
        assert (told["ok"], told["year"], told["newly_confirmed"], told["cases"]) == (True, 2027, True, [])
        assert {"on": "2027-02-09", "before": "工作日", "after": "春节放假"} in told["changes"]

    def test_twice_is_once(self, qinqing: Run, file: Path) -> None:
        qinqing("workdays", "import", file)
        code, out, _ = qinqing("workdays", "import", file)
        assert (code, out.splitlines()[0]) == (0, "2027年的这份通知已经录入过，日历没有变化。")
        assert Notice.objects.filter(year=2027).count() == 1

    def test_a_dry_run_writes_nothing(self, qinqing: Run, file: Path) -> None:
        code, out, _ = qinqing("workdays", "import", file, "--dry-run")
        assert code == 0
        assert out.startswith("将录入2027年放假安排")
        assert 2027 not in reads.confirmed_years()

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_a_table_saved_by_a_chinese_spreadsheet_is_read(self, qinqing: Run, tmp_path: Path, encoding: str) -> None:
        path = tmp_path / "2027.csv"
        path.write_bytes("日期,节日,类型\r\n2027-01-01,元旦,放假\r\n2027-02-20,春节,上班\r\n".encode(encoding))
        told = json.loads(qinqing("workdays", "import", path, "--source", "通知", "--json")[1])
        assert (told["year"], told["papers"], told["days"]) == (2027, ["通知"], 2)

    @pytest.mark.parametrize(
        ("raw", "says"),
        [
            (b"", "没有内容"),
            (b"\xff\xfe\x00\x01", "不是文本"),
            (b"9" * 1_000_001, "超过1 MB"),
            (text([]).encode(), "没有任何日期"),
            ("2027-02-10,春节,上班".encode(), "第1行（2027-02-10 春节）：本来就是工作日"),
        ],
    )
    def test_a_bad_file_is_refused_and_changes_nothing(
        self, qinqing: Run, tmp_path: Path, raw: bytes, says: str
    ) -> None:
        path = tmp_path / "bad"
        path.write_bytes(raw)
        before = list(CalendarDay.objects.values())
        code, out, err = qinqing("workdays", "import", path)
        assert (code, out) == (1, "")
        assert says in err
        assert list(CalendarDay.objects.values()) == before

    def test_a_missing_file_is_told(self, qinqing: Run, tmp_path: Path) -> None:
        code, _, err = qinqing("workdays", "import", tmp_path / "none.json", "--json")
        assert code == 1
        assert "打不开文件" in err
        assert qinqing("workdays", "import", tmp_path)[0] == 1
