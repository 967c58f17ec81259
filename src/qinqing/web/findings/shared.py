"""What the pages of findings share: tabs, the field that names a firm, the stop notice, uploads."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from qinqing.cases import files
from qinqing.enterprises import listing
from qinqing.enterprises import reads as enterprises
from qinqing.evidence import actions as evidence
from qinqing.findings import reads
from qinqing.findings.rules.shape import Stop
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotFound
from qinqing.web import asked, gate
from qinqing.web.forms import Choice, Files, Form, Line, Moment
from qinqing.web.templatetags.parts import Tab

_RESPONSES = [("stopped", "已停止"), ("refused", "拒不停止"), ("impossible", "未能告知")]
_WAYS = [("当面", "当面"), ("电话", "电话"), ("书面", "书面")]


def tabs(by: Actor, at: datetime, here: str) -> list[Tab]:
    """Return the pages that belong together; the office's own list says how many wait on it."""
    found = [Tab("隐患线索", reverse("findings"), here == "findings")]
    if waiting := reads.attention(by, at).count or here == "findings_attention":
        found.append(Tab("要处理", reverse("findings_attention"), here == "findings_attention", int(waiting) or None))
    found.append(Tab("房屋登记册", reverse("buildings"), here == "buildings"))
    found.append(Tab("两违登记册", reverse("illegal_buildings"), here == "illegal_buildings"))
    return found


class AboutFirm(Form):
    """A form that begins with the firm: by name, code or initials."""

    firm = Line("企业", 120, placeholder="名称、统一代码或拼音首字母")

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)

    def clean_firm(self) -> int:
        """Return the id of the one firm in sight that was meant; what else was found is named in the message."""
        typed = self.cleaned_data["firm"]
        found = listing.search(self.by, typed, size=6).rows
        hits = [firm for firm in found if typed in (firm.name, firm.number)] or found
        if len(hits) == 1:
            return hits[0].id
        if hits:
            self.add_error("firm", "找到多家，请写全名：" + "、".join(firm.name for firm in hits[:5]))
        else:
            self.add_error("firm", "没有找到这家企业，或不在您的查看范围内。请写全名或统一代码；新企业请先建档。")
        return 0


def firm_named(request: gate.Request) -> str:
    """Return the name of the firm the address asks for, "" if there is none in sight."""
    wanted = asked.number(request, "enterprise")
    if not wanted:
        return ""
    try:
        return enterprises.get_for(request.actor, wanted).name
    except NotFound:
        return ""


class StopFields(Form):
    """The stop notice: who was told, when, how, and what the firm did; or why it could not be told."""

    stop_response = Choice("已告知企业停止，企业", _RESPONSES, open_=True, required=False)
    stop_whom = Line("告知了谁", 60, required=False)
    stop_at = Moment("告知时间", required=False)
    stop_way = Choice("怎样告知", _WAYS, open_=True, required=False)
    stop_why_not = Line("未能告知的原因", 200, required=False, placeholder="如：现场无人；情况紧急先报")

    def stop(self) -> Stop | None:
        """Return the notice as given, None where nothing was said."""
        data = self.cleaned_data
        if not any(data[name] for name in STOP):
            return None
        return Stop(
            whom=data["stop_whom"],
            at=data["stop_at"],
            way=data["stop_way"],
            response=data["stop_response"],
            why_not=data["stop_why_not"],
        )


STOP = ("stop_response", "stop_whom", "stop_at", "stop_way", "stop_why_not")


class Photos(Files):
    """Pictures and files brought along; what is wrong with one is said beside this field."""

    def __init__(self, label: str = "照片", **more: Any) -> None:
        """Take the label."""
        more.setdefault("help_text", "手机拍的照片就行，每个不超过20兆，最多9个。")
        super().__init__(label, accept=files.ACCEPT, most=files.MOST, **more)


def brought(form: Form, *, by: Actor, at: datetime) -> list[UUID]:
    """Keep what a form brought and return the ids of the attachments.

    Raises:
        Refused: a file that is not taken, beside the field "files".
    """
    given = form.cleaned_data.get("files") or []
    return [evidence.receive_upload(one.name or "照片", one, by=by, at=at) for one in given]


def key_of(request: gate.Request) -> str:
    """Return the key that makes five presses one."""
    return request.POST.get("press_key", "")[:40]
