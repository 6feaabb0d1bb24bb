from wagtail import hooks

from home.story_checks import check_story

hooks.register("register_page_checks", lambda: [check_story])
