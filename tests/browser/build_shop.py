"""Makes the database and the content of the shop under test: one start of Django for all.

The content is the demo's, with smaller pictures: making their sizes would take most of the time.
To it comes what tests.browser.stage adds; where that is stands beside it in `stage.json`.
"""

import json
from pathlib import Path

import django
from django.conf import settings

from tests.browser.built_shop import STAGE
from tests.migrated_database import copy_migrated_database
from tests.small_pictures import shrink_pictures


def main() -> None:
    settings.DRAWS_WHEN_PUBLISHED = False  # Lists would be drawn again for each page in them.
    settings.WHITENOISE_AUTOREFRESH = True  # Each drawing begins with a list of static files else.
    django.setup()
    # Models cannot be imported before Django is set up.
    from home.demo.build import build_demo
    from home.demo.pictures import FOLDER
    from tests.browser.stage import build_stage, draw_all_pages
    from tests.site_tree import leave_welcome_page

    copy_migrated_database(Path(settings.DATABASES["default"]["NAME"]))
    leave_welcome_page()
    folder = Path(settings.FOLDER) / "pictures"
    shrink_pictures(FOLDER, folder)
    build_demo(picture_folder=folder)
    stage = json.dumps(build_stage())
    Path(settings.FOLDER, STAGE).write_text(stage, encoding="utf-8")
    draw_all_pages()


if __name__ == "__main__":
    main()
