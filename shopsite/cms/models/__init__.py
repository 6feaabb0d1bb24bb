from shopsite.cms.models.images import ShopImage, ShopRendition
from shopsite.cms.models.outbox import OutboxEmail
from shopsite.cms.models.settings import BrandSettings

__all__ = ["BrandSettings", "OutboxEmail", "ShopImage", "ShopRendition"]
