"""红黑榜通报: a list that was submitted or published as a 公文, 送审稿 until the office's number is entered."""

from collections import Counter
from typing import TYPE_CHECKING

from qinqing.documents.drafts import wording
from qinqing.documents.drafts.asked import Drafted, Request
from qinqing.documents.paper import Block, Heading, Paper, Para, Table
from qinqing.kernel.errors import NotFound
from qinqing.people import reads as people
from qinqing.people.words import HUB_ROLES
from qinqing.standings.reads import lists
from qinqing.standings.rules.scoring import count_of
from qinqing.standings.words import Group, Part, Side, State
from qinqing.statistics.rules.rates import FOUR, percent, rate_of
from qinqing.statistics.words import Measure

if TYPE_CHECKING:
    from qinqing.standings.models import Listing, Score

_BEFORE = (State.SUBMITTED, State.APPROVED)
_FAULTS = (Part.LATE, Part.OVERRULED, Part.REOPENED, Part.SUPERVISED, Part.SUPERVISED_AGAIN, Part.FALSE_FINISH)
Scores = list[tuple[Group, list["Score"]]]


def bulletin(asked: Request) -> Drafted:
    """Return the bulletin of a period, `key` being its code ("2026-Q4"). Source: 三要(三)-2; domain §7.

    Raises:
        NotFound: no list of that period, or not far enough for this reader.
    """
    row = _listing(asked)
    span, town = lists.period_of(row), people.town_of(asked.by.town_id)
    groups = lists.scores_of(asked.by, row)
    title = f"关于{span.title}涉企事项办理情况的通报"
    blocks: list[Block] = [
        Para(text="各村（社区）、各相关部门：", indent=0),
        Para(text=f"根据《企业联系服务机制》设立“红黑榜单”的要求，现将{span.title}涉企事项办理情况通报如下。"),
        Heading(text="一、总体情况"),
        Para(text=_whole(groups)),
        Heading(text="二、红榜"),
        *_side(groups, Side.RED, "本期没有单位进入红榜。"),
        *_commended(row),
        Heading(text="三、黑榜"),
        *_side(groups, Side.BLACK, "本期没有单位列入黑榜。"),
        Heading(text="四、存在问题"),
        Para(text=_problems(groups)),
        Heading(text="五、下步要求"),
        Para(
            text="各单位要对照得分明细逐件核对，超期、重办的说明原因并限期整改；好的做法相互借鉴，切实帮企业把事办成。"
        ),
        Heading(text="附件：评分明细表"),
        *_details(groups),
    ]
    marks = (*(("演示",) if town.is_demo else ()), *(() if asked.number else ("送审稿",)))
    paper = Paper(
        kind=asked.kind,
        head=town.name,
        title=title,
        number=asked.number,
        is_official=True,
        marks=marks,
        blocks=tuple(blocks),
        issuer=f"{town.name}企业服务中转站",
        date=wording.day(asked.at),
        as_of=f"{asked.as_of}；榜单快照 {row.digest[:12]}，按账目至第 {row.until_seq} 笔计算",
    )
    return Drafted(paper, ("town", asked.by.town_id), title)


def _listing(asked: Request) -> "Listing":
    for row in lists.listings(asked.by):
        if row.period == asked.key:
            early = row.state in _BEFORE and asked.by.post in HUB_ROLES
            if row.state == State.PUBLISHED or early:
                return row
    raise NotFound("这一期红黑榜还没有报审或公布，不能出具通报。")


def _whole(groups: Scores) -> str:
    counts: Counter[Measure] = Counter()
    for _, scores in groups:
        for one in scores:
            counts.update({measure: one.tally.get(measure.value, 0) for measure in Measure})
    rates = "，".join(f"{rate.label}{percent(rate_of(counts, rate))}" for rate in FOUR)
    return f"各单位本期应办结{counts[Measure.DUE]}件，按时办结{counts[Measure.IN_TIME]}件。{rates}。"


def _side(groups: Scores, side: Side, none: str) -> list[Block]:
    found: list[Block] = []
    for group, scores in groups:
        names = [f"{one.office.name}（{one.total}分）" for one in scores if one.side == side]
        if names:
            found.append(Para(label=f"{group.label}：", text="、".join(names) + "。"))
    return found or [Para(text=none)]


def _commended(row: "Listing") -> list[Block]:
    named = [
        f"{one.office.name}{f' {one.person}' if one.person else ''}（{one.words}）"
        for one in lists.commendations_of(row)
    ]
    return [Para(label="表彰：", text="；".join(named) + "。")] if named else []


def _problems(groups: Scores) -> str:
    sums = {part: sum(count_of(one.tally, part.value) for _, scores in groups for one in scores) for part in _FAULTS}
    named = [f"{part.label}{number}件" for part, number in sums.items() if number]
    return f"本期共有{'、'.join(named)}。" if named else "本期没有超期、重办和督办的事项。"


def _details(groups: Scores) -> list[Block]:
    found: list[Block] = []
    for group, scores in groups:
        found.append(Heading(text=group.label, level=2))
        found.append(
            Table(
                headings=("名次", "单位", "得分", "应办结", "得分明细", "榜"),
                widths=(12, 34, 16, 14, 58, 22),
                rows=tuple(
                    (
                        str(one.rank or "—"),
                        one.office.short,
                        f"{one.total}",
                        str(one.tally.get(Measure.DUE.value, 0)),
                        "；".join(f"{_label(line['part'])}{line['points']}" for line in one.lines),
                        one.get_side_display(),
                    )
                    for one in scores
                ),
            )
        )
    return found


def _label(part: str) -> str:
    return Part.label_of(part) if part in set(Part) else part
