"""`qinqing ledger`: a sentence for people, JSON for scripts, and the exit code."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from qinqing.ledger import reads
from tests.ledger import tamper
from tests.ledger.book import MONDAY, append

Qinqing = Callable[..., tuple[int, str, str]]
CASE = "诉〔2026〕0001号"


def told(answer: tuple[int, str, str]) -> tuple[int, dict[str, Any]]:
    code, out, _ = answer
    return code, json.loads(out)


@pytest.mark.usefixtures("ten")
class TestVerify:
    def test_says_sound_with_entries_and_seconds(self, qinqing: Qinqing) -> None:
        code, out, err = qinqing("ledger", "verify")
        assert code == 0
        assert out.startswith("完好：共校验 10 笔，用时")
        assert err == ""

    def test_as_json(self, qinqing: Qinqing) -> None:
        code, answer = told(qinqing("ledger", "verify", "--json"))
        seconds = answer.pop("seconds")
        assert code == 0
        assert seconds >= 0
        assert answer == {"ok": True, "checked": 10, "first_bad": None, "bad": [], "warnings": []}

    def test_names_the_first_bad_entry_with_exit_code_1(self, qinqing: Qinqing) -> None:
        tamper.unguard()
        tamper.set_column("sentence", "已办结", 4)
        code, out, err = qinqing("ledger", "verify")
        assert code == 1
        assert "不完好：账册 demo 第 4 笔（诉〔2026〕0001号，2026-11-23 12:00:00）" in out
        assert "保护不完整" in err
        code, answer = told(qinqing("ledger", "verify", "--json"))
        assert code == 1
        assert answer["first_bad"] == {
            "book": "demo",
            "seq": 4,
            "label": CASE,
            "at": "2026-11-23T12:00:00.000000+08:00",
            "reason": "内容与摘要不符：入账以后被改动",
        }

    def test_names_the_first_of_each_book(self, qinqing: Qinqing) -> None:
        append(book="other")
        tamper.unguard()
        tamper.set_column("sentence", "已办结", 4)
        tamper.set_column("sentence", "已办结", 1, "other")
        assert qinqing("ledger", "verify")[1].count("入账以后被改动") == 2
        assert qinqing("ledger", "verify", "--town", "other")[1].count("入账以后被改动") == 1

    def test_one_case_by_its_number(self, qinqing: Qinqing) -> None:
        assert told(qinqing("ledger", "verify", "--case", CASE, "--json"))[1]["checked"] == 4
        tamper.unguard()
        tamper.set_column("sentence", "已办结", 5)
        assert qinqing("ledger", "verify", "--case", CASE)[0] == 0
        assert qinqing("ledger", "verify", "--case", "诉〔2026〕0002号")[0] == 1

    def test_asks_which_town_when_several_have_the_number(self, qinqing: Qinqing) -> None:
        append(1, book="other")
        code, _, err = qinqing("ledger", "verify", "--case", CASE)
        assert (code, "请加 --town" in err) == (1, True)
        assert told(qinqing("ledger", "verify", "--case", CASE, "--town", "other", "--json"))[1]["checked"] == 1

    @pytest.mark.parametrize(
        ("words", "says"), [(("--case", "诉〔2026〕9999号"), "账上没有编号为"), (("--town", "nowhere"), "没有镇代码为")]
    )
    def test_says_what_is_not_there(self, qinqing: Qinqing, words: tuple[str, str], says: str) -> None:
        code, _, err = qinqing("ledger", "verify", *words)
        assert code == 1
        assert says in err

    def test_compares_with_a_printed_seal(self, qinqing: Qinqing) -> None:
        _, sealed = told(qinqing("ledger", "seal", "--day", "2026-11-22", "--json"))
        digest = sealed["digest"]
        assert qinqing("ledger", "verify", "--printed", f"2026-11-22={digest[:16]}")[0] == 0
        code, out, _ = qinqing("ledger", "verify", "--printed", f"2026-11-22={'0' * 64}")
        assert code == 1
        assert "不一致" in out
        assert told(qinqing("ledger", "verify", "--json", "--printed", f"2026-11-22={digest}"))[1]["same_as_printed"]

    @pytest.mark.parametrize("word", ["2026-11-22", "x=1", "2026-11-22="])
    def test_a_printed_code_that_is_none_is_wrong_usage(self, qinqing: Qinqing, word: str) -> None:
        assert qinqing("ledger", "verify", "--printed", word)[0] == 2


@pytest.mark.django_db
class TestSeal:
    def test_closes_yesterday_unless_told_otherwise(self, qinqing: Qinqing, clock: Any) -> None:
        append()
        clock.at("2026-11-24 00:10")
        code, out, _ = qinqing("ledger", "seal")
        sheet = reads.seal_sheet(MONDAY.date())
        assert code == 0
        assert sheet is not None
        assert "2026-11-23 已封账：第 1 张，1 笔。" in out
        assert sheet.digest in out

    def test_as_json_lists_the_books(self, qinqing: Qinqing, clock: Any) -> None:
        last = append()
        clock.move(days=2)
        code, answer = told(qinqing("ledger", "seal", "--day", "2026-11-23", "--json"))
        assert code == 0
        assert (answer["day"], answer["number"], answer["entries"]) == ("2026-11-23", 1, 1)
        assert answer["books"] == [{"book": "demo", "seq": 1, "digest": last.digest, "entries": 1}]

    def test_refuses_today(self, qinqing: Qinqing, clock: Any) -> None:
        code, out, err = qinqing("ledger", "seal", "--day", str((clock.now() + timedelta(days=0)).date()))
        assert (code, out) == (1, "")
        assert "还没有过完" in err
        assert reads.last_seal() is None

    def test_a_day_that_is_none_is_wrong_usage(self, qinqing: Qinqing) -> None:
        assert qinqing("ledger", "seal", "--day", "yesterday")[0] == 2
