"""The findings' place in Django."""

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """Puts the findings' triggers beside the ledger's, which come back after every migrate."""

    name = "qinqing.findings"
    verbose_name = "隐患线索"

    def ready(self) -> None:
        """Name the triggers before anything migrates."""
        from qinqing.findings import guards  # noqa: PLC0415  the ledger's models are ready only now

        guards.stand()
