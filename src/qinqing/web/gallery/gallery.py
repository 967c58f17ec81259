"""/parts/: every part with its docstring and samples; /parts/form/: a form that refuses everything, to see refusals.

For the people who write pages: staff, and everybody in a demonstration.
"""

from inspect import getdoc, unwrap
from types import SimpleNamespace
from typing import Any

from django.http import HttpResponse
from django.template import engines
from django.utils.safestring import SafeString

from qinqing.env import env
from qinqing.kernel import clock
from qinqing.kernel.errors import NotFound, Refused
from qinqing.web import forms, gate, respond
from qinqing.web.gallery.samples import samples, things
from qinqing.web.parts import blocks, charts, matter, signs
from qinqing.web.parts import forms as form_parts
from qinqing.web.parts.drawings import DRAWINGS

_MODULES = (signs, blocks, charts, matter, form_parts)


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.Line("一句话说清楚", 40, help_text="如：厂区东门外三盏路灯不亮")
    text = forms.Long("具体情况", 200, rows=5)
    topic = forms.Choice("类别", [forms.CHOOSE, ("lamp", "路灯"), ("road", "市政道路"), ("work", "用工招聘")])
    solved = forms.Choice("问题解决了吗", [("yes", "解决了"), ("no", "没有解决")], open_=True)
    offices = forms.Choices_("协办单位", [("1", "建设管理办公室"), ("2", "综合执法局"), ("3", "经济和科技发展办公室")])
    days = forms.Whole("几个工作日", low=1, high=10)
    held_on = forms.Day("哪一天")
    told_at = forms.Moment("几点告知的", required=False)
    is_key = forms.Yes("列为重点涉企事项", help_text="列为重点后自动请分管领导负责。")
    papers = forms.Files(accept=".jpg,.png,.pdf", help_text="照片、PDF，每个不超过20兆。")


@gate.screen(public=env.is_demo)
def gallery(request: gate.Request) -> HttpResponse:
    """Show every part."""
    _for_staff(request)
    given = things(clock.now()) | {"form": SampleForm(), "request": request}
    parts = [
        {"name": name, "doc": doc_of(name), "samples": [_drawn(source, given) for source in sources]}
        for name, sources in samples().items()
    ]
    return respond.screen(request, "gallery/gallery.html", {"parts": parts, "drawings": sorted(DRAWINGS)})


@gate.screen(public=env.is_demo)
def form(request: gate.Request) -> HttpResponse:
    """Show a form; whatever is sent is refused, at the title if it is in order otherwise."""
    _for_staff(request)
    sample = SampleForm(request.POST, request.FILES) if request.method == "POST" else SampleForm()
    if sample.is_bound:
        respond.tried(sample, _refuse)
    return respond.screen(request, "gallery/form.html", {"form": sample}, fragment="form")


def _refuse() -> None:
    raise Refused("sample", "这是样例：写得都对，但这里什么也不收。", field="title")


def _for_staff(request: gate.Request) -> None:
    by = getattr(request, "actor", None)
    if not env.is_demo and (by is None or by.enterprise_id is not None):
        raise NotFound


def doc_of(name: str) -> str:
    """Return what a part is for."""
    for module in _MODULES:
        found = getattr(module, name, None) or getattr(module, f"{name}_", None)
        if found is not None:
            return getdoc(unwrap(found)) or ""
    return ""


def _drawn(source: str, given: dict[str, Any]) -> SimpleNamespace:
    shown = engines["django"].from_string(source).render(given)
    return SimpleNamespace(source=source, shown=SafeString(shown))
