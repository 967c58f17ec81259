"""The book as a sheet: streamed through a temporary file, so that 100 000 rows need no memory."""

import tempfile
from collections.abc import Iterator
from datetime import datetime

from qinqing.cases.reads import ledger as reads
from qinqing.cases.reads.ledger import Filter
from qinqing.cases.reads.lines import Line
from qinqing.kernel.actor import Actor
from qinqing.kernel.sheets import Column, write_sheet

_CHUNK = 256 * 1024
COLUMNS = (
    ("编号", 20), ("类别", 8), ("标题", 40), ("企业", 28), ("属地", 14), ("园区", 16), ("来源", 14), ("事项", 12), ("收到", 17),
    ("期限", 17), ("期限情况", 18), ("承办单位", 24), ("经办人", 10), ("状态", 14), ("反馈", 17), ("结果", 14), ("满意度", 10),
    ("销账", 17),
)  # fmt: skip


def stream_book(by: Actor, wanted: Filter, at: datetime) -> Iterator[bytes]:
    """Yield the bytes of the sheet of a filter, as this person may see it. Source: 二(四)-1."""
    with tempfile.TemporaryFile() as out:
        write_sheet(
            out,
            title="企业服务一本账",
            columns=[Column(name, width) for name, width in COLUMNS],
            rows=(_cells(line) for line in reads.stream(by, wanted, at)),
            maker=f"{by.office_name}　{by.name}",
            made_at=at,
            filtered=True,
        )
        out.seek(0)
        while part := out.read(_CHUNK):
            yield part


def _cells(line: Line) -> list[str]:
    mark = "（暂定）" if line.provisional else ""
    return [
        line.number,
        line.kind,
        line.title,
        line.enterprise,
        line.community,
        line.park,
        line.source,
        line.topic,
        _moment(line.submitted_at),
        _moment(line.due_at) + mark,
        line.lamp.words,
        line.office_full,
        line.handler,
        line.state_label,
        _moment(line.answered_at),
        line.outcome,
        line.satisfaction,
        _moment(line.ended_at),
    ]


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""
