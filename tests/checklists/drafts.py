"""The drafts in use, and a version that changes them."""

from dataclasses import replace

from qinqing.checklists import actions, reads
from qinqing.checklists.models import ChecklistVersion
from qinqing.checklists.rules.items import Content, Item, in_order
from qinqing.ledger.models import Entry
from tests.cases.world import World, moment

LATER = moment("2026-12-01 10:00")


def state(world: World) -> object:
    """Return everything that may not change when a press is refused."""
    return list(ChecklistVersion.objects.order_by("id").values()), Entry.objects.count()


def changed(world: World, code: str = "F4") -> Content:
    """Return the content in use with one item more, one less and one said otherwise."""
    content = reads.current(world.town.pk)[code].content
    first, _, *rest = content.items
    new = Item(f"{code}-99", first.section, "厂区大门是否畅通")
    return in_order(content.sections, [replace(first, text=f"{first.text}（查看任命文件）"), new, *rest])


def prepared(world: World, by: str = "head", code: str = "F4") -> reads.Version:
    return actions.prepare(
        code=code, content=changed(world, code), is_draft_text=False, source="演示文件1号", by=world.who[by], at=LATER
    )
