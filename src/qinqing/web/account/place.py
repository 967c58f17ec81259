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
