"""Who looks and presses in the bench: people of the large town, as actors and as signed-in browsers."""

from datetime import date

from django.test import Client

from qinqing.cases.models import Case
from qinqing.enterprises import reads as enterprises
from qinqing.enterprises.models import Contact
from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.people import reads as people
from qinqing.people.models import Account, Post
from qinqing.people.words import Role


def book(number: int = 1) -> str:
    return f"bench{number:02d}"


def _post(role: Role, town: str) -> Post:
    today: date = clock.now().date()
    return people.holders(people.town(town).pk, [role], today)[0]


def actor(role: Role, town: str = "bench01") -> Actor:
    """Return the first holder of a role in a town."""
    return people.actor_of(_post(role, town))


def owners(town: str = "bench01") -> list[Actor]:
    """Return the owners who have accounts."""
    rows = Contact.objects.filter(enterprise__town__code=town, account__isnull=False).select_related("account")
    found = [enterprises.contact_actor(row.account) for row in rows if row.account]
    return [one for one in found if one]


def browser(by: Actor) -> Client:
    """Return a browser signed in as this person."""
    client = Client()
    client.force_login(Account.objects.get(pk=by.account_id))
    return client


def fetch(client: Client, url: str) -> bytes:
    """Return a page; anything but 200 ends the bench."""
    answer = client.get(url)
    if answer.status_code != 200:
        raise SystemExit(f"{url}: {answer.status_code} {answer.headers.get('Location', '')}")
    return answer.content


def long_cases(limit: int) -> list[int]:
    """Return cases of the large town with about thirty entries."""
    rows = Case.objects.filter(book=book()).order_by("-id").values_list("pk", flat=True)
    return [pk for pk in rows[: limit * 2000].iterator() if pk % 400 == 7 or pk % 400 == 7][:limit]
