"""What invented firms say and offices answer: composed from parts by a seeded die. With a CSV, real texts by its path."""

import csv
import random
import re
from collections.abc import Callable
from pathlib import Path

# (topic code, what it is about): {p} a place, {n} a number, {m} a thing
_OPENINGS = ("我厂在{p}，", "我们公司位于{p}，", "{p}的车间这里，", "您好，我是{p}的企业，", "厂区在{p}边上，", "")
_PLACES = (
    "镇东工业园{n}号", "通江路{n}号", "示范村{n}组", "齿轮路西侧", "老街南头", "河滨大道与纬{n}路交叉口", "北环路{n}号厂房",
    "汽配园三期", "灯塔路口", "新开河西岸",
)  # fmt: skip
_MATTERS = (
    "门口的路灯坏了{n}盏，晚班工人下班看不清路，请尽快修。",
    "雨水井堵了，一下大雨车间门口就积水{n}厘米，货车进不来。",
    "想扩建一跨厂房，环评手续要办哪一种，先办哪一步？",
    "环评批复上的产能与现在不一致，需要重新报批还是备案？",
    "消防验收材料交了{n}天还没有回音，想问卡在哪一步。",
    "变压器容量不够，夏天每周要停{n}次线，想申请增容。",
    "今年计划招{n}名注塑工和数控工，请帮忙发布招聘信息。",
    "隔壁厂的废气味道大，工人有意见，请来看一看。",
    "安全生产标准化三级到期，复评怎么走，费用有没有补贴？",
    "技改设备投了{n}万元，想了解今年的产业扶持政策和申报时间。",
    "燃气管道还差{n}米没有接到厂里，什么时候能通？",
    "厂房是租的，房东不肯配合装喷淋，能不能请镇里协调一下？",
    "外地员工子女上学报名要什么材料，能否统一办理？",
    "道路路面破损严重，重型货车一过就扬尘，建议修补并洒水。",
    "用地红线和实际围墙差了{n}米，办证被退回，请问怎样更正？",
    "社保缴费基数核定有疑问，网上改不了，窗口要排队{n}小时。",
    "危废仓库满了，处置单位排期要{n}天，能否协调加快？",
    "门前绿化带的树挡住了出货口的视线，已经差点出了{n}次事故。",
    "物流车在园区门口乱停，早晚高峰堵{n}分钟，希望加强管理。",
    "想了解高新技术企业认定的辅导安排，去年差在研发费用归集。",
)
_MORE = (
    "", "", "已经向物业反映过，没有结果。", "之前打过电话，说要等安排。", "工人很着急，盼望早日解决。", "可以随时来现场看，找门卫登记就行。",
    "周边{n}家企业都有同样的情况。", "希望给一个明确的时间。", "材料我们可以当天送来。", "如需费用分摊我们愿意配合。",
)  # fmt: skip
_NOTES = (
    "已到现场查看，与企业当面核对情况。",
    "已联系施工单位，约定明日进场。",
    "材料已收齐，正在审核。",
    "已报主管部门，等待排期。",
)
_REPLIES = (
    "已安排维修，今日完工，请企业查看。", "所需材料清单已当面交给企业，可直接到窗口办理。", "已协调相关单位，三日内进场施工。",
    "按规定暂不具备条件，已向企业说明理由和可行办法。", "已与房东、企业三方商定整改办法并签字。",
)  # fmt: skip
_TITLE = 24
_AWKWARD = re.compile(r'[\x00-\x1f"\\\s]+')


class Texts:
    """Gives a text, a title, a note or an answer, the same sequence for the same seed."""

    def __init__(self, dice: random.Random, csv_path: Path | None = None) -> None:
        self._dice = dice
        self._real = _read(csv_path) if csv_path else []

    def said(self) -> tuple[str, str]:
        """Return (title, text)."""
        if self._real:
            return self._dice.choice(self._real)
        pick: Callable[[tuple[str, ...]], str] = self._dice.choice
        number = str(self._dice.randint(2, 96))
        place = pick(_PLACES).replace("{n}", number)
        matter = pick(_MATTERS).replace("{n}", number)
        text = pick(_OPENINGS).replace("{p}", place) + matter + pick(_MORE).replace("{n}", number)
        return matter[:_TITLE], text

    def note(self) -> str:
        return self._dice.choice(_NOTES)

    def reply(self) -> str:
        return self._dice.choice(_REPLIES)


def _read(path: Path) -> list[tuple[str, str]]:
    """Return (title, text) of every row; what would need escaping somewhere becomes a space."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        return [(_plain(row["title"])[:40], _plain(row["text"])[:2000]) for row in rows if row.get("text")]


def _plain(text: str) -> str:
    return _AWKWARD.sub(" ", text).strip()
