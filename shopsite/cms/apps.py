from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Layer 1: pictures, site settings, the base of all pages, blocks that know no product."""

    name = "shopsite.cms"
    label = "cms"
    verbose_name = "Site"
