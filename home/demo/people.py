"""The six people of the demo. Their passwords are public, so they exist in a demo only."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, User

from home.roles import ACCOUNTANTS, CHIEFS, EDITORS, MARKETERS, SHOP_STAFF


@dataclass(frozen=True)
class DemoPerson:
    """`group` is empty for the administrator, who needs none."""

    role: str
    username: str
    password: str
    group: str

    @property
    def is_superuser(self) -> bool:
        return not self.group


DEMO_PEOPLE = (
    DemoPerson("Editor", "editor", "editor", EDITORS),
    DemoPerson("Editor in chief", "chief", "chief", CHIEFS),
    DemoPerson("Marketer", "marketer", "marketer", MARKETERS),
    DemoPerson("Shop clerk", "clerk", "clerk", SHOP_STAFF),
    DemoPerson("Accountant", "accountant", "accountant", ACCOUNTANTS),
    DemoPerson("Administrator", "admin", "admin", ""),
)


def create_people() -> dict[str, User]:
    """The demo's people by user name. Who exists already keeps password and groups.

    The groups must exist; see home.granting.create_roles.
    """
    return {person.username: _find_or_create(person) for person in DEMO_PEOPLE}


def _find_or_create(person: DemoPerson) -> User:
    found = User.objects.filter(username=person.username).first()
    if found is not None:
        return found
    user = User.objects.create_user(
        username=person.username,
        email=f"{person.username}@fernandkettle.example",
        password=person.password,
        first_name="Demo",
        last_name=person.role,
        is_staff=person.is_superuser,
        is_superuser=person.is_superuser,
    )
    if person.group:
        user.groups.add(Group.objects.get(name=person.group))
    return user
