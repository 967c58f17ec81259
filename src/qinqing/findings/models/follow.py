"""How far the ledger has been read for what happened to the cases that findings became."""

from django.db import models


class Cursor(models.Model):
    """How far a book has been read. Locked by the one worker that reads on."""

    book = models.CharField("账本", max_length=20, primary_key=True)
    seq = models.BigIntegerField("已读到", default=0)

    def __str__(self) -> str:
        return f"{self.book} {self.seq}"
