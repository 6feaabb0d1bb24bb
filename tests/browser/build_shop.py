"""Makes the database and the content of the shop under test: one start of Django for both.

The content is the demo's, with smaller pictures: making their sizes would take most of the time.
"""

from pathlib import Path

import django
from django.conf import settings

from tests.migrated_database import copy_migrated_database
from tests.small_pictures import shrink_pictures


def main() -> None:
    django.setup()
    # Models cannot be imported before Django is set up.
    from home.demo.build import build_demo
    from home.demo.pictures import FOLDER

    copy_migrated_database(Path(settings.DATABASES["default"]["NAME"]))
    folder = Path(settings.FOLDER) / "pictures"
    shrink_pictures(FOLDER, folder)
    build_demo(picture_folder=folder)


if __name__ == "__main__":
    main()
