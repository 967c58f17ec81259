"""A version written as a sheet comes back the same; every bad cell is named with row, column and what should stand there."""

from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given, settings

from qinqing.checklists import reads, sheets
from qinqing.checklists.reads import Version
from qinqing.checklists.rules import checking, items
from qinqing.checklists.rules.items import Content, Item, Section
from qinqing.checklists.words import AnswerKind, Level, Photo, VersionState
from qinqing.kernel.errors import Refused
from tests.cases.world import NOW, World
from tests.checklists.papers import contents, plain, sheet


def version(content: Content, title: str = "演示清单") -> Version:
    body = items.body_of(content, code="F4", annex="附件4", title=title, number=1, is_draft=True)
    return Version(
        1, 1, "F4", "附件4", title, 1, VersionState.DRAFT, True, items.digest_of(body), len(content.items), "",
        None, None, NOW, "示", None, "", body,
    )  # fmt: skip


def written(content: Content, at: datetime = NOW) -> bytes:
    out = BytesIO()
    sheets.write(out, version(content), maker="综执安监办", made_at=at)
    return out.getvalue()


@settings(max_examples=12)
@given(content=contents())
def test_what_was_written_comes_back(content: Content) -> None:
    assert checking.faults(content.sections, content.items) == []
    found = sheets.read("清单.xlsx", written(content))
    assert found.bad == ()
    assert found.content == content


@settings(max_examples=60)
@given(content=contents())
def test_the_canonical_text_comes_back(content: Content) -> None:
    body = items.body_of(content, code="F4", annex="", title="名", number=3, is_draft=False)
    assert items.parse(body) == content
    assert items.body_of(items.parse(body), code="F4", annex="", title="名", number=3, is_draft=False) == body


@pytest.mark.parametrize("code", ["F4", "F7", "LW", "BLD"])
def test_the_drafts_come_back(lists: World, code: str) -> None:
    mine = reads.current(lists.town.pk)[code]
    out = BytesIO()
    sheets.write(out, mine, maker="综执安监办", made_at=NOW)
    assert sheets.read("清单.xlsx", out.getvalue(), earlier=mine.content.by_key).content == mine.content


class TestGood:
    def test_what_people_leave_out_or_write_their_own_way(self) -> None:
        rows = [
            plain("f4-01", order=None, answer=None),
            plain("F4－02", section=None, order=None, level="重大隐患", photo="必须", days="立即", place="是"),
            plain("F4-03", section="仓库", order=None, answer="选择", choices="观察；stop=停用", level="无"),
            plain("F4-04", section=None, order=None, answer="日期", show_if="f4-03\uff1d停用"),
            plain("F4-05", section=None, order=None, answer="文本", show_if="F4-01 是 存在问题", basis="安全生产法\n\n消防法|第28条|2026/11/1|已核"),
        ]  # fmt: skip
        found = sheets.read("清单.xlsx", sheet(rows, above=4))
        assert found.bad == ()
        assert found.content
        by_key = found.content.by_key
        assert found.content.sections == (Section("车间", 1), Section("仓库", 2))
        assert by_key["F4-01"].answer == AnswerKind.YN
        assert by_key["F4-01"].required
        assert by_key["F4-02"] == Item(
            "F4-02", "车间", "看一看 F4－02", level=Level.GRAVE, photo=Photo.REQUIRED, days=0, place=True
        )
        assert [one.code for one in by_key["F4-03"].choices] == ["观察", "stop"]
        assert by_key["F4-04"].show_if is not None
        assert by_key["F4-04"].show_if.value == "stop"
        assert not by_key["F4-05"].required
        assert [(one.law, one.article, one.to_check) for one in by_key["F4-05"].basis] == [
            ("安全生产法", "", True),
            ("消防法", "第28条", False),
        ]

    def test_only_the_needed_columns(self) -> None:
        found = sheets.read("清单.xlsx", sheet([plain("A1"), plain("A2")], fields=["key", "section", "text"]))
        assert found.content
        assert [item.key for item in found.content.items] == ["A1", "A2"]
        assert found.notes[0].startswith("表格里没有“部位次序”“提示”“依据”“回答方式”")

    def test_a_csv(self) -> None:
        found = sheets.read("清单.csv", "编号,部位,巡查内容\nA1,车间,通道是否畅通\n".encode("gb18030"))
        assert found.content
        assert found.content.items[0].text == "通道是否畅通"
        assert any("GB18030" in note for note in found.notes)


BAD: list[tuple[dict[str, object], str, str]] = [
    ({"key": "A1"}, "A3", "编号 A1 与前面的一项重复"),
    ({"key": ""}, "A3", "编号应为大写字母、数字"),
    ({"key": "第4项"}, "A3", "编号应为大写字母、数字"),
    ({"text": ""}, "D3", "请填写巡查内容"),
    ({"text": "看" * 301}, "D3", "最多300个字，现在301个字"),
    ({"section": "仓库", "order": 1}, "C3", "“仓库”和“车间”的次序都是1"),
    ({"order": 2}, "C3", "前面写的次序是1，这里是2"),
    ({"order": "先"}, "C3", "应为整数"),
    ({"section": "仓库", "order": ""}, "C3", "部位“仓库”没有写次序"),
    ({"section": "仓库", "order": 0}, "C3", "应在1到999之间"),
    ({"answer": "打分"}, "G3", "应为：是否、数字、文字、选择、日期"),
    ({"answer": "选择", "choices": "观察"}, "H3", "选项要有2到20个"),
    ({"answer": "选择", "choices": "观察、观察"}, "H3", "重复：观察"),
    ({"choices": "观察、停用"}, "H3", "只有按“选择”回答的项才写选项"),
    ({"level": "特大"}, "I3", "应为：重大、疑似重大、一般、提示、—"),
    ({"photo": "随便"}, "J3", "应为：不用、可拍、有问题须拍、须拍"),
    ({"answer": "日期", "photo": "有问题须拍"}, "J3", "只用于按“是否”回答的项"),
    ({"place": "也许"}, "K3", "应为“是”或“否”"),
    ({"days": "三天"}, "L3", "应为0到366的整数"),
    ({"days": 400}, "L3", "应在0到366之间"),
    ({"basis": "安全生产法|第5条|去年"}, "F3", "“去年”不是日期"),
    ({"basis": "安全生产法|第5条||已核"}, "F3", "要写明核对的是哪一天的文本"),
    ({"basis": "|第5条"}, "F3", "依据要写法规或标准的名称"),
    ({"basis": "法|条|2026-11-01|待核|再来"}, "F3", "最多四段"),
    ({"show_if": "有问题的时候"}, "M3", "应为：编号 = 回答"),
    ({"show_if": "B9 = 存在问题"}, "M3", "B9 不是本清单的项"),
    ({"show_if": "A2 = 存在问题"}, "M3", "不能是这一项自己"),
    ({"show_if": "A1 = 也许"}, "M3", "答案只有：符合、存在问题、不涉及"),
    ({"show_if": "A1 ≥ 存在问题"}, "M3", "不能用 ≥ 比较"),
    ({"required": "随意"}, "N3", "应为“是”或“否”"),
]


@pytest.mark.parametrize(("spoilt", "spot", "sentence"), BAD)
def test_a_bad_cell_is_named(spoilt: dict[str, object], spot: str, sentence: str) -> None:
    found = sheets.read("清单.xlsx", sheet([plain("A1"), plain("A2") | spoilt]))
    assert found.content is None
    assert [(cell.spot, cell.row) for cell in found.bad] == [(spot, 3)], [str(cell) for cell in found.bad]
    assert sentence in found.bad[0].sentence


def test_all_bad_cells_are_named_at_once() -> None:
    rows = [plain("A1", level="?"), plain("A1", text=""), plain("A3", show_if="A9 = 符合", days="x")]
    spots = [cell.spot for cell in sheets.read("清单.xlsx", sheet(rows)).bad]
    assert spots == ["I2", "A3", "D3", "L4", "M4"]


def test_a_condition_on_a_later_item_is_refused() -> None:
    rows = [plain("A1", show_if="A2 = 符合"), plain("A2")]
    found = sheets.read("清单.xlsx", sheet(rows))
    assert ["排在这一项后面" in cell.sentence for cell in found.bad] == [True]


def test_a_key_may_not_answer_otherwise_than_before() -> None:
    earlier = {"A1": Item("A1", "车间", "看", answer=AnswerKind.NUMBER)}
    found = sheets.read("清单.xlsx", sheet([plain("A1")]), earlier=earlier)
    assert [(cell.spot, "请换一个新编号" in cell.sentence) for cell in found.bad] == [("G2", True)]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空.xlsx", b"", "文件是空的"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n0000", "不是巡查清单"),
        ("坏.xlsx", b"PK\x03\x04" + b"\x00" * 100 + b"x", "读不出来"),
        ("别.csv", "姓名,电话\n张三,1\n".encode(), "没有找到清单的表头：缺“编号”“部位”“巡查内容”列"),
        ("半.csv", "编号,部位\nA1,车间\n".encode(), "缺“巡查内容”列"),
    ],
)
def test_what_is_no_checklist_is_refused(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        sheets.read(name, content)


def test_headings_without_rows() -> None:
    found = sheets.read("清单.xlsx", sheet([]))
    assert [cell.sentence for cell in found.bad] == ["清单里一项也没有。"]


def test_too_many_items() -> None:
    found = sheets.read("清单.xlsx", sheet([plain(f"A{number}") for number in range(301)]))
    assert [cell.sentence for cell in found.bad] == ["一张清单最多300项，现在301项。"]
