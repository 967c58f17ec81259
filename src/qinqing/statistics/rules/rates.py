"""Rates out of sums, with the definition people read beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from qinqing.statistics.words import Measure, Rate

M = Measure


@dataclass(frozen=True, slots=True)
class Definition:
    """How a rate is made: `parts` weigh what stands over the line; 中文 says it."""

    parts: Mapping[Measure, Fraction]
    whole: Measure
    words: str


_ONE, _HALF = Fraction(1), Fraction(1, 2)
DEFINITIONS: dict[Rate, Definition] = {
    Rate.SIGNED: Definition(
        {M.SIGNED: _ONE}, M.DISPATCHED, "交办、转办后一个工作日内签收的 ÷ 应签收的（牵头、协办各算一件）"
    ),
    Rate.IN_TIME: Definition(
        {M.IN_TIME: _ONE}, M.DUE, "期限内办结并反馈的 ÷ 期限落在本期的；批准的延期按新期限算，重办另算一件"
    ),
    Rate.SOLVED: Definition(
        {M.SOLVED: _ONE, M.PARTLY: _HALF},
        M.VISITED,
        "（企业说解决了的 + 其中只部分解决的按半件）÷ 企业说了是否解决的；“解释说明”答复的咨询、建议不在内",
    ),
    Rate.SATISFIED: Definition(
        {M.SATISFIED: _ONE}, M.RATED, "（非常满意 + 满意 + 基本满意）÷ 已评价的；没有评价的不算，不当作满意"
    ),
    Rate.TAKEN: Definition({M.TAKEN_IN_TIME: _ONE}, M.TAKEN, "中转站在规定的工作小时内接办的 ÷ 应接办的"),
}
"""Source: domain §3.6. The four of every office first; 接办率 is the hub's own."""
FOUR = (Rate.SIGNED, Rate.IN_TIME, Rate.SOLVED, Rate.SATISFIED)
GROUND = (
    "率都按期限落在哪个月归月；不予受理、并案、企业撤回的不计入。收到、销账、退回、重办按发生的月份。"
    "用时是销账事项从收到到反馈的工作日，取平均。"
)
"""What holds for every figure on a page of statistics."""


def rate_of(counts: Mapping[Measure, int], rate: Rate) -> Fraction | None:
    """Return a rate (0 to 1, exactly); None where nothing is under the line."""
    definition = DEFINITIONS[rate]
    whole = counts.get(definition.whole, 0)
    if not whole:
        return None
    return sum((weight * counts.get(part, 0) for part, weight in definition.parts.items()), Fraction()) / whole


def average_days(counts: Mapping[Measure, int]) -> Fraction | None:
    """Return the working days a case took on average; None where none was written off."""
    ended = counts.get(M.WRITTEN_OFF, 0)
    return Fraction(counts.get(M.WORKING_DAYS, 0), ended) if ended else None


def percent(share: Fraction | None) -> str:
    """Return a share as 94.4%, — where there is none. Half a tenth goes up."""
    if share is None:
        return "—"
    tenths = (share * 2000 + 1) // 2
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def days(average: Fraction | None) -> str:
    """Return an average as 3.4, — where there is none."""
    return "—" if average is None else f"{float(average):.1f}"
