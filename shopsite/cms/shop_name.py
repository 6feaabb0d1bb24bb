"""What the shop calls itself, for settings that want a name before there is a database."""

from shopsite.cms.models import BrandSettings


def shop_name() -> str:
    return BrandSettings.load().name
