"""Django's own checks for a deployment, with settings as in production: nothing may be left to say."""

import os
import sys
import tempfile

from django.core.management import execute_from_command_line


def main() -> int:
    """Run `check --deploy` and fail on any warning."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="qinqing.settings",
            QINQING_MODE="production",
            QINQING_SECRET_KEY="".join(chr(33 + i) for i in range(90)),
            QINQING_FIELD_KEYS="k1:" + "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
            QINQING_HOSTS="qinqing.example",
            QINQING_DATA_DIR=folder,
            DATABASE_URL="",
        )
        execute_from_command_line(["qinqing manage", "check", "--deploy", "--fail-level", "WARNING"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
