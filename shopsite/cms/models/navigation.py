from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from shopsite.cms.navigation_blocks import FooterStreamBlock, MainMenuBlock, SocialStreamBlock
from shopsite.cms.previews import FrontPagePreviewMixin


@register_setting(icon="list-ul", order=20)
class NavigationSettings(FrontPagePreviewMixin, BaseGenericSetting):
    """The menus of header and footer. What is left empty makes itself of the pages of the site."""

    main = StreamField(
        MainMenuBlock(),
        verbose_name=_("main menu"),
        blank=True,
        help_text=_(
            "Leave empty for the pages directly below the home page that are ticked “Show in "
            "menus”. A page that is not published is left out until it is."
        ),
    )
    footer = StreamField(
        FooterStreamBlock(),
        verbose_name=_("columns of the footer"),
        blank=True,
        help_text=_("Leave empty for all pages directly below the home page."),
    )
    social = StreamField(
        SocialStreamBlock(),
        verbose_name=_("social networks"),
        blank=True,
        help_text=_("Small signs in the footer that lead to your profiles."),
    )

    edit_handler = TabbedInterface(
        [
            ObjectList([FieldPanel("main")], heading=_("Main menu")),
            ObjectList([FieldPanel("footer"), FieldPanel("social")], heading=_("Footer")),
        ]
    )

    class Meta:
        verbose_name = _("menus and footer")
