"""The calendar the tests of rules use: the notices of 2024-2026 as shipped, read without a database."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import qinqing.workdays
from qinqing.workdays import rules
from qinqing.workdays.rules.hours import SHANGHAI

SHIPPED = Path(qinqing.workdays.__file__).parent / "data/state_council_days.json"
NOTICES: list[dict[str, Any]] = json.loads(SHIPPED.read_text(encoding="utf-8"))


def _marked(off: bool) -> dict[date, str]:
    return {
        date.fromisoformat(day["date"]): day["name"]
        for notice in NOTICES
        for day in notice["days"]
        if day["isOffDay"] is off
    }


OFF = _marked(off=True)
WORK = _marked(off=False)
YEARS = frozenset(notice["year"] for notice in NOTICES)


def calendar(
    *,
    off: Mapping[date, str] = OFF,
    work: Mapping[date, str] = WORK,
    years: frozenset[int] = YEARS,
    hours: rules.OfficeHours = rules.DEFAULT_HOURS,
) -> rules.Calendar:
    return rules.Calendar(off, work, years, hours)


CALENDAR = calendar()


def at(moment: str) -> datetime:
    """Return "2026-11-23 09:12" as Shanghai time."""
    return datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
