"""The groups of the block picker, in the words of the people who choose from it."""

from django.utils.translation import gettext_lazy as _

STORY = _("Story")
SHOP = _("Shop")
MARKETING = _("Marketing")
LAYOUT = _("Building blocks")
