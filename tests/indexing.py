"""Wagtail's indexes of words and of uses, which a worker keeps, and in the tests nobody."""

AT_ONCE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
"""For the setting TASKS, where a test asks what a search finds or what is used where."""
