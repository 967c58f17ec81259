"""What the gallery shows: `samples.txt` holds a few lines of template per part; here are the things they name.

Everything is invented.
"""

from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

from qinqing.kernel.clock import SHANGHAI
from qinqing.web import forms
from qinqing.web.parts.blocks import Tab
from qinqing.web.parts.charts import Bar, Column
from qinqing.workdays import reads as workdays
from qinqing.workdays.rules import due


class Wrong(forms.Form):
    """A form with one field, to be wrong in."""

    title = forms.Line("标题")


@cache
def samples() -> dict[str, list[str]]:
    """Return the samples by part: sections of the file begin with `=== name`, samples are parted by `---`."""
    text = files("qinqing.web.gallery").joinpath("samples.txt").read_text(encoding="utf-8")
    sections = (section.split("\n", 1) for section in text.split("=== ")[1:])
    return {name.strip(): [sample.strip() for sample in body.split("\n---\n")] for name, body in sections}


def things(now: datetime) -> dict[str, Any]:
    """Return what the samples name."""
    wrong = Wrong({"title": ""})
    wrong.add_error(None, "这件事项刚刚有了变化，请看看最新情况。")
    calendar = workdays.calendar()
    photo = {"name": "现场照片.jpg", "url": "/static/img/mark.svg", "size": 166_000, "is_image": True}
    paper = {"name": "关于路灯修复的情况说明（盖章扫描件）.pdf", "url": "#", "size": 2_411_000, "is_image": False}
    return {
        "now": now,
        "none": [],
        "chart_bars": [
            Bar("建管办", 0.944, "94.4%", "#"),
            Bar("示范一村", 0.7, "70%", "#", "late"),
            Bar("社事办", None, "—"),
        ],
        "chart_columns": [
            Column("9月", 12, 0.9),
            Column("10月", 8, None),
            Column("11月", 20, 0.95),
            Column("12月", 3, 1.0),
        ],
        "wrong": wrong,
        "empty": Wrong(),
        "pages": [Tab("网格员名单", "#", True, 18), Tab("企业名单", "#", False, 214), Tab("缺口", "#", False, 3)],
        "steps": _steps(
            "提交 11-23_09:12, 接办 11-23_09:40, 转办 11-23_10:05, 签收 11-23_14:20, 办理 建管办, 反馈 11-30_前, 整理, 销账",
            4,
        ),
        "few": _steps("提交, 接办, 建管办, 反馈, 销账", 2),
        "due": due(datetime(2026, 11, 23, 9, 12, tzinfo=SHANGHAI), 5, calendar),
        "long": due(datetime(2026, 9, 24, 16, 0, tzinfo=SHANGHAI), 10, calendar),
        "entries": [
            _entry(
                now, 2, "转办", "转镇建设管理办公室办理。\n请现场核实后先行告知企业预计修复时间。", "二(二)1-诉求-转办"
            ),
            _entry(now, 1, "签收", "定人：李某。", "三要(二)-1"),
            _entry(now, 0, "进展", "已联系路灯管养单位，确认为电缆被挖断，配件明日到。", files=("a", "b")),
        ],
        "known": {"a": photo, "b": paper},
        "files": [photo, paper],
    }


def _steps(way: str, here: int) -> list[SimpleNamespace]:
    """Make the steps of a journey that stands at the `here`-th stop."""
    stops = [stop.split(" ") for stop in way.split(", ")]
    return [
        SimpleNamespace(
            label=stop[0],
            note=" ".join(stop[1:]).replace("_", " "),
            state="done" if place < here else "now" if place == here else "todo",
        )
        for place, stop in enumerate(stops)
    ]


def _entry(
    now: datetime, days_ago: int, verb: str, sentence: str, clause: str = "", files: tuple[str, ...] = ()
) -> SimpleNamespace:
    return SimpleNamespace(
        at=now - timedelta(days=days_ago),
        verb=verb,
        sentence=sentence,
        clause=clause,
        files=files,
        actor_name="李某",
        office_name="镇建设管理办公室",
    )
