"""Writing the checklists of a visit and their answers, with the items' words as they were."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qinqing.checklists import reads as checklists
from qinqing.checklists.rules.items import Content
from qinqing.checklists.words import AnswerKind, Mark, VersionState
from qinqing.evidence.words import Flag, Record
from qinqing.patrol.models import Answer, ChecklistRun, Visit
from qinqing.patrol.rules.checking import about_answers, counts
from qinqing.people import reads as people

if TYPE_CHECKING:
    from qinqing.checklists.reads import Version
    from qinqing.checklists.rules.items import Item
    from qinqing.patrol.rules.reading import GivenAnswer, GivenRun
    from qinqing.plan.spec import Plan


NOTHING = Content((), ())
"""What a version nobody knows asks."""


@dataclass
class Written:
    """The lists of one visit as written. `texts`: the items' words by list and item, for what is found beside them."""

    runs: list[ChecklistRun] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)


def write(visit: Visit, given: Sequence["GivenRun"], record: Record, plan: "Plan") -> Written:
    """Write each checklist gone through; return them with what is questionable. Items are numbered in walking order."""
    versions = checklists.versions_by_sha(visit.town_id, [one.sha256 for one in given])
    offices = {office.code: office.pk for office in people.offices(visit.town_id, active=False)}
    sent = {one.id for one in record.attachments}
    found = Written()
    for place, one in enumerate(given):
        version = versions.get(one.sha256)
        code = version.code if version else one.code
        if any(run.code == code for run in found.runs):
            found.flags.append(Flag("checklist_twice", f"清单{code}在一次走访里出现两次，只登记了第一份。"))
            continue
        run = _run(visit, one, version, place, _line(plan, code, offices))
        found.runs.append(run)
        found.flags += about_version(one, version)
        content = version.content if version else NOTHING
        if version:
            found.flags += about_answers(one, version.title, content, sent=sent, has_place=record.place is not None)
        found.texts |= {(code, item.key): item.text for item in content.items}
        _answers(run, one.answers, {item.key: (number, item) for number, item in enumerate(content.items)})
    return found


def about_version(given: "GivenRun", version: "Version | None") -> list[Flag]:
    """Return what is questionable about the version an officer had on the phone."""
    if version is None:
        return [Flag("checklist_unknown", f"清单{given.code or '（无代码）'}的版本在系统里找不到，答案按原样保存。")]
    if version.status == VersionState.RETIRED:
        return [
            Flag("checklist_retired", f"《{version.title}》第{version.number}版走访时或收到时已停用，按原版本登记。")
        ]
    return []


def _line(plan: "Plan", code: str, offices: dict[str, int]) -> int | None:
    """Return the office competent for a list, by its line of problems."""
    listed = plan.checklist(code)
    line = plan.problem_category(listed.category) if listed else None
    return offices.get(line.office) if line else None


def _run(visit: Visit, given: "GivenRun", version: "Version | None", place: int, line_id: int | None) -> ChecklistRun:
    found = counts(version.content if version else NOTHING, given.answers)
    return ChecklistRun.objects.create(
        visit=visit,
        code=(version.code if version else given.code)[:40],
        title=(version.name if version else given.code or "不明清单")[:120],
        sha256=given.sha256,
        number=version.number if version else 0,
        is_draft=version.is_draft_text if version else False,
        line_id=line_id,
        place=place,
        ok=found.ok,
        bad=found.bad,
        na=found.na,
        other=found.other,
        blank=found.blank,
    )


def _answers(run: ChecklistRun, given: Sequence["GivenAnswer"], known: "dict[str, tuple[int, Item]]") -> None:
    beyond = len(known)
    rows = []
    for extra, one in enumerate(given):
        number, item = known.get(one.item, (beyond + extra, None))
        rows.append(
            Answer(
                run=run,
                place=number,
                item_key=one.item,
                repeat=one.repeat,
                section=item.section if item else "",
                item_text=item.text if item else one.text,
                value=one.value,
                shown=_shown(one.value, item),
                note=one.note,
                photos=[str(photo) for photo in one.photos],
            )
        )
    Answer.objects.bulk_create(rows)


def _shown(value: str, item: "Item | None") -> str:
    """Return an answer as people read it."""
    if item is None or item.answer == AnswerKind.YN:
        return Mark.label_of(value) if value else ""
    if item.answer == AnswerKind.CHOICE:
        return next((choice.label for choice in item.choices if choice.code == value), value)
    return value
