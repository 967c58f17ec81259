"""A process that opens the database after the kill and says what is there."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinqing.settings")
django.setup()


def main() -> None:
    from qinqing.cases.models import Case, Holding, Tally
    from qinqing.ledger.models import Entry
    from qinqing.ledger.verify import verify

    found = {
        "numbers": sorted(Case.objects.values_list("number", flat=True)),
        "entries": Entry.objects.filter(subject_kind="case").count(),
        "holdings": Holding.objects.count(),
        "open": sum(Tally.objects.filter(pile="open").values_list("count", flat=True)),
        "ok": verify().ok,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
