"""The demo's pictures: what each shows, and how it gets into the library."""

from functools import cached_property
from pathlib import Path

from django.core.files.images import ImageFile
from wagtail.utils.file import hash_filelike

from shopsite.cms.models import ShopImage

FOLDER = Path(__file__).resolve().parent / "images"
CREDIT = "Made for Fern & Kettle (CC0 1.0)"

# File name: alternative text.
PICTURES = {
    "bamboo-whisk.jpg": "Bamboo matcha whisk with a bamboo scoop.",
    "brass-strainer.jpg": "Brass tea strainer resting on a white cup.",
    "brass-tea-scoop.jpg": "Brass scoop holding loose black tea.",
    "breakfast-tray.jpg": "Breakfast tray with tea, a bowl of porridge and honey.",
    "cedar-candle.jpg": "Scented candle in a clay-red ceramic cup.",
    "donabe-pot.jpg": "Brown lidded Japanese clay pot.",
    "earl-grey-tin.jpg": "Slate tea tin labeled Earl Grey with loose black tea.",
    "fern-and-kettle.jpg": "Cast-iron kettle beside a moon jar of fern in soft window light.",
    "garden-tea.jpg": "Cast-iron kettle, two cups and a plate of sweets on a garden table.",
    "gift-box.jpg": "Sage gift box tied with linen ribbon and a fern sprig.",
    "gift-of-tea.jpg": "Gift box with a tea tin, mug, candle and a handwritten card.",
    "glass-tea-jar.jpg": "Glass jar with a wooden lid, filled with green tea leaves.",
    "gooseneck-kettle-black.jpg": "Matt black gooseneck kettle with a walnut handle.",
    "gooseneck-kettle-steel.jpg": "Brushed steel gooseneck kettle with a walnut handle.",
    "hearth-teapot-charcoal.jpg": "Round charcoal-glazed stoneware teapot.",
    "hearth-teapot-oat-detail.jpg": "Oat stoneware teapot seen from above.",
    "hearth-teapot-oat.jpg": "Round oat-glazed stoneware teapot.",
    "hojicha-tin.jpg": "Russet tea tin labeled Hōjicha with roasted tea leaves.",
    "iron-tetsubin-detail.jpg": "Cast-iron tetsubin kettle seen from above.",
    "iron-tetsubin.jpg": "Black cast-iron tetsubin kettle with a hobnail pattern.",
    "linen-towel-oat.jpg": "Folded oat-colored linen tea towel with a fine stripe.",
    "linen-towel-sage.jpg": "Folded sage green linen tea towel with a fine stripe.",
    "matcha-bowl-moss.jpg": "Moss green matcha bowl with whisked matcha.",
    "matcha-ritual.jpg": "Matcha bowl, bamboo whisk and a tin of matcha on a dark table.",
    "matcha-tin.jpg": "Small cream tin of matcha beside a heap of green powder.",
    "meadow-honey.jpg": "Glass jar of amber honey labeled Meadow Honey.",
    "milk-jug.jpg": "Small white stoneware pouring jug.",
    "morning-table-by-the-window.jpg": "Teapot and two cups on an oak table in morning light.",
    "pour-over-set-detail.jpg": "Ceramic dripper on a glass server, seen from above.",
    "pour-over-set.jpg": "White ceramic dripper on a glass coffee server.",
    "round-ash-tray.jpg": "Round ash wood tray with a small tea cup.",
    "salt-cellar.jpg": "Blue-grey stoneware salt cellar with an oak lid.",
    "sencha-tin.jpg": "Dark green tea tin labeled Sencha with loose tea leaves.",
    "serving-bowls.jpg": "Three nested stoneware bowls in charcoal, sage and oat.",
    "set-for-two.jpg": "Linen-covered table set for two with stoneware plates and bowls.",
    "side-handle-kyusu.jpg": "Red clay side-handle teapot with a small cup of green tea.",
    "slow-kitchen-book.jpg": "Green cookbook titled The Slow Kitchen with a fern on the cover.",
    "slow-pour-over.jpg": "Pour-over coffee set with a gooseneck kettle and a clay mug.",
    "speckled-mug-clay.jpg": "Clay-red stoneware mug with a pale rim.",
    "speckled-mug-oat-detail.jpg": "Oat mug full of tea, seen from above beside a linen napkin.",
    "speckled-mug-oat.jpg": "Speckled oat-colored stoneware mug with a bare clay foot.",
    "speckled-mug-sage.jpg": "Sage green stoneware mug with fine dark speckles.",
    "stem-vase.jpg": "White bottle vase holding a single green branch.",
    "stoneware-plates.jpg": "Stack of four stoneware plates in charcoal, oat and sage.",
    "tea-shelf.jpg": "Oak shelves with tea tins, a teapot, bowls and a moon jar with fern.",
    "walnut-board.jpg": "Rectangular walnut serving board.",
    "white-peony-pouch.jpg": "Kraft paper pouch labeled White Peony with pale tea leaves.",
    "wooden-spoons.jpg": "Three wooden spoons in oak, walnut and ash.",
    "workshop-bench.jpg": "Rows of unglazed bowls and mugs on a pottery bench.",
    "yunomi-pair.jpg": "Two handleless tea cups in slate blue and oat, filled with green tea.",
}


class PictureShelf:
    """Hands out the demo's pictures as records of the library, and imports each one only once.

    A picture is known by the hash of its file, so an editor may rename or describe it anew.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self._taken: dict[str, ShopImage] = {}

    def take(self, name: str) -> ShopImage:
        """Raises KeyError for a picture that PICTURES does not describe."""
        if name not in self._taken:
            self._taken[name] = self._find_or_import(name, alt_text=PICTURES[name])
        return self._taken[name]

    @cached_property
    def _by_hash(self) -> dict[str, ShopImage]:
        return {image.file_hash: image for image in ShopImage.objects.order_by("-pk")}

    def _find_or_import(self, name: str, *, alt_text: str) -> ShopImage:
        with (self.folder / name).open("rb") as stream:
            file_hash = hash_filelike(stream)
            if file_hash in self._by_hash:
                return self._by_hash[file_hash]
            image = ShopImage(
                title=name.removesuffix(".jpg").replace("-", " ").capitalize(),
                description=alt_text,
                credit=CREDIT,
                file=ImageFile(stream, name=name),
                file_hash=file_hash,
            )
            image.file_size = image.file.size
            image.save()
            return image
