from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.module_loading import import_string
from wagtail.signals import page_published, pre_page_move

from shopsite.cms.saving_pictures import register_saving


class CmsConfig(AppConfig):
    """Layer 1: pictures, site settings, the base of all pages, blocks that know no product."""

    name = "shopsite.cms"
    label = "cms"
    verbose_name = "Site"

    def ready(self) -> None:
        register_saving()
        # By name: they stand in modules that need the models, which come after this one.
        import_string("shopsite.cms.exports.protect_every_export")()
        page_published.connect(import_string("shopsite.cms.tasks.after_publishing"))
        post_save.connect(
            import_string("shopsite.cms.tasks.after_changing_picture"),
            sender=self.get_model("ShopImage"),
        )
        pre_page_move.connect(import_string("shopsite.cms.reachable_slugs.check_move"))
        post_delete.connect(
            import_string("wagtail.images.signal_handlers.post_delete_file_cleanup"),
            sender=self.get_model("SharePicture"),
        )
