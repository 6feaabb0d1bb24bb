/* Writes the number of things in the cart into the header's badge. The server does the same on the
   way out; this serves pages that came from a cache in front of it or from the back button, and those
   that put something into the cart without being left. */

const COOKIE = "cart_count";

function countFromCookie() {
  const pair = document.cookie.split("; ").find((part) => part.startsWith(`${COOKIE}=`));
  const value = pair?.slice(COOKIE.length + 1) ?? "";
  return /^[1-9][0-9]{0,3}$/.test(value) ? Number(value) : 0;
}

function fillBadge() {
  const badge = document.querySelector("[data-cart-badge]");
  const link = badge?.closest("[data-cart-label-one]");
  if (!badge || !link) return;
  const count = countFromCookie();
  badge.hidden = count === 0;
  if (count === 0) {
    badge.replaceChildren();
    return;
  }
  const number = document.createElement("span");
  number.setAttribute("aria-hidden", "true");
  number.textContent = String(count);
  const label = document.createElement("span");
  label.className = "visually-hidden";
  const words = count === 1 ? link.dataset.cartLabelOne : link.dataset.cartLabelMany;
  label.textContent = words.replace("0", String(count));
  badge.replaceChildren(number, label);
}

fillBadge();
for (const news of ["pageshow", "cart-change"]) window.addEventListener(news, fillBadge);
