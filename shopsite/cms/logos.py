"""The shop's logo as machines are told of it."""

from shopsite.cms.drawing import rendition_of
from shopsite.cms.models import BrandSettings
from shopsite.cms.site_icon import LARGE_SIZE, icon_url

HEADER_LOGO = "max-480x120"  # As components/site_brand.html shows it.


def logo_url(brand: BrandSettings) -> str:
    """The logo of the header, or the site's icon where there is none. The rendition is the one that
    the header shows anyway."""
    logo = rendition_of(brand.logo, HEADER_LOGO)
    return logo.url if logo else icon_url(brand, LARGE_SIZE)
