"""Many hands and a sudden death, in a process of their own: `python -m tests.ledger.hands migrate write verify`."""

import json
import os
import sys
import threading
import time
from collections.abc import Callable

import django

HANDS, TIMES = 8, 50


def write() -> None:
    """Append from eight threads at once, each with its own connection, to one book that all of them begin."""
    from django.db import connection

    from tests.ledger.book import append

    faults: list[BaseException] = []
    start = threading.Barrier(HANDS)

    def hand(number: int) -> None:
        try:
            start.wait()
            for turn in range(TIMES):
                append(turn % 5 + 1, book="race")
        except BaseException as fault:
            faults.append(fault)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=hand, args=[number]) for number in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        sys.exit(len(faults))


def die() -> None:
    """Append inside a transaction that never ends; the parent kills us."""
    from django.db import transaction

    from tests.ledger.book import append

    append(1, book="race")
    with transaction.atomic():
        append(1, book="race")
        append(2, book="race")
        print("in", flush=True)
        time.sleep(60)


def check() -> None:
    """Print what verify finds, and the numbers there are."""
    from qinqing.ledger.models import Entry
    from qinqing.ledger.verify import verify

    verdict = verify()
    numbers = list(Entry.objects.filter(book="race").order_by("seq").values_list("seq", flat=True))
    print(json.dumps({"ok": verdict.ok, "numbers": numbers, "warnings": verdict.warnings}))


def migrate() -> None:
    """Make the ledger's tables; nothing to do in a database that has them."""
    from django.core.management import call_command

    call_command("migrate", "ledger", verbosity=0, skip_checks=True)


def main() -> None:
    """Do what the words say, one after the other."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinqing.settings")
    django.setup()
    deeds: dict[str, Callable[[], None]] = {"migrate": migrate, "write": write, "die": die, "verify": check}
    for word in sys.argv[1:]:
        deeds[word]()


if __name__ == "__main__":
    main()
