"""My account: who I am here, my posts, password, second factor, and the browsers that are signed in."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qinqing.env import env
from qinqing.kernel import clock
from qinqing.kernel.errors import NotFound
from qinqing.people import reads as people
from qinqing.people import rights, signins
from qinqing.people.actions import access
from qinqing.people.words import Role
from qinqing.web import respond, who
from qinqing.web.account import session
from qinqing.web.account.place import device


@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Show it all on one page."""
    account, now = people.account(request.user.pk or 0), clock.now()
    context = {
        "account": account,
        "posts": posts_shown(request),
        "coded": people.has_second_factor(account),
        "code_required": env.require_totp and request.session.get(session.STAFF, True),
        "sessions": [
            {
                "id": one.pk,
                "device": device(one.agent),
                "ip": one.ip,
                "started_at": one.started_at,
                "seen_at": one.seen_at,
                "is_here": one.key == request.session.session_key,
            }
            for one in signins.sessions_of(account)
        ],
        "idle_minutes": env.idle_minutes,
        "is_staff": request.session.get(session.STAFF, True),
        "now": now,
    }
    return respond.screen(request, "account/home.html", context)


@never_cache
def choose_post(request: HttpRequest) -> HttpResponse:
    """Choose from which post to act; a person with one post never sees this."""
    account = people.account(request.user.pk or 0)
    if request.method == "POST":
        raw = request.POST.get("post", "")
        post = people.post_of(account, int(raw), clock.now().date()) if raw.isdecimal() and len(raw) < 19 else None
        if post is None:
            raise NotFound("这个岗位已终止，或不是您的岗位。", code="post_not_found")
        former = request.session.session_key or ""
        request.session[who.POST] = post.pk
        request.session.cycle_key()  # other rights, other key: one that leaked before is worth nothing now
        signins.rename_session(former, request.session.session_key or "")
        return respond.go(request, "/")
    return respond.screen(request, "account/posts.html", {"account": account, "posts": posts_shown(request)})


@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign one of my own browsers out."""
    found = signins.session_of(people.account(request.user.pk or 0), session_id)
    if found is None:
        raise NotFound
    if found.key == request.session.session_key:
        session.leave(request)
        return session.to_sign_in(request, "out")
    session.end(found.key)
    return respond.done(request, reverse("account_home"), "已让那台设备退出登录。")


@require_POST
def end_all_sessions(request: HttpRequest) -> HttpResponse:
    """Sign all my browsers out, this one too."""
    account = people.account(request.user.pk or 0)
    access.end_sessions(account_id=account.pk, by=people.himself(account), at=clock.now())
    session.leave(request)
    return session.to_sign_in(request, "everywhere")


def posts_shown(request: HttpRequest) -> list[dict[str, object]]:
    """Return my open posts as the pages show them: where, as what, what it is for, whether it is the present one."""
    chosen = request.session.get(who.POST)
    return [
        {
            "id": post.pk,
            "office": post.office.name,
            "town": post.office.town.name,
            "role": Role.label_of(post.role),
            "sentence": rights.RIGHTS[Role(post.role)].sentence,
            "since": post.starts_on,
            "until": post.ends_on,
            "is_chosen": post.pk == chosen,
        }
        for post in people.posts_of(request.user.pk or 0, clock.now().date())
    ]
