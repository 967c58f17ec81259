"""The one place that reads the clock. Doors and jobs call it and pass the moment on."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this moment, aware, in Asia/Shanghai."""
    return timezone.now().astimezone(SHANGHAI)
