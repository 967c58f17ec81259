"""One press on a finding: its form as a page, the answer as a redirect to the finding."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from qinqing.findings import actions
from qinqing.findings.reads import sheet as reads
from qinqing.findings.words import EventKind
from qinqing.kernel import clock
from qinqing.kernel.errors import NotAllowed
from qinqing.people.rights import Right
from qinqing.web import gate, respond
from qinqing.web.findings.forms import FollowForm
from qinqing.web.findings.shared import brought
from qinqing.web.findings.sheet import WORDS

_PRESSED = frozenset(EventKind) - {EventKind.SEEN_AGAIN}


@gate.screen(Right.VISIT)
def finding_follow(request: gate.Request, finding_id: int, verb: str) -> HttpResponse:
    """Ask what a press needs, then do it."""
    if verb not in {kind.value for kind in _PRESSED}:
        raise Http404
    by, at, kind = request.actor, clock.now(), EventKind(verb)
    found = reads.sheet(by, finding_id, at)
    row = found.finding
    may_extend = row.extensions == 0
    if request.method == "POST":
        form = FollowForm(kind, request.POST, request.FILES, may_extend=may_extend)
        done = respond.tried(
            form,
            lambda: actions.follow_up(
                finding_id=row.pk,
                kind=kind.value,
                text=form.cleaned_data["text"],
                until=form.cleaned_data.get("until"),
                level=form.cleaned_data.get("level", ""),
                photos=brought(form, by=by, at=at),
                base_version=_seen(request),
                by=by,
                at=at,
            ),
        )
        if done:
            return respond.done(request, reverse("finding", args=[row.pk]), f"{kind.label}：已登记。")
    else:
        if kind not in found.offers:
            raise NotAllowed(
                f"这条隐患现在是“{row.get_state_display()}”，“{kind.label}”不由您的岗位办理，或还不到这一步。"
            )
        form = FollowForm(kind, may_extend=may_extend)
    context = {"form": form, "sheet": found, "finding": row, "heading": WORDS.get(kind, kind.label), "kind": kind}
    return respond.screen(request, "findings/follow.html", context)


def _seen(request: gate.Request) -> int | None:
    """Return the version the page was drawn from."""
    raw = request.POST.get("version", "")
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 9 else None
