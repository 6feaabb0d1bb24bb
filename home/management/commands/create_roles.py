from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.granting import UnknownPermission, create_roles
from home.roles import ROLES


class Command(BaseCommand):
    help = "Brings the groups of editors, marketers and shop staff to what they may do."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            notes = create_roles()
        except UnknownPermission as error:
            raise CommandError(str(error)) from error
        for note in notes:
            self.stdout.write(self.style.WARNING(note))
        names = ", ".join(role.name for role in ROLES)
        self.stdout.write(self.style.SUCCESS(f"The groups are in order: {names}."))
