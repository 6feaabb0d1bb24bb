/* All scripts but the one that has to run before a page is painted. */
import "./cart-badge.js";
import "./site-menu.js";
import "./cart-drawer.js";
import "./search-field.js";
import "./product-list.js";
import "./product-options.js";
import "./add-to-cart.js";
import "./buy-bar.js";
import "./picture-lightbox.js";
import "./inline-form.js";
import "./count-down.js";
import "./fetch-ahead.js";
