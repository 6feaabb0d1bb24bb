from shopsite.cms.models.images import ShopImage, ShopRendition
from shopsite.cms.models.navigation import NavigationSettings
from shopsite.cms.models.outbox import OutboxEmail
from shopsite.cms.models.settings import BrandSettings
from shopsite.cms.models.share_pictures import SharePicture

__all__ = [
    "BrandSettings",
    "NavigationSettings",
    "OutboxEmail",
    "SharePicture",
    "ShopImage",
    "ShopRendition",
]
