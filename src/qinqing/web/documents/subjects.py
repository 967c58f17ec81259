"""Where the thing is that a paper is about."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from qinqing.documents.words import PaperKind, Subject

if TYPE_CHECKING:
    from qinqing.documents.models import Issue

_PAGES = {
    Subject.CASE.value: "cases_sheet",
    Subject.FINDING.value: "finding",
    Subject.VISIT.value: "patrol_visit",
    Subject.COMMUNITY.value: "grids_page",
}
_OF_TOWN = {
    PaperKind.BUILDINGS.value: ("buildings", "stand"),
    PaperKind.ILLEGAL.value: ("illegal_buildings", "stand"),
    PaperKind.BOOK.value: ("cases_balance", "month"),
    PaperKind.BULLETIN.value: ("standings", "period"),
}


def address_of(row: "Issue") -> str:
    """Return the page of what a paper is about; "" where it is about the whole town."""
    if row.kind in _OF_TOWN:
        page, query = _OF_TOWN[row.kind]
        return f"{reverse(page)}?{urlencode({query: row.subject_key})}"
    name = _PAGES.get(row.subject_kind)
    return reverse(name, args=[row.subject_key]) if name else ""


def name_of(row: "Issue") -> str:
    """Return what a list calls it: the case's number, the firm's name, else the kind of thing."""
    if row.case is not None:
        return str(row.case.number)
    if row.enterprise is not None:
        return f"{row.enterprise.name} {row.get_subject_kind_display()}"
    return str(row.get_subject_kind_display())
