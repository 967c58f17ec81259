"""The interface speaks for the posts of the cases' town."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cases.world import World


@pytest.fixture
def world(db: None) -> "World":
    from tests.cases.world import make_world

    return make_world()


@pytest.fixture
def speak(world: "World", client: Any) -> Callable[..., Any]:
    """Call the interface for somebody: `speak("clerk", "post", "/cases", {…})`."""
    from qinqing.api import actions
    from qinqing.people import reads as people
    from tests.cases.world import NOW

    tokens: dict[str, str] = {}

    def call(name: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        if name not in tokens:
            account = people.account(world.who[name].account_id or 0)
            tokens[name] = actions.issue(username=account.username, name=name, by=world.root, at=NOW)
        more = {"data": body, "content_type": "application/json"} if body is not None else {}
        given = {"Authorization": f"Bearer {tokens[name]}"} | headers
        return getattr(client, method)(f"/api/v1{path}", headers=given, **more)

    return call
