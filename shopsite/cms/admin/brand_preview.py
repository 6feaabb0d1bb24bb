"""Brand settings in their preview: a mail, and what is drawn of them."""

from base64 import b64encode

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from shopsite.cms.brand_previews import BrandPreview
from shopsite.cms.drawing import site_style
from shopsite.cms.mail_brand import mail_brand
from shopsite.cms.making_share_pictures import drawn_brand
from shopsite.cms.models import BrandSettings
from shopsite.cms.site_icon import HOME_SIZE, TOUCH_SIZE, icon_png
from shopsite.lib.mail import render_html
from shopsite.lib.share_picture import draw_share_picture


def preview_mail(brand: BrandSettings) -> str:
    return render_html("emails/brand_preview.html", {"brand": mail_brand(brand)})


def preview_pictures(brand: BrandSettings) -> str:
    """Inside the page itself: the addresses of icons answer with what is saved."""
    shared = draw_share_picture(
        title=brand.tagline or brand.name,
        brand=drawn_brand(brand),
        picture=None,
        style=site_style(),
    )
    context = {
        "brand": brand,
        "icon": data_url(icon_png(brand, HOME_SIZE), "image/png"),
        "touch_icon": data_url(icon_png(brand, TOUCH_SIZE), "image/png"),
        "shared_picture": data_url(shared, "image/jpeg"),
    }
    return render_to_string("cms/admin/brand_preview.html", context)


def data_url(content: bytes, content_type: str) -> str:
    return f"data:{content_type};base64,{b64encode(content).decode()}"


MAIL_PREVIEW = BrandPreview("mail", _("A mail"), preview_mail)
PICTURES_PREVIEW = BrandPreview("pictures", _("Site icon and shared link"), preview_pictures)
