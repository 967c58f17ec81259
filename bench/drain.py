"""100 000 queued messages drained while somebody reads his inbox and marks it as read beside it.

    python -m bench.drain [HOW_MANY]     on DATABASE_URL, or on an SQLite of its own in QINQING_DATA_DIR; both must be empty

Sending itself is left out (a gateway's time is its own); building each message is not.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bench.house import open_house

open_house()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench.measure import Row, percentiles  # noqa: E402
from qinqing.kernel import clock  # noqa: E402
from qinqing.kernel.actor import Actor  # noqa: E402
from qinqing.notices import actions, reads  # noqa: E402
from qinqing.notices.channels.letter import letter_of  # noqa: E402
from qinqing.notices.models import Notice, Post  # noqa: E402
from qinqing.people.models import Account, Town  # noqa: E402

PEOPLE = 400
_AIM = "pages not blocked"


def fill(count: int) -> None:
    """Queue a morning's messages of 400 people, every tenth urgent and on its own."""
    at = clock.now() - timedelta(hours=1)
    town = Town.objects.create(code="drain", name="演示镇", is_demo=True)
    people = Account.objects.bulk_create(
        [Account(town=town, username=f"p{n}", name=f"示{n}", created_at=at) for n in range(PEOPLE)]
    )
    for start in range(0, count, 5000):
        made = Notice.objects.bulk_create(
            [
                Notice(
                    account=people[n % PEOPLE],
                    book="drain",
                    seq=n,
                    kind="case.urged",
                    heading="催办",
                    sentence=f"诉〔2026〕{n:04d}号　演示",
                    action=True,
                    at=at,
                )
                for n in range(start, min(start + 5000, count))
            ]
        )
        Post.objects.bulk_create(
            [
                Post(
                    notice=notice,
                    channel="email",
                    address=f"p{notice.account_id}@example.invalid",
                    pace="prompt" if notice.seq % 10 == 0 else "digest",
                    due_at=at,
                )
                for notice in made
            ]
        )


def look(until: str) -> list[float]:
    """Read inboxes and mark notices as read, as a web process would, until a file appears; return how long each took."""
    people = list(Account.objects.order_by("pk"))
    took: list[float] = []
    while not Path(until).exists():
        one = people[len(took) % len(people)]
        who = Actor(one.pk, "示", "handler", "经办人", one.town_id, "drain", via="web")
        begun = time.perf_counter()
        page = reads.inbox(who)
        reads.unread(who)
        actions.mark_read(by=who, at=clock.now(), notice_ids=[page[0].pk])
        took.append(time.perf_counter() - begun)
        time.sleep(0.02)
    return took


def main() -> int:
    if len(sys.argv) > 2:
        print(json.dumps(look(sys.argv[2])))
        return 0
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    call_command("migrate", verbosity=0)
    fill(count)
    done = Path(tempfile.mkdtemp()) / "done"
    reader = subprocess.Popen(
        [sys.executable, "-m", "bench.drain", "beside", str(done)], stdout=subprocess.PIPE, text=True
    )
    time.sleep(3)  # until it is up
    begun, took, sent, letters = time.perf_counter(), [], 0, 0

    def send(posts: Sequence[Post]) -> None:
        nonlocal letters
        letter_of(posts)
        letters += 1

    while True:
        start = time.perf_counter()
        got = actions.deliver(at=clock.now(), send=send)
        took.append(time.perf_counter() - start)
        if not got:
            break
        sent += got
    whole = time.perf_counter() - begun
    done.touch()
    beside = json.loads(reader.communicate()[0])
    row = Row("drain", f"notices: {count} queued messages drained, somebody reading and marking beside it", _AIM)
    row.p50, row.p95 = percentiles(beside)
    row.more = {
        "vendor": connection.vendor, "sent": sent, "letters": letters, "seconds": round(whole, 1),
        "per_second": round(sent / whole), "rounds": len(took), "longest_round_ms": round(max(took) * 1000),
        "longest_beside_ms": round(max(beside) * 1000), "looks": len(beside),
        "left": Post.objects.filter(state="queued").count(),
    }  # fmt: skip
    print(json.dumps(row.as_json(), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
