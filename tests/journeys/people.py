"""Signing in as somebody of the demonstration town, and pressing what a page offers, with and without JavaScript."""

from typing import Any


def sign_in(page: Any, name: str) -> None:
    """Sign in with one press on the page of demonstration sign-ins."""
    page.goto("/demo/")
    page.locator("button", has_text=name).first.click()
    page.wait_for_load_state()


def press(page: Any, word: str) -> None:
    """Press the button or link with this word, and wait for what comes."""
    page.locator("main").get_by_role("button", name=word, exact=True).or_(
        page.locator("main").get_by_role("link", name=word, exact=True)
    ).first.click()
    page.wait_for_load_state()


def send(page: Any, word: str) -> None:
    """Press the main button of the form on the page."""
    page.locator("main form button.main, main form .btn.main").filter(has_text=word).last.click()
    page.wait_for_load_state()
