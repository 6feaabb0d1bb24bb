"""Makes the database and the content of the shop under test: one start of Django for both."""

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    # The sizes of a picture are made by the first page that shows it: tests look at few of them.
    call_command("load_demo", skip_pictures=True)


if __name__ == "__main__":
    main()
