"""An enterprise reads its own demands, and of a problem only what was published to it: no inner word on any page of its."""

from typing import TYPE_CHECKING, Any

import pytest

from qinqing.cases.words import Verb
from qinqing.notices import actions as notices
from qinqing.people.models import Account
from tests.cases.world import NOW

if TYPE_CHECKING:
    from tests.cases.world import World

INNER = "疑似瞒报的内部线索"


@pytest.mark.clause("二(二)2-问题-范围")
def test_no_page_of_the_owner_shows_an_inner_word_of_a_problem(world: "World", client: Any) -> None:
    case = world.problem("law", title=INNER, text=f"{INNER}，举报人说夜里偷排。")
    world.press(Verb.PROGRESS, case, "law", note=f"{INNER}：已约谈。")
    client.force_login(Account.objects.get(pk=world.owner.account_id))
    pages = [
        "/portal/",
        "/portal/matters/",
        f"/portal/matters/{case.pk}/",
        f"/cases/{case.pk}",
        f"/cases/{case.pk}/urge",
        "/notices",
    ]
    for page in pages:
        assert INNER not in client.get(page, follow=True).content.decode(), page
    world.press(Verb.PUBLISH, case, "law", notice="请提供夜间用电记录。")
    notices.pump(at=NOW)
    for page in pages:
        assert INNER not in client.get(page, follow=True).content.decode(), page
    assert "请提供夜间用电记录" in client.get(f"/portal/matters/{case.pk}/").content.decode()


def test_guidance_and_inner_notes_stay_inside(world: "World", client: Any) -> None:
    case = world.press(Verb.FORWARD, world.accepted(), "clerk", lead=world.office("jianguan"), guidance=INNER)
    world.press(Verb.SIGN, case, "build", handler=world.build.account_id)
    world.press(Verb.PROGRESS, case, "build", note=INNER)
    client.force_login(Account.objects.get(pk=world.owner.account_id))
    for page in (f"/portal/matters/{case.pk}/", f"/cases/{case.pk}", "/notices"):
        assert INNER not in client.get(page, follow=True).content.decode(), page
