"""Towns, offices, dated posts and accounts."""

from collections.abc import Iterator

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from qinqing.kernel.text import clean
from qinqing.people.words import OfficeKind, Outcome, Role


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
    """A person who can sign in. What he may do comes from his posts, never from the account.

    `town` is the town whose administrators look after the account; it grants nothing. User names are kept in lower case.
    """

    town = models.ForeignKey(Town, models.PROTECT, related_name="accounts")
    username = models.CharField("用户名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    email = models.EmailField("邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    is_demo = models.BooleanField("演示", default=False)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)
    password_changed_at = models.DateTimeField("改密时间", null=True)
    created_at = models.DateTimeField("建立时间")

    session_epoch = models.PositiveIntegerField("登录代次", default=0, help_text="加一即让所有已登录的会话失效")

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = AccountManager()
    held: "list[Post] | None" = None
    """The posts open today, where they were fetched along (`reads.with_posts`)."""

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="account_username_any_case")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Bring user name, name and e-mail into the form they are stored in."""
        self.username = clean(self.username).lower()
        self.name = clean(self.name)
        self.email = clean(self.email)

    def get_session_auth_hash(self) -> str:
        """Return what every session of this account must carry; a new epoch or password ends them all."""
        return f"{super().get_session_auth_hash()}.{self.session_epoch}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the same for each retired secret key, so that changing the key signs nobody out."""
        for old in super().get_session_auth_fallback_hash():
            yield f"{old}.{self.session_epoch}"


class PasswordHistory(models.Model):
    """A password this account once had, as its hash: the last few may not come back."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="old_passwords")
    encoded = models.CharField(max_length=200)
    at = models.DateTimeField("停用时间")

    class Meta:
        indexes = [models.Index(fields=["account", "-at"], name="old_password_newest")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.at:%Y-%m-%d}"


class SignInTry(models.Model):
    """One attempt to sign in, or one thing done to a sign-in: the access log, and what the lockout counts.

    `username` is the account's, or a keyed digest when no such account exists (people type passwords into the wrong box).
    """

    at = models.DateTimeField("时间")
    outcome = models.CharField("结果", max_length=20, choices=Outcome.choices())
    username = models.CharField("用户名", max_length=80)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="tries")
    ip = models.CharField("地址", max_length=45)
    agent = models.CharField("浏览器", max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["username", "ip", "-at"], name="try_by_name_and_place"),
            models.Index(fields=["ip", "-at"], name="try_by_place"),
            models.Index(fields=["-at"], name="try_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.username} {Outcome.label_of(self.outcome)}"


class OpenSession(models.Model):
    """A browser that is signed in, so that its owner can see it and end it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="open_sessions")
    key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近使用")
    ip = models.CharField("地址", max_length=45)
    agent = models.CharField("浏览器", max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.ip}"


class Post(models.Model):
    """A person in a role at an office, from a day to a day (inclusive); history is kept, rows are never reused."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="posts")
    office = models.ForeignKey(Office, models.PROTECT, related_name="posts")
    role = models.CharField("岗位", max_length=20, choices=Role.choices())
    starts_on = models.DateField("起")
    ends_on = models.DateField("止", null=True, blank=True)
    in_charge_of = models.ManyToManyField(
        Office, related_name="leaders", blank=True, verbose_name="分管单位与蹲点村（社区）"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="post_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["account", "office", "role"], condition=Q(ends_on__isnull=True), name="post_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.office} · {Role.label_of(self.role)}"


class Leave(models.Model):
    """Days a person is away and who of his office hears in his stead; taken back by `ended_at`, never deleted."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="leaves")
    deputy = models.ForeignKey(Account, models.PROTECT, related_name="stands_in")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    starts_on = models.DateField("起")
    ends_on = models.DateField("止")
    ended_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="leave_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(account=F("deputy")), name="leave_has_another_deputy"),
        ]
        indexes = [
            models.Index(fields=["ends_on"], name="leaves_not_taken_back", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["office", "-starts_on"], name="leaves_of_office"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.starts_on}"
