"""The matter itself: its journey, its deadline, what happened, its files, whom to call."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django import template
from django.template.context import Context

from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.text import mask_phone
from qinqing.web.parts.tones import one_of
from qinqing.workdays.rules import Due, weekday
from qinqing.workdays.words import DayKind

register = template.Library()


@register.inclusion_tag("parts/journey.html")
def journey(steps: Iterable[Any], *, is_small: bool = False) -> dict[str, Any]:
    """Draw the way of a matter. A step has `label`, `note` (when, or who has it) and `state` done, now or todo.

    `is_small` leaves the notes out (lists, the portal's cards). On a phone the line keeps its stops, and one sentence
    below says where it stands and what comes next.
    """
    found = list(steps)
    for step in found:
        one_of("journey", step.state, ("done", "now", "todo"))
    at = next((place for place, step in enumerate(found) if step.state == "now"), None)
    ahead = found[at + 1 :] if at is not None else []
    promised = next((step for step in ahead if step.note), ahead[0] if ahead else None)
    return {"steps": found, "now": found[at] if at is not None else None, "next": promised, "is_small": is_small}


class Cell(NamedTuple):
    """One day of the day strip."""

    on: date
    tone: str
    mark: str
    told: str


@register.inclusion_tag("parts/due.html")
def due_days(due: Due, *, is_open: bool = True) -> dict[str, Any]:
    """Show a deadline day by day on a calendar, with the sentences that explain it: 为什么是这一天.

    `due` is `workdays.rules.Due`. With `is_open=False` the explanation is folded away until asked for.
    """
    cells = [_cell(day, due) for day in due.days]
    return {
        "due": due, "cells": cells, "first": due.days[0].on.isoweekday() if cells else 1, "is_open": is_open,
        "months": sorted({(day.on.year, day.on.month) for day in due.days}), "sentences": due.explain(),
    }  # fmt: skip


def _cell(day: Any, due: Due) -> Cell:
    on = f"{day.on.month}月{day.on.day}日 {weekday(day.on)}"
    if day.on == due.at.astimezone(SHANGHAI).date():
        return Cell(day.on, "due", "截止", f"{on}，第{day.number}个工作日，截止")
    if day.number == 0:
        return Cell(day.on, "zero", "收到", f"{on}，收到当日，不计入")
    if day.number is None:
        name = day.label or ("周末" if day.kind == DayKind.WEEKEND else day.kind.label)
        return Cell(day.on, "off", "休", f"{on}，{name}，不计")
    made_up = day.kind == DayKind.MAKEUP
    return Cell(
        day.on,
        "work",
        "班" if made_up else str(day.number),
        f"{on}，第{day.number}个工作日" + ("（调休上班）" if made_up else ""),
    )


@register.inclusion_tag("parts/timeline.html")
def timeline(entries: Iterable[Any], *, files: dict[str, Any] | None = None, is_public: bool = False) -> dict[str, Any]:
    """Show ledger entries as they came, each with who, what and clause; newest first.

    `files` gives what to show for an attached file by its digest (name, url, size). `is_public`: as an enterprise reads
    it: offices instead of names, no clauses.
    """
    known = files or {}
    lines = [
        {"entry": entry, "files": [known[digest] for digest in entry.files if digest in known]} for entry in entries
    ]
    return {"lines": lines[::-1], "is_public": is_public}


@register.inclusion_tag("parts/file_list.html")
def file_list(files: Iterable[Any], *, empty: str = "") -> dict[str, Any]:
    """List attachments: each has `name`, `url`, `size` in bytes and `is_image`. Pictures are shown small."""
    return {"files": list(files), "empty": empty}


@register.inclusion_tag("parts/phone.html", takes_context=True)
def phone(context: Context, number: str, *, reveal: str = "", is_clear: bool = False) -> dict[str, Any]:
    """Show a phone number masked, with a button that shows it; pressing it is an entry in the ledger.

    `number` may come masked already. `reveal` is the address posted to ("" = no button). `is_clear` shows it whole, as a
    link that dials.
    """
    shown = number if is_clear or "*" in number else mask_phone(number)
    return {"number": shown, "reveal": reveal, "is_clear": is_clear, "csrf_token": context.get("csrf_token")}
