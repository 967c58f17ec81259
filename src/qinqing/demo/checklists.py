"""What became of the checklists in the demonstration town: one draft improved and in use, one improvement waiting."""

from dataclasses import replace
from datetime import datetime, timedelta

from qinqing.checklists import actions, reads
from qinqing.checklists.rules.items import Content, Item, in_order
from qinqing.demo.cast import Cast

SOURCE = "演示：网格员试用后提出的修改，仍是草案"


def keep(at: datetime) -> None:
    """Publish a second draft of the small firms' list, and leave one of the gas list waiting. A second time changes nothing.

    `at` is when the town moved in; both happen in the weeks after.
    """
    cast = Cast(at, at + timedelta(days=60))
    lists = reads.current(cast.town.pk)
    if not {"F6", "GAS"} <= set(lists) or lists["F6"].number > 1:
        return
    law, gas = cast.who("zhifahead"), cast.who("jianguanhead")
    month_later, now = at + timedelta(days=30), cast.until
    small = _hinted(lists["F6"].content, "F6-19", "推一下门试试，看能不能一下子打开")
    second = actions.prepare(code="F6", content=small, is_draft_text=True, source=SOURCE, by=law, at=month_later)
    actions.publish(code="F6", number=second.number, by=law, at=month_later + timedelta(minutes=20))
    content = lists["GAS"].content
    new = Item("GAS-09", content.sections[0].title, "用气的房间是否通风、有无住人")
    more = in_order(content.sections, [*content.items, new])
    actions.prepare(code="GAS", content=more, is_draft_text=True, source=SOURCE, by=gas, at=now)


def _hinted(content: Content, key: str, hint: str) -> Content:
    items = tuple(replace(item, hint=hint) if item.key == key else item for item in content.items)
    return replace(content, items=items)
