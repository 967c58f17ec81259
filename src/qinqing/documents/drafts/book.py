"""一本账月报: a month of the book on paper: the balance of every office, and how what came in stands."""

import re
from collections import Counter
from collections.abc import Iterable

from qinqing.cases.reads import books
from qinqing.cases.reads import ledger as cases
from qinqing.cases.reads.books import MonthBalance
from qinqing.cases.reads.lines import Line
from qinqing.documents.drafts import wording
from qinqing.documents.drafts.asked import Drafted, Request
from qinqing.documents.paper import Block, Heading, Paper, Para, Signatures, Table
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotFound
from qinqing.people import reads as people
from qinqing.people.words import EVERYTHING_ROLES, OfficeKind

_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
_KINDS = (OfficeKind.HUB, OfficeKind.DEPARTMENT, OfficeKind.COMMUNITY)
_TOPICS = 10


def month(asked: Request) -> Drafted:
    """Return the month's summary as the reader may see it, `key` being "2026-11". Source: 二(四)-1, 二(四)-2c.

    Raises:
        NotFound: no month, or one that has not begun.
    """
    now = f"{asked.at.astimezone(SHANGHAI):%Y-%m}"
    if not _MONTH.fullmatch(asked.key) or asked.key > now:
        raise NotFound("没有这个月份的账，请从账平表页面出具。")
    title = f"{asked.key[:4]}年{int(asked.key[5:])}月企业服务一本账月报"
    town = people.town_of(asked.by.town_id)
    lines = list(cases.stream(asked.by, cases.Filter(stand="all", month=asked.key), asked.at))
    blocks: list[Block] = [
        Heading(text="一、账平情况"),
        Table(
            headings=("单位", "月初在账", "本月挂账", "本月销账", "月末在账"),
            widths=(56, 25, 25, 25, 25),
            rows=tuple(_balances(asked.by, asked.key)),
        ),
        Para(text="月初在账加本月挂账减本月销账等于月末在账。牵头、协办的单位各记一笔，各单位相加会多于全镇件数。"),
        Heading(text="二、本月收到的事项"),
        *_received(lines),
    ]
    paper = Paper(
        kind=asked.kind,
        head=f"{town.name}企业服务中转站",
        title=title,
        number=asked.number,
        marks=("演示",) if town.is_demo else (),
        blocks=(*blocks, Signatures(labels=("制表人", "负责人"))),
        issuer=asked.by.office_name,
        date=wording.day(asked.at),
        as_of=asked.as_of,
    )
    return Drafted(paper, ("town", asked.by.town_id), title)


def _balances(by: Actor, key: str) -> Iterable[tuple[str, ...]]:
    found = books.balances(by.town_id, key)
    for office in people.offices(by.town_id, [kind.value for kind in _KINDS]):
        mine = office.pk == by.office_id
        if (office.pk in found and by.post in EVERYTHING_ROLES) or mine:
            line = found.get(office.pk, MonthBalance(key, 0, 0, 0))
            counts = (line.opening, line.hung, line.cleared, line.closing)
            yield (office.short, *(str(count) for count in counts))


def _received(lines: list[Line]) -> list[Block]:
    if not lines:
        return [Para(text="本月没有收到事项。")]
    answered = [line for line in lines if line.answered_at]
    timely = sum(1 for line in answered if line.answered_at and line.answered_at <= line.due_at)
    told = (
        f"共收到{len(lines)}件，已反馈{len(answered)}件，其中按时反馈{timely}件；"
        f"已了结{sum(1 for line in lines if line.ended_at)}件。"
    )
    topics = Counter(line.topic or "未分类" for line in lines).most_common(_TOPICS)
    states = Counter(line.state_label for line in lines).most_common()
    return [
        Para(text=told),
        Para(label="按事项：", text="，".join(f"{name}{count}件" for name, count in topics) + "。"),
        Para(label="按状态：", text="，".join(f"{name}{count}件" for name, count in states) + "。"),
    ]
