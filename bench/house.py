"""Getting Django up for the bench, on the database that DATABASE_URL names."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "bench" / "out"


def open_house() -> None:
    """Set Django up in test mode: no second factor, no HTTPS, attachments under bench/out."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, value in {
        "QINQING_MODE": "test",
        "QINQING_HTTPS": "false",
        "QINQING_REQUIRE_TOTP": "false",
        "QINQING_LOG_LEVEL": "ERROR",
        "QINQING_DATA_DIR": str(OUT / "data"),
        "DJANGO_SETTINGS_MODULE": "qinqing.settings",
    }.items():
        os.environ.setdefault(name, value)
    Path(os.environ["QINQING_DATA_DIR"], "static").mkdir(parents=True, exist_ok=True)
    import django

    django.setup()
