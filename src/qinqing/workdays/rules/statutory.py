"""The days that are free by law, without any notice: what can be known of a year before its notice appears.

The law names the days; the notice only joins them with weekends and moves working days. So these days are days off in
every year, and a year without a notice is weekends plus these.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

FIRST_YEAR = 2008
"""The first year under the present set of holidays; earlier moments are not computed."""
LAST_YEAR = 2099
"""The formula for 清明 holds up to here."""

# 春节初一, 端午, 中秋 as MMDD. Made with lunardate 0.3.0, compared with a second implementation (which errs in 2027 and
# 2030, where the new moon falls within minutes of midnight in Beijing) and with the notices of 2008-2026.
_LUNAR = {
    2008: "0207 0608 0914", 2009: "0126 0528 1003", 2010: "0214 0616 0922", 2011: "0203 0606 0912",
    2012: "0123 0623 0930", 2013: "0210 0612 0919", 2014: "0131 0602 0908", 2015: "0219 0620 0927",
    2016: "0208 0609 0915", 2017: "0128 0530 1004", 2018: "0216 0618 0924", 2019: "0205 0607 0913",
    2020: "0125 0625 1001", 2021: "0212 0614 0921", 2022: "0201 0603 0910", 2023: "0122 0622 0929",
    2024: "0210 0610 0917", 2025: "0129 0531 1006", 2026: "0217 0619 0925", 2027: "0206 0609 0915",
    2028: "0126 0528 1003", 2029: "0213 0616 0922", 2030: "0203 0605 0912", 2031: "0123 0624 1001",
    2032: "0211 0612 0919", 2033: "0131 0601 0908", 2034: "0219 0620 0927", 2035: "0208 0610 0916",
    2036: "0128 0530 1004", 2037: "0215 0618 0924", 2038: "0204 0607 0913", 2039: "0124 0527 1002",
    2040: "0212 0614 0920", 2041: "0201 0603 0910", 2042: "0122 0622 0928", 2043: "0210 0611 0917",
    2044: "0130 0531 1005", 2045: "0217 0619 0925", 2046: "0206 0608 0915", 2047: "0126 0529 1004",
    2048: "0214 0615 0922", 2049: "0202 0604 0911", 2050: "0123 0623 0930",
}  # fmt: skip


def knows_lunar_days(year: int) -> bool:
    """Say whether 春节, 端午 and 中秋 of a year are known here; if not, they are left out and the explanation says so."""
    return year in _LUNAR


@lru_cache(maxsize=128)
def statutory_days(year: int) -> Mapping[date, str]:
    """Return the days of a year that are free by law, each with its name. Weekend days among them stay where they are.

    When such a day falls on a weekend the law gives another day for it; which one, only the notice says: not guessed.

    Source: 全国年节及纪念日放假办法 (2007, 2013, 2024).
    """
    days = {date(year, 1, 1): "元旦"}
    if 2001 <= year <= LAST_YEAR:
        days[date(year, 4, _qingming(year))] = "清明节"
    days |= {date(year, 5, 1 + i): "劳动节" for i in range(2 if year >= 2025 else 1)}
    if year in _LUNAR:
        spring, dragon_boat, mid_autumn = (date(year, int(d[:2]), int(d[2:])) for d in _LUNAR[year].split())
        days |= {spring + timedelta(days=i): "春节" for i in _spring_days(year)}
        days |= {dragon_boat: "端午节", mid_autumn: "中秋节"}
    # Last, so that a 中秋 inside 国庆 (2020-10-01) carries the name of the longer holiday.
    days |= {date(year, 10, 1 + i): "国庆节" for i in range(3)}
    return MappingProxyType(dict(sorted(days.items())))


def _spring_days(year: int) -> range:
    """Return the days of 春节 counted from 初一 = 0."""
    if year >= 2025:
        return range(-1, 3)  # 除夕-初三
    return range(3) if year >= 2014 else range(-1, 2)


def _qingming(year: int) -> int:
    """Return the day of April of 清明, by the rule of thumb for the 21st century."""
    short = year % 100
    return int(short * 0.2422 + 4.81) - short // 4
