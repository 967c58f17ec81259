"""The notices for 2024–2026, as published by the General Office of the State Council."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.db import migrations

# Facts of past notices: the file is never edited after landing. A later notice is imported, not added here.
FILE = Path(__file__).resolve().parent.parent / "data" / "state_council_days.json"
BY = "随系统安装"


def seed(apps: Any, schema_editor: Any) -> None:
    """Write the notices, leaving alone any year that is there already."""
    Notice = apps.get_model("workdays", "Notice")
    CalendarDay = apps.get_model("workdays", "CalendarDay")
    for notice in json.loads(FILE.read_text(encoding="utf-8")):
        year = notice["year"]
        if Notice.objects.filter(year=year).exists():
            continue
        rows = [(day["date"], "rest" if day["isOffDay"] else "work", day["name"]) for day in notice["days"]]
        # The same form as workdays.actions, so that importing the same notice again changes nothing.
        lines = [str(year), *notice["papers"], *(" ".join(row) for row in rows)]
        CalendarDay.objects.bulk_create(
            CalendarDay(notice_year=year, on=on, mark=mark, label=label) for on, mark, label in rows
        )
        Notice.objects.create(
            year=year,
            papers="\n".join(notice["papers"]),
            digest=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
            confirmed_by=BY,
        )


def unseed(apps: Any, schema_editor: Any) -> None:
    """Take away what the seed wrote; years imported later by a person stay."""
    Notice = apps.get_model("workdays", "Notice")
    CalendarDay = apps.get_model("workdays", "CalendarDay")
    for notice in json.loads(FILE.read_text(encoding="utf-8")):
        year = notice["year"]
        Notice.objects.filter(year=year, confirmed_by=BY).delete()
        if not Notice.objects.filter(year=year).exists():
            CalendarDay.objects.filter(notice_year=year).delete()


class Migration(migrations.Migration):
    dependencies = [("workdays", "0001_initial")]
    operations = [migrations.RunPython(seed, unseed)]
