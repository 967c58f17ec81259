"""Tokens with which another system speaks for a post. Only the digest is kept."""

from django.db import models


class Token(models.Model):
    """A bearer token of one post; what it may see and do is what the post may."""

    post = models.ForeignKey("people.Post", models.PROTECT, related_name="+")
    name = models.CharField("用途", max_length=60)
    digest = models.CharField("摘要", max_length=64, unique=True)
    created_at = models.DateTimeField("建立")
    created_by_name = models.CharField("建立人", max_length=60)
    revoked_at = models.DateTimeField("作废", null=True)

    def __str__(self) -> str:
        return self.name
