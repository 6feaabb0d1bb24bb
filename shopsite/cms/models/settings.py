from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from shopsite.cms.brand_previews import brand_previews
from shopsite.cms.colors import ColorField, pair_error
from shopsite.cms.previews import FrontPagePreviewMixin
from shopsite.lib.addresses import validate_link_address
from shopsite.lib.palette import DEFAULT_PALETTE, Palette, Scheme, weak_pairs

SCHEMES = ("light", "dark")


def _picture(**texts: Any) -> models.ForeignKey:
    return models.ForeignKey(
        "cms.ShopImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        **texts,
    )


@register_setting(icon="home", order=10)
class BrandSettings(FrontPagePreviewMixin, BaseGenericSetting):
    """What the shop calls itself, how it looks, and what it has to say, on every page."""

    name = models.CharField(
        _("name of the shop"),
        max_length=80,
        default="Fern & Kettle",
        help_text=_("Stands in the header, in mails and in the results of search engines."),
    )
    tagline = models.CharField(
        _("tagline"), max_length=160, blank=True, help_text=_("One line, shown in the footer.")
    )
    logo = _picture(
        verbose_name=_("logo"),
        help_text=_(
            "Takes the place of sign and name in the header. Wide and without margins is best."
        ),
    )
    logo_dark = _picture(
        verbose_name=_("logo for dark screens"),
        help_text=_("For a logo that cannot be seen on dark paper."),
    )
    site_icon = _picture(
        verbose_name=_("site icon"),
        help_text=_(
            "A square of at least 512 pixels, for tabs, bookmarks and home screens. Without one "
            "it is the first letter of the name, in the accent color."
        ),
    )
    support_email = models.EmailField(
        _("e-mail for questions"), default="hello@example.com", help_text=_("Shown to shoppers.")
    )

    paper_light = ColorField(_("paper"), default=DEFAULT_PALETTE.light.paper)
    ink_light = ColorField(_("ink"), default=DEFAULT_PALETTE.light.ink)
    accent_light = ColorField(_("accent"), default=DEFAULT_PALETTE.light.accent)
    paper_dark = ColorField(_("paper"), default=DEFAULT_PALETTE.dark.paper)
    ink_dark = ColorField(_("ink"), default=DEFAULT_PALETTE.dark.ink)
    accent_dark = ColorField(_("accent"), default=DEFAULT_PALETTE.dark.accent)

    announcement = models.CharField(
        _("announcement"),
        max_length=160,
        blank=True,
        help_text=_("One line above the header of every page. Leave empty for none."),
    )
    announcement_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page it leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The link follows the page when it moves."),
    )
    announcement_address = models.CharField(
        _("or another address"),
        max_length=300,
        blank=True,
        validators=[validate_link_address],
        help_text=_("Such as https://example.com/ or /search/."),
    )
    announcement_from = models.DateTimeField(
        _("from"), null=True, blank=True, help_text=_("Leave empty for at once.")
    )
    announcement_until = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("Leave empty for as long as it stands here.")
    )

    select_related = ["logo", "logo_dark", "site_icon"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldPanel("tagline"),
                    FieldPanel("support_email"),
                    FieldRowPanel([FieldPanel("logo"), FieldPanel("logo_dark")]),
                    FieldPanel("site_icon"),
                ],
                heading=_("Brand"),
            ),
            ObjectList(
                [
                    HelpPanel(
                        content=_(
                            "<p>Every other color is made of these: paper is what texts stand on, "
                            "ink what they are printed in, and the accent is for links and "
                            "buttons.</p>"
                        ),
                        heading=_("How the colors are used"),
                    ),
                    *(
                        MultiFieldPanel(
                            [
                                FieldRowPanel(
                                    [
                                        FieldPanel(f"{color}_{scheme}")
                                        for color in ("paper", "ink", "accent")
                                    ]
                                )
                            ],
                            heading=heading,
                        )
                        for scheme, heading in (
                            ("light", _("On light screens")),
                            ("dark", _("On dark screens")),
                        )
                    ),
                ],
                heading=_("Colors"),
            ),
            ObjectList(
                [
                    FieldPanel("announcement"),
                    MultiFieldPanel(
                        [FieldPanel("announcement_page"), FieldPanel("announcement_address")],
                        heading=_("Where it leads"),
                        help_text=_("A page or an address, or neither for words alone."),
                    ),
                    FieldRowPanel(
                        [FieldPanel("announcement_from"), FieldPanel("announcement_until")],
                        heading=_("When it is shown"),
                    ),
                ],
                heading=_("Announcement"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("brand")

    @property
    def palette(self) -> Palette:
        return Palette(*(self._scheme(name) for name in SCHEMES))

    @property
    def preview_modes(self) -> list[tuple[str, str | Promise]]:
        return [
            ("", _("Now")),
            ("announcement", _("With the announcement, whatever its dates")),
            *((preview.mode, preview.label) for preview in brand_previews()),
        ]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        for preview in brand_previews():
            if preview.mode == mode_name:
                return HttpResponse(preview.render(self))
        return super().serve_preview(request, mode_name)

    def clean(self) -> None:
        super().clean()
        errors: dict[str, str | Promise] = dict(self._color_errors())
        if self.announcement_page and self.announcement_address:
            errors["announcement_address"] = _("Choose a page or enter an address, not both.")
        if (
            self.announcement_from
            and self.announcement_until
            and self.announcement_from >= self.announcement_until
        ):
            errors["announcement_until"] = _("The end lies before the beginning.")
        if errors:
            raise ValidationError(errors)

    def _scheme(self, name: str) -> Scheme:
        return Scheme(*(getattr(self, f"{color}_{name}") for color in ("accent", "paper", "ink")))

    def _color_errors(self) -> Iterator[tuple[str, str]]:
        for name in SCHEMES:
            try:
                pairs = weak_pairs(self._scheme(name))
            except ValueError:
                continue  # The field says already that its text is no color.
            for pair in pairs:
                yield f"{pair.name}_{name}", pair_error(pair)
