"""The inbox, the cursor that reads the ledger, deliveries with leases, and chores that run once."""

from django.db import models
from django.db.models import Q

from qinqing.notices.words import Channel, Delivery, Pace


class Cursor(models.Model):
    """How far a book has been read. Locked by the one worker that reads on."""

    book = models.CharField("账本", max_length=20, primary_key=True)
    seq = models.BigIntegerField("已读到", default=0)

    def __str__(self) -> str:
        return f"{self.book} {self.seq}"


class Notice(models.Model):
    """One person told of one entry, in his inbox."""

    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    book = models.CharField("账本", max_length=20)
    seq = models.BigIntegerField("账目序号")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    about = models.CharField("有关什么", max_length=60, blank=True, help_text="非事项：种类:编号，如 alert:12")
    kind = models.CharField("事由", max_length=40)
    heading = models.CharField("标题", max_length=140)
    sentence = models.TextField("内容")
    action = models.BooleanField("需要办理", default=False)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "book", "seq"], name="told_once")]
        indexes = [
            models.Index(fields=["account", "-id"], name="inbox"),
            models.Index(fields=["account"], name="inbox_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.heading


class Robot(models.Model):
    """The robot of an office's group chat. Its address lets anybody speak there, so it is kept sealed; history is kept."""

    office = models.ForeignKey("people.Office", models.PROTECT, related_name="+")
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices())
    sealed_url = models.TextField("网址（加密）")
    added_at = models.DateTimeField("设置时间")
    ended_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "channel"], condition=Q(ended_at__isnull=True), name="robot_once_per_office"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.channel}"


class Post(models.Model):
    """A notice on its way by a channel. Taken with a lease, so that a worker that dies leaves it to another."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="posts")
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices())
    address = models.CharField("地址", max_length=254, help_text="邮箱，或 account:编号、robot:编号；手机号不在这里")
    robot = models.ForeignKey(Robot, models.PROTECT, null=True, related_name="+")
    pace = models.CharField("快慢", max_length=10, choices=Pace.choices(), default=Pace.DIGEST.value)
    state = models.CharField("状态", max_length=10, choices=Delivery.choices(), default=Delivery.QUEUED.value)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    due_at = models.DateTimeField("下次")
    sent_at = models.DateTimeField("发出", null=True)
    trouble = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], condition=Q(robot__isnull=True), name="posted_once"),
            models.UniqueConstraint(fields=["notice", "robot"], name="posted_to_a_group_once"),
        ]
        indexes = [
            models.Index(fields=["due_at", "address"], name="posts_queued", condition=Q(state=Delivery.QUEUED.value)),
            models.Index(
                fields=["due_at"],
                name="posts_urgent",
                condition=Q(state=Delivery.QUEUED.value, pace=Pace.URGENT.value),
            ),
            models.Index(fields=["address"], name="posts_of_a_letter", condition=Q(state=Delivery.QUEUED.value)),
            models.Index(fields=["-id"], name="posts_given_up", condition=Q(state=Delivery.FAILED.value)),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Choice(models.Model):
    """By which channels a person is told as well. All off until he says so; his phone number for this is kept sealed."""

    account = models.OneToOneField("people.Account", models.CASCADE, related_name="+", primary_key=True)
    email = models.BooleanField("同时发电子邮件", default=False)
    sms = models.BooleanField("同时发短信", default=False)
    sealed_phone = models.TextField("手机号（加密）", blank=True)
    gov = models.BooleanField("同时发政务微信", default=False)
    gov_id = models.CharField("政务微信账号", max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.account_id)


class Chore(models.Model):
    """A daily job of one slot, done or being done by one worker; the row is the claim."""

    name = models.CharField("名称", max_length=40)
    slot = models.CharField("场次", max_length=20)
    claimed_until = models.DateTimeField("占用到")
    done_at = models.DateTimeField("完成", null=True)
    result = models.CharField("结果", max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="chore_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.slot}"
