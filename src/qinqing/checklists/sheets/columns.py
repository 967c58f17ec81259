"""The columns of the sheet, the same for writing and for reading."""

from dataclasses import dataclass
from typing import Literal

from qinqing.checklists.words import AnswerKind, Level, Op, Photo


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: the attribute of the item it holds, what stands over it, other words for it, how to fill it in."""

    field: str
    name: str
    how: str
    width: float
    align: Literal["left", "center", "wrap", "number"] = "center"
    also: tuple[str, ...] = ()
    is_needed: bool = False


def _labels(words: "type[AnswerKind | Level | Photo]") -> str:
    return "、".join(label for _, label in words.choices())


HEADINGS = (
    Heading(
        "key",
        "编号",
        "每项一个，大写字母、数字和横线，例如 F4-01。同一件事各版用同一个编号，编号不要挪给别的事。",
        10,
        also=("项目编号", "项编号", "代码"),
        is_needed=True,
    ),
    Heading(
        "section",
        "部位",
        "走到哪里看，例如：门卫与办公、车间、仓库。空着就和上一行相同。",
        14,
        "wrap",
        ("分区", "环节", "部位或环节"),
        is_needed=True,
    ),
    Heading(
        "order", "部位次序", "先走哪里后走哪里：1、2、3……各部位不能相同；全空着就按出现的先后。", 8, also=("次序",)
    ),
    Heading(
        "text",
        "巡查内容",
        "看什么、问什么。“符合”总是指符合要求，不管这句话怎么问。",
        46,
        "wrap",
        ("检查内容", "内容", "检查项目"),
        is_needed=True,
    ),
    Heading("hint", "提示", "怎么看，可以不写。", 24, "wrap", ("说明",)),
    Heading(
        "basis",
        "依据",
        "一行一条：法规名称|条款|核对的文本日期|待核或已核。后三段可以不写，不写就是待核。",
        40,
        "wrap",
        ("法规依据",),
    ),
    Heading("answer", "回答方式", f"{_labels(AnswerKind)}。空着是“是否”（符合、存在问题、不涉及）。", 9),
    Heading("choices", "选项", "只有“选择”才写，用顿号隔开；要自定代码就写 代码=名称。", 20, "wrap"),
    Heading("level", "问题等级", f"{_labels(Level)}。空着是“一般”；“—”是不分等级。", 9, also=("等级", "隐患等级")),
    Heading("photo", "影像", f"{_labels(Photo)}。空着是“可拍”。除了两违，不要求必须拍照。", 11, also=("照片",)),
    Heading("place", "定位", "“要”或空着。空着不定位。", 7),
    Heading("days", "整改天数", "发现问题时预填的整改天数（日历日）：0是立即，空着不预填。", 9, also=("整改期限",)),
    Heading(
        "show_if",
        "显示条件",
        f"只在前面某一项这样回答时才问，例如 F4-11 = 存在问题。可用 {' '.join(op.label for op in Op)}；空着总是问。",
        22,
        "wrap",
        ("条件",),
    ),
    Heading("required", "必答", "“是”或“否”。空着：按“是否”“选择”回答的必答，其余可不答。", 7),
)
"""In the order of the sheet."""
HEADING = {heading.field: heading for heading in HEADINGS}
NEEDED = tuple(heading for heading in HEADINGS if heading.is_needed)
