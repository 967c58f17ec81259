"""One list as .xlsx: the results he reads, with the line-by-line points beside."""

from io import BytesIO
from typing import TYPE_CHECKING

from django.http import HttpResponse

from qinqing.kernel import clock
from qinqing.kernel.sheets import STAMP_LINE, Column, write_sheet
from qinqing.people.rights import Right
from qinqing.standings.reads import lists
from qinqing.standings.words import Group, Part, State
from qinqing.web.gate import Request, screen
from qinqing.web.statistics.around import sheet

if TYPE_CHECKING:
    from qinqing.standings.models import Score


@screen(Right.READ_STANDINGS)
def export(request: Request, listing_id: int) -> HttpResponse:
    """Give the list as a workbook."""
    by = request.actor
    row = lists.listing_for(by, listing_id)
    title = f"{lists.period_of(row).title}涉企事项办理红黑榜"
    out = BytesIO()
    columns = ["组别", "单位", "名次", "得分", "榜", "应办结", *(part.label for part in Part), "说明"]
    write_sheet(
        out,
        title,
        [Column(name, 24 if name in ("单位", "说明") else 11) for name in columns],
        [_line(group, one) for group, scores in lists.scores_of(by, row) for one in scores],
        [f"{State.label_of(row.state)}；账目至第 {row.until_seq} 笔，快照 {row.digest[:12]}。", STAMP_LINE],
        maker=f"{by.office_name}　{by.name}",
        made_at=clock.now(),
    )
    return sheet(out.getvalue(), f"{title}.xlsx")


def _line(group: Group, one: "Score") -> list[str | int | float | None]:
    points = {line["part"]: line["points"] for line in one.lines}
    return [
        group.label,
        one.office.short,
        one.rank,
        f"{one.total:.2f}",
        one.get_side_display(),
        one.tally.get("due", 0),
        *(points.get(part.value, "") for part in Part),
        "；".join(word for word in (one.why, one.veto) if word),
    ]
