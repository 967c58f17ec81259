"""Everything fetched of checklists: those in use, one by the digest a visit names, all versions of one."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from qinqing.checklists import policy, rules
from qinqing.checklists.models import Checklist, ChecklistVersion
from qinqing.checklists.rules import checking, items
from qinqing.checklists.rules.items import Content, Item
from qinqing.checklists.words import VersionState
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.plan import reads as plans

if TYPE_CHECKING:
    from qinqing.enterprises.models import Enterprise
    from qinqing.plan.spec import Plan

DRAFT_MARK = "草案"
_parsed: OrderedDict[str, Content] = OrderedDict()
"""Texts read by this process, by digest: a text never changes. Eight lists of forty items are not parsed at each call."""
_MOST_PARSED = 200


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a list.

    Attributes:
        code, annex: of the list, e.g. F4 and 附件4.
        name: without any mark.
        is_draft_text: not the town's own text; wherever the title stands, 草案 stands too.
        sha256: digest of `body`, the canonical text phones keep.
    """

    id: int
    checklist_id: int
    code: str
    annex: str
    name: str
    number: int
    status: VersionState
    is_draft_text: bool
    sha256: str
    items: int
    source: str
    effective_from: date | None
    effective_to: date | None
    prepared_at: datetime
    prepared_by: str
    published_at: datetime | None
    published_by: str
    body: str = field(repr=False)

    @property
    def title(self) -> str:
        """Return the name with 草案 where it is no official text."""
        return f"{self.name}（{DRAFT_MARK}）" if self.is_draft_text else self.name

    @property
    def content(self) -> Content:
        """Return sections and items."""
        return _content(self.sha256, self.body)


@dataclass(frozen=True, slots=True)
class Line:
    """A list of the town with the version in use and the one waiting to be published, if any."""

    id: int
    code: str
    annex: str
    title: str
    in_use: Version | None
    waiting: Version | None
    versions: int


def current(town_id: int) -> dict[str, Version]:
    """Return the versions in use in a town, by code, in the lists' order. One query."""
    rows = _versions().filter(checklist__town_id=town_id, status=VersionState.PUBLISHED.value)
    return {row.checklist.code: version_of(row) for row in rows.order_by("checklist__place", "checklist_id")}


def version_by_sha(town_id: int, sha: str) -> Version:
    """Return the version with this digest, whatever its state, drafts left out: what a visit was done with.

    Raises:
        NotFound: the town never published such a text.
    """
    rows = _versions().filter(checklist__town_id=town_id, content_sha256=sha)
    row = rows.exclude(status=VersionState.DRAFT.value).first()
    if row is None:
        raise NotFound("没有这一版清单。", code="checklist_not_found")
    return version_of(row)


def versions_by_sha(town_id: int, shas: Iterable[str]) -> dict[str, Version]:
    """Return the versions with these digests, by digest; those unknown are left out. One query."""
    rows = _versions().filter(checklist__town_id=town_id, content_sha256__in=set(shas))
    return {row.content_sha256: version_of(row) for row in rows.exclude(status=VersionState.DRAFT.value)}


def needed_by(enterprise: "Enterprise", plan: "Plan | None" = None) -> tuple[str, ...]:
    """Return the codes of the lists an enterprise needs under its town's plan (the one in force, unless given).

    Source: 附2安-(3)a, 附2安-(3)c.
    """
    plan = plan or plans.current(enterprise.town.code)
    return rules.needed(plan, scale=enterprise.scale, is_key=enterprise.is_key, traits=enterprise.tags)


def lines(by: Actor) -> list[Line]:
    """Return the lists of the actor's town. Two queries.

    Raises:
        NotAllowed: his post does not read them.
    """
    policy.require_read(by)
    versions: dict[int, list[ChecklistVersion]] = {}
    for row in _versions().filter(checklist__town_id=by.town_id):
        versions.setdefault(row.checklist_id, []).append(row)
    found = []
    for one in Checklist.objects.filter(town_id=by.town_id):
        mine = versions.get(one.pk, [])
        states = {row.status: version_of(row) for row in mine if row.status != VersionState.RETIRED}
        found.append(
            Line(
                one.pk,
                one.code,
                one.annex,
                one.title,
                states.get(VersionState.PUBLISHED.value),
                states.get(VersionState.DRAFT.value),
                len(mine),
            )
        )
    return found


def checklist(code: str, *, by: Actor) -> Checklist:
    """Return a list of the actor's town.

    Raises:
        NotAllowed: his post does not read lists.
        NotFound: no such list.
    """
    policy.require_read(by)
    found = Checklist.objects.filter(town_id=by.town_id, code=code).first()
    if found is None:
        raise NotFound("没有这张清单。", code="checklist_not_found")
    return found


def versions(code: str, *, by: Actor) -> list[Version]:
    """Return all versions of a list, newest first.

    Raises:
        NotAllowed, NotFound: as `checklist`.
    """
    return [version_of(row) for row in _versions().filter(checklist=checklist(code, by=by)).order_by("-number")]


def version(code: str, number: int, *, by: Actor) -> Version:
    """Return one version of a list.

    Raises:
        NotAllowed, NotFound: as `checklist`; also when there is no such version.
    """
    row = _versions().filter(checklist=checklist(code, by=by), number=number).first()
    if row is None:
        raise NotFound("这张清单没有这一版。", code="checklist_not_found")
    return version_of(row)


def last_items(checklist_id: int) -> dict[str, Item]:
    """Return every key that a list ever published, as it was last used."""
    rows = _versions().filter(checklist_id=checklist_id).exclude(status=VersionState.DRAFT.value)
    return checking.latest(version_of(row).content for row in rows.order_by("-number"))


def version_of(row: ChecklistVersion) -> Version:
    """Return a row of the table as what everybody works with."""
    return Version(
        id=row.pk,
        checklist_id=row.checklist_id,
        code=row.checklist.code,
        annex=row.checklist.annex,
        name=row.title,
        number=row.number,
        status=VersionState(row.status),
        is_draft_text=row.is_draft_text,
        sha256=row.content_sha256,
        items=row.items,
        source=row.source,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        prepared_at=row.prepared_at,
        prepared_by=row.prepared_by,
        published_at=row.published_at,
        published_by=row.published_by,
        body=row.content,
    )


def _versions() -> QuerySet[ChecklistVersion]:
    return ChecklistVersion.objects.select_related("checklist")


def _content(sha: str, body: str) -> Content:
    if sha not in _parsed:
        _parsed[sha] = items.parse(body)
        while len(_parsed) > _MOST_PARSED:
            _parsed.popitem(last=False)
    _parsed.move_to_end(sha)
    return _parsed[sha]
