"""Makes the database and the content of the shop under test: one start of Django for both.

The content is the demo's, with smaller pictures: making their sizes would take most of the time.
"""

from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from tests.small_pictures import shrink_pictures


def main() -> None:
    django.setup()
    # Models cannot be imported before Django is set up.
    from home.demo.build import build_demo
    from home.demo.pictures import FOLDER

    call_command("migrate", interactive=False, verbosity=0)
    folder = Path(settings.FOLDER) / "pictures"
    shrink_pictures(FOLDER, folder)
    build_demo(picture_folder=folder)


if __name__ == "__main__":
    main()
