"""The law's year 2026, written down anew: it shares no line with the calendar it is held against."""

from datetime import date, datetime, timedelta

_OFF = (("01-01", "01-03"), ("02-15", "02-23"), ("04-04", "04-06"), ("05-01", "05-05"), ("06-19", "06-21"),
        ("09-25", "09-27"), ("10-01", "10-07"))  # fmt: skip
_MADE_UP = {f"2026-{day}" for day in ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")}


def works(day: date) -> bool:
    if str(day) in _MADE_UP:
        return True
    return day.weekday() < 5 and not any(f"2026-{a}" <= str(day) <= f"2026-{b}" for a, b in _OFF)


def nth(start: datetime, days: int, hour: int, minute: int = 0) -> datetime:
    """Return the `days`-th working day after a day, at a time."""
    day = start.date()
    while days:
        day += timedelta(days=1)
        days -= works(day)
    return start.replace(year=day.year, month=day.month, day=day.day, hour=hour, minute=minute, second=0)


def closing(start: datetime, days: int) -> datetime:
    return nth(start, days, 17, 30)


def open_at(at: datetime) -> bool:
    clock = f"{at:%H:%M}"
    return works(at.date()) and ("08:30" <= clock < "12:00" or "13:30" <= clock < "17:30")


def soon(at: datetime) -> datetime:
    """Return the first open moment from here on, by quarters of an hour."""
    while not open_at(at):
        at += timedelta(minutes=15)
    return at


def open_minutes(start: datetime, end: datetime) -> int:
    found, at = 0, start
    while at < end:
        found += open_at(at)
        at += timedelta(minutes=1)
    return found
