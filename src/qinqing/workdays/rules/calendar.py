"""The calendar: which days count, and the tables that make counting fast."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from qinqing.kernel.errors import Refused
from qinqing.workdays.rules.hours import DAY, DEFAULT_HOURS, SHANGHAI, OfficeHours
from qinqing.workdays.rules.statutory import FIRST_YEAR, LAST_YEAR, statutory_days
from qinqing.workdays.words import DayKind, Policy

LONGEST_DAYS = 1000
"""No limit of the plan comes near it; a longer one is a slip of the pen."""


class _Track:
    """Working days of a span of years laid out for counting: built once, then every deadline is two look-ups.

    `ranks[i]` is how many working days lie in the first i + 1 days; `closes[r - 1]` is when the r-th of them ends.
    """

    __slots__ = ("closes", "end", "first", "ranks", "years")

    def __init__(self, calendar: "Calendar", first_year: int, last_year: int) -> None:
        self.years = (first_year, last_year)
        on = date(first_year, 1, 1)
        self.first = on.toordinal()
        self.ranks: list[int] = []
        self.closes: list[datetime] = []
        hours = calendar.hours
        while on.year <= last_year:
            if calendar.is_workday(on):
                self.closes.append(hours.closes_at(on))
            self.ranks.append(len(self.closes))
            on += DAY
        self.end = self.first + len(self.ranks)


@dataclass(frozen=True, eq=False)
class Calendar:
    """What is known of the days. Immutable; counting tables are built on first use and grow with the years asked for.

    Attributes:
        off: days off by notice (weekend days joined to a holiday may be there or not), with the holiday's name.
        work: weekend days worked by notice, with the name of the holiday they make up for.
        confirmed_years: years whose notice is in `off` and `work`; days of any other year are 暂定.
        hours: office hours by season.
    """

    off: Mapping[date, str]
    work: Mapping[date, str]
    confirmed_years: frozenset[int]
    hours: OfficeHours = DEFAULT_HOURS
    _tracks: list[_Track] = field(default_factory=list, init=False, repr=False)

    def kind(self, on: date) -> DayKind:
        """Say how a day counts.

        A statutory day is a day off even where no notice lists it: the law stands above the notice.

        Source: 行政许可法 82; 全国年节及纪念日放假办法.
        """
        if on in self.work:
            return DayKind.MAKEUP
        if on in self.off or on in statutory_days(on.year):
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if on.weekday() >= 5 else DayKind.WORK

    def label(self, on: date) -> str:
        """Return the holiday a day belongs to, or makes up for; "" for any other day."""
        return self.work.get(on) or self.off.get(on) or statutory_days(on.year).get(on, "")

    def is_workday(self, on: date) -> bool:
        """Say whether a day counts as a working day."""
        if on in self.work:
            return True
        return on.weekday() < 5 and on not in self.off and on not in statutory_days(on.year)

    def next_workday(self, on: date) -> date:
        """Return the first working day strictly after a day."""
        on += DAY
        while not self.is_workday(on):
            on += DAY
        return on

    def is_confirmed(self, on: date) -> bool:
        """Say whether the notice for a day's year is in."""
        return on.year in self.confirmed_years

    def count(self, after: date, until: date) -> int:
        """Return how many working days lie in (after, until]; 0 when `until` is not later than `after`."""
        if until <= after:
            return 0
        track = self._track(after.year, until.year)
        return track.ranks[until.toordinal() - track.first] - track.ranks[after.toordinal() - track.first]

    def day_zero(self, received: datetime, policy: str = "A") -> date:
        """Return the day that does not count: the day of receipt.

        Policy A: the calendar day of the moment. Policy B: that day if it is a working day and the moment is not past
        closing time, else the next working day. `received` is aware, in Asia/Shanghai.

        Source: 二(四)-4; 民法典 201.
        """
        on = received.date()
        if policy == Policy.A or (self.is_workday(on) and received.replace(microsecond=0) <= self.hours.closes_at(on)):
            return on
        return self.next_workday(on)

    def nth_close(self, moment: datetime, days: int, *, by_hour: bool = False) -> datetime:
        """Return when the `days`-th working day after the day of receipt closes. The fast path of `due_at`.

        `by_hour` is policy B: a moment on a day off or past closing time is received on the next working day.
        """
        ordinal = moment.toordinal()
        track = self._tracks[-1] if self._tracks else self._track(moment.year - 1, moment.year)
        # A working year has more than 200 days: with this margin the answer always lies on the track.
        if ordinal <= track.first or track.end - ordinal < 2 * days + 60:
            track = self._track(moment.year - 1, moment.year + days // 200 + 1)
        place = ordinal - track.first
        rank = track.ranks[place]
        if by_hour:
            close = track.closes[rank - 1]
            if track.ranks[place - 1] == rank or (moment > close and moment.replace(microsecond=0) > close):
                rank += 1
        return track.closes[rank - 1 + days]

    def _track(self, first_year: int, last_year: int) -> _Track:
        """Return a track that holds these years, widened if need be. Appending last keeps other threads safe."""
        if self._tracks:
            track = self._tracks[-1]
            low, high = track.years
            if low <= first_year and last_year <= high:
                return track
            first_year, last_year = min(low, first_year), max(high, last_year)
        else:
            first_year, last_year = first_year - 1, last_year + 2
        track = _Track(self, first_year, last_year)
        self._tracks.append(track)
        del self._tracks[:-1]
        return track


def in_shanghai(moment: datetime) -> datetime:
    """Return an aware moment as Shanghai's wall clock.

    Raises:
        ValueError: the moment has no time zone; the server's own zone must never decide a deadline.
        Refused: outside the years that can be computed.
    """
    if moment.tzinfo is not SHANGHAI:
        if moment.tzinfo is None:
            raise ValueError("时间缺少时区")
        try:
            moment = moment.astimezone(SHANGHAI)
        except OverflowError:
            raise _out_of_range() from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise _out_of_range()
    return moment


def check_days(days: int) -> None:
    """Refuse a number of working days that no limit can have."""
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused("bad_days", f"工作日数应在1至{LONGEST_DAYS}之间。", field="days")


def _out_of_range() -> Refused:
    return Refused("moment_out_of_range", f"时间应在{FIRST_YEAR}年至{LAST_YEAR}年之间。", field="moment")


def add_hours(received: datetime, hours: float, calendar: Calendar) -> datetime:
    """Return the moment by which this many working hours have passed, counted from `received`.

    Only time inside office hours runs; nights, noon breaks and days off stand still. A count that ends exactly at
    closing time ends there, not at the next opening.

    Raises:
        Refused: hours not above 0 or longer than 2000, or a moment outside the years that can be computed.

    Source: 民法典 201 (按小时计算), 203 (业务时间).
    """
    if not 0 < hours <= 2000:
        raise Refused("bad_hours", "工作小时数应大于0，且不超过2000。", field="hours")
    moment = in_shanghai(received)
    left = timedelta(hours=hours)
    on = moment.date()
    if not calendar.is_workday(on):
        on = calendar.next_workday(on)
    while True:
        for begins, ends in calendar.hours.on(on).spans(on):
            begins = max(begins, moment)  # noqa: PLW2901  received in the middle of it
            if begins + left <= ends:
                return begins + left
            if begins < ends:
                left -= ends - begins
        on = calendar.next_workday(on)
