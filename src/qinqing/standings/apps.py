"""The lists' place in Django."""

from django.apps import AppConfig


class StandingsConfig(AppConfig):
    """Puts the lists' triggers beside the ledger's, which come back after every migrate."""

    name = "qinqing.standings"
    verbose_name = "红黑榜单"

    def ready(self) -> None:
        """Name the triggers before anything migrates."""
        from qinqing.standings import guards  # noqa: PLC0415  the ledger's models are ready only now

        guards.stand()
