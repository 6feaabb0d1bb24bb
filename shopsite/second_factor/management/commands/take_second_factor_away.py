from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from shopsite.second_factor.devices import take_away


class Command(BaseCommand):
    help = "Lets a person whose app and backup codes are lost log in by password alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Nobody is called {username}.")
        had_one = take_away(user, by=None)
        words = "logs in by password alone now" if had_one else "had no second factor"
        self.stdout.write(f"{username} {words}.")
