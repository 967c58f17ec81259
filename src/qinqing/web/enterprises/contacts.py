"""The people who speak for a firm: naming, changing, ending, opening an account, looking at a number."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qinqing.enterprises import policy, reads
from qinqing.enterprises.actions import contacts
from qinqing.kernel import clock
from qinqing.people import passwords
from qinqing.people.rights import Right
from qinqing.web import respond
from qinqing.web.enterprises.forms import AccountForm, ContactForm, EndContactForm
from qinqing.web.gate import Request, screen


@screen(Right.READ_ENTERPRISES)
def add(request: Request, enterprise_id: int) -> HttpResponse:
    """Name somebody."""
    by, now = request.actor, clock.now()
    firm = reads.get_for(by, enterprise_id)
    policy.require_tend(by, firm)
    has_main = any(line.duty == "contact" for line in reads.contacts_of(firm.pk))
    form = ContactForm(request.POST or None, initial={"duty": "deputy" if has_main else "contact"})
    back = reverse("enterprise_sheet", args=[firm.pk])
    if request.method == "POST":
        made = respond.tried(
            form,
            lambda: contacts.add_contact(
                enterprise_id=firm.pk, starts_on=now.date(), by=by, at=now, **form.cleaned_data
            ),
        )
        if made:
            return respond.done(request, back, f"已登记{made.name}。")
    context = {"form": form, "title": f"{firm.name}：登记联系人", "press": "登记", "back": back}
    return respond.screen(request, "enterprises/small.html", context)


@screen(Right.READ_ENTERPRISES)
def edit(request: Request, contact_id: int) -> HttpResponse:
    """Put name, duty or phone right; an empty phone leaves the number as it is."""
    by = request.actor
    line, enterprise_id = reads.contact_for(by, contact_id)
    policy.require_tend(by, reads.get_for(by, enterprise_id))
    form = ContactForm(request.POST or None, initial={"name": line.name, "duty": line.duty})
    form.fields["phone"].help_text = f"现为 {line.phone_mask or '空'}；不改就留空。"
    back = reverse("enterprise_sheet", args=[enterprise_id])
    if request.method == "POST":
        made = respond.tried(
            form,
            lambda: contacts.change_contact(
                contact_id=line.id,
                name=form.cleaned_data["name"],
                duty=form.cleaned_data["duty"],
                phone=form.cleaned_data["phone"] or None,
                by=by,
                at=clock.now(),
            ),
        )
        if made:
            return respond.done(request, back, f"{made.name}的信息已更新。")
    context = {"form": form, "title": f"更改联系人 {line.name}", "press": "保存", "back": back}
    return respond.screen(request, "enterprises/small.html", context)


@screen(Right.READ_ENTERPRISES)
def end(request: Request, contact_id: int) -> HttpResponse:
    """Say that somebody no longer speaks for the firm."""
    by, now = request.actor, clock.now()
    line, enterprise_id = reads.contact_for(by, contact_id)
    policy.require_tend(by, reads.get_for(by, enterprise_id))
    form = EndContactForm(request.POST or None, initial={"ends_on": now.date()})
    back = reverse("enterprise_sheet", args=[enterprise_id])
    if request.method == "POST":
        made = respond.tried(form, lambda: contacts.end_contact(contact_id=line.id, by=by, at=now, **form.cleaned_data))
        if made:
            return respond.done(request, back, f"{line.name}已停用。")
    context = {
        "form": form,
        "title": f"停用联系人 {line.name}（{line.duty_label}）",
        "press": "停用",
        "danger": True,
        "back": back,
    }
    return respond.screen(request, "enterprises/small.html", context)


@never_cache
@screen(Right.OPEN_CONTACT_ACCOUNT)
def account(request: Request, contact_id: int) -> HttpResponse:
    """Open an account for a contact and show its first password this one time."""
    by = request.actor
    line, enterprise_id = reads.contact_for(by, contact_id)
    form = AccountForm(request.POST or None)
    back = reverse("enterprise_sheet", args=[enterprise_id])
    if request.method == "POST":
        password = passwords.fresh()
        made = respond.tried(
            form,
            lambda: contacts.open_account(
                contact_id=line.id, username=form.cleaned_data["username"], password=password, by=by, at=clock.now()
            ),
        )
        if made:
            shown = {
                "contact": line,
                "username": form.cleaned_data["username"].lower(),
                "password": password,
                "back": back,
            }
            return respond.screen(request, "enterprises/account.html", shown)
    context = {"form": form, "title": f"为{line.name}开通登录账号", "press": "开通", "back": back}
    return respond.screen(request, "enterprises/small.html", context)


@never_cache
@require_POST
@screen(Right.REVEAL_PHONE)
def phone(request: Request, contact_id: int) -> HttpResponse:
    """Show a number whole; the look is written down."""
    by = request.actor
    number = contacts.reveal_phone(contact_id=contact_id, by=by, at=clock.now())
    if respond.by_htmx(request):
        return render(request, "enterprises/phone.html", {"number": number})
    line, enterprise_id = reads.contact_for(by, contact_id)
    context = {"contact": line, "number": number, "back": reverse("enterprise_sheet", args=[enterprise_id])}
    return respond.screen(request, "enterprises/phone_page.html", context)
