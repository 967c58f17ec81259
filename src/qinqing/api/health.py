"""What a balancer or a monitor asks: is the process alive, can it do its work. No secrets, no session."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from qinqing.ledger import guards


def live(_request: HttpRequest) -> JsonResponse:
    """Say that the process answers."""
    return JsonResponse({"ok": True})


def ready(_request: HttpRequest) -> JsonResponse:
    """Say whether the database answers and the ledger is guarded; 503 when it is not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        troubles = ["账目的保护触发器缺失"] if guards.missing() else []
    except DatabaseError:
        troubles = ["数据库没有应答"]
    return JsonResponse({"ok": not troubles, "troubles": troubles}, status=503 if troubles else 200)


urlpatterns = [path("health/live", live, name="health_live"), path("health/ready", ready, name="health_ready")]
