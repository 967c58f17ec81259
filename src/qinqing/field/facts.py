"""What the ledger is told about phones and what they sent."""

from dataclasses import dataclass
from typing import ClassVar

from qinqing.ledger.facts import Announced, Fact


@dataclass(frozen=True, kw_only=True)
class DeviceIssued(Fact):
    """A browser got an upload credential. Never carries the credential."""

    kind: ClassVar[str] = "device.issued"
    verb: ClassVar[str] = "启用设备"
    device: str
    name: str
    office: str
    is_renewal: bool

    def sentence(self) -> str:
        """Say which, and whether it had one before."""
        return f"{self.office}的现场设备“{self.name}”{'重新' if self.is_renewal else ''}启用。"


@dataclass(frozen=True, kw_only=True)
class DeviceRevoked(Fact):
    """A credential no longer opens anything; what the phone still holds comes in for review."""

    kind: ClassVar[str] = "device.revoked"
    verb: ClassVar[str] = "停用设备"
    device: str
    name: str
    holder: str
    reason: str
    wipe: bool

    def sentence(self) -> str:
        """Say whose, why, and whether the phone is to be emptied."""
        also = "，手机数据待清除" if self.wipe else ""
        return f"停用{self.holder}的现场设备“{self.name}”{also}：{self.reason}。"


@dataclass(frozen=True, kw_only=True)
class PhonesCarried(Fact):
    """An officer's phone took along the full numbers of those who speak for his firms. Never carries a number."""

    kind: ClassVar[str] = "device.phones_carried"
    verb: ClassVar[str] = "带走电话"
    device: str
    name: str
    contacts: tuple[int, ...]

    def sentence(self) -> str:
        """Say how many, onto which phone."""
        return f"把名下企业{len(self.contacts)}位联系人的完整电话带到“{self.name}”上。"


@dataclass(frozen=True, kw_only=True)
class RecordReceived(Fact):
    """The town has a whole record of the field; the entry vouches for its body and every attachment."""

    kind: ClassVar[str] = "field.received"
    verb: ClassVar[str] = "收到现场记录"
    record: str
    record_kind: str
    kind_label: str
    enterprise_id: int | None
    enterprise: str
    attachments: int
    body_sha256: str
    manifest_sha256: str
    receipt_no: int

    def sentence(self) -> str:
        """Say what, about whom, with how many attachments, under which number."""
        about = f"（{self.enterprise}）" if self.enterprise else ""
        more = f"，附件{self.attachments}个" if self.attachments else ""
        return f"收到现场记录：{self.kind_label}{about}{more}，收条№ {self.receipt_no:06d}。"


@dataclass(frozen=True, kw_only=True)
class RecordTakenIn(Fact):
    """A record that had been kept aside was entered after all, by a person or because what it waited for has come."""

    kind: ClassVar[str] = "field.taken_in"
    verb: ClassVar[str] = "补登现场记录"
    record: str
    kind_label: str
    holder: str
    outcome: str

    def sentence(self) -> str:
        """Say whose record, and how it went."""
        return f"补登{self.holder}的现场记录（{self.kind_label}）：{self.outcome}。"


@dataclass(frozen=True, kw_only=True)
class RecordHandled(Fact):
    """Somebody of the office looked at what was questionable, or lost, and said what was done."""

    kind: ClassVar[str] = "field.handled"
    verb: ClassVar[str] = "处理现场记录"
    records: tuple[str, ...]
    what_label: str
    note: str

    def sentence(self) -> str:
        """Say how many, of what, and what was done."""
        return f"处理{self.what_label}{len(self.records)}条：{self.note}。"


@dataclass(frozen=True, kw_only=True)
class RecordsLost(Announced):
    """A phone no longer holds finalized records that never arrived."""

    kind: ClassVar[str] = "field.lost"
    verb: ClassVar[str] = "发现记录丢失"
    device: str
    device_name: str
    holder: str
    records: tuple[str, ...]
    kinds: tuple[str, ...]

    def sentence(self) -> str:
        """Say whose phone, how many, of what."""
        kinds = "、".join(dict.fromkeys(self.kinds))
        return f"{self.holder}的手机“{self.device_name}”上有{len(self.records)}条未上传的记录（{kinds}）已不在，请尽快联系本人。"
