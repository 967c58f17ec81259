"""docs/lifecycle.md: the way of a case as diagrams and a table, printed from what the system runs on.

From `qinqing.cases.lifecycle.STEPS` (who presses what, from where to where) and `qinqing.notices.routes.ROUTES` (who is told).
"""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

from qinqing.cases import facts
from qinqing.cases.lifecycle import CREATION_CLAUSES, STEPS, Step, Who, steps_of
from qinqing.cases.words import BEFORE_ANSWER, ENDS, CaseState, Kind, TaskState, Verb
from qinqing.notices.routes import ROUTES

OTHER_WORDS = {
    Verb.PROGRESS: "case.progressed",
    Verb.UPWARD_ANSWER: "case.upward_answered",
    Verb.SUSPEND: "case.suspended",
    Verb.FINISH: "case.finished",
    Verb.DISMISS_RATING: "case.rating_dismissed",
    Verb.RECTIFY: "case.rectified",
}
"""Facts whose heading in the ledger is not the button's word."""

CREATORS = {
    Verb.SUBMIT: "企业；工作人员代企业",
    Verb.REPORT: "网格员、职能部门",
    Verb.REDATE: "系统（导入放假通知时）",
}
"""Who makes a case, or what does."""

for _module in iter_modules(facts.__path__):
    import_module(f"{facts.__name__}.{_module.name}")  # fills facts.KINDS
_KIND_OF = {fact.verb: kind for kind, fact in facts.KINDS.items()}


def lifecycle_page() -> str:
    """Return the whole page."""
    lines = [
        "# 一件事怎么走",
        "",
        "本页由 `make docs` 从 `src/qinqing/cases/lifecycle.py` 和 `src/qinqing/notices/routes.py` 生成，请勿手改。",
        "页面上的按钮、权限、接口和测试都用同一张表。",
        "",
    ]
    for kind in Kind:
        lines += [f"## {kind.label}的状态", "", *_diagram(kind), ""]
    lines += ["## 任务的状态", "", *_task_diagram(), ""]
    lines += ["## 全部动作", ""]
    lines += ["| 动作 | 谁 | 从 | 到 | 需要 | 条款 | 告知 |", "|---|---|---|---|---|---|---|"]
    lines += [_creation(verb, clause) for verb, clause in CREATION_CLAUSES.items()]
    lines += [_row(step) for step in STEPS]
    return "\n".join(lines) + "\n"


def _diagram(kind: Kind) -> list[str]:
    arrows: dict[tuple[CaseState, CaseState], list[str]] = {}
    for step in steps_of(kind):
        for start in _ordered(step.start):
            for end in (step.end,) if step.end else step.ends:
                if end and end != start:
                    arrows.setdefault((start, end), []).append(step.label)
    begin = "提交" if kind is Kind.DEMAND else "上报问题"
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {CaseState.SUBMITTED.value}: {begin}"]
    used = {state for arrow in arrows for state in arrow}
    lines += [f"    {state.value}: {state.label}" for state in CaseState if state in used]
    lines += [f"    {start.value} --> {end.value}: {'、'.join(labels)}" for (start, end), labels in arrows.items()]
    lines += [f"    {state.value} --> [*]" for state in CaseState if state in used & ENDS]
    return [*lines, "```"]


def _task_diagram() -> list[str]:
    arrows: dict[tuple[TaskState, TaskState], list[str]] = {}
    for step in STEPS:
        for start in (state for state in TaskState if state in step.task):
            if step.task_end and step.task_end != start:
                arrows.setdefault((start, step.task_end), []).append(step.label)
    used = {state for arrow in arrows for state in arrow}
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {TaskState.OFFERED.value}: 交办、转办、形成办理意见"]
    lines += [f"    {state.value}: {state.label}" for state in TaskState if state in used]
    lines += [f"    {start.value} --> {end.value}: {'、'.join(labels)}" for (start, end), labels in arrows.items()]
    return [*lines, "```"]


def _row(step: Step) -> str:
    who = "、".join(one.label for one in Who if one in step.who)
    ends = step.end.label if step.end else "、".join(end.label for end in step.ends) or "不变"
    needs = "、".join(need.label if need.required else f"（{need.label}）" for need in step.needs) or "—"
    kinds = (
        "" if step.kinds == frozenset(Kind) else f"（限{'、'.join(kind.label for kind in Kind if kind in step.kinds)}）"
    )
    return f"| {step.label}{kinds} | {who} | {_states(step.start)} | {ends} | {needs} | {step.clause} | {_told(step.verb)} |"


def _creation(verb: Verb, clause: str) -> str:
    end = "不变" if verb is Verb.REDATE else CaseState.SUBMITTED.label
    who = CREATORS[verb]
    return f"| {verb.label} | {who} | — | {end} | — | {clause} | {_told(verb)} |"


def _states(states: frozenset[CaseState]) -> str:
    if states == frozenset(CaseState):
        return "任何状态"
    if states >= BEFORE_ANSWER:
        rest = [state.label for state in CaseState if state in states - BEFORE_ANSWER]
        return "、".join(["反馈之前的任何状态", *rest])
    return "、".join(state.label for state in CaseState if state in states)


def _told(verb: Verb) -> str:
    route = ROUTES[OTHER_WORDS.get(verb) or _KIND_OF[verb.label]]
    return "、".join(party.label for party in route.told) or "—"


def _ordered(states: Iterable[CaseState]) -> list[CaseState]:
    among = set(states)
    return [state for state in CaseState if state in among]
