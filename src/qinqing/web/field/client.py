"""The phone's own page: an empty shell that the offline client fills, and the worker that opens it without signal.

Both are the same for everybody and say nothing about anybody: the shell lies in the phone's cache, where the next person finds it.
"""

import base64
import hashlib
import json
from functools import cache
from pathlib import Path

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from qinqing.env import env
from qinqing.web.gate import Request, screen

FOLDER = "build/field"
_ICON = "img/mark.svg"
_NAMED = frozenset({"main.js", "main.css", _ICON})
"""Files whose address carries their digest in production; parts of the script carry theirs in their own name."""
_WORKER = "sw.js"
_MISSING = "手机端还没有装好：请管理员运行 make setup 后重启。"


@screen(public=True)
@csp_update({"img-src": ["blob:"]})  # type: ignore[arg-type]  # pictures are looked at before they are kept
def client(request: Request) -> HttpResponse:
    """Answer with the shell, whatever the address behind it shows."""
    response = HttpResponse(_shell())
    # The one page of ours that may use camera and place, each only when the officer presses for it.
    response.headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"
    response.headers["Cache-Control"] = "no-cache"
    return response


@screen(public=True)
def worker(request: Request) -> HttpResponse:
    """Answer with the service worker of this build, or with one that takes itself out where it was switched off."""
    if not _names():
        raise Http404
    source = f"self.FIELD={json.dumps(_given())};\n{_octets(_WORKER).decode()}"
    response = HttpResponse(source, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _given() -> dict[str, object]:
    shell = _shell()
    files = _files()
    digest = hashlib.sha256(json.dumps([shell, files, _octets(_WORKER).decode()]).encode()).hexdigest()
    return {
        "name": f"field-shell-{digest[:16]}",
        "shell": reverse("field_client"),
        "pages": [reverse("field_client"), reverse("field_self_test")],
        "files": [{"url": url, "integrity": integrity} for url, integrity in files.items()],
        "is_off": not env.field_worker,
    }


@cache
def _shell() -> str:
    if not finders.find(f"{FOLDER}/main.js"):
        return render_to_string("field/client.html", {"missing": _MISSING})
    parts = [_plain_url(name) for name in _names() if name.startswith("chunk-")]
    return render_to_string(
        "field/client.html", {"script": _url("main.js"), "style": _url("main.css"), "icon": _url(_ICON), "parts": parts}
    )


@cache
def _files() -> dict[str, str]:
    """Return what the worker takes in, by address, each with the digest it must have.

    A part is asked for by the name the build gave it; entries and the icon by the address that stands in the shell.
    """
    return {
        (_url(name) if name in _NAMED else _plain_url(name)): _integrity(_octets(name))
        for name in (*_names(), _ICON)
        if name != _WORKER
    }


@cache
def _names() -> tuple[str, ...]:
    found = finders.find(f"{FOLDER}/main.js")
    return tuple(sorted(file.name for file in Path(str(found)).parent.iterdir())) if found else ()


def _path(name: str) -> str:
    return name if name == _ICON else f"{FOLDER}/{name}"


def _url(name: str) -> str:
    return staticfiles_storage.url(_path(name))


def _plain_url(name: str) -> str:
    return f"{settings.STATIC_URL}{_path(name)}"


def _octets(name: str) -> bytes:
    """Return a file as it is served: collected files may have been rewritten on the way."""
    collected = _url(name).removeprefix(settings.STATIC_URL) if name in _NAMED else _path(name)
    if isinstance(staticfiles_storage._wrapped, ManifestFilesMixin):  # type: ignore[attr-defined]
        with staticfiles_storage.open(collected) as file:
            return bytes(file.read())
    return Path(str(finders.find(_path(name)))).read_bytes()


def _integrity(octets: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(octets).digest()).decode()}"
