"""Which enterprise needs which checklists: the plan says, by class and by trait."""

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qinqing.plan.field_spec import ChecklistAddon, ChecklistSet
    from qinqing.plan.spec import Plan


def needed(plan: "Plan", *, scale: str, is_key: bool, traits: Collection[str] = ()) -> tuple[str, ...]:
    """Return the codes of the lists an enterprise needs, in the plan's order, each once.

    Args:
        plan: the town's plan.
        scale: a code of `enterprises.words.Scale`.
        is_key: 重点行业领域; then the scale does not matter.
        traits: codes of `enterprises.words.Tag`.

    Source: 附2安-(3)a, 附2安-(3)c, 附2环-(3), 附2违-(1)a, 附3房-(1), 三职(三)-3.
    """
    wanted = {code for row in sources(plan, scale=scale, is_key=is_key, traits=traits) for code in row.checklists}
    return tuple(one.code for one in plan.checklists if one.code in wanted)


def sources(
    plan: "Plan", *, scale: str, is_key: bool, traits: Collection[str] = ()
) -> "tuple[ChecklistSet | ChecklistAddon, ...]":
    """Return the plan's rows that ask lists of an enterprise: its class, then what its traits add, with their frequency.

    Source: 附2安-(3)b, 附2安-(3)d.
    """
    sets = [row for row in plan.checklist_sets if row.fits(scale, is_key)]
    return (*sets, *(row for row in plan.checklist_addons if row.fits(traits)))
