"""One record as it came: who, when, what is questionable, photos, the text itself, differing copies; have it entered after all."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qinqing.field.actions import handling
from qinqing.field.reads import desk
from qinqing.field.rules.envelope import text_of
from qinqing.field.rules.losses import uuid_of
from qinqing.field.words import DeviceState, Taking
from qinqing.kernel import clock
from qinqing.kernel.errors import NotFound
from qinqing.ledger import reads as ledger
from qinqing.ledger.subjects import number_of
from qinqing.people import rights
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.field import around
from qinqing.web.field.devices import SEES
from qinqing.web.field.forms import NoteForm
from qinqing.web.gate import Request, screen

_LONGEST_TEXT = 20_000


@screen(*SEES)
def record(request: Request, key: UUID) -> HttpResponse:
    """Show a record; say what was done about it."""
    by, at = request.actor, clock.now()
    form = NoteForm(request.POST or None)
    if request.method == "POST":
        rights.require(by, Right.TEND_FIELD)

        def act() -> bool:
            handling.handle(record_ids=[key], note=form.cleaned_data["note"], by=by, at=at)
            return True

        if respond.tried(form, act):
            return respond.done(request, reverse("field_record", args=[key]), "已处理，记入账目。")
    return shown(request, key, form)


@require_POST
@screen(Right.TEND_FIELD)
def take_in(request: Request, key: UUID) -> HttpResponse:
    """Have a record entered that was kept aside."""
    taken = handling.take_in_again(record_id=key, by=request.actor, at=clock.now())
    why = "；".join(flag.words for flag in taken.flags)
    told = {
        Taking.TAKEN: "已补登。",
        Taking.WAITING: "它所指的那一条还没有到，到了自动登记。",
    }.get(taken.taking, f"还是没能登记：{why or taken.taking.label}")
    return respond.done(request, reverse("field_record", args=[key]), told)


@require_POST
@screen(Right.TEND_FIELD)
def settle(request: Request, key: UUID) -> HttpResponse:
    """Say which of two differing copies counts."""
    conflict = uuid_of(request.POST.get("conflict"))
    if conflict is None:
        raise NotFound
    form = NoteForm(request.POST)

    def act() -> bool:
        note = form.cleaned_data["note"]
        handling.handle_conflict(conflict_id=conflict, note=note, by=request.actor, at=clock.now())
        return True

    if respond.tried(form, act):
        return respond.done(request, reverse("field_record", args=[key]), "已写明，两份都留着。")
    return shown(request, key, NoteForm(), settling=form, conflict=conflict)


def shown(
    request: Request, key: UUID, form: NoteForm, *, settling: NoteForm | None = None, conflict: UUID | None = None
) -> HttpResponse:
    """Return the page of a record."""
    by = request.actor
    sheet = desk.sheet(by, key)
    row, tends = sheet.record, rights.may(by.post, Right.TEND_FIELD)
    context = {
        "sheet": sheet,
        "record": row,
        "taking": Taking(row.taking).label,
        "text": _cut(text_of(bytes(row.body))),
        "files": around.files(sheet.photos),
        "missing": around.missing(sheet.photos),
        "became": around.became(row.kind, row.pk) if row.taking == Taking.TAKEN else "",
        "copies": [(one, _cut(text_of(bytes(one.body))), _form(one.pk, conflict, settling)) for one in sheet.conflicts],
        "amendments": [(one, _cut(text_of(bytes(one.body)))) for one in sheet.amendments],
        "is_revoked": row.device is not None and row.device.state == DeviceState.REVOKED,
        "form": form,
        "may_handle": tends and row.needs and row.handled_at is None,
        "may_take": tends and row.taking not in (Taking.TAKEN, Taking.WAITING),
        "may_settle": tends,
        "entries": list(ledger.entries_of("record", number_of(key)).filter(book=by.book)[:50]),
    }
    return respond.screen(request, "field/record.html", context, status=respond.status_of(settling or form))


def _form(this: UUID, asked: UUID | None, settling: NoteForm | None) -> NoteForm:
    return settling if settling is not None and this == asked else NoteForm(auto_id=f"id_{this}_%s")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}……（太长，只显示前面一部分）"
