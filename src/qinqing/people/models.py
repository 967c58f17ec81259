"""Towns, offices, dated posts and accounts."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from qinqing.people.words import OfficeKind, Role


class Town(models.Model):
    """A town: the owner of every business row and of one ledger book (named by its code)."""

    code = models.CharField("镇代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=50)
    is_demo = models.BooleanField("演示", default=False)

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A unit of the mechanism. `code` is the plan's key; never reused within a town."""

    town = models.ForeignKey(Town, models.PROTECT, related_name="offices")
    code = models.CharField("代码", max_length=40)
    kind = models.CharField("类别", max_length=20, choices=OfficeKind.choices())
    name = models.CharField("全称", max_length=60)
    short = models.CharField("简称", max_length=20)
    place = models.PositiveIntegerField("次序", default=0)
    is_active = models.BooleanField("启用", default=True)
    is_outpost = models.BooleanField("派驻机构", default=False)

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["town", "code"], name="office_code_once_per_town")]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by user name; accounts are made by `people.actions` only."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account whose user name equals this one, letter case ignored."""
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """A person who can sign in. What he may do comes from his posts, never from the account."""

    username = models.CharField("用户名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    email = models.EmailField("邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    is_demo = models.BooleanField("演示", default=False)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)
    password_changed_at = models.DateTimeField("改密时间", null=True)
    created_at = models.DateTimeField("建立时间")

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = AccountManager()

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person in a role at an office, from a day to a day (inclusive); history is kept, rows are never reused."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="posts")
    office = models.ForeignKey(Office, models.PROTECT, related_name="posts")
    role = models.CharField("岗位", max_length=20, choices=Role.choices())
    starts_on = models.DateField("起")
    ends_on = models.DateField("止", null=True, blank=True)
    in_charge_of = models.ManyToManyField(Office, related_name="leaders", blank=True, verbose_name="分管单位与蹲点村（社区）")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="post_ends_after_it_starts"),
            models.UniqueConstraint(fields=["account", "office", "role"], condition=Q(ends_on__isnull=True), name="post_open_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.office} · {Role.label_of(self.role)}"
