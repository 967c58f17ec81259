"""What a chain alone cannot show, a seal does: an end cut off, a book rewritten from some entry on, a book wiped out."""

from datetime import timedelta

import pytest

from qinqing.ledger import actions, chain, verify
from qinqing.ledger.models import Entry
from tests.ledger import tamper
from tests.ledger.book import MONDAY, append
from tests.ledger.tamper import blamed, rows, sql

NEXT_DAY = MONDAY + timedelta(days=1)


@pytest.mark.django_db
class TestSeal:
    """A chain rewritten as a whole is sound in itself; what was sealed says otherwise."""

    @pytest.fixture(autouse=True)
    def _sealed(self, ten: list[Entry]) -> None:
        actions.seal(MONDAY.date(), at=NEXT_DAY)
        append(2, at=NEXT_DAY)
        append(3, at=NEXT_DAY)
        tamper.unguard()

    def test_finds_a_chain_rewritten_with_its_head(self) -> None:
        tamper.set_column("sentence", "已办结", 5)
        tamper.rechain(5)
        assert blamed(verify.verify()) == (
            "demo",
            10,
            "与 2026-11-23 的封账单不符：第 1 至 10 笔中有账目在封账后被改写",
        )

    def test_finds_an_end_cut_off_with_its_head(self) -> None:
        for seq in (12, 11, 10, 9):
            tamper.delete(seq)
        [last] = rows("SELECT digest FROM ledger_entry WHERE seq = 8")
        tamper.set_head(8, last["digest"])
        assert blamed(verify.verify()) == ("demo", 9, "末尾缺账：2026-11-23 封账时已有 10 笔，账上只剩 8 笔")

    def test_finds_a_book_wiped_out(self) -> None:
        sql("DELETE FROM ledger_entry")
        sql("DELETE FROM ledger_head WHERE book = 'demo'")
        assert blamed(verify.verify())[:2] == ("demo", 1)

    def test_finds_order_changed_with_everything_computed_anew(self) -> None:
        for old, new in [(4, 400), (5, 4), (400, 5)]:
            tamper.set_column("seq", new, old)
        tamper.rechain()
        assert blamed(verify.verify())[1] == 10

    def test_cannot_know_of_what_came_after_it(self) -> None:
        """The reason to seal daily: only the current day is open to a rewriting that fixes chain and head."""
        tamper.set_column("sentence", "已办结", 11)
        tamper.rechain(11)
        assert verify.verify().ok

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ("UPDATE ledger_seal SET heads_text = '{}'", "内容与摘要不符"),
            ("UPDATE ledger_seal SET heads_text = 'x'", "内容与摘要不符"),
            ("UPDATE ledger_seal SET entries = 9", "内容与摘要不符"),
            ("UPDATE ledger_seal SET day = '2026-11-22'", "内容与摘要不符"),
            ("UPDATE ledger_seal SET sealed_at = ''", "内容与摘要不符"),
            ("UPDATE ledger_seal SET previous = 'x'", "内容与摘要不符"),
            ("UPDATE ledger_seal SET algorithm = 'sha256'", "内容与摘要不符"),
            ("UPDATE ledger_seal SET algorithm = 'none'", "内容与摘要不符"),
            ("UPDATE ledger_seal SET number = 2", "之前缺封账单"),
            ("DELETE FROM ledger_seal", "缺封账单：应有 1 张，只剩 0 张"),
        ],
    )
    def test_itself_is_checked(self, change: str, reason: str) -> None:
        sql(change)
        verdict = verify.verify()
        assert verdict.bad[-1].book == "封账单"
        assert verdict.bad[-1].reason.startswith(reason)

    def test_chain_of_seals_is_checked(self) -> None:
        actions.seal(MONDAY.date() + timedelta(days=2), at=MONDAY + timedelta(days=3))
        sql("DELETE FROM ledger_seal WHERE number = 2")
        assert blamed(verify.verify())[:2] == ("封账单", 3)

    def test_last_seal_replaced_is_known_to_its_head(self) -> None:
        sql("UPDATE ledger_seal SET entries = 9")
        [row] = rows("SELECT * FROM ledger_seal")
        row["day"] = str(row["day"])
        sql(
            "UPDATE ledger_seal SET digest = %s",
            [chain.digest_of(chain.text_of(row, chain.SEAL_FIELDS), row["algorithm"])],
        )
        assert "最后一张封账单被替换或多出" in blamed(verify.verify())[2]

    def test_on_paper_proves_the_ledger_even_when_all_was_rewritten(self) -> None:
        [sealed] = rows("SELECT digest FROM ledger_seal")
        code = sealed["digest"]
        day = MONDAY.date()
        assert verify.same_as_printed(day, code)
        assert verify.same_as_printed(day, " ".join(code[i : i + 4] for i in range(0, 16, 4)).upper())
        assert not verify.same_as_printed(day, code[:15])
        assert not verify.same_as_printed(day, "0" * 64)
        assert not verify.same_as_printed(day - timedelta(days=1), code)
