"""Forms of the patrol."""

from typing import Any

from qinqing.checklists import reads as checklists
from qinqing.patrol.words import Nature
from qinqing.web.forms import CHOOSE, Choice, Choices_, Day, Form, Line, Long


class ReviewForm(Form):
    """What was found of the flags; of a late record also whether it counts."""

    decision = Choice("是否计入当季", [("yes", "认可，计入"), ("no", "不认可，不计入")], open_=True)
    note = Line("核看意见", 200, placeholder="例如：已与网格员核实，情况属实")

    def __init__(self, *args: Any, is_late: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_late:
            del self.fields["decision"]


class CityForm(Form):
    """When the visit was entered into the city's system, and under which number."""

    on = Day("上报日期")
    number = Line("市系统编号", 60, required=False)


class AmendForm(Form):
    """What was wrong or missing, and why it is said only now."""

    text = Long("更正内容", 2000, rows=3)
    reason = Line("更正原因", 200)


class PlanForm(Form):
    """The notice of a visit. `seen` remembers for which day and purpose the guard has been read."""

    nature = Choice("走访类型", [CHOOSE, *Nature.choices()])
    on = Day("日期")
    hours = Line("时段", 40, required=False, placeholder="例如：上午、14:00左右")
    who = Line("走访人员", 200)
    purpose = Long("走访目的", 400, rows=2, placeholder="企业会看到，例如：了解生产经营情况，对照清单看安全和消防")
    basis = Line("依据", 200, required=False)
    codes = Choices_("对照清单", required=False, help_text="一次走访可以对照几张清单，少跑一趟。")
    exception = Line("宁静日走访理由", 200, required=False, help_text="日期落在宁静日里才要写。")

    def __init__(self, *args: Any, codes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = codes  # type: ignore[attr-defined]
        if not codes:
            del self.fields["codes"]


def lists_for(town_id: int, needed: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the checklists a firm needs that are in use: code and title, 草案 where it is none of the town's."""
    current = checklists.current(town_id)
    return [(code, current[code].title) for code in needed if code in current]


class JoinForm(Form):
    """Which lists one's own office brings along on another's visit."""

    codes = Choices_("本单位要看的清单", required=False)

    def __init__(self, *args: Any, codes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = codes  # type: ignore[attr-defined]
        if not codes:
            del self.fields["codes"]


class MoveForm(Form):
    """Another day."""

    on = Day("改到哪一天")
    hours = Line("时段", 40, required=False)
    exception = Line("宁静日走访理由", 200, required=False, help_text="日期落在宁静日里才要写。")


class CancelForm(Form):
    """Why nobody comes."""

    reason = Line("取消原因", 200)


class InspectionForm(Form):
    """The reference to an 行政检查 that some authority made."""

    firm = Line("企业", 120, placeholder="名称、统一代码或拼音首字母")
    authority = Line("实施机关", 60)
    item = Line("检查事项", 120)
    number = Line("检查码或通知书号", 60)
    on = Day("检查日期")
    result = Line("结果或查询方式", 200, required=False, placeholder="例如：见国家行政执法监督系统")


class StrikeForm(Form):
    """Why a reference is void."""

    reason = Line("作废原因", 200)


class AnswerForm(Form):
    """What the enterprise answers to a notice."""

    answer = Choice(
        "您的答复", [("confirm", "可以，届时接待"), ("move", "请改个日子"), ("decline", "这次不方便，谢绝")], open_=True
    )
    wanted_on = Day("希望改到", required=False, help_text="选“请改个日子”时填。")
    note = Line("说明", 200, required=False, help_text="谢绝时请写原因。")

    def __init__(self, *args: Any, is_declinable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_declinable:
            self.fields["answer"].choices = self.fields["answer"].choices[:2]  # type: ignore[attr-defined]
