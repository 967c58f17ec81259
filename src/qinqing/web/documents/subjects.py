"""Where the thing is that a paper is about."""

from typing import TYPE_CHECKING

from django.urls import reverse

from qinqing.documents.words import Subject

if TYPE_CHECKING:
    from qinqing.documents.models import Issue

_PAGES = {
    Subject.CASE.value: "cases_sheet",
    Subject.FINDING.value: "finding",
    Subject.VISIT.value: "patrol_visit",
}


def address_of(row: "Issue") -> str:
    """Return the page of what a paper is about; "" where it is about the whole town."""
    name = _PAGES.get(row.subject_kind)
    return reverse(name, args=[row.subject_key]) if name else ""


def name_of(row: "Issue") -> str:
    """Return what a list calls it: the case's number, the firm's name, else the kind of thing."""
    if row.case is not None:
        return str(row.case.number)
    if row.enterprise is not None:
        return f"{row.enterprise.name} {row.get_subject_kind_display()}"
    return str(row.get_subject_kind_display())
