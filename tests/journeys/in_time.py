"""A small town whose clock can be put on: for walks that take months, or cross into a year without a notice.

The town is the cases' (tests/cases/world.py); pages are served by Django's own live server, so that they see the same clock.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.journeys.conftest import OFFICE_PC

if TYPE_CHECKING:
    from tests.cases.world import World


class TownInTime:
    """The town, its clock and the browser. People are called as in `World`: clerk, build, owner, leader …"""

    def __init__(self, world: "World", clock: Any, address: str, chromium: Any) -> None:
        self.world, self.clock = world, clock
        self._address, self._chromium = address, chromium
        self._contexts: list[Any] = []

    def at(self, name: str, address: str, device: dict[str, Any] | None = None) -> Any:
        """Open a page as somebody who has just signed in."""
        from django.test import Client

        from qinqing.people.models import Account

        client = Client()
        client.force_login(Account.objects.get(pk=self.world.who[name].account_id or 0))
        context = self._chromium.new_context(base_url=self._address, locale="zh-CN", **(device or OFFICE_PC))
        self._contexts.append(context)
        context.add_cookies(
            [{"name": one.key, "value": one.value, "url": self._address} for one in client.cookies.values()]
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(address)
        return page

    def move_to(self, moment: str) -> datetime:
        """Put the town's clock to a moment ("2026-12-28 09:00", Asia/Shanghai)."""
        when: datetime = self.clock.at(moment)
        return when

    def close(self) -> None:
        """Close all windows."""
        for context in self._contexts:
            context.close()
