"""What the pages of the field share: their tabs, files as a list draws them, how a phone stands in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from qinqing.field.reads import desk
from qinqing.field.words import DeviceState
from qinqing.kernel.actor import Actor
from qinqing.web.templatetags.parts import Tab

if TYPE_CHECKING:
    from qinqing.evidence.reads import Photo
    from qinqing.field.models import Device

SHOWN = (
    ("needs", "存疑"),
    ("incomplete", "附件未齐"),
    ("conflicts", "内容不同"),
    ("losses", "手机丢失"),
    ("all", "全部收到的"),
)
_SKEW_MS = 600_000
_BECAME = {"visit": "patrol_visit", "accident": "accident"}


def tabs(by: Actor, here: str, *, at: datetime) -> list[Tab]:
    """Return the pages under 现场记录, with how many wait on each."""
    waiting = desk.counts(by, at=at)
    found = [
        Tab(label, f"{reverse('field_records')}?show={code}", code == here, waiting=getattr(waiting, code, None))
        for code, label in SHOWN
    ]
    devices = Tab("设备与同步", reverse("field_devices"), here == "devices")
    return [*found, devices, Tab("查收条", reverse("field_receipts"), here == "receipts")]


@dataclass(frozen=True)
class ShownFile:
    """A picture or file as the list of files draws it."""

    name: str
    url: str
    small: str
    size: int
    is_image: bool


def files(photos: "Iterable[Photo]") -> list[ShownFile]:
    """Return the attachments that are here as a page lists them."""
    found = []
    for photo in photos:
        if photo.is_here:
            url = reverse("field_attachment", args=[photo.id])
            small = f"{url}?small=1" if photo.is_picture else ""
            found.append(ShownFile(photo.label, url, small, photo.size, photo.is_picture))
    return found


def missing(photos: "Iterable[Photo]") -> list[tuple[str, int]]:
    """Return the attachments still on their way: what they are, and how much is here in percent."""
    return [(photo.label, photo.offset * 100 // photo.size) for photo in photos if not photo.is_here]


def became(kind: str, key: UUID) -> str:
    """Return the address of what a record was entered as, "" where that has no page of its own."""
    try:
        return reverse(_BECAME[kind], args=[key])
    except (KeyError, NoReverseMatch):
        return ""


def lamp(device: "Device", *, at: datetime, lost: int) -> tuple[str, str]:
    """Return tone and words of how a phone stands, the worst first."""
    if device.state == DeviceState.REVOKED:
        if device.wipe:
            return "calm", "已停用，手机已清除" if device.wipe_told_at else "已停用，待清除"
        return "calm", "已停用"
    if lost:
        return "late", f"丢失{lost}条"
    if device.pending_count and at - device.seen_at > desk.SILENT:
        return "late", f"{device.pending_count}条未传，久未联系"
    if device.pending_count:
        return "soon", f"{device.pending_count}条未传"
    return "ok", "已传完"


def skew(device: "Device") -> str:
    """Return how far a phone's clock is off where that is worth saying, else ""."""
    if device.skew_ms is None or abs(device.skew_ms) <= _SKEW_MS:
        return ""
    minutes = abs(device.skew_ms) // 60_000
    far = f"{minutes // 60}小时{minutes % 60}分" if minutes >= 60 else f"{minutes}分"
    return f"手机时钟{'快' if device.skew_ms > 0 else '慢'}{far}"


PROBES = {
    "worker": "没信号时能打开",
    "database": "能存20MB并原样读回",
    "locks": "几个页面同时开只传一次",
    "digest": "能核对照片",
    "quota": "地方够放照片",
    "camera": "能拍照",
    "place": "能定位（不是必须）",
}
"""What the self-test tries, by the key it is told under."""


def self_test(device: "Device") -> tuple[str, str]:
    """Return tone and words of the last self-test: what this phone is good for without signal."""
    if device.self_test_at is None:
        return "calm", "未自检"
    failed = {name for name, one in device.self_test.items() if not one.get("ok")}
    if failed & {"database", "quota"}:
        return "late", "不宜离线使用"
    if "worker" in failed:
        return "soon", "离线须保持页面打开"
    return "ok", "可离线使用"


def probes(device: "Device") -> list[tuple[str, bool, str]]:
    """Return what was tried, whether it went, and the phone's own note."""
    return [
        (PROBES.get(name, name), bool(one.get("ok")), str(one.get("note", "")))
        for name, one in device.self_test.items()
    ]
