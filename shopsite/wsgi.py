"""The WSGI entry point: `granian --interface wsgi shopsite.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopsite.settings.production")

application = get_wsgi_application()
