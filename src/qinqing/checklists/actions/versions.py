"""Versions of a list: taken in as one that waits, published, retired, dropped."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from qinqing.checklists import policy, reads
from qinqing.checklists.facts import DraftDropped, VersionPrepared, VersionPublished, VersionRetired
from qinqing.checklists.models import Checklist, ChecklistVersion
from qinqing.checklists.rules import checking, comparing, items
from qinqing.checklists.rules.items import Content
from qinqing.checklists.words import VersionState
from qinqing.kernel.actor import Actor
from qinqing.kernel.clock import SHANGHAI
from qinqing.kernel.errors import NotFound, Refused, TooLate
from qinqing.kernel.text import clean
from qinqing.ledger import actions as ledger
from qinqing.ledger.facts import Fact
from qinqing.plan import reads as plans

CLAUSE = "附2安-(3)a"
LONGEST_SOURCE = 200
LONGEST_TITLE = 80
LONGEST_REASON = 100


def prepare(
    *,
    code: str,
    content: Content,
    by: Actor,
    at: datetime,
    is_draft_text: bool,
    source: str = "",
    title: str = "",
) -> reads.Version:
    """Take in a version, which then waits to be published; one that waited already is replaced. Nothing in use changes.

    Args:
        code: of the list.
        content: sections and items, in any order.
        is_draft_text: it is not the town's own official text.
        source: where the text is from: paper, number, date.
        title: a new name; "" keeps the list's.

    Raises:
        NotFound: the town has no such list.
        NotAllowed: somebody else keeps this list.
        Refused: an item is not in order or answers otherwise than its key always did; the sentence names the first.

    Source: 附2安-(3)a, 附2安-(3)c.
    """
    with transaction.atomic():
        row = _take(code, by)
        name, source = _named(title, row.title), _said(source)
        content = _in_order(row, content)
        in_use = row.versions.filter(status=VersionState.PUBLISHED.value).first()
        changes = ""
        if in_use:
            difference = comparing.difference(items.parse(in_use.content), content)
            changes = str(difference)
            if difference.is_none and (in_use.title, in_use.is_draft_text) == (name, is_draft_text):
                raise Refused("same_as_in_use", f"与使用中的第{in_use.number}版完全一样，不用再导入。", field="file")
        replaced, _ = row.versions.filter(status=VersionState.DRAFT.value).delete()
        version = _write(row, content, name, source, is_draft_text, by, at)
        more = {"items": version.items, "source": source, "changes": changes, "replaced": bool(replaced)}
        _tell(VersionPrepared, version, by, at, **more)
    return reads.version_of(version)


def publish(*, code: str, number: int, by: Actor, at: datetime) -> reads.Version:
    """Bring a waiting version into use from today; the one in use until now is retired. It can never be changed again.

    Raises:
        NotFound, NotAllowed: as `prepare`.
        Refused: it is not waiting.
        TooLate: somebody published or dropped it meanwhile.

    Source: 附2安-(3)a, 附2安-(3)c.
    """
    today = at.astimezone(SHANGHAI).date()
    with transaction.atomic():
        row = _take(code, by)
        version = _waiting(row, number)
        before = row.versions.filter(status=VersionState.PUBLISHED.value).first()
        if before:
            before.status, before.effective_to = VersionState.RETIRED.value, today
            before.save(update_fields=["status", "effective_to"])
        version.status, version.effective_from = VersionState.PUBLISHED.value, today
        version.published_at, version.published_by = at, _signed(by)
        version.save(update_fields=["status", "effective_from", "published_at", "published_by"])
        if row.title != version.title:
            row.title = version.title
            row.save(update_fields=["title"])
        retires = before.number if before else 0
        more = {"items": version.items, "effective_from": today.isoformat(), "retires": retires}
        _tell(VersionPublished, version, by, at, **more)
    return reads.version_of(version)


def retire(*, code: str, number: int, reason: str, by: Actor, at: datetime) -> reads.Version:
    """Take the version in use out of use without a successor; enterprises then need one list less until another is published.

    Raises:
        NotFound, NotAllowed: as `prepare`.
        Refused: no reason, or it is not in use.

    Source: 附2安-(3)a.
    """
    today = at.astimezone(SHANGHAI).date()
    with transaction.atomic():
        row = _take(code, by)
        why = " ".join(clean(reason).split())
        if not 1 <= len(why) <= LONGEST_REASON:
            raise Refused("reason_missing", f"请写明为什么停用，最多{LONGEST_REASON}个字。", field="reason")
        version = row.versions.filter(number=number).first()
        if version is None:
            raise NotFound("这张清单没有这一版。", code="checklist_not_found")
        if version.status != VersionState.PUBLISHED:
            raise Refused("not_in_use", f"第{number}版{VersionState.label_of(version.status)}，不是使用中的版本。")
        version.status, version.effective_to = VersionState.RETIRED.value, today
        version.save(update_fields=["status", "effective_to"])
        _tell(VersionRetired, version, by, at, effective_to=today.isoformat(), reason=why)
    return reads.version_of(version)


def drop(*, code: str, number: int, by: Actor, at: datetime) -> None:
    """Throw a waiting version away.

    Raises:
        NotFound, NotAllowed, Refused, TooLate: as `publish`.
    """
    with transaction.atomic():
        row = _take(code, by)
        version = _waiting(row, number)
        version.delete()
        _tell(DraftDropped, version, by, at)


def _take(code: str, by: Actor) -> Checklist:
    """Lock a list; whoever changes its versions waits here."""
    row = Checklist.objects.select_for_update().filter(town_id=by.town_id, code=code).first()
    if row is None:
        raise NotFound("没有这张清单。", code="checklist_not_found")
    policy.require_manage(by, code, plans.current(by.book))
    return row


def _waiting(row: Checklist, number: int) -> ChecklistVersion:
    version = row.versions.filter(number=number).first()
    if version is None:
        raise TooLate("version_gone", "这一版已经被放弃或替换，请回到清单再看。")
    if version.status != VersionState.DRAFT:
        raise TooLate(
            "version_decided",
            f"第{number}版已由{version.published_by}发布，现在是“{VersionState.label_of(version.status)}”。",
        )
    return version


def _in_order(row: Checklist, content: Content) -> Content:
    """Refuse what `checking` finds; return the content in walking order."""
    found = checking.faults(content.sections, content.items)
    found = found or checking.against(content.items, reads.last_items(row.pk))
    if found:
        first = found[0]
        where = f"{content.items[first.at].key}：" if first.at is not None else ""
        more = f"（另有{len(found) - 1}处）" if len(found) > 1 else ""
        raise Refused("checklist_invalid", f"{where}{first.sentence}{more}", field="file")
    return items.in_order(content.sections, content.items)


def _write(
    row: Checklist, content: Content, name: str, source: str, is_draft_text: bool, by: Actor, at: datetime
) -> ChecklistVersion:
    newest = row.versions.order_by("-number").values_list("number", flat=True).first() or 0
    body = items.body_of(content, code=row.code, annex=row.annex, title=name, number=newest + 1, is_draft=is_draft_text)
    return ChecklistVersion.objects.create(
        checklist=row,
        number=newest + 1,
        title=name,
        is_draft_text=is_draft_text,
        content=body,
        content_sha256=items.digest_of(body),
        items=len(content.items),
        source=source,
        prepared_at=at,
        prepared_by=_signed(by),
    )


def _tell(kind: Callable[..., Fact], version: ChecklistVersion, by: Actor, at: datetime, **more: object) -> None:
    fact = kind(
        code=version.checklist.code,
        title=version.title,
        number=version.number,
        is_draft_text=version.is_draft_text,
        sha256=version.content_sha256,
        **more,
    )
    ledger.record(
        fact,
        book=by.book,
        on=("checklist", version.checklist_id),
        label=f"清单 {version.checklist.code}",
        by=by,
        at=at,
        clause=CLAUSE,
    )


def _signed(by: Actor) -> str:
    return " · ".join(part for part in (by.office_name, by.name) if part)[:100]


def _named(title: str, before: str) -> str:
    name = " ".join(clean(title).split()) or before
    if len(name) > LONGEST_TITLE:
        raise Refused("title_too_long", f"名称最多{LONGEST_TITLE}个字。", field="title")
    return name


def _said(source: str) -> str:
    said = " ".join(clean(source).split())
    if len(said) > LONGEST_SOURCE:
        raise Refused("source_too_long", f"来源最多{LONGEST_SOURCE}个字。", field="source")
    return said
