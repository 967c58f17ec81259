"""What the pages of 联系企业 share: their tabs, files in and out, which enterprise is meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.forms import HiddenInput, UUIDField
from django.urls import NoReverseMatch, reverse

from qinqing.cases.files import ACCEPT
from qinqing.enterprises import listing
from qinqing.enterprises import reads as enterprises
from qinqing.evidence.actions import receive_upload
from qinqing.kernel.actor import Actor
from qinqing.people.words import Role
from qinqing.web.forms import Files, Form, Line
from qinqing.web.templatetags.parts import Tab

if TYPE_CHECKING:
    from qinqing.evidence.reads import Photo

_TABS = (
    ("meetings", "例会", "outreach_meetings"),
    ("publicity", "宣传", "outreach_publicity"),
    ("alerts", "减排通知", "outreach_alerts"),
    ("errands", "临时任务", "outreach_errands"),
    ("contacts", "联系记录", "outreach_contacts"),
)
_LISTED = 60
"""So many firms are offered while one types; with more, typing finds them."""


def tabs(by: Actor, here: str) -> list[Tab]:
    """Return the pages under 联系企业; messages are between an officer and his firms alone."""
    found = [Tab(label, reverse(name), key == here) for key, label, name in _TABS]
    if by.post == Role.GRID_OFFICER:
        found.append(Tab("点对点", reverse("outreach_threads"), here == "threads"))
    return found


@dataclass(frozen=True)
class ShownFile:
    """A picture or file as the list of files draws it."""

    name: str
    url: str
    size: int
    is_image: bool


def files(photos: "Iterable[Photo]") -> list[ShownFile]:
    """Return attachments as a page lists them; one still on its way has no address and says so."""
    return [
        ShownFile(
            photo.label if photo.is_here else f"{photo.label}（还在路上）",
            _address(photo),
            photo.size,
            photo.is_picture,
        )
        for photo in photos
    ]


def _address(photo: "Photo") -> str:
    try:
        return reverse("field_attachment", args=[photo.id]) if photo.is_here else ""
    except NoReverseMatch:
        return ""


def attached(form: Form, *, by: Actor, at: datetime) -> list[UUID]:
    """Keep the files of a form and return their ids, for the action that hangs them on something.

    Raises:
        Refused: a file that is not taken, beside the field "files".
    """
    return [receive_upload(one.name or "附件", one, by=by, at=at) for one in form.cleaned_data.get("files") or []]


class KeyField(UUIDField):
    """The key of what a form makes: given when the form is first shown, kept when it comes back wrong; sent twice, it is one."""

    def __init__(self) -> None:
        super().__init__(widget=HiddenInput, initial=uuid4, required=False)

    def clean(self, value: Any) -> UUID:
        """Return the key; a form without one, or with nonsense, gets a fresh one."""
        try:
            found: UUID | None = super().clean(value)
        except ValidationError:
            found = None
        return found or uuid4()


class AboutFirm(Form):
    """A form that is about one enterprise of the town, typed as people know it."""

    firm = Line("企业", 120, placeholder="名称、统一代码或拼音首字母")
    firm_is_needed = True

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)
        self.fields["firm"].required = self.firm_is_needed
        self.fields["firm"].widget.attrs["list"] = "firms"

    @property
    def offered(self) -> list[str]:
        """Return the names offered while one types: an officer's own firms."""
        rows = listing.search(self.by, "", listing.Filters(status="active"), size=_LISTED + 1).rows
        return [row.name for row in rows] if len(rows) <= _LISTED else []

    def clean_firm(self) -> int | None:
        """Return the id of the one enterprise meant; None where none is needed and none was typed."""
        typed = self.cleaned_data["firm"]
        if not typed:
            return None
        found = listing.search(self.by, typed, size=6).rows
        hits = [firm for firm in found if typed in (firm.name, firm.number)] or found
        if len(hits) == 1:
            return hits[0].id
        if not hits and (elsewhere := enterprises.by_exact_name(self.by.town_id, typed)):
            return elsewhere
        if not hits:
            raise ValidationError("没有找到这家企业，请写全名或统一代码。")
        raise ValidationError("找到多家，请写全名：" + "、".join(firm.name for firm in hits[:5]))


def files_field(label: str = "照片") -> Files:
    """Return the field for pictures and files."""
    return Files(label, accept=ACCEPT)


def firm_name(by: Actor, raw: str) -> str:
    """Return the name of a firm whose id an address brings along, "" for none he sees."""
    if not (raw.isascii() and raw.isdecimal() and len(raw) < 19):
        return ""
    return enterprises.visible_to(by).filter(pk=int(raw)).values_list("name", flat=True).first() or ""
