"""The plan's sentences, their chips and places."""

import pytest

from qinqing.plan import clauses
from tests.plan.files import SHARED


class TestSentences:
    def test_all_are_there_in_order(self) -> None:
        ids = clauses.all_ids()
        assert (len(ids), ids[0], ids[-1]) == (134, "序-1", "附3房-(3)")
        assert [clause.id for clause in clauses.every()] == ids

    @pytest.mark.skipif(not (SHARED / "plan").exists(), reason="the plan's text lies beside the checkout only")
    def test_each_quote_is_the_plans_own_wording(self) -> None:
        text = "".join((SHARED / "plan/menghe-plan.txt").read_text(encoding="utf-8").split())
        assert not [clause.id for clause in clauses.every() if "".join(clause.quote.split()) not in text]

    def test_one_is_found_by_its_id(self) -> None:
        clause = clauses.clause("二(四)-4")
        assert clause.quote == "一般诉求应在5个工作日内办结并反馈意见"
        assert clause.kinds == ("T",)
        assert clause.kind_words == "时限"
        assert clauses.quote("二(四)-4") == clause.quote

    def test_an_unknown_id_is_a_fault_in_code_and_harmless_on_a_page(self) -> None:
        with pytest.raises(KeyError):
            clauses.clause("九-1")
        assert not clauses.exists("九-1")
        assert clauses.quote("九-1") == ""
        assert clauses.label("九-1") == "九-1"


class TestChips:
    @pytest.mark.parametrize(
        ("id_", "label", "place"),
        [
            ("序-1", "序言", "序言"),
            ("一-2", "一", "一、工作目标"),
            ("二(二)0-3", "二（二）", "二、主要内容（二）中转站制度"),
            ("二(二)1-诉求-转办", "二（二）", "二、主要内容（二）中转站制度"),
            ("二(四)-2b", "二（四）", "二、主要内容（四）一本账制度"),
            ("三职(三)-4", "三（三）", "三、职责分工（三）"),
            ("三要(二)-1", "三要（二）", "三、有关要求（二）"),
            ("附-0", "附件", "附件 网格员职责清单"),
            ("附2安-(3)b", "附2安（3）", "附件 第2行 安全消防（3）"),
            ("附3房-内容", "附3房", "附件 第3行 房屋"),
        ],
    )
    def test_say_where_the_sentence_stands(self, id_: str, label: str, place: str) -> None:
        assert clauses.label(id_) == label
        assert clauses.clause(id_).place == place

    def test_a_word_tells_duties_of_one_office_apart(self) -> None:
        assert clauses.label("三职(三)-4", "路灯") == "三（三）路灯"

    def test_are_short(self) -> None:
        assert max(len(clause.label) for clause in clauses.every()) <= 8
