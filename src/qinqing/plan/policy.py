"""Who may put a plan into force. Everybody may read it."""

from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import NotAllowed

_LOADER = "system_admin"


def may_load(by: Actor, book: str) -> bool:
    """Say whether this actor may put a plan into force for this town: its system administrator, or a command."""
    return by.book == book and (by.is_system or by.post == _LOADER)


def require_load(by: Actor, book: str) -> None:
    """Refuse whoever may not put a plan into force.

    Raises:
        NotAllowed: not the system administrator of this town.
    """
    if not may_load(by, book):
        raise NotAllowed("启用方案由本镇的系统管理员按镇里的决定操作。")
