"""Who is behind a session: the account and the posts it holds today, asked together because every request needs both."""

from typing import TYPE_CHECKING

from allauth.account.auth_backends import AuthenticationBackend

from qinqing.kernel import clock
from qinqing.people import reads as people

if TYPE_CHECKING:
    from qinqing.people.models import Account


class Backend(AuthenticationBackend):
    """Checks passwords as allauth does."""

    def get_user(self, user_id: int) -> "Account | None":
        """Return the account with its open posts in `held`, None if it is disabled or gone. An official costs one query."""
        return people.with_posts(user_id, clock.now().date())
