"""What the ledger is told about towns, offices, accounts and posts."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Announced, Fact


@dataclass(frozen=True, kw_only=True)
class TownInstalled(Fact):
    """A town was set up, or its name changed."""

    kind: ClassVar[str] = "town.installed"
    verb: ClassVar[str] = "设立"
    code: str
    name: str

    def sentence(self) -> str:
        """Say which town."""
        return f"设立{self.name}（{self.code}）。"


@dataclass(frozen=True, kw_only=True)
class OfficesInstalled(Fact):
    """The town's offices were brought in line with the plan; each list holds names."""

    kind: ClassVar[str] = "offices.installed"
    verb: ClassVar[str] = "设置单位"
    added: tuple[str, ...]
    changed: tuple[str, ...]
    retired: tuple[str, ...]

    def sentence(self) -> str:
        """Say what was added, changed and retired."""
        parts = (("新设", self.added), ("更新", self.changed), ("停用", self.retired))
        return "按方案设置单位：" + "；".join(f"{word}{'、'.join(names)}" for word, names in parts if names) + "。"


@dataclass(frozen=True, kw_only=True)
class OnAccount(Fact):
    """Something that happened to an account; not a fact by itself."""

    username: str
    name: str

    @property
    def who(self) -> str:
        """Return name and user name as sentences say them."""
        return f"{self.name}（{self.username}）"


@dataclass(frozen=True, kw_only=True)
class AccountAdded(OnAccount):
    """An account was made."""

    kind: ClassVar[str] = "account.added"
    verb: ClassVar[str] = "建立账号"

    def sentence(self) -> str:
        """Say whose."""
        return f"为{self.who}建立账号。"


@dataclass(frozen=True, kw_only=True)
class AccountEdited(OnAccount):
    """The name or e-mail of an account was changed."""

    kind: ClassVar[str] = "account.edited"
    verb: ClassVar[str] = "修改账号"
    old_name: str

    def sentence(self) -> str:
        """Say whose, and the former name if it changed."""
        former = f"，原名{self.old_name}" if self.old_name != self.name else ""
        return f"修改{self.who}的账号资料{former}。"


@dataclass(frozen=True, kw_only=True)
class AccountDisabled(OnAccount):
    """An account may no longer sign in."""

    kind: ClassVar[str] = "account.disabled"
    verb: ClassVar[str] = "停用账号"
    reason: str

    def sentence(self) -> str:
        """Say whose and why."""
        return f"停用{self.who}的账号" + (f"：{self.reason}。" if self.reason else "。")


@dataclass(frozen=True, kw_only=True)
class AccountEnabled(OnAccount):
    """A disabled account may sign in again."""

    kind: ClassVar[str] = "account.enabled"
    verb: ClassVar[str] = "恢复账号"

    def sentence(self) -> str:
        """Say whose."""
        return f"恢复{self.who}的账号。"


@dataclass(frozen=True, kw_only=True)
class PasswordSet(OnAccount):
    """An administrator gave an account a new password."""

    kind: ClassVar[str] = "account.password_set"
    verb: ClassVar[str] = "重置密码"

    def sentence(self) -> str:
        """Say whose; never the password."""
        return f"重置{self.who}的密码，下次登录须自行修改。"


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(OnAccount):
    """A person changed his own password."""

    kind: ClassVar[str] = "account.password_changed"
    verb: ClassVar[str] = "修改密码"

    def sentence(self) -> str:
        """Say whose."""
        return f"{self.who}修改了自己的密码。"


@dataclass(frozen=True, kw_only=True)
class AccountUnlocked(OnAccount):
    """The count of wrong tries was lifted."""

    kind: ClassVar[str] = "account.unlocked"
    verb: ClassVar[str] = "解锁"

    def sentence(self) -> str:
        """Say whose."""
        return f"解除{self.who}因试错过多的登录限制。"


@dataclass(frozen=True, kw_only=True)
class SecondFactorSet(OnAccount):
    """A person set up the second factor, or drew new recovery codes."""

    kind: ClassVar[str] = "account.second_factor_set"
    verb: ClassVar[str] = "设置动态口令"
    what: str

    def sentence(self) -> str:
        """Say whose and what."""
        return f"{self.who}{self.what}。"


@dataclass(frozen=True, kw_only=True)
class SecondFactorCleared(OnAccount):
    """An administrator removed a lost second factor."""

    kind: ClassVar[str] = "account.second_factor_cleared"
    verb: ClassVar[str] = "清除动态口令"

    def sentence(self) -> str:
        """Say whose and what follows."""
        return f"清除{self.who}的动态口令，下次登录须重新绑定。"


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(OnAccount):
    """Every browser signed in with this account was signed out."""

    kind: ClassVar[str] = "account.sessions_ended"
    verb: ClassVar[str] = "全部退出"

    def sentence(self) -> str:
        """Say whose."""
        return f"{self.who}在所有设备上退出登录。"


@dataclass(frozen=True, kw_only=True)
class PostNamed(OnAccount):
    """A person was given a role at an office."""

    kind: ClassVar[str] = "post.named"
    verb: ClassVar[str] = "授予岗位"
    office: str
    role: str
    role_label: str
    starts_on: str
    ends_on: str

    def sentence(self) -> str:
        """Say who, where, as what, from when to when."""
        until = f"至{self.ends_on}" if self.ends_on else "起"
        return f"授予{self.who}{self.office}“{self.role_label}”岗位，{self.starts_on}{until}。"


@dataclass(frozen=True, kw_only=True)
class PostEnded(OnAccount):
    """A post was given its last day."""

    kind: ClassVar[str] = "post.ended"
    verb: ClassVar[str] = "终止岗位"
    office: str
    role: str
    role_label: str
    ends_on: str

    def sentence(self) -> str:
        """Say who, where, as what, until when."""
        return f"终止{self.who}{self.office}“{self.role_label}”岗位，任职至{self.ends_on}。"


@dataclass(frozen=True, kw_only=True)
class ChargeSet(OnAccount):
    """A leader's 分管 departments and 蹲点 communities were set."""

    kind: ClassVar[str] = "post.charge_set"
    verb: ClassVar[str] = "设定分管与蹲点"
    offices: tuple[str, ...]

    def sentence(self) -> str:
        """Say who and what is in his charge now."""
        return f"设定{self.who}的分管单位与蹲点村（社区）：{'、'.join(self.offices) or '无'}。"


@dataclass(frozen=True, kw_only=True)
class LeaveRegistered(Announced):
    """A person is away for some days; a colleague hears in his stead."""

    kind: ClassVar[str] = "leave.registered"
    verb: ClassVar[str] = "请假代办"
    name: str
    deputy: str
    starts_on: str
    ends_on: str

    def sentence(self) -> str:
        """Say who, who instead, from when to when."""
        return f"{self.name}{self.starts_on}至{self.ends_on}请假，期间的告知由{self.deputy}代收代办。"


@dataclass(frozen=True, kw_only=True)
class LeaveEnded(Announced):
    """A leave was taken back or ended early."""

    kind: ClassVar[str] = "leave.ended"
    verb: ClassVar[str] = "销假"
    name: str
    deputy: str

    def sentence(self) -> str:
        """Say who is back."""
        return f"{self.name}销假，告知不再由{self.deputy}代收。"
