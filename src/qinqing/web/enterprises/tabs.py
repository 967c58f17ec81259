"""What stands over the hub's pages about firms: all of them, and what waits."""

from django.urls import reverse

from qinqing.enterprises import policy
from qinqing.enterprises.queues import Counts
from qinqing.kernel.actor import Actor
from qinqing.web.templatetags.parts import Tab


def tabs(by: Actor, here: str, counts: Counts) -> list[Tab]:
    """Return the tabs for who manages firms; nobody else has more than the one list."""
    if not policy.may_manage(by):
        return []
    pages = (
        ("all", "全部企业", "enterprises", None),
        ("unassigned", "待归属", "enterprise_unassigned", counts.unassigned),
        ("proposals", "变更待审核", "enterprise_proposals", counts.proposals),
        ("import", "导入名单", "enterprise_import", None),
    )
    return [Tab(label, reverse(name), key == here, number) for key, label, name, number in pages]
