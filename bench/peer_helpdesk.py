"""django-helpdesk on the same server with as many tickets: list, search, open, create, change, dashboard.

Runs with the Python of .venv-peers, in a database of its own; knows nothing of our package but the bench's texts.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlparse

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django
import psycopg
from django.conf import settings
from django.urls import include, path

from bench.texts import Texts

DATABASE = "helpdesk_bench"
TIMES, SLOW_S = 20, 40.0
WORDS = ("路灯", "环评", "消防", "增容", "招聘")
urlpatterns: list[Any] = []


def main() -> int:
    cases = int(sys.argv[1])
    _open_house(os.environ["DATABASE_URL"])
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    _fill(cases)
    rows = _measure()
    result = {
        "database": "postgresql", "cases": cases, "when": datetime.now(UTC).isoformat(timespec="minutes"),
        "cores": os.cpu_count(), "load": round(os.getloadavg()[1], 1), "rows": rows,
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False))
    return 0


def _open_house(url: str) -> None:
    host = parse_qs(urlparse(url).query).get("host", [urlparse(url).hostname or ""])[0]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        connection.execute(f"CREATE DATABASE {DATABASE}")
    parts = urlparse(url)
    settings.configure(
        SECRET_KEY="bench only, never served",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql", "NAME": DATABASE, "HOST": host,
                "USER": parts.username or "", "PASSWORD": parts.password or "", "PORT": str(parts.port or ""),
                "CONN_MAX_AGE": None,
            }
        },
        INSTALLED_APPS=[
            "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
            "django.contrib.sites", "django.contrib.messages", "django.contrib.staticfiles", "django.contrib.humanize",
            "rest_framework", "helpdesk",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        ROOT_URLCONF=__name__, SITE_ID=1, STATIC_URL="/static/", USE_TZ=True, ALLOWED_HOSTS=["*"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", MEDIA_ROOT="/tmp/helpdesk-bench",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend", LOGIN_URL="/admin/login/", HELPDESK_TEAMS_MODE_ENABLED=False,

    )  # fmt: skip
    django.setup()
    from django.contrib import admin

    urlpatterns.extend([path("admin/", admin.site.urls), path("", include("helpdesk.urls", namespace="helpdesk"))])


def _fill(cases: int) -> None:
    from django.contrib.auth import get_user_model
    from django.db import connection
    from helpdesk.models import FollowUp, Queue, Ticket

    dice = random.Random(2026)
    texts = Texts(dice)
    users = [
        get_user_model().objects.create_user(f"staff{n}", f"s{n}@example.test", "x", is_staff=True, is_superuser=n == 0)
        for n in range(20)
    ]
    queues = [Queue.objects.create(title=f"科室{n}", slug=f"office{n}") for n in range(8)]
    now = datetime.now(UTC)
    for first in range(0, cases, 5000):
        rows = []
        for number in range(first, min(first + 5000, cases)):
            title, text = texts.said()
            made = now - timedelta(days=700 * (1 - number / cases))
            is_open = number > cases * 0.97
            rows.append(
                Ticket(
                    title=title,
                    description=text,
                    queue=dice.choice(queues),
                    assigned_to=dice.choice(users),
                    created=made,
                    modified=made,
                    submitter_email=f"firm{number % 1250}@example.test",
                    status=1 if is_open else 4,
                    priority=dice.randint(1, 5),
                    due_date=made + timedelta(days=7),
                    secret_key="x",
                )
            )
        Ticket.objects.bulk_create(rows)
        follow = [
            FollowUp(
                ticket=row,
                date=row.created + timedelta(hours=n),
                title="进展",
                comment=texts.note(),
                public=True,
                user=users[0],
            )
            for row in rows
            for n in range(1, 6)
        ]
        FollowUp.objects.bulk_create(follow, batch_size=5000)
        print(f"helpdesk: {first + len(rows)} tickets", file=sys.stderr, flush=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _measure() -> list[dict[str, Any]]:
    from django.test import Client
    from helpdesk.models import Queue, Ticket
    from helpdesk.query import query_to_base64

    client = Client(SERVER_NAME="localhost")
    from django.contrib.auth import get_user_model

    client.force_login(get_user_model().objects.get(username="staff0"))
    newest = list(Ticket.objects.order_by("-id").values_list("pk", flat=True)[: TIMES * 2])
    queue = Queue.objects.all()[0].pk

    def rows_of(search: str) -> Callable[[], Any]:
        query = query_to_base64(
            {
                "filtering": {"status__in": [1, 2, 3, 4]} if not search else {},
                "filtering_null": {},
                "sorting": "created",
                "sortreverse": True,
                "search_string": search,
            }
        )
        words = urlencode({"draw": 1, "start": 0, "length": 50, "order[0][column]": 5, "order[0][dir]": "desc"})
        return lambda: _ok(client.get(f"/datatables_ticket_list/{query}?{words}"))

    def create() -> Any:
        form = {
            "queue": queue, "title": "路灯坏了", "body": "厂门口路灯坏了两盏。", "priority": 3,
            "submitter_email": "firm1@example.test",
        }  # fmt: skip
        return _ok(client.post("/tickets/submit/", form), 302)

    def change(pk: int) -> Callable[[], Any]:
        return lambda: _ok(
            client.post(
                f"/tickets/{pk}/update/",
                {
                    "comment": "已联系施工单位。",
                    "new_status": 1,
                    "public": "1",
                    "priority": 2,
                    "queue": queue,
                    "title": "路灯坏了",
                },
            ),
            302,
        )

    plan = [
        ("list", "list: the page and its 50 rows", [lambda: (_ok(client.get("/tickets/")), rows_of("")())] * TIMES),
        ("search", "search, two Chinese characters", [rows_of(word) for word in WORDS] * (TIMES // len(WORDS))),
        ("open", "open a ticket", [lambda pk=pk: _ok(client.get(f"/tickets/{pk}/")) for pk in newest[:TIMES]]),
        ("create", "create a ticket", [create] * TIMES),
        ("change", "change a ticket", [change(pk) for pk in newest[:TIMES]]),
        ("dashboard", "dashboard", [lambda: _ok(client.get("/dashboard/"))] * TIMES),
    ]
    return [_row(key, what, works) for key, what, works in plan]


def _ok(answer: Any, wanted: int = 200) -> Any:
    if answer.status_code != wanted:
        raise SystemExit(f"helpdesk answered {answer.status_code}: {answer.content[:300]!r}")
    return answer


def _row(key: str, what: str, works: list[Callable[[], Any]]) -> dict[str, Any]:
    from django.db import connection

    counted = 0

    def count(execute: Any, *words: Any) -> Any:
        nonlocal counted
        counted += 1
        return execute(*words)

    with connection.execute_wrapper(count):
        works[0]()
    took, own, until = [], [], time.monotonic() + SLOW_S
    for work in works[1:]:
        begun, spent = time.perf_counter(), time.process_time()
        work()
        took.append(time.perf_counter() - begun)
        own.append(time.process_time() - spent)
        if time.monotonic() > until:
            break
    took.sort()
    own.sort()
    last = len(took) - 1
    return {
        "key": key, "what": what, "aim": "", "p50": round(took[last // 2] * 1000, 1),
        "p95": round(took[round(last * 0.95)] * 1000, 1), "own": round(own[last // 2] * 1000, 1),
        "statements": counted, "bare_p50": None, "more": {"times": len(took)},
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
