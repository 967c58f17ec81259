"""What the screens of the consultations share: the tabs."""

from django.urls import reverse

from qinqing.web.parts.blocks import Tab

_TABS = (
    ("会商", "consultations"),
    ("日历", "consultations_calendar"),
)


def tabs(here: str) -> list[Tab]:
    """Return the pages of the consultations."""
    return [Tab(label, reverse(name), name == here) for label, name in _TABS]
