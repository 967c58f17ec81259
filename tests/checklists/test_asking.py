"""Which items are asked, given the answers so far."""

import pytest

from qinqing.checklists.drafts import drafts
from qinqing.checklists.rules.asking import asked
from qinqing.checklists.rules.items import Choice, Content, Item, Section, ShowIf
from qinqing.checklists.words import AnswerKind, Op

PARTS = (Section("车间", 1),)


def asks(kind: AnswerKind, op: Op, value: str, given: str) -> bool:
    choices = (Choice("a", "甲"), Choice("b", "乙")) if kind == AnswerKind.CHOICE else ()
    content = Content(
        PARTS,
        (
            Item("A1", "车间", "看", answer=kind, choices=choices),
            Item("A2", "车间", "再看", show_if=ShowIf("A1", op, value)),
        ),
    )
    return "A2" in asked(content, {"A1": given})


@pytest.mark.parametrize(
    ("kind", "op", "value", "given", "is_asked"),
    [
        (AnswerKind.YN, Op.IS, "bad", "bad", True),
        (AnswerKind.YN, Op.IS, "bad", "ok", False),
        (AnswerKind.YN, Op.IS, "bad", "", False),
        (AnswerKind.YN, Op.IS_NOT, "na", "ok", True),
        (AnswerKind.YN, Op.IS_NOT, "na", "na", False),
        (AnswerKind.YN, Op.IS_NOT, "na", "", False),
        (AnswerKind.CHOICE, Op.IS, "b", "b", True),
        (AnswerKind.NUMBER, Op.AT_LEAST, "30", "30", True),
        (AnswerKind.NUMBER, Op.AT_LEAST, "30", "9", False),
        (AnswerKind.NUMBER, Op.AT_MOST, "30", "29.5", True),
        (AnswerKind.NUMBER, Op.IS, "30", "30.0", True),
        (AnswerKind.NUMBER, Op.AT_LEAST, "30", "三十", False),
        (AnswerKind.NUMBER, Op.AT_LEAST, "30", "NaN", False),
        (AnswerKind.DATE, Op.AT_LEAST, "2026-01-01", "2026-11-23", True),
        (AnswerKind.DATE, Op.AT_MOST, "2026-01-01", "2026-11-23", False),
        (AnswerKind.DATE, Op.AT_MOST, "2026-01-01", "去年", False),
        (AnswerKind.TEXT, Op.IS, "有", "有", True),
    ],
)
def test_a_condition(kind: AnswerKind, op: Op, value: str, given: str, is_asked: bool) -> None:
    assert asks(kind, op, value, given) == is_asked


def test_what_hangs_on_an_item_not_asked_is_not_asked() -> None:
    content = Content(
        PARTS,
        (
            Item("A1", "车间", "看"),
            Item("A2", "车间", "看", show_if=ShowIf("A1", Op.IS, "bad")),
            Item("A3", "车间", "看", show_if=ShowIf("A2", Op.IS, "bad")),
        ),
    )
    assert asked(content, {"A1": "ok", "A2": "bad"}) == ("A1",)
    assert asked(content, {"A1": "bad", "A2": "bad"}) == ("A1", "A2", "A3")


def test_evidence_of_building_without_permission_is_asked_for_where_there_is_some() -> None:
    content = drafts()["LW"].content
    assert "LW-08" not in asked(content, {"LW-07": "nothing"})
    assert {"LW-08", "LW-09"} <= set(asked(content, {"LW-07": "taken"}))
    assert all(content.by_key[key].required for key in ("LW-07", "LW-08", "LW-09"))
    assert {item.photo.value for item in content.items if item.answer == AnswerKind.YN} == {"on_fail"}
    others = [item for code, draft in drafts().items() if code != "LW" for item in draft.content.items]
    assert {item.photo.value for item in others} <= {"none", "optional"}, "nowhere else must one take pictures"
