"""Searching as people type: two Chinese characters, one, a number, initials, several words; never beyond one's sight."""

from typing import TYPE_CHECKING

import pytest

from qinqing.cases.reads.ledger import Filter, page
from qinqing.cases.words import Verb
from tests.cases.world import NOW

if TYPE_CHECKING:
    from tests.cases.world import World


@pytest.fixture
def four(world: "World") -> "World":
    world.demand(title="东门路灯", text="夜班工人下班不安全。")
    world.demand("owner2", firm="mould", title="厂门口破损", text="路面有坑，请修补沥青。ISO9001 复审在即。")
    world.demand("officer", title="招工", text="注塑工难招，灯具车间缺人。")
    world.problem("law", title="疏散通道", text="疑似堆放纸箱。")
    return world


def found(world: "World", who: str, typed: str) -> list[str]:
    rows = page(world.who[who], Filter(stand="all", q=typed), NOW).lines
    return sorted(row.title for row in rows)


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("路灯", ["东门路灯"]),  # in the title
        ("沥青", ["厂门口破损"]),  # in the text
        ("注塑工", ["招工"]),
        ("灯", ["东门路灯", "招工", "疏散通道"]),  # one character; 疏散通道 is the lamp maker's
        ("模具", ["厂门口破损"]),  # in the enterprise's name
        ("诉〔2026〕0002号", ["厂门口破损"]),
        ("0002", ["厂门口破损"]),
        ("ysmj", ["厂门口破损"]),  # 演示模具
        ("mjyx", ["厂门口破损"]),  # from the middle of the name
        ("ISO9001", ["厂门口破损"]),
        ("iso9", ["厂门口破损"]),
        ("路面 沥青", ["厂门口破损"]),  # both words
        ("路面 路灯", []),
        ("灯路", []),  # the characters, not in this order
        ("，。", []),
        ("   ", None),  # nothing typed is no search at all
        ("' OR 1=1 --", []),
        ('"*" NOT', []),
        ("纸箱", ["疏散通道"]),
    ],
)
def test_the_hub_finds_what_was_typed(four: "World", typed: str, titles: list[str] | None) -> None:
    assert found(four, "clerk", typed) == (["东门路灯", "厂门口破损", "招工", "疏散通道"] if titles is None else titles)


@pytest.mark.parametrize("mark", ["town{0}", "\ue000{0}", "\ue000", "town"])
def test_the_towns_own_word_cannot_be_typed(four: "World", mark: str) -> None:
    assert found(four, "clerk", mark.format(four.town.pk)) == []


def test_searching_finds_nothing_out_of_sight(four: "World") -> None:
    assert found(four, "owner", "沥青") == []
    assert found(four, "owner", "纸箱") == [], "an unpublished problem is not even found"
    assert found(four, "village2", "路灯") == []
    assert found(four, "land", "灯") == []
    assert found(four, "sysadmin", "灯") == []


def test_what_was_supplied_later_is_found_too(four: "World") -> None:
    case = four.demand(title="用电", text="电压不稳。")
    four.press(Verb.ASK, case, "clerk", question="哪台变压器？")
    assert found(four, "clerk", "变压器") == []
    four.press(Verb.SUPPLY, case, "owner", answer="二号变压器。")
    assert found(four, "clerk", "变压器") == ["用电"]
