"""Where a request comes from, as the access log and the lockout know it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from qinqing.people.signins import Place


def place(request: HttpRequest) -> Place:
    """Return address and browser.

    Behind proxies (QINQING_PROXIES) it is the address the outermost trusted one saw; what a visitor writes into the
    header himself stands further left and is never believed. Of an IPv6 address the network counts: everyone has 2⁶⁴.
    """
    return Place(_address(request), request.META.get("HTTP_USER_AGENT", "")[:200])


_BROWSERS = (
    ("MicroMessenger", "微信"), ("DingTalk", "钉钉"), ("Edg", "Edge"), ("Firefox", "火狐"), ("OPR", "Opera"),
    ("QQBrowser", "QQ浏览器"), ("UCBrowser", "UC浏览器"), ("HuaweiBrowser", "华为浏览器"), ("Chrome", "Chrome 内核浏览器"),
    ("Safari", "Safari"),
)  # fmt: skip
_MACHINES = (
    ("iPhone", "苹果手机"), ("iPad", "苹果平板"), ("Android", "安卓手机"), ("HarmonyOS", "鸿蒙手机"), ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"), ("Kylin", "麒麟电脑"), ("UOS", "统信电脑"), ("Linux", "Linux 电脑"),
)  # fmt: skip


def device(agent: str) -> str:
    """Return a browser's own long name as people say it: 安卓手机 · 微信. The first that fits wins; most claim to be several."""
    machine = next((label for sign, label in _MACHINES if sign in agent), "")
    browser = next((label for sign, label in _BROWSERS if sign in agent), "")
    return " · ".join(part for part in (machine, browser) if part) or "未知设备"


def _address(request: HttpRequest) -> str:
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    raw = (
        passed[-proxies]
        if proxies and len(passed) >= proxies and passed[-proxies]
        else request.META.get("REMOTE_ADDR", "")
    )
    try:
        address = ipaddress.ip_address(raw)
    except ValueError:
        return "?"
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.IPv6Network((address, 64), strict=False))
    return str(address)
