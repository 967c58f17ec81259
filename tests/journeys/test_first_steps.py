"""The first minute: the page opens, somebody signs in with one click, and finds what he needs to see."""

from collections.abc import Callable
from typing import Any

import pytest

Window = Callable[..., Any]


@pytest.mark.parametrize("device", ["phone", "office_pc"])
class TestEntrance:
    def test_opens_and_lists_invented_people(
        self, device: str, request: pytest.FixtureRequest, accessible: Any
    ) -> None:
        page = request.getfixturevalue(device)
        page.goto("/")
        page.goto("/demo/")
        assert "演示" in page.title() or "演示" in page.inner_text("body")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        accessible(page)

    def test_the_way_in_is_accessible(self, device: str, request: pytest.FixtureRequest, accessible: Any) -> None:
        page = request.getfixturevalue(device)
        page.goto("/sign-in/")
        assert page.locator("input[name=username], input[name=login]").count() == 1
        accessible(page)


def test_one_click_signs_in_without_javascript(window: Window) -> None:
    page = window(javascript=False)
    page.goto("/demo/")
    page.locator("form button[type=submit], form button:not([type])").first.click()
    assert "/demo/" not in page.url
    assert page.locator("h1").count() >= 1
