"""The checklists' place in Django."""

from django.apps import AppConfig


class ChecklistsConfig(AppConfig):
    """Puts the checklists' triggers beside the ledger's, which come back after every migrate."""

    name = "qinqing.checklists"
    verbose_name = "巡查清单"

    def ready(self) -> None:
        """Name the triggers before anything migrates."""
        from qinqing.checklists import guards  # noqa: PLC0415  the ledger's models are ready only now

        guards.stand()
