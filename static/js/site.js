/* All scripts, in one module that waits for what is seen. */
import "./scheme-switch.js";
import "./cart-badge.js";
import "./site-menu.js";
import "./cart-drawer.js";
import "./cart-lines.js";
import "./search-field.js";
import "./product-list.js";
import "./product-options.js";
import "./add-to-cart.js";
import "./buy-bar.js";
import "./picture-lightbox.js";
import "./inline-form.js";
import "./checkout-form.js";
import "./count-down.js";
import "./fetch-ahead.js";
