"""Which addresses lie inside the network: where nothing typed in by people may make the server send to. Pure.

Source: domain §10; 等保 2.0 访问控制.
"""

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import SplitResult, urlsplit

_INNER_ENDS = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home", ".corp", ".arpa")
_CARRIERS = {
    ipaddress.IPv6Network("64:ff9b::/96"): 0,
    ipaddress.IPv6Network("64:ff9b:1::/48"): 0,
    ipaddress.IPv6Network("2002::/16"): 80,
    ipaddress.IPv6Network("::/96"): 0,
}
"""IPv6 ranges that carry an IPv4 address, and how many bits stand behind it."""
INSIDE = "这个地址指向本单位内部网络（{}），为安全起见不能使用。确需发往私有部署的主机，请系统管理员在服务器设置里把它列为允许的内网主机。"


def is_inside(address: str) -> bool:
    """Say whether an IP address is one that the world outside does not reach: loopback, private, link-local, metadata.

    An address wrapped into another (::ffff:10.0.0.1, 6to4, NAT64) counts as the one inside.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_inside(str(ip.ipv4_mapped))
        for network, behind in _CARRIERS.items():
            if ip in network:
                return is_inside(str(ipaddress.IPv4Address((int(ip) >> behind) & 0xFFFFFFFF)))
    return not ip.is_global or ip.is_multicast


def trouble_with(url: str, *, inside_hosts: Collection[str] = ()) -> str:
    """Return why the server must not send to this address, judged by its letters alone; "" if it may.

    What the name stands for is asked when it is sent to (`notices.channels.guard`).
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return "网址的写法不对。"
    host = (parts.hostname or "").rstrip(".").lower()
    if parts.scheme not in {"http", "https"} or not host or any(letter.isspace() for letter in url.strip()):
        return "请填写完整网址，以 https:// 开头。"
    if parts.username or parts.password:
        return "网址里不能带用户名或密码。"
    return "" if is_listed(host, port_of(parts), inside_hosts) else _trouble_outside(parts.scheme, host, port)


def _trouble_outside(scheme: str, host: str, port: int | None) -> str:
    """Return why a host that is not listed must not be sent to; "" if it may."""
    literal = _as_ip(host)
    is_inner_name = not literal and ("." not in host or host.endswith(_INNER_ENDS))
    if is_inner_name or (literal and is_inside(literal)):
        return INSIDE.format(host)
    if scheme != "https":
        return "请使用 https:// 开头的网址，免得内容在路上被人看到。"
    return "" if port in {None, 443, 8443} else "只能用 443 或 8443 端口。"


def port_of(parts: SplitResult) -> int:
    """Return the port of a split address, the scheme's own where it names none."""
    return parts.port or (443 if parts.scheme == "https" else 80)


def is_listed(host: str, port: int, inside_hosts: Collection[str]) -> bool:
    """Say whether a host, with or without this port, is listed as one that may lie inside."""
    return host in inside_hosts or f"{host}:{port}" in inside_hosts


def listed(raw: str) -> frozenset[str]:
    """Return the hosts of a comma-separated setting."""
    return frozenset(part.strip().lower() for part in raw.split(",") if part.strip())


def _as_ip(host: str) -> str:
    """Return the IP address a host is spelled as, also the odd spellings a system accepts (127.1, 2130706433, 0x7f000001)."""
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return ""
