"""The ledger's place in Django. Here stands the one Django signal of the house."""

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    """Keeps the guards in place: after every migrate, and in Django's database checks."""

    name = "qinqing.ledger"
    verbose_name = "一本账"

    def ready(self) -> None:
        """Ask to be called after every migrate.

        Nothing else in this house uses a signal. This one has no substitute: SQLite silently drops triggers when
        Django rebuilds a table, in whichever migration that happens, and migrate offers no other hook at its end.
        """
        post_migrate.connect(_put_back_guards, sender=self, dispatch_uid="ledger-guards")
        checks.register(_guards_are_there, checks.Tags.database)


def _put_back_guards(*, using: str, **_: Any) -> None:
    from qinqing.ledger import guards  # noqa: PLC0415  models are not ready when this file is read

    guards.install(connections[using])


def _guards_are_there(*, databases: Any = None, **_: Any) -> list[checks.CheckMessage]:
    """Say which triggers are missing; run by migrate, `check --database default`, serve and doctor."""
    from qinqing.ledger import guards  # noqa: PLC0415

    gone = [name for alias in databases or [] for name in guards.missing(connections[alias])]
    if not gone:
        return []
    return [
        checks.Warning(
            "账目的数据库保护不完整：" + "、".join(gone),
            hint="请执行 qinqing upgrade 恢复，并用 qinqing ledger verify 校验全部账目。",
            id="ledger.W001",
        )
    ]
