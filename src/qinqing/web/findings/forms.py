"""Forms of findings: writing one down, one press on one, reporting one again."""

from typing import Any

from qinqing.findings.words import EventKind, Level
from qinqing.kernel.actor import Actor
from qinqing.people.words import OfficeKind
from qinqing.plan import reads as plans
from qinqing.web.findings.shared import AboutFirm, Photos, StopFields
from qinqing.web.forms import CHOOSE, Choice, Day, Form, Line, Long, Yes


class FindForm(AboutFirm, StopFields):
    """A finding written down at the desk."""

    category = Choice("哪一类")
    level = Choice("看起来多严重", [("minor", "一般"), ("grave", "疑似重大")], open_=True)
    text = Long("发现的情况", 10_000, rows=5, help_text="只写看到的事实，未经核实写“疑似”。")
    place_text = Line("具体地点", 120, required=False, placeholder="如：二车间东侧通道")
    advice = Long("劝导意见", 2000, rows=3, required=False, help_text="当场劝导了什么；会印在劝导告知单上。")
    is_fixed_on_spot = Yes("企业当场已整改")
    deadline = Day("整改期限", required=False)
    is_problem = Yes("作为企业问题上报（违法违规或疑似违法违规）")
    files = Photos()  # type: ignore[assignment]  # a field, not the form's own files
    field_order = (
        "firm", "category", "level", "text", "place_text", "files", "advice", "is_fixed_on_spot", "deadline", "is_problem",
        "stop_response", "stop_whom", "stop_at", "stop_way", "stop_why_not",
    )  # fmt: skip

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(by, *args, **kwargs)
        plan = plans.current(by.book)
        self.fields["category"].choices = [CHOOSE, *((line.code, line.name) for line in plan.problem_categories)]  # type: ignore[attr-defined]
        days = plan.patrol.minor_deadline.value
        self.fields["deadline"].help_text = f"不填按{days}天；疑似重大的当即上报综执安监办，不设默认期限。"
        if by.office_kind != OfficeKind.COMMUNITY:
            self.fields["stop_response"].help_text = "部门发现的可不填。"

    @property
    def first(self) -> list[Any]:
        """Return the fields before the part on problems."""
        return [bound for bound in self if not bound.name.startswith("stop_") and bound.name != "is_problem"]

    @property
    def stops(self) -> list[Any]:
        """Return the fields of the stop notice."""
        return [bound for bound in self if bound.name.startswith("stop_")]


_TEXTS = {
    EventKind.ADVISED: ("劝导了什么", "写清告知了谁、说了什么、企业怎么答复。"),
    EventKind.CLAIM: ("企业做了什么整改", "写清做了什么、什么时候做完的。"),
    EventKind.PASS: ("复查看到的情况", "写清看到什么；合格后这条隐患销号。"),
    EventKind.FAIL: ("复查看到的情况", "写清哪里还没有整改到位。"),
    EventKind.EXTEND: ("为什么延期", "只能延一次；到期仍未整改的移送综执安监办。"),
    EventKind.TRANSFER: ("移送说明", "写清劝导过几次、企业为什么没有整改。移送后由综执安监办复查、销号。"),
    EventKind.CLOSE: ("为什么不经复查就销号", "如：误登、企业已搬离、设备已拆除。"),
    EventKind.REOPEN: ("重新列入的原因", "写清又看到了什么。"),
    EventKind.JUDGE: ("判定依据", "写清对照的判定标准。"),
}
_WITH_PHOTOS = frozenset(
    {EventKind.ADVISED, EventKind.CLAIM, EventKind.PASS, EventKind.FAIL, EventKind.REOPEN, EventKind.CLOSE}
)


class FollowForm(Form):
    """One press on a finding: what this kind of press asks for."""

    text = Long("情况", 2000, rows=4)
    level = Choice("判定结果", [(one.value, one.label) for one in (Level.MAJOR, Level.MINOR)], open_=True)
    until = Day("延到哪一天", required=False)
    files = Photos(required=False)  # type: ignore[assignment]  # a field, not the form's own files

    def __init__(self, kind: EventKind, *args: Any, may_extend: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = _TEXTS[kind]
        self.fields["text"].error_messages["required"] = f"请填写{_TEXTS[kind][0]}。"
        if kind is not EventKind.JUDGE:
            del self.fields["level"]
        if kind not in _WITH_PHOTOS:
            del self.fields["files"]
        if kind not in (EventKind.EXTEND, EventKind.FAIL, EventKind.JUDGE) or (
            kind is EventKind.FAIL and not may_extend
        ):
            del self.fields["until"]
        elif kind is EventKind.FAIL:
            self.fields["until"].label, self.fields["until"].help_text = "延期到", "需要再给时间的填；只能延一次。"
        elif kind is EventKind.JUDGE:
            self.fields["until"].label = "整改期限"


class ReportForm(StopFields):
    """Reporting a finding again: the stop notice and pictures, as far as they are missing."""

    files = Photos(required=False)  # type: ignore[assignment]  # a field, not the form's own files

    def __init__(self, *args: Any, needs_stop: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_stop:
            for name in [name for name in self.fields if name.startswith("stop_")]:
                del self.fields[name]

    def given_stop(self) -> Any:
        """Return the stop notice where it was asked for."""
        return self.stop() if "stop_response" in self.fields else None


class NoteForm(Form):
    """A few words on what was looked at."""

    text = Line("核对情况", 200, placeholder="如：已电话核实，企业名称无误")
